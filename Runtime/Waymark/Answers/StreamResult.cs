using Waymark.Answers;
using Waymark.CompilerServices;

namespace Waymark;

/// <summary>200 with a body that is sent as the client takes it.</summary>
/// <remarks>
/// Made by <see cref="Results.Stream(Stream, string?)"/> and its overload. Memory stays at some 64 KiB however long the
/// body is. To be written once.
/// </remarks>
public readonly struct StreamResult : IAnswer
{
    private readonly Stream? _source;
    private readonly Func<Stream, CancellationToken, Task>? _write;

    internal StreamResult(Stream source, string? mediaType)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        MediaType = mediaType;
    }

    internal StreamResult(Func<Stream, CancellationToken, Task> write, string? mediaType)
    {
        ArgumentNullException.ThrowIfNull(write);
        _write = write;
        MediaType = mediaType;
    }

    /// <summary>The media type as it is sent; null for <c>application/octet-stream</c>.</summary>
    public string? MediaType { get; }

    /// <inheritdoc/>
    ValueTask IAnswer.WriteAsync(Exchange exchange)
    {
        MediaTypeField.Set(exchange.Response, MediaType);
        if (_write is null)
            return ResultWriter.Stream(exchange, _source ?? Stream.Null);
        ResultWriter.SetContentType(exchange.Response, "application/octet-stream"u8);
        return StreamCopy.WriteAsync(exchange, _write);
    }
}

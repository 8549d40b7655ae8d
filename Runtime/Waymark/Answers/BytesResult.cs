using Waymark.Answers;
using Waymark.CompilerServices;

namespace Waymark;

/// <summary>200 with bytes that are in memory.</summary>
/// <remarks>Made by <see cref="Results.Bytes"/>. An immutable value; the bytes are not copied: leave them alone until
/// the answer is sent.</remarks>
public readonly struct BytesResult : IAnswer
{
    internal BytesResult(ReadOnlyMemory<byte> bytes, string? mediaType)
    {
        Bytes = bytes;
        MediaType = mediaType;
    }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The media type as it is sent; null for <c>application/octet-stream</c>.</summary>
    public string? MediaType { get; }

    /// <inheritdoc/>
    ValueTask IAnswer.WriteAsync(Exchange exchange)
    {
        MediaTypeField.Set(exchange.Response, MediaType);
        return ResultWriter.Bytes(exchange, Bytes);
    }
}

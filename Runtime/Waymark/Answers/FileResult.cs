using Waymark.Answers;
using Waymark.CompilerServices;

namespace Waymark;

/// <summary>A file, with preconditions and ranges: RFC 9110 sections 13 and 14.</summary>
/// <remarks>
/// Made by <see cref="Results.File(string, string?, string?)"/> and its overloads. GET and HEAD answer 304 and 412 by
/// If-Match, If-Unmodified-Since, If-None-Match and If-Modified-Since; GET answers 206 and 416 by Range and If-Range,
/// up to 16 ranges. Content is read in pieces of 64 KiB as the client takes it. A missing file is 404. An immutable
/// value, to be written once where it holds a stream.
/// </remarks>
/// <example>
/// <code>
/// [Get("/report")]
/// static FileResult Report() => Results.File("data/report.pdf", downloadName: "Report 2026.pdf");
/// </code>
/// </example>
public readonly struct FileResult : IAnswer
{
    private readonly Stream? _stream;
    private readonly string? _etag;

    internal FileResult(
        string? path, ReadOnlyMemory<byte> bytes, Stream? stream, string? mediaType, string? downloadName)
    {
        Path = path;
        Bytes = bytes;
        _stream = stream;
        MediaType = mediaType;
        DownloadName = downloadName;
    }

    /// <summary>The path on this machine; null for bytes and streams.</summary>
    public string? Path { get; }

    /// <summary>The media type as it is sent; null for what the extension of the name says.</summary>
    public string? MediaType { get; }

    /// <summary>The name under which the client saves it; null for none.</summary>
    public string? DownloadName { get; init; }

    /// <summary>
    /// True where the client is to show it, though it has a <see cref="DownloadName"/>; false by default.
    /// </summary>
    public bool IsInline { get; init; }

    /// <summary>The entity tag as it is sent, <c>"x"</c> or <c>W/"x"</c> with its quotes.</summary>
    /// <remarks>
    /// Null (the default) is, for a path, a tag of length and time of the last write: weak while that is less than two
    /// seconds ago, since another write could follow that changes neither, and strong from then on. For bytes and
    /// streams it is none.
    /// </remarks>
    /// <exception cref="ArgumentException">It is not an entity tag (RFC 9110 section 8.8.3).</exception>
    public string? ETag
    {
        get => _etag;
        init
        {
            if (value is not null && !EntityTag.IsValid(value))
                throw new ArgumentException($"'{value}' is no entity tag: write \"x\" or W/\"x\", with the quotes.");
            _etag = value;
        }
    }

    /// <summary>
    /// When it was changed; null (the default) for the time of a path's last write, and none for others.
    /// </summary>
    public DateTimeOffset? LastModified { get; init; }

    internal ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>What the media type is guessed from.</summary>
    internal string? Name => DownloadName ?? Path;

    /// <summary>Opens it; null where there is no such file.</summary>
    internal FileContent? TryOpen() => Path is not null ? FileContent.TryOpen(Path)
        : _stream is not null ? FileContent.Of(_stream)
        : FileContent.Of(Bytes);

    /// <inheritdoc/>
    ValueTask IAnswer.WriteAsync(Exchange exchange) => FileWriter.WriteAsync(exchange, this, TimeProvider.System);
}

using System.IO.Compression;

namespace Waymark;

/// <summary>Which answers are compressed, and how.</summary>
/// <remarks>
/// Immutable, and so safe for use by any number of threads. Checked by <see cref="Compression.From"/>.
/// </remarks>
public sealed record CompressionOptions
{
    /// <summary>
    /// The content codings, the one that is preferred first: <c>br</c> (RFC 7932) and <c>gzip</c> (RFC 1952). Default
    /// both, in that order; the client's weights go before it.
    /// </summary>
    public IReadOnlyList<string> Codings { get; init; } = ["br", "gzip"];

    /// <summary>
    /// How hard it is tried. Default <see cref="CompressionLevel.Fastest"/>;
    /// <see cref="CompressionLevel.SmallestSize"/> takes a hundred times as long with <c>br</c>.
    /// </summary>
    public CompressionLevel Level { get; init; } = CompressionLevel.Fastest;

    /// <summary>
    /// The smallest body that is compressed, in bytes; at least 0, default 1024. Bodies of unknown length always are.
    /// </summary>
    public int BytesMin { get; init; } = 1024;

    /// <summary>
    /// The content types: <c>text/html</c>, <c>text/*</c>, or <c>application/*+json</c> for all that end so. Default
    /// text, JSON, XML, JavaScript, WebAssembly, SVG and manifests.
    /// </summary>
    public IReadOnlyList<string> ContentTypes { get; init; } =
    [
        "text/*", "application/json", "application/*+json", "application/xml", "application/*+xml",
        "application/javascript", "application/wasm", "application/x-ndjson", "image/svg+xml",
    ];
}

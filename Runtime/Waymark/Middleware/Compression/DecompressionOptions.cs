namespace Waymark;

/// <summary>How bodies of requests are decompressed.</summary>
/// <remarks>
/// Immutable, and so safe for use by any number of threads. Checked by <see cref="Decompression.From"/>.
/// </remarks>
public sealed record DecompressionOptions
{
    /// <summary>
    /// How many times as large as what came a body may become, once it is larger than 64 KiB; beyond it the client gets
    /// 413. 1 to 1032, which is all that <c>gzip</c> can; default 100.
    /// </summary>
    public int RatioMax { get; init; } = 100;
}

namespace Waymark;

/// <summary>How answers get entity tags.</summary>
/// <remarks>Immutable, and so safe for use by any number of threads. Checked by <see cref="ETags.From"/>.</remarks>
public sealed record ETagsOptions
{
    /// <summary>
    /// The largest body that is hashed, in bytes. 1 to 64 MiB; default 1 MiB. Larger answers get no tag.
    /// </summary>
    public int BytesMax { get; init; } = 1 << 20;

    /// <summary>
    /// True for tags that say only that two answers mean the same (<c>W/"…"</c>). Default false: the same octets.
    /// </summary>
    public bool IsWeak { get; init; }
}

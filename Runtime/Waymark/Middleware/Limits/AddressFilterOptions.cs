namespace Waymark;

/// <summary>Whose requests are let in.</summary>
/// <remarks>
/// Immutable, and so safe for use by any number of threads. An entry is an address (<c>192.0.2.7</c>, <c>::1</c>), a
/// network (<c>10.0.0.0/8</c>, <c>2001:db8::/32</c>), or <c>unix</c> for every peer on a Unix socket. Checked by
/// <see cref="AddressFilter.From"/>.
/// </remarks>
public sealed record AddressFilterOptions
{
    /// <summary>Who may come. Empty (the default): everybody that is not denied.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Who may not, even where allowed. Empty by default.</summary>
    public IReadOnlyList<string> Denied { get; init; } = [];

    /// <summary>
    /// False (the default) to look at <see cref="Request.RemoteEndPoint"/>: the client that a trusted proxy names,
    /// where <see cref="ForwardedHeaders"/> stands outside of the filter. True to look at the connection's peer, so at
    /// the proxy itself.
    /// </summary>
    public bool UsesConnection { get; init; }
}

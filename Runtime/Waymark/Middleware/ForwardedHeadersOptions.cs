namespace Waymark;

/// <summary>Which header fields say whose request a proxy passes on.</summary>
public enum ForwardedFields
{
    /// <summary><c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c> and <c>X-Forwarded-Host</c>.</summary>
    XForwarded,

    /// <summary><c>Forwarded</c>: RFC 7239.</summary>
    Forwarded,
}

/// <summary>Whose forwarded headers are believed, and which.</summary>
/// <remarks>
/// Immutable, and so safe for use by any number of threads. One family of fields is read and never the other: a proxy
/// that writes one lets the other through as its client sent it.
/// </remarks>
public sealed record ForwardedHeadersOptions
{
    /// <summary>
    /// The proxies: addresses (<c>192.0.2.7</c>, <c>::1</c>), networks (<c>10.0.0.0/8</c>), or <c>unix</c> for every
    /// peer on a Unix socket. At least one; no default.
    /// </summary>
    public IReadOnlyList<string> TrustedPeers { get; init; } = [];

    /// <summary>The fields that the proxies write. Default <see cref="ForwardedFields.XForwarded"/>.</summary>
    public ForwardedFields Fields { get; init; } = ForwardedFields.XForwarded;

    /// <summary>
    /// True to take the scheme (<c>X-Forwarded-Proto</c>, <c>proto=</c>) for <see cref="Request.Scheme"/>. Default
    /// true. False where the proxies pass it through from their clients.
    /// </summary>
    public bool TakesScheme { get; init; } = true;

    /// <summary>
    /// True to take the host (<c>X-Forwarded-Host</c>, <c>host=</c>) for <see cref="Request.Host"/>. Default false:
    /// most proxies pass the Host field on, and would let a client's <c>X-Forwarded-Host</c> through.
    /// </summary>
    public bool TakesHost { get; init; }

    /// <summary>
    /// How many proxies stand between the client and this server at most; what stands further left in the fields is not
    /// looked at. 1 to 64; default 8.
    /// </summary>
    public int HopsMax { get; init; } = 8;
}

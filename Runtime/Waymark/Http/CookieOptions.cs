namespace Waymark;

/// <summary>When a browser sends a cookie along with a request that another site has caused: RFC 6265bis.</summary>
public enum SameSite
{
    /// <summary>Also where another site causes the request and the user follows a link to here.</summary>
    Lax,

    /// <summary>Only where this site itself causes the request.</summary>
    Strict,

    /// <summary>Always; needs <see cref="CookieOptions.IsSecure"/>.</summary>
    None,
}

/// <summary>The attributes of a cookie: RFC 6265bis (draft-ietf-httpbis-rfc6265bis) section 4.1.2.</summary>
/// <remarks>Immutable. The defaults are the narrow ones: each that is opened is a decision.</remarks>
public sealed record CookieOptions
{
    /// <summary>Below which path it is sent; starts with a slash. Default <c>/</c>.</summary>
    public string Path { get; init; } = "/";

    /// <summary>
    /// A domain for which, and for whose subdomains, it is sent. Default null: this host alone.
    /// </summary>
    public string? Domain { get; init; }

    /// <summary>
    /// How long it is kept, in whole seconds. 0 (deletes it) to 400 days, beyond which browsers do not go. Default
    /// null: until the browser is closed.
    /// </summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>True to send it over https only. Default true. Browsers take localhost for https.</summary>
    public bool IsSecure { get; init; } = true;

    /// <summary>True to hide it from scripts. Default true.</summary>
    public bool IsHttpOnly { get; init; } = true;

    /// <summary>When it is sent along with requests of other sites. Default <see cref="SameSite.Lax"/>.</summary>
    public SameSite SameSite { get; init; } = SameSite.Lax;

    /// <summary>
    /// True to keep one for each site that this one is embedded in (CHIPS); needs <see cref="IsSecure"/>. Default
    /// false.
    /// </summary>
    public bool IsPartitioned { get; init; }
}

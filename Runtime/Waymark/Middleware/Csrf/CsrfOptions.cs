namespace Waymark;

/// <summary>Whose requests <see cref="CsrfProtection"/> lets through.</summary>
/// <remarks>Immutable.</remarks>
public sealed record CsrfOptions
{
    /// <summary>
    /// Other origins that may send requests, for example <c>https://app.example</c>, with the port where it is not the
    /// scheme's own. Default: none.
    /// </summary>
    public IReadOnlyList<string> TrustedOrigins { get; init; } = [];

    /// <summary>
    /// True to let requests of the same site through (<c>Sec-Fetch-Site: same-site</c>): of every subdomain of the same
    /// domain. Default false.
    /// </summary>
    public bool AllowsSameSite { get; init; }

    /// <summary>
    /// True to look only at requests that hold cookies. Default false: who logs in has none yet, and other credentials
    /// (Basic, certificates) are sent by browsers by themselves too.
    /// </summary>
    public bool OnlyWithCookies { get; init; }

    /// <summary>
    /// True to refuse requests that tell neither site nor origin. Default false: every browser since 2020 tells one of
    /// them with an unsafe method, so these are programs, which nobody tricks into sending cookies.
    /// </summary>
    public bool RequiresProof { get; init; }

    /// <summary>
    /// Says which requests are not looked at: webhooks, for example, that other servers send. Default null: none.
    /// </summary>
    public Func<Exchange, bool>? IsExempt { get; init; }
}

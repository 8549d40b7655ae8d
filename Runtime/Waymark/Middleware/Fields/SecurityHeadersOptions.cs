namespace Waymark;

/// <summary>What browsers are told to be careful about. Null leaves a field out.</summary>
/// <remarks>
/// Immutable, and so safe for use by any number of threads. The defaults are those of the OWASP Secure Headers Project,
/// but for the policy's <c>upgrade-insecure-requests</c>, which breaks pages on plain http, and a shorter list of
/// features. Checked by <see cref="SecurityHeaders.From"/>.
/// </remarks>
public sealed record SecurityHeadersOptions
{
    /// <summary>
    /// <c>Content-Security-Policy</c>: where a page may load from and who may frame it. Default: its own origin, no
    /// plug-ins, no frames.
    /// </summary>
    public string? ContentSecurityPolicy { get; init; } =
        "default-src 'self'; form-action 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'";

    /// <summary>
    /// <c>Content-Security-Policy-Report-Only</c>: a policy that is only reported on. Default null.
    /// </summary>
    public string? ReportOnlyPolicy { get; init; }

    /// <summary>
    /// How long browsers are to come by https only (<c>Strict-Transport-Security</c>, RFC 6797). 0 has them forget it;
    /// null leaves the field out. At most 10 years, in whole seconds; default 365 days. Sent over https only, and never
    /// for localhost.
    /// </summary>
    public TimeSpan? HstsMaxAge { get; init; } = TimeSpan.FromDays(365);

    /// <summary>True where that holds for all subdomains too. Default true.</summary>
    public bool HstsIncludesSubdomains { get; init; } = true;

    /// <summary>
    /// True where the host is to be put on the list that browsers ship with. Default false; it takes months to undo,
    /// and needs subdomains and a year at least.
    /// </summary>
    public bool HstsPreload { get; init; }

    /// <summary><c>X-Content-Type-Options</c>. Default <c>nosniff</c>: the Content-Type is what counts.</summary>
    public string? ContentTypeOptions { get; init; } = "nosniff";

    /// <summary><c>X-Frame-Options</c>, for browsers without frame-ancestors. Default <c>DENY</c>.</summary>
    public string? FrameOptions { get; init; } = "DENY";

    /// <summary><c>Referrer-Policy</c>. Default <c>no-referrer</c>.</summary>
    public string? ReferrerPolicy { get; init; } = "no-referrer";

    /// <summary>
    /// <c>Permissions-Policy</c>: the features that no page may use. Default camera, microphone, geolocation, motion
    /// sensors, payment and USB.
    /// </summary>
    public string? PermissionsPolicy { get; init; } =
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";

    /// <summary><c>Cross-Origin-Opener-Policy</c>. Default <c>same-origin</c>.</summary>
    public string? OpenerPolicy { get; init; } = "same-origin";

    /// <summary><c>Cross-Origin-Embedder-Policy</c>. Default <c>require-corp</c>.</summary>
    public string? EmbedderPolicy { get; init; } = "require-corp";

    /// <summary>
    /// <c>Cross-Origin-Resource-Policy</c>. Default <c>same-origin</c>: other sites cannot embed an image from here,
    /// while <see cref="Cors"/> still lets their scripts read.
    /// </summary>
    public string? ResourcePolicy { get; init; } = "same-origin";

    /// <summary><c>X-Permitted-Cross-Domain-Policies</c>. Default <c>none</c>.</summary>
    public string? CrossDomainPolicies { get; init; } = "none";
}

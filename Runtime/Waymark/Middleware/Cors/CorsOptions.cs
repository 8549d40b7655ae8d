namespace Waymark;

/// <summary>Which pages of other origins may read answers, and what they may send.</summary>
/// <remarks>Immutable, and so safe for use by any number of threads. Checked by <see cref="Cors.From"/>.</remarks>
public sealed record CorsOptions
{
    /// <summary>
    /// The origins: <c>https://shop.example</c> for exactly this one, <c>https://*.shop.example</c> for all of its
    /// subdomains (not itself), or <c>*</c> alone for everybody. Written as browsers send them: lower case, without a
    /// path, and without the scheme's own port. At least one; no default.
    /// </summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>
    /// The methods that a preflight allows, or <c>*</c> alone for all. Empty (the default): what the routes answer for
    /// the path. Name them where something else than a route answers, such as static files.
    /// </summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>
    /// The request's fields that a page may set beyond those that it always may, or <c>*</c> alone for whatever the
    /// preflight asks for. Default <c>Content-Type</c>, without which no page can send JSON.
    /// </summary>
    public IReadOnlyList<string> Headers { get; init; } = ["Content-Type"];

    /// <summary>
    /// The answer's fields that a page may read beyond those that it always may, or <c>*</c> alone for all. Default
    /// none.
    /// </summary>
    public IReadOnlyList<string> ExposedHeaders { get; init; } = [];

    /// <summary>
    /// How long a browser may remember a preflight. 0 (never) to 24 hours, in whole seconds; default 10 minutes. Chrome
    /// cuts it to 2 hours.
    /// </summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// True where pages may send cookies, HTTP authentication and client certificates. Default false. Not with
    /// <c>*</c>, which browsers take for nobody then.
    /// </summary>
    public bool AllowsCredentials { get; init; }

    /// <summary>
    /// True where pages of a public network may reach this server in a private one (the field
    /// <c>Access-Control-Allow-Private-Network</c>). Default false.
    /// </summary>
    public bool AllowsPrivateNetwork { get; init; }
}

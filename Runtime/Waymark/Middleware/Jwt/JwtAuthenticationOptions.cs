using System.Text.Json;

namespace Waymark;

/// <summary>Which JWTs <see cref="JwtAuthentication"/> takes.</summary>
/// <remarks>Immutable. At least one of <see cref="Keys"/> and <see cref="FetchKeys"/> is needed.</remarks>
public sealed record JwtAuthenticationOptions
{
    /// <summary>The keys that verify tokens. Default: none.</summary>
    public IReadOnlyList<JwtKey> Keys { get; init; } = [];

    /// <summary>
    /// Fetches a JWKS document (RFC 7517) of the issuer, with an HTTP client of the program's own. Default null.
    /// </summary>
    /// <remarks>
    /// Called for the first token, then whenever <see cref="RefreshKeysAfter"/> is over, in the background, and for a
    /// token with a <c>kid</c> that is not known, at most every 30 s; never twice at once. Where it fails, the keys
    /// that are known stay. Secrets (<c>kty</c> "oct") in the document are left out.
    /// </remarks>
    public Func<CancellationToken, Task<byte[]>>? FetchKeys { get; init; }

    /// <summary>How old fetched keys become before they are fetched anew. 1 min to 7 days; default 1 h.</summary>
    public TimeSpan RefreshKeysAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The values of <c>iss</c> that are taken. Default none: any, and none at all, since the keys say whom to trust.
    /// </summary>
    public IReadOnlyList<string> Issuers { get; init; } = [];

    /// <summary>
    /// What this server is called in <c>aud</c>; a token has to name one of them. Default none: then a token that names
    /// an audience is refused (RFC 7519 section 4.1.3).
    /// </summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>
    /// What <c>typ</c> has to be, for example <c>at+jwt</c> (RFC 9068, RFC 8725 section 3.11). Default null: anything.
    /// </summary>
    public string? Type { get; init; }

    /// <summary>True where a token without <c>exp</c> is refused. Default true.</summary>
    public bool RequiresExpiry { get; init; } = true;

    /// <summary>
    /// How far the clock of who made the token may be off, at <c>exp</c>, <c>nbf</c> and <c>iat</c>. 0 to 10 min;
    /// default 1 min.
    /// </summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest token in bytes; a longer one is refused unread. 64 to 65,536; default 8192.</summary>
    public int TokenBytesMax { get; init; } = 8192;

    /// <summary>
    /// How many verified tokens are remembered at most, so that the next request with one costs a hash and no
    /// signature, and allocates nothing. 0 to 1,000,000; 0 remembers none; default 1000.
    /// </summary>
    public int CachedTokensMax { get; init; } = 1000;

    /// <summary>
    /// Makes the user of a token's claims, once the token is verified; null refuses it. Called once for a token while
    /// it is remembered.
    /// </summary>
    /// <remarks>
    /// Default null: a <see cref="JwtPrincipal"/> whose name is <c>sub</c> (a token without is refused), whose scopes
    /// are <c>scope</c> (RFC 8693 section 4.2) or <c>scp</c>, and whose roles are <c>roles</c> (RFC 9068 section
    /// 2.2.3.1).
    /// </remarks>
    public Func<JsonElement, Principal?>? CreateUser { get; init; }

    /// <summary>
    /// What the tokens are for: printable ASCII without quotes and backslashes; empty leaves it out. Default empty.
    /// </summary>
    public string Realm { get; init; } = "";
}

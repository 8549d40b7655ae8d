namespace Waymark;

/// <summary>Which tokens <see cref="BearerAuthentication"/> takes.</summary>
/// <remarks>Immutable. At least one of <see cref="Tokens"/> and <see cref="Validate"/> is needed.</remarks>
public sealed record BearerAuthenticationOptions
{
    /// <summary>
    /// What the tokens are for: printable ASCII without quotes and backslashes; empty leaves it out. Default empty.
    /// </summary>
    public string Realm { get; init; } = "";

    /// <summary>The users of tokens that never change while the server runs. Default: none.</summary>
    public IReadOnlyDictionary<string, Principal> Tokens { get; init; } = new Dictionary<string, Principal>();

    /// <summary>
    /// Says whose a token is, null for nobody's; asked where <see cref="Tokens"/> does not hold it. Default null.
    /// </summary>
    public Func<Exchange, string, ValueTask<Principal?>>? Validate { get; init; }

    /// <summary>The longest token in bytes; a longer one is nobody's. 16 to 65,536; default 4096.</summary>
    public int TokenBytesMax { get; init; } = 4096;
}

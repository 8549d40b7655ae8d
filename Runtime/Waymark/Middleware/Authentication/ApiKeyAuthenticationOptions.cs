namespace Waymark;

/// <summary>Which keys <see cref="ApiKeyAuthentication"/> takes, and where it looks for them.</summary>
/// <remarks>Immutable. At least one of <see cref="Keys"/> and <see cref="Validate"/> is needed.</remarks>
public sealed record ApiKeyAuthenticationOptions
{
    /// <summary>The header field that holds the key; null to look at none. Default <c>X-Api-Key</c>.</summary>
    public string? Header { get; init; } = "X-Api-Key";

    /// <summary>
    /// The query parameter that holds the key; null to look at none. Default null: what stands in a URL ends up in
    /// logs, histories and Referer fields.
    /// </summary>
    public string? Query { get; init; }

    /// <summary>The users of keys that never change while the server runs. Default: none.</summary>
    public IReadOnlyDictionary<string, Principal> Keys { get; init; } = new Dictionary<string, Principal>();

    /// <summary>
    /// Says whose a key is, null for nobody's; asked where <see cref="Keys"/> does not hold it. Default null.
    /// </summary>
    public Func<Exchange, string, ValueTask<Principal?>>? Validate { get; init; }

    /// <summary>
    /// What the keys are for: printable ASCII without quotes and backslashes. Default <c>restricted</c>.
    /// </summary>
    public string Realm { get; init; } = "restricted";

    /// <summary>The longest key in bytes, as it came; a longer one is nobody's. 16 to 4096; default 512.</summary>
    public int KeyBytesMax { get; init; } = 512;
}

namespace Waymark;

/// <summary>Whom <see cref="BasicAuthentication"/> knows.</summary>
/// <remarks>Immutable. At least one of <see cref="Users"/> and <see cref="Validate"/> is needed.</remarks>
public sealed record BasicAuthenticationOptions
{
    /// <summary>
    /// What people are told they log in to: printable ASCII without quotes and backslashes. Default
    /// <c>restricted</c>.
    /// </summary>
    public string Realm { get; init; } = "restricted";

    /// <summary>
    /// Passwords by user name. A name is not empty and has no colon and no control character. Default: none.
    /// </summary>
    /// <remarks>For a handful that come from the configuration: passwords of people belong hashed into a store of
    /// their own, which <see cref="Validate"/> asks.</remarks>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Says whose a name and a password are, null for nobody's; asked where <see cref="Users"/> has no such pair.
    /// Default null.
    /// </summary>
    /// <remarks>
    /// It should take as long for a name that does not exist as for a wrong password, or its duration tells which
    /// names exist: verify against a made-up hash.
    /// </remarks>
    public Func<Exchange, string, string, ValueTask<Principal?>>? Validate { get; init; }
}

namespace Waymark;

/// <summary>Who sends a request, as far as the program knows: <see cref="Exchange.User"/>.</summary>
/// <remarks>
/// Immutable and safe for use by any number of threads, so that one object serves all requests of its user. A program
/// may derive its own class from it, with what it knows beyond the name.
/// </remarks>
/// <example>
/// <code>
/// new Principal("ada") { Scopes = ["orders:read", "orders:write"], Roles = ["clerk"] }
/// </code>
/// </example>
public class Principal
{
    /// <summary>Makes one.</summary>
    /// <param name="name">What the user, the program or the key is called; at least one character.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    public Principal(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>What the user, the program or the key is called; the subject of a JWT.</summary>
    public string Name { get; }

    /// <summary>What may be done in the user's name (RFC 6749 section 3.3). Default: nothing.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>What the user is. Default: nothing.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>True where <see cref="Scopes"/> holds it, octet for octet.</summary>
    public bool HasScope(string scope) => Holds(Scopes, scope);

    /// <summary>True where <see cref="Roles"/> holds it, octet for octet.</summary>
    public bool HasRole(string role) => Holds(Roles, role);

    private static bool Holds(IReadOnlyList<string> list, string sought)
    {
        for (int index = 0; index < list.Count; index++)
        {
            if (string.Equals(list[index], sought, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}

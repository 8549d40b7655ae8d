namespace Waymark;

/// <summary>Says in the OpenAPI document what a handler, or every handler of a class, asks of its clients.</summary>
/// <remarks>
/// Documentation only: nothing is checked; <c>[RequireUser]</c>, <c>[RequireScope]</c> and <c>[RequireRole]</c>
/// check (docs/middleware/authorization.md). Several attributes are alternatives. Those of a method stand in place of
/// those of its class, those of a class in place of those of the class around it.
/// </remarks>
/// <example><code>[Security("token", "orders:write")]</code></example>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct,
    AllowMultiple = true,
    Inherited = false)]
public sealed class SecurityAttribute : Attribute
{
    /// <summary>Open to everyone, though the class says otherwise.</summary>
    public SecurityAttribute()
    {
        Scheme = "";
        Scopes = [];
    }

    /// <summary>Asks for a scheme.</summary>
    /// <param name="scheme">The name of a <see cref="SecuritySchemeAttribute"/> of the assembly.</param>
    /// <param name="scopes">The scopes or roles that a client needs, all of them; may be none.</param>
    public SecurityAttribute(string scheme, params string[] scopes)
    {
        Scheme = scheme;
        Scopes = scopes;
    }

    /// <summary>The scheme; "" for none.</summary>
    public string Scheme { get; }

    /// <summary>The scopes or roles that a client needs.</summary>
    public IReadOnlyList<string> Scopes { get; }
}

namespace Waymark;

/// <summary>Lets only users in that have one of some roles: 401 for nobody, 403 for everybody else.</summary>
/// <remarks>Two attributes ask for a role of each.</remarks>
/// <example><code>[Delete("/orders/:id"), RequireRole("manager", "owner")] …</code></example>
public sealed class RequireRoleAttribute : RequirementAttribute
{
    private readonly string[] _roles;

    /// <summary>Asks for one of some roles.</summary>
    /// <param name="roles">At least one, none of them empty.</param>
    /// <exception cref="ArgumentException">There is none, or one is empty.</exception>
    public RequireRoleAttribute(params string[] roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        if (roles.Length == 0 || Array.Exists(roles, string.IsNullOrEmpty))
            throw new ArgumentException("RequireRole needs at least one role, and none may be empty.", nameof(roles));
        _roles = [.. roles];
    }

    /// <summary>The roles, one of which is needed.</summary>
    public IReadOnlyList<string> Roles => _roles;

    /// <inheritdoc/>
    protected override bool IsMetBy(Principal user)
    {
        foreach (string role in _roles)
        {
            if (user.HasRole(role))
                return true;
        }

        return false;
    }
}

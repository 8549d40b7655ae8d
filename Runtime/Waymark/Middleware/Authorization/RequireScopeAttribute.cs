namespace Waymark;

/// <summary>Lets only users in that have every one of some scopes: 401 for nobody, 403 for everybody else.</summary>
/// <remarks>Where bearer tokens are taken, the 403 names the scopes (RFC 6750 section 3.1).</remarks>
/// <example><code>[Post("/orders"), RequireScope("orders:write")] …</code></example>
public sealed class RequireScopeAttribute : RequirementAttribute
{
    private readonly string[] _scopes;

    /// <summary>Asks for scopes, all of them.</summary>
    /// <param name="scopes">
    /// At least one, each of printable ASCII without blanks, quotes and backslashes (RFC 6749 section 3.3).
    /// </param>
    /// <exception cref="ArgumentException">There is none, or one is no scope.</exception>
    public RequireScopeAttribute(params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Length == 0)
            throw new ArgumentException("RequireScope needs at least one scope.", nameof(scopes));
        foreach (string scope in scopes)
        {
            // scope-token = 1*( %x21 / %x23-5B / %x5D-7E )
            if (string.IsNullOrEmpty(scope)
                || scope.AsSpan().ContainsAnyExceptInRange('!', '~') || scope.AsSpan().ContainsAny('"', '\\'))
            {
                throw new ArgumentException(
                    $"'{scope}' is no scope: printable ASCII without blanks, quotes and backslashes (RFC 6749 section 3.3).",
                    nameof(scopes));
            }
        }

        _scopes = [.. scopes];
    }

    /// <summary>The scopes, all of which are needed.</summary>
    public IReadOnlyList<string> Scopes => _scopes;

    /// <inheritdoc/>
    protected override string Detail => $"This needs the scope {string.Join(' ', _scopes)}.";

    /// <inheritdoc/>
    protected override string Challenge =>
        $"Bearer error=\"insufficient_scope\", scope=\"{string.Join(' ', _scopes)}\"";

    /// <inheritdoc/>
    protected override bool IsMetBy(Principal user)
    {
        foreach (string scope in _scopes)
        {
            if (!user.HasScope(scope))
                return false;
        }

        return true;
    }
}

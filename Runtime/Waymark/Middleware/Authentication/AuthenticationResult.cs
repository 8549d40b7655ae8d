namespace Waymark;

/// <summary>What a scheme has found in a request.</summary>
public readonly struct AuthenticationResult
{
    private AuthenticationResult(Principal? user, bool hasFailed, string? challenge)
    {
        User = user;
        HasFailed = hasFailed;
        Challenge = challenge;
    }

    /// <summary>Who it is; null where that is not known.</summary>
    public Principal? User { get; }

    /// <summary>True where there were credentials, and they are wrong.</summary>
    public bool HasFailed { get; }

    /// <summary>
    /// The value of WWW-Authenticate that tells what was wrong; null for <see cref="AuthenticationScheme.Challenge"/>.
    /// </summary>
    public string? Challenge { get; }

    /// <summary>The request holds no credentials of this scheme. This is also the default value.</summary>
    public static AuthenticationResult None() => default;

    /// <summary>The credentials are right.</summary>
    /// <param name="user">Who it is.</param>
    /// <exception cref="ArgumentNullException"><paramref name="user"/> is null.</exception>
    public static AuthenticationResult Of(Principal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return new AuthenticationResult(user, false, null);
    }

    /// <summary>The credentials are wrong.</summary>
    /// <param name="challenge">
    /// The value of WWW-Authenticate in a 401; null for <see cref="AuthenticationScheme.Challenge"/>.
    /// </param>
    public static AuthenticationResult Failed(string? challenge = null) => new(null, true, challenge);
}

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

    /// <summary>
    /// After which time the client may ask again, where the credentials cannot be judged now; else null.
    /// </summary>
    public TimeSpan? RetryAfter { get; private init; }

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

    /// <summary>
    /// The credentials cannot be judged now, since what they are judged by is out of reach: 503 with Retry-After,
    /// unless another scheme knows the client.
    /// </summary>
    /// <param name="retryAfter">When to ask again; at least 0, sent in whole seconds, rounded up.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="retryAfter"/> is negative.</exception>
    public static AuthenticationResult Unavailable(TimeSpan retryAfter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retryAfter, TimeSpan.Zero);
        return new AuthenticationResult(null, false, null) { RetryAfter = retryAfter };
    }
}

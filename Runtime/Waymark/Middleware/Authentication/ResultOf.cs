namespace Waymark.Middleware;

/// <summary>Turns what a program's own function says into a result.</summary>
internal static class ResultOf
{
    /// <summary>A user is a success, null a failure.</summary>
    public static ValueTask<AuthenticationResult> UserAsync(ValueTask<Principal?> pending, string? challenge = null) =>
        pending.IsCompletedSuccessfully
            ? new(User(pending.Result, challenge))
            : AwaitAsync(pending, challenge);

    /// <summary>A user is a success, null a failure.</summary>
    public static AuthenticationResult User(Principal? user, string? challenge) =>
        user is null ? AuthenticationResult.Failed(challenge) : AuthenticationResult.Of(user);

    private static async ValueTask<AuthenticationResult> AwaitAsync(
        ValueTask<Principal?> pending, string? challenge) =>
        User(await pending.ConfigureAwait(false), challenge);
}

using System.Runtime.CompilerServices;
using Waymark.Middleware;

namespace Waymark;

/// <summary>A JSON Web Token in the Authorization field: RFC 7519, RFC 7515 and RFC 6750.</summary>
/// <remarks>
/// <para>Signed tokens in the compact form; encrypted ones and the JSON forms are not known. Every key verifies one
/// algorithm, there is no "none", extensions that a token calls critical are refused, and so are members that stand
/// twice, base64url that is not canonical, and whatever a header says of keys. Why a token was refused is in the log
/// (Debug, 1450); the client learns that it is invalid, and of the reasons only that it has expired.</para>
/// </remarks>
/// <example>
/// <code>
/// server.Use(JwtAuthentication.From(new JwtAuthenticationOptions
/// {
///     FetchKeys = stop => http.GetByteArrayAsync("https://id.example/.well-known/jwks.json", stop),
///     Issuers = ["https://id.example"],
///     Audiences = ["https://shop.example"],
/// }));
/// </code>
/// </example>
public sealed class JwtAuthentication : AuthenticationScheme
{
    private readonly JwtAuthenticationOptions _options;
    private readonly JwtValidator _validator;
    private readonly string _invalid;
    private readonly string _expired;

    // One for each server: their clocks differ, in tests. Servers that are gone take theirs along.
    private readonly ConditionalWeakTable<ServerContext, State> _states = [];
    private State? _last;

    private JwtAuthentication(JwtAuthenticationOptions options)
    {
        _options = options;
        _validator = new JwtValidator(options);
        Challenge = BearerToken.ChallengeOf(options.Realm);
        _invalid = BearerToken.ChallengeOf(options.Realm, "invalid_token");
        _expired = BearerToken.ChallengeOf(options.Realm, "invalid_token", "The token has expired.");
    }

    /// <summary>Makes the scheme.</summary>
    /// <param name="options">Which tokens are taken.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsException">There is no key, or values are out of range: all are listed.</exception>
    public static JwtAuthentication From(JwtAuthenticationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> problems = JwtOptionsChecks.Check(options);
        if (problems.Count > 0)
            throw new OptionsException(problems);
        return new JwtAuthentication(options);
    }

    /// <inheritdoc/>
    public override string Challenge { get; }

    /// <inheritdoc/>
    protected internal override ValueTask<AuthenticationResult> AuthenticateAsync(
        Exchange exchange, ServerContext server)
    {
        CredentialKind kind = CredentialField.Find(exchange, "bearer"u8, out ReadOnlySpan<byte> token);
        if (kind == CredentialKind.None)
            return default;
        if (kind == CredentialKind.Malformed || token.Length > _options.TokenBytesMax)
            return new(Refuse(JwtRejection.Malformed, server));

        State state = StateOf(server);
        state.Keys.RefreshWhereOld();
        if (state.Keys.MustWait)
            return FetchAndJudgeAsync(token.ToArray(), state, server);
        JwtRejection rejection = Judge(token, state, server, out Principal? user);
        if (rejection == JwtRejection.UnknownKey && _options.FetchKeys is not null)
            return FetchAndJudgeAsync(token.ToArray(), state, server);
        return new(user is null ? Refuse(rejection, server) : AuthenticationResult.Of(user));
    }

    private async ValueTask<AuthenticationResult> FetchAndJudgeAsync(byte[] token, State state, ServerContext server)
    {
        await state.Keys.FetchAsync().ConfigureAwait(false);
        JwtRejection rejection = Judge(token, state, server, out Principal? user);
        if (user is not null)
            return AuthenticationResult.Of(user);

        // Its key may be one of those that have never come: nobody can say that the token is wrong.
        if (rejection is JwtRejection.UnknownKey or JwtRejection.Signature && state.Keys.MustWait)
            return AuthenticationResult.Unavailable(state.Keys.RetryAfter);
        return Refuse(rejection, server);
    }

    private JwtRejection Judge(ReadOnlySpan<byte> token, State state, ServerContext server, out Principal? user)
    {
        user = null;
        IReadOnlyList<JwtKey> keys = state.Keys.Keys;
        DateTimeOffset now = server.TimeProvider.GetUtcNow();
        TokenHash hash = default;
        if (state.Cache is { } cache)
        {
            hash = TokenCache.HashOf(token);
            if (cache.TryGet(hash, out AcceptedToken known) && ReferenceEquals(known.Keys, keys))
            {
                if (now.ToUnixTimeMilliseconds() / 1000.0 >= known.ValidUntil)
                    return JwtRejection.Expired;
                user = known.User;
                return JwtRejection.None;
            }
        }

        JwtRejection rejection = _validator.Validate(token, keys, now, out AcceptedToken accepted);
        if (rejection != JwtRejection.None)
            return rejection;
        state.Cache?.Add(hash, accepted);
        user = accepted.User;
        return JwtRejection.None;
    }

    private AuthenticationResult Refuse(JwtRejection rejection, ServerContext server)
    {
        JwtLog.Refused(server.Logger, rejection);
        return AuthenticationResult.Failed(rejection == JwtRejection.Expired ? _expired : _invalid);
    }

    private State StateOf(ServerContext server)
    {
        if (Volatile.Read(ref _last) is { } last && ReferenceEquals(last.Server, server))
            return last;

        State state = _states.GetValue(server, key => new State(
            key,
            new JwtKeySource(_options, key),
            _options.CachedTokensMax > 0 ? new TokenCache(_options.CachedTokensMax) : null));
        Volatile.Write(ref _last, state);
        return state;
    }

    /// <summary>What this scheme remembers on one server.</summary>
    private sealed record State(ServerContext Server, JwtKeySource Keys, TokenCache? Cache);
}

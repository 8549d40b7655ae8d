using System.Text;
using Waymark.Middleware;

namespace Waymark;

/// <summary>A token in the Authorization field: RFC 6750 section 2.1.</summary>
/// <remarks>
/// Tokens in forms and queries (sections 2.2 and 2.3) are not looked at: they end up in logs and histories. For tokens
/// that hold claims see docs/middleware/jwt.md.
/// </remarks>
/// <example>
/// <code>
/// server.Use(BearerAuthentication.From(new BearerAuthenticationOptions
/// {
///     Tokens = new Dictionary&lt;string, Principal&gt; { [token] = new Principal("backup") },
/// }));
/// </code>
/// </example>
public sealed class BearerAuthentication : AuthenticationScheme
{
    private readonly SecretTable _tokens;
    private readonly BearerAuthenticationOptions _options;
    private readonly string _invalid;

    private BearerAuthentication(BearerAuthenticationOptions options, SecretTable tokens)
    {
        _options = options;
        _tokens = tokens;
        Challenge = BearerToken.ChallengeOf(options.Realm);
        _invalid = BearerToken.ChallengeOf(options.Realm, "invalid_token");
    }

    /// <summary>Makes the scheme.</summary>
    /// <param name="options">Which tokens are taken.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsException">No token is taken, or values are out of range: all are listed.</exception>
    public static BearerAuthentication From(BearerAuthenticationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        AuthenticationChecks.CheckRealm("BearerAuthenticationOptions.Realm", options.Realm, problems);
        List<(string Secret, Principal User)> tokens =
            AuthenticationChecks.CheckSecrets("BearerAuthenticationOptions.Tokens", options.Tokens, problems);
        foreach ((string token, _) in tokens)
        {
            if (!BearerToken.IsToken(Encoding.UTF8.GetBytes(token)))
                problems.Add("BearerAuthenticationOptions.Tokens holds one that is no token: letters, digits and -._~+/ with = behind them (RFC 6750 section 2.1).");
        }

        if (options.TokenBytesMax is < 16 or > 65_536)
        {
            problems.Add(
                $"BearerAuthenticationOptions.TokenBytesMax is {options.TokenBytesMax}; it must be from 16 to 65536.");
        }

        if (tokens.Count == 0 && options.Validate is null && problems.Count == 0)
            problems.Add("BearerAuthenticationOptions has neither Tokens nor Validate: nobody could come in.");
        if (problems.Count > 0)
            throw new OptionsException(problems);
        return new BearerAuthentication(options, new SecretTable(tokens));
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
        if (kind == CredentialKind.Malformed || token.Length > _options.TokenBytesMax || !BearerToken.IsToken(token))
            return new(AuthenticationResult.Failed(_invalid));
        if (_tokens.Find(token) is { } user)
            return new(AuthenticationResult.Of(user));
        return _options.Validate is { } validate
            ? ResultOf.UserAsync(validate(exchange, Encoding.ASCII.GetString(token)), _invalid)
            : new(AuthenticationResult.Failed(_invalid));
    }
}

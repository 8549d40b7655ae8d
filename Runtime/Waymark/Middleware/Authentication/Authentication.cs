using Waymark.Http;
using Waymark.Middleware;

namespace Waymark;

/// <summary>Finds out who sends a request, by one scheme or another.</summary>
/// <remarks>
/// Schemes are tried in their order, and the first that knows the client counts. Put it behind CORS: a preflight
/// carries no credentials.
/// </remarks>
/// <example>
/// <code>
/// server.Use(Authentication.Required(
///     BasicAuthentication.From(new BasicAuthenticationOptions { Users = passwords }),
///     ApiKeyAuthentication.From(new ApiKeyAuthenticationOptions { Keys = keys })));
/// </code>
/// </example>
public static class Authentication
{
    /// <summary>Demands credentials of one of the schemes: without valid ones, 401.</summary>
    /// <param name="schemes">At least one.</param>
    /// <exception cref="ArgumentException">There is no scheme, or one is null.</exception>
    public static IMiddleware Required(params AuthenticationScheme[] schemes) => Make(schemes, isRequired: true);

    /// <summary>
    /// Takes credentials of one of the schemes where there are valid ones; else the request goes on without a
    /// <see cref="Exchange.User"/>, and <see cref="RequireUserAttribute"/> and its like say where that is not enough.
    /// </summary>
    /// <remarks>
    /// Wrong credentials count as none, so that an expired token does not lock its owner out of what is open to all;
    /// where a user is demanded later, the 401 tells what was wrong with them. Nothing is looked at where a middleware
    /// around this one has found a user.
    /// </remarks>
    /// <param name="schemes">At least one.</param>
    /// <exception cref="ArgumentException">There is no scheme, or one is null.</exception>
    public static IMiddleware Optional(params AuthenticationScheme[] schemes) => Make(schemes, isRequired: false);

    /// <summary>Answers with 401 and what the schemes around the handler ask for; for handlers that decide.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="exchange"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public static ValueTask Challenge(Exchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        Response response = exchange.Response;
        response.Headers.Remove("WWW-Authenticate"u8);
        for (int index = 0; index < exchange.Challenges.Count; index++)
            response.Headers.Add("WWW-Authenticate"u8, exchange.Challenges[index]);

        // RFC 9110 section 15.5.2: a 401 must ask for something, also where the program finds its users by itself.
        if (exchange.Challenges.Count == 0)
            response.Headers.Add("WWW-Authenticate"u8, "Unspecified"u8);

        // One sentence for whatever was wrong: who guesses must not learn which part was right.
        ProblemWriter.Write(response, 401, "Credentials are missing or not valid.");
        return ValueTask.CompletedTask;
    }

    /// <summary>Answers with 403: who it is, is known, and may not; for handlers that decide.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="detail">A sentence for the client; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exchange"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public static ValueTask Forbid(Exchange exchange, string? detail = null)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        ProblemWriter.Write(exchange.Response, 403, detail);
        return ValueTask.CompletedTask;
    }

    private static AuthenticationMiddleware Make(AuthenticationScheme[] schemes, bool isRequired)
    {
        ArgumentNullException.ThrowIfNull(schemes);
        if (schemes.Length == 0 || Array.IndexOf(schemes, null) >= 0)
            throw new ArgumentException("At least one scheme is needed, and none may be null.", nameof(schemes));
        return new AuthenticationMiddleware([.. schemes], isRequired);
    }
}

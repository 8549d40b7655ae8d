using Waymark.Middleware;

namespace Waymark;

/// <summary>Lets pages of other origins read answers: cross-origin resource sharing.</summary>
/// <remarks>
/// The Fetch standard, section 3.3 (HTTP-CORS protocol). CORS opens what browsers keep closed; it keeps nobody out: a
/// request of an origin that is not allowed reaches its handler like any other, and its page cannot read the answer.
/// Only a preflight (OPTIONS with Origin and Access-Control-Request-Method) is answered here; any other OPTIONS is the
/// routes'.
/// </remarks>
/// <example>
/// <code>
/// server.Use(Cors.From(new CorsOptions { Origins = ["https://shop.example"], AllowsCredentials = true }));
/// </code>
/// </example>
public static class Cors
{
    /// <summary>Makes the middleware.</summary>
    /// <param name="options">Who may do what.</param>
    /// <returns>
    /// The middleware, for <see cref="HttpServer.Use(IMiddleware)"/>. Where it stands on a group or route it says who
    /// may read their answers; preflights are answered by the one on the server.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsException">Values cannot be used: all are listed.</exception>
    public static IMiddleware From(CorsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        OriginSet origins = OriginSet.Parse(options.Origins, problems);
        CorsChecks.Check(options, origins.IsAny, problems);
        return problems.Count == 0 ? new CorsMiddleware(options, origins) : throw new OptionsException(problems);
    }
}

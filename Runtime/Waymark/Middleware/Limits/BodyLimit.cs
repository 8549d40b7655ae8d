using Waymark.Connections;
using Waymark.Http;
using Waymark.Http.Parsing;

namespace Waymark;

/// <summary>Limits the bodies of requests; a larger one gets 413.</summary>
/// <remarks>
/// In the place of <see cref="ServerLimits.BodyBytesMax"/> for everything inside of it. The closest one counts: a
/// route's <see cref="BodyLimitAttribute"/> goes before a limit around the routes. A declared length beyond it is
/// answered before the handler runs and before <c>100 Continue</c>; a chunked body is cut while it is read. A larger
/// limit belongs around the routes: one on a route comes after the server's has refused.
/// </remarks>
/// <example>
/// <code>
/// server.Use(BodyLimit.Of(64 * 1024));
/// </code>
/// </example>
public static class BodyLimit
{
    /// <summary>Makes the middleware.</summary>
    /// <param name="bytesMax">The largest body in bytes, at least 0; chunked framing is not counted.</param>
    /// <returns>The middleware, for <see cref="HttpServer.Use(IMiddleware)"/>.</returns>
    /// <exception cref="OptionsException">The limit is negative.</exception>
    public static IMiddleware Of(long bytesMax) => bytesMax >= 0
        ? new Limiter(bytesMax)
        : throw new OptionsException([$"The limit of BodyLimit is {bytesMax} bytes; it must be 0 at least."]);

    private sealed class Limiter(long bytesMax) : IMiddleware
    {
        public Handler Wrap(Handler next, ServerContext server) => exchange =>
        {
            exchange.Request.Body.BytesMax = bytesMax;

            // Outside of the routes it is the router that refuses: the route may have a limit of its own.
            if (exchange.Route == SlowTurns.NoRoute || !exchange.Request.Body.IsTooLarge)
                return next(exchange);
            ProblemWriter.Write(exchange.Response, 413, Refusals.DetailOf(RequestRejection.BodyTooLarge));
            return ValueTask.CompletedTask;
        };
    }
}

namespace Waymark;

/// <summary>A function around handlers, for a server (<see cref="HttpServer.Use(IMiddleware)"/>).</summary>
/// <remarks>
/// <see cref="Wrap"/> runs once for each place that the middleware stands at, when the server starts: what can be
/// decided is decided there, so that the handler it returns has nothing left to decide. That handler is called for
/// requests on any number of threads at once.
/// </remarks>
/// <example>
/// <code>
/// sealed class Timing : IMiddleware
/// {
///     public Handler Wrap(Handler next, ServerContext server) => async exchange =>
///     {
///         long start = server.TimeProvider.GetTimestamp();
///         await next(exchange);
///         Console.WriteLine(server.TimeProvider.GetElapsedTime(start));
///     };
/// }
/// </code>
/// </example>
public interface IMiddleware
{
    /// <summary>Puts this around a handler.</summary>
    /// <param name="next">The next inner handler: another middleware's or the routes'.</param>
    /// <param name="server">The server that starts.</param>
    /// <returns>The handler around it; never null.</returns>
    /// <exception cref="OptionsException">What was asked for cannot be had here: the server does not start.</exception>
    public Handler Wrap(Handler next, ServerContext server);
}

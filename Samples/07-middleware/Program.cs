using System.Diagnostics;
using Waymark;

return await Program.MakeServer().RunAsync(args);

internal static partial class Program
{
    internal static HttpServer MakeServer()
    {
        var server = new HttpServer(Routes.Table);

        // Around everything, the first outermost: what the library has, and what you write.
        server.Use(RequestId.From());
        server.Use(Compression.From());
        server.Use(next => async exchange =>
        {
            long start = Stopwatch.GetTimestamp();
            exchange.OnStarting(_ => exchange.Response.Headers.Set(
                "Server-Timing", $"handler;dur={Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.000}"));
            await next(exchange);
        });
        return server;
    }
}

internal static class Home
{
    [Get("/")]
    internal static string Index() => string.Concat(Enumerable.Repeat("Lorem ipsum dolor sit amet. ", 200));
}

// Around the routes of a class, or of one method.
[Group("/admin"), RequireHeader("X-Tenant")]
internal static class Admin
{
    [Get("/")]
    internal static string Index(Request request) => $"tenant {request.Headers["X-Tenant"]}\n";

    [Delete("/cache"), RequireHeader("X-Really")]
    internal static void Clear()
    {
    }
}

internal sealed class RequireHeaderAttribute(string name) : MiddlewareAttribute
{
    // Called once for each route, at the start: what can be decided is decided here.
    public override Handler Wrap(Handler next, ServerContext server)
    {
        var problem = new ProblemDetails { Status = 400, Detail = $"The header field {name} is missing." };
        return exchange =>
        {
            if (exchange.Request.Headers[name] is not null)
                return next(exchange);
            exchange.Response.WriteProblem(problem);
            return ValueTask.CompletedTask;
        };
    }
}

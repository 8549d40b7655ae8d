using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Tests.Support;
using Waymark.Wire.Routes;

namespace Waymark.Wire.Tests.Support;

/// <summary>Puts middleware around a handler as a server does, and tells what comes of requests.</summary>
internal static class Around
{
    /// <summary>What a middleware gets to know of its server here.</summary>
    public static ServerContext Context(TimeProvider? time = null) => new()
    {
        Logger = NullLogger.Instance,
        TimeProvider = time ?? new ManualTimeProvider(),
        Services = new NoServices(),
        Routes = ScenarioRoutes.Table,
        Stopping = CancellationToken.None,
    };

    /// <summary>Middleware around a handler, the outermost first.</summary>
    public static Handler Handle(Handler handler, params IMiddleware[] middleware) =>
        Handle(Context(), handler, middleware);

    /// <summary>Middleware around a handler, the outermost first.</summary>
    public static Handler Handle(ServerContext context, Handler handler, params IMiddleware[] middleware)
    {
        for (int index = middleware.Length - 1; index >= 0; index--)
            handler = middleware[index].Wrap(handler, context);
        return handler;
    }

    /// <summary>A handler that says who asks.</summary>
    public static ValueTask SayUser(Exchange exchange)
    {
        exchange.Response.Write(exchange.User?.Name ?? "nobody");
        return ValueTask.CompletedTask;
    }

    /// <summary>A request as octets.</summary>
    /// <param name="fields">Field lines without their last line end; empty for none.</param>
    public static string Request(string fields, string target = "/", string method = "GET") =>
        $"{method} {target} HTTP/1.1\r\nHost: x\r\n{(fields.Length > 0 ? fields + "\r\n" : "")}\r\n";

    /// <summary>Sends one request, and gives the whole answer.</summary>
    public static async Task<string> AskAsync(
        Handler handler, string fields, string target = "/", string method = "GET") =>
        (await Engine.PlayOnceAsync(Layer.Clear, Request(fields, target, method), handler)).Text;

    /// <summary>How many bytes ten thousand requests allocate on the thread that serves them.</summary>
    /// <remarks>The least of three: a collection in between empties the shared pools.</remarks>
    public static long Allocated(Handler handler, string request)
    {
        Measure(handler, request, 1000);
        return Enumerable.Range(0, 3).Min(_ =>
        {
            long one = Measure(handler, request, 1);
            return Measure(handler, request, 10_001) - one;
        });
    }

    private static long Measure(Handler handler, string request, int count)
    {
        var connection = new RepeatingConnection(Engine.Bytes(request), count);
        var time = new ManualTimeProvider();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task serving = Engine.Serve(connection, null, handler, NullLogger.Instance, time);
        long after = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(serving.IsCompletedSuccessfully, "everything completes at once on this thread");
        Assert.Equal(count, connection.AnswerCount);
        return after - before;
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}

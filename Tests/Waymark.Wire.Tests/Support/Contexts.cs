using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Routing;

namespace Waymark.Wire.Tests.Support;

/// <summary>A server as a middleware sees it, without one.</summary>
internal static class Contexts
{
    public static ServerContext Of(
        RouteTable? routes = null, TimeProvider? time = null, ILogger? logger = null,
        CancellationTokenSource? stopping = null) => new()
        {
            Logger = logger ?? NullLogger.Instance,
            TimeProvider = time ?? TimeProvider.System,
            Services = NoServices.Instance,
            Routes = routes ?? new TestTable(),
            Stopping = stopping?.Token ?? CancellationToken.None,
        };

    /// <summary>The routes of a context with middleware around them, the first one outermost.</summary>
    public static Handler Handler(this ServerContext context, params IMiddleware[] middleware) =>
        context.Around(new Router(context.Routes).HandleAsync, middleware);

    /// <summary>A handler with middleware around it, the first one outermost.</summary>
    public static Handler Around(this ServerContext context, Handler handler, params IMiddleware[] middleware)
    {
        foreach (IMiddleware outer in middleware.Reverse())
            handler = outer.Wrap(handler, context);
        return handler;
    }

    /// <summary>Plays whole input of a peer to a handler.</summary>
    /// <returns>What was sent, Latin-1.</returns>
    public static async Task<string> PlayAsync(
        Handler handler, string input, string peer = "198.51.100.9", TimeProvider? time = null)
    {
        var connection = new ScriptedConnection([Engine.Bytes(input)])
        {
            PeerEndPoint = new IPEndPoint(IPAddress.Parse(peer), 7),
        };
        await Engine.Serve(connection, null, handler, NullLogger.Instance, time);
        return Encoding.Latin1.GetString(connection.Sent);
    }

    /// <summary>Runs what was registered for the end of the server.</summary>
    public static async Task StopAsync(this ServerContext context)
    {
        while (context.TakeStopped() is { } callback)
            await callback();
    }

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}

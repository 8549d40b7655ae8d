using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Routing;
using Waymark.Tests.Support;

namespace Waymark.Wire.Tests.Support;

/// <summary>Puts middleware around a handler as a server does when it starts.</summary>
internal static class Wrapped
{
    /// <summary>Around the test's routes; the first middleware is the outermost.</summary>
    public static Handler Routes(params IMiddleware[] middleware) =>
        Handler(new Router(new TestTable()).HandleAsync, middleware);

    /// <summary>Around a handler; the first middleware is the outermost.</summary>
    public static Handler Handler(Handler handler, params IMiddleware[] middleware) =>
        Handler(Context(), handler, middleware);

    /// <summary>Around a handler, in a server that a test made up.</summary>
    public static Handler Handler(ServerContext server, Handler handler, params IMiddleware[] middleware)
    {
        foreach (IMiddleware one in middleware.Reverse())
            handler = one.Wrap(handler, server);
        return handler;
    }

    public static ServerContext Context(TimeProvider? time = null, ILogger? logger = null) => new()
    {
        Logger = logger ?? NullLogger.Instance,
        TimeProvider = time ?? new ManualTimeProvider(),
        Services = new ServiceSet(),
        Routes = new TestTable(),
        Stopping = CancellationToken.None,
    };
}

using Waymark.Connections;
using Waymark.Hosting;
using Waymark.Hosting.Tls;
using Waymark.Http;
using Waymark.Http.Parsing;
using Waymark.Routing;
using Waymark.Transport;

namespace Waymark;

/// <summary>Serves the routes of a table over HTTP/1.1.</summary>
/// <remarks>
/// How it starts, runs and stops is told at <see cref="NetworkServer"/>. A server runs once. Its addresses:
/// <list type="table">
/// <item><term><c>http://127.0.0.1:8080</c></term><description>One IPv4 address.</description></item>
/// <item><term><c>http://[::1]:8080</c></term><description>One IPv6 address. A link-local one names its interface by
/// number or name: <c>http://[fe80::1%eth0]:8080</c>. <c>[::]</c> takes no IPv4 unless <see
/// cref="ListenOptions.DualStack"/> says so.</description></item>
/// <item><term><c>http://localhost:8080</c></term><description>Both loopback addresses.</description></item>
/// <item><term><c>http://*:8080</c></term><description>Every address, IPv4 and IPv6.</description></item>
/// <item><term><c>unix:/run/app.sock</c></term><description>A Unix socket with a file, which must not be there before
/// (<see cref="ListenOptions.RemovesStaleSocket"/>).</description></item>
/// <item><term><c>unix:@name</c></term><description>An abstract Unix socket (Linux); <c>unix:@</c> has the kernel
/// choose a name.</description></item>
/// <item><term><c>fd:3</c></term><description>A listening stream socket that the process was started with.
/// </description></item>
/// <item><term><c>fd:listen</c></term><description>All sockets that systemd passed (<c>LISTEN_FDS</c>);
/// <c>fd:listen:web</c> those that are named <c>web</c>.</description></item>
/// </list>
/// The port is 80 where it is missing; port 0 picks a free one, which <see cref="NetworkServer.Endpoints"/> then shows.
/// Without any address, those in the environment variable <c>WAYMARK_URLS</c> (separated by <c>;</c>) are used, else
/// the sockets that systemd passed, else <c>http://localhost:8080</c>. All of them are opened or none. <c>https://</c>
/// in place of <c>http://</c> speaks TLS, with the certificates of <see cref="NetworkServerOptions.Tls"/>; its port is
/// 443 where it is missing. So do <c>https+unix:/run/app.sock</c> and <c>https+fd:3</c>: <c>https+</c> stands before
/// any <c>unix:</c> or <c>fd:</c>. Not supported: host names, which may mean another machine tomorrow.
/// <para>Thread safety: every member may be used from any thread at any time.</para>
/// </remarks>
/// <example>
/// <code>
/// var server = new HttpServer(Routes.Table);
/// return await server.RunAsync("http://localhost:8080");
/// </code>
/// In a test:
/// <code>
/// await using HttpServer server = await new HttpServer(Routes.Table).StartAsync("http://127.0.0.1:0");
/// using var client = new HttpClient { BaseAddress = new Uri(server.Endpoints[0]) };
/// </code>
/// </example>
public sealed partial class HttpServer : NetworkServer
{
    private readonly RouteTable _table;
    private readonly ServerOptions _options;
    private readonly List<Func<Handler, ServerContext, Handler>> _middleware = [];
    private readonly List<Func<Handler, ServerContext, Handler>> _outermost = [];

    // Kept by a start that failed and is tried again: what was registered for the end still has it.
    private ServerContext? _context;

    /// <summary>Makes a server, and checks all of its options. Nothing is opened yet.</summary>
    /// <param name="table">The routes; the generator makes <c>Routes.Table</c>.</param>
    /// <param name="options">How it behaves; null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    /// <exception cref="OptionsException">
    /// Options are out of range, or a handler needs a service that there is not: all of them are listed.
    /// </exception>
    public HttpServer(RouteTable table, ServerOptions? options = null)
        : this(table, options, new HostEnvironment())
    {
    }

    internal HttpServer(RouteTable table, ServerOptions? options, HostEnvironment environment)
        : base(options ?? new ServerOptions(), environment, ServiceChecks.Of(table, options?.Services))
    {
        _table = table;
        _options = (ServerOptions)Options;
    }

    private protected override AddressScheme Scheme => AddressScheme.Http;

    private protected override string? DefaultAddress => Addresses.Default;

    private protected override TlsPurpose TlsPurpose =>
        new(_options.Limits.TlsHandshakeTimeout, "ServerLimits.TlsHandshakeTimeout", IsHttp: true);

    /// <summary>Puts a middleware around the routes. The first one added is the outermost.</summary>
    /// <param name="middleware">
    /// Gets the next inner handler and returns the one around it. Called once, when the server starts.
    /// </param>
    /// <returns>This server.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="middleware"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The server has been started.</exception>
    public HttpServer Use(Func<Handler, Handler> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        return Add((next, _) => middleware(next));
    }

    /// <summary>Puts a middleware around the routes. The first one added is the outermost.</summary>
    /// <param name="middleware">Asked once for its handler, when the server starts.</param>
    /// <returns>This server.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="middleware"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The server has been started.</exception>
    public HttpServer Use(IMiddleware middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        if (middleware is IConnectionObserver observer)
            Observer ??= observer;
        return Add(middleware.Wrap, middleware is IOutermost);
    }

    /// <summary>Serves until <see cref="NetworkServer.StopAsync"/>. Signals are left to the program.</summary>
    /// <param name="addresses">
    /// What to listen on; see the remarks of this class. None after <see cref="NetworkServer.BindAsync"/>.
    /// </param>
    /// <returns>This server, running, for <c>await using</c>.</returns>
    /// <exception cref="OptionsException">
    /// Addresses or certificates cannot be read, or what <see cref="MapOpenApi"/> and <see cref="MapDocs"/> map cannot
    /// be served: all of them are listed.
    /// </exception>
    /// <exception cref="ServerStartupException">An address cannot be listened on; nothing is left open.</exception>
    /// <exception cref="InvalidOperationException">
    /// The server has been started or stopped before, addresses are given to a bound one, or a middleware returned
    /// null.
    /// </exception>
    public async Task<HttpServer> StartAsync(params string[] addresses)
    {
        await StartServingAsync(addresses).ConfigureAwait(false);
        return this;
    }

    private protected override bool TryAnswerArguments(out int exitCode)
    {
        exitCode = 0;
        return _options.HandlesRoutesArgument && RoutesArgument.TryAnswer(
            _table.Routes, Environment, out exitCode);
    }

    private protected override string FormatBanner(IReadOnlyList<string> endpoints) =>
        Banner.Format(endpoints, _table.Routes, TextStyle.Of(Environment));

    private protected override ConnectionHandler CreateProtocol() =>
        Environment.CreateProtocol(Compose(), _options, Logger, Exceptions());

    private protected override ReadOnlyMemory<byte> RejectionAnswer => Refusals.Overloaded;

    private protected override void LogStart() => HttpLog.LimitsInForce(Logger, _options.Limits);

    /// <summary>Runs what the middleware has for the end.</summary>
    private protected override async Task RunStoppedAsync()
    {
        while (_context?.TakeStopped() is { } callback)
        {
            try
            {
                await callback().ConfigureAwait(false);
            }
            catch (Exception e)
            {
                HostingLog.StoppedCallbackFailed(Logger, e);
            }
        }
    }

    private HttpServer Add(Func<Handler, ServerContext, Handler> middleware, bool isOutermost = false)
    {
        lock (Lock)
        {
            ThrowIfStarted("Middleware is added");
            (isOutermost ? _outermost : _middleware).Add(middleware);
            return this;
        }
    }

    private Handler Compose()
    {
        _context ??= new ServerContext
        {
            Logger = Logger,
            TimeProvider = _options.TimeProvider,
            Services = _options.Services ?? new ServiceSet(),
            Routes = _table,
            Stopping = Stopping,
            HasStoppedListening = () => State >= ServerState.NotListening,
        };
        Handler handler = new Router(_table, _context).HandleAsync;
        handler = _documentsAround?.Invoke(_table, handler) ?? handler;
        handler = Wrap(handler, _middleware, _context);
        handler = _options.Gate?.Invoke(_options, handler, Logger) ?? handler;
        return Wrap(handler, _outermost, _context);
    }

    private static Handler Wrap(
        Handler handler, List<Func<Handler, ServerContext, Handler>> middleware, ServerContext context)
    {
        for (int i = middleware.Count - 1; i >= 0; i--)
        {
            handler = middleware[i](handler, context)
                ?? throw new InvalidOperationException($"Middleware {i + 1} of {middleware.Count} returned null.");
        }

        return handler;
    }
}

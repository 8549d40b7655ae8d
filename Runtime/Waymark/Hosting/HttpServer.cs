using Microsoft.Extensions.Logging;
using Waymark.Background;
using Waymark.Connections;
using Waymark.Hosting;
using Waymark.Routing;
using Waymark.Transport;
using Waymark.Transport.Listening;

namespace Waymark;

/// <summary>Serves the routes of a table over HTTP/1.1.</summary>
/// <remarks>
/// <code>
/// new -- BindAsync --> bound -- StartAsync --> running -- StopAsync --> stopping --> stopped
///  |                                              ^
///  +-------------- StartAsync, RunAsync ----------+
/// </code>
/// <see cref="State"/> tells the steps, those of a stop one by one (<see cref="ServerState"/>).
/// A server runs once. Its addresses:
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
/// The port is 80 where it is missing; port 0 picks a free one, which <see cref="Endpoints"/> then shows. Without any
/// address, those in the environment variable <c>WAYMARK_URLS</c> (separated by <c>;</c>) are used, else the sockets
/// that systemd passed, else <c>http://localhost:8080</c>. All of them are opened or none. <c>https://</c> in place of
/// <c>http://</c> speaks TLS, with the certificates of <see cref="ServerOptions.Tls"/>; its port is 443 where it is
/// missing. So do <c>https+unix:/run/app.sock</c> and <c>https+fd:3</c>: <c>https+</c> stands before any <c>unix:</c>
/// or <c>fd:</c>. Not supported: host names, which may mean another machine tomorrow.
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
public sealed partial class HttpServer : IAsyncDisposable
{
    private const int ExitStopped = 0;
    private const int ExitCutOff = 1;
    private const int ExitSecondSignal = 130; // What a shell reports for a process that SIGINT ended: 128 + 2.

    private readonly RouteTable _table;
    private readonly ServerOptions _options;
    private readonly HostEnvironment _environment;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly List<Func<Handler, ServerContext, Handler>> _middleware = [];
    private readonly List<Func<Handler, ServerContext, Handler>> _outermost = [];
    private readonly CancellationTokenSource _stopping = new();

    private readonly Lifecycle _lifecycle = new();

    // Ends with the number of connections that were cut off.
    private readonly TaskCompletionSource<int> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // INVARIANT: under _lock; _listeners is set once bound, _server once running, and both stay.
    private List<Listener>? _listeners;
    private Server? _server;
    private bool _isStopping;
    private IReadOnlyList<string> _endpoints = [];
    private ServerContext? _context;
    private IConnectionObserver? _observer;
    private BackgroundWork? _background;
    private bool _isStarting; // True while the background starts, and nothing else has.
    private int _leftBehindCount; // Of the background, once stopped.

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
    {
        ArgumentNullException.ThrowIfNull(table);
        _table = table;
        _options = options ?? new ServerOptions();
        _environment = environment;
        var problems = new List<string>();
        _options.Validate(problems);
        ServiceChecks.Check(table, _options.Services, problems);
        if (problems.Count > 0)
            throw new OptionsException(problems);

        _logger = _options.Logger
            ?? ConsoleLogger.Create(environment.GetVariable(ConsoleLogger.LevelVariable), _options.TimeProvider);
    }

    /// <summary>
    /// What is listened on, with real ports, for example <c>http://127.0.0.1:43121</c>: one for each socket, in the
    /// order of the addresses, IPv4 before IPv6. Empty before the server is bound; kept after it has stopped.
    /// </summary>
    public IReadOnlyList<string> Endpoints
    {
        get
        {
            lock (_lock)
                return _endpoints;
        }
    }

    /// <summary>Cancelled as the first step of a stop, while new connections are still taken.</summary>
    public CancellationToken Stopping => _stopping.Token;

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
            _observer ??= observer;
        return Add(middleware.Wrap, middleware is IOutermost);
    }

    /// <summary>
    /// Opens every address, or none. Connections wait in the kernel until <see cref="StartAsync"/>, which is then
    /// called without addresses.
    /// </summary>
    /// <param name="addresses">What to listen on; see the remarks of this class.</param>
    /// <exception cref="OptionsException">
    /// Addresses or certificates cannot be read, or an https address has no <see cref="ServerOptions.Tls"/>: all of
    /// them are listed.
    /// </exception>
    /// <exception cref="ServerStartupException">An address cannot be listened on.</exception>
    /// <exception cref="InvalidOperationException">The server is bound already, or was stopped.</exception>
    public Task BindAsync(params string[] addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        lock (_lock)
        {
            if (_listeners is not null || _isStopping)
                throw new InvalidOperationException("A server is bound once: it is bound already, or was stopped.");

            Bind(addresses);
        }

        return Task.CompletedTask;
    }

    /// <summary>Serves until <see cref="StopAsync"/>. Signals are left to the program.</summary>
    /// <param name="addresses">
    /// What to listen on; see the remarks of this class. None after <see cref="BindAsync"/>.
    /// </param>
    /// <returns>This server, running, for <c>await using</c>.</returns>
    /// <exception cref="OptionsException">
    /// Addresses or certificates cannot be read, or what <see cref="MapOpenApi"/> and <see cref="MapDocs"/> map cannot
    /// be served: all of them are listed.
    /// </exception>
    /// <exception cref="ServerStartupException">
    /// A ticker cannot be started, or an address cannot be listened on; nothing is left open.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped before its tickers had started.</exception>
    /// <exception cref="InvalidOperationException">
    /// The server has been started or stopped before, addresses are given to a bound one, or a middleware returned
    /// null.
    /// </exception>
    public Task<HttpServer> StartAsync(params string[] addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        lock (_lock)
        {
            if (_server is not null || _isStopping || _isStarting)
                throw new InvalidOperationException("A server runs once: make a new one to serve again.");
            if (_listeners is not null && addresses.Length > 0)
                throw new InvalidOperationException("The server is bound: start it without addresses.");
            _isStarting = _background is not null;
            if (!_isStarting)
                Serve(addresses);
        }

        if (_isStarting)
            return StartAfterBackgroundAsync(addresses);
        TellOfStart();
        return Task.FromResult(this);
    }

    /// <summary>
    /// Serves until SIGTERM, SIGINT (Ctrl+C) or <see cref="StopAsync"/>; meant to be the last line of a program.
    /// </summary>
    /// <param name="addresses">
    /// What to listen on; see the remarks of this class. None after <see cref="BindAsync"/>.
    /// </param>
    /// <returns>
    /// The exit code: 0 when every connection and ticker ended within <see cref="ServerOptions.DrainTimeout"/>; 1 when
    /// some had to be cut off, or an address could no longer be listened on; 130 when a second signal asked to end at
    /// once. Where the command line holds <c>--routes</c>, the routes are printed and nothing is served: 0, or 2 for an unknown
    /// format (<see cref="ServerOptions.HandlesRoutesArgument"/>).
    /// </returns>
    /// <exception cref="OptionsException">
    /// Addresses or certificates cannot be read, or what <see cref="MapOpenApi"/> and <see cref="MapDocs"/> map cannot
    /// be served: all of them are listed.
    /// </exception>
    /// <exception cref="ServerStartupException">
    /// A ticker cannot be started, or an address cannot be listened on; nothing is left open.
    /// </exception>
    /// <exception cref="InvalidOperationException">As for <see cref="StartAsync"/>.</exception>
    public async Task<int> RunAsync(params string[] addresses)
    {
        if (_options.HandlesRoutesArgument && RoutesArgument.TryAnswer(_environment.GetArguments(), _table.Routes,
            _environment.WriteOutput, _environment.WriteError, out int exitCode))
        {
            return exitCode;
        }

        // Registered before the start, so that a signal during it is not lost; released at the end, so that the signals
        // do again what they did before.
        using var lifetime = new Lifetime(_environment.Signals);
        Task start = StartAsync(addresses);
        bool isRunning = await HasStartedAsync(start, lifetime.FirstSignal).ConfigureAwait(false);
        if (isRunning && _options.ShowBanner)
            _environment.WriteOutput(Banner.Format(Endpoints, _table.Routes));

        Task failed = _server?.Failed ?? new TaskCompletionSource().Task;
        await Task.WhenAny(lifetime.FirstSignal, failed, _stopped.Task).ConfigureAwait(false);
        string reason = "the run ends";
        if (lifetime.FirstSignal.IsCompleted)
        {
            reason = await lifetime.FirstSignal.ConfigureAwait(false);
            HostingLog.SignalReceived(_logger, reason);
        }
        else if (failed.IsCompleted)
        {
            reason = "a listener failed";
            HostingLog.ListenerFailed(_logger);
        }

        Task<int> stop = StopOnceAsync(_options.DrainTimeout, reason);
        await Task.WhenAny(stop, lifetime.SecondSignal).ConfigureAwait(false);
        if (!stop.IsCompleted)
        {
            HostingLog.SecondSignalReceived(_logger, await lifetime.SecondSignal.ConfigureAwait(false));
            _ = _server?.StopAsync(TimeSpan.Zero);
            return ExitSecondSignal;
        }

        bool isClean = await stop.ConfigureAwait(false) == 0 && !failed.IsCompleted && _leftBehindCount == 0;
        if (!isRunning)
            await HasStartedAsync(start, start).ConfigureAwait(false);
        return isClean ? ExitStopped : ExitCutOff;
    }

    private HttpServer Add(Func<Handler, ServerContext, Handler> middleware, bool isOutermost = false)
    {
        lock (_lock)
        {
            ThrowIfStarted("Middleware is added");
            (isOutermost ? _outermost : _middleware).Add(middleware);
            return this;
        }
    }

    private void Bind(string[] addresses)
    {
        List<Endpoint> endpoints = ResolveWithTls(addresses);
        TakePassedSockets(endpoints);
        _listeners = SocketListeners.Bind(
            endpoints, _options.Backlog, _options.Listen, _options.Accepting);
        _endpoints = _listeners.ConvertAll(listener => listener.Endpoint.ToString()).AsReadOnly();
        _lifecycle.TryAdvance(ServerState.Bound);
    }

    /// <summary>Takes connections from a listener that is no socket, instead of any address.</summary>
    /// <exception cref="InvalidOperationException">The server is bound already, or was stopped.</exception>
    internal void BindTo(Listener listener)
    {
        lock (_lock)
        {
            if (_listeners is not null || _isStopping)
                throw new InvalidOperationException("A server is bound once: it is bound already, or was stopped.");
            _listeners = [listener];
            _endpoints = [listener.Endpoint.ToString()];
            _lifecycle.TryAdvance(ServerState.Bound);
        }
    }

    private void TakePassedSockets(List<Endpoint> endpoints)
    {
        int count = PassedSockets.Count(_environment.GetVariable, _environment.ProcessId, out _);
        if (count == 0)
            return;

        // Whoever connects to a passed socket that nobody accepts from waits for ever.
        if (endpoints.Exists(endpoint => endpoint.Kind == EndpointKind.Inherited))
            _environment.Unset([PassedSockets.PidVariable, PassedSockets.CountVariable, PassedSockets.NamesVariable]);
        else
            HostingLog.SocketsUnused(_logger, count);
    }
}

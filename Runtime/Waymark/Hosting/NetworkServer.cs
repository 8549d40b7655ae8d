using Microsoft.Extensions.Logging;
using Waymark.Background;
using Waymark.Connections;
using Waymark.Hosting;
using Waymark.Hosting.Tls;
using Waymark.Transport;
using Waymark.Transport.Listening;

namespace Waymark;

/// <summary>
/// What servers have in common, whatever they speak: addresses, start, connections and stop. An <see
/// cref="HttpServer"/> serves routes over HTTP, a <see cref="TcpServer"/> a protocol of the program's own.
/// </summary>
/// <remarks>
/// <code>
/// new -- BindAsync --> bound -- StartAsync --> running -- StopAsync --> stopping --> stopped
///  |                                              ^
///  +-------------- StartAsync, RunAsync ----------+
/// </code>
/// <see cref="State"/> tells the steps, those of a stop one by one (<see cref="ServerState"/>). A server runs once.
/// Several run as one by <see cref="NetworkServerExtensions.AddServer"/>.
/// <para>Thread safety: every member may be used from any thread at any time.</para>
/// </remarks>
public abstract partial class NetworkServer : IAsyncDisposable
{
    private const int ExitStopped = 0;
    private const int ExitCutOff = 1;
    private const int ExitSecondSignal = 130; // What a shell reports for a process that SIGINT ended: 128 + 2.

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lifecycle _lifecycle = new();
    private readonly List<Companion> _companions = [];

    // Ends with the number of connections that were cut off.
    private readonly TaskCompletionSource<int> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // INVARIANT: under Lock; _listeners is set once bound, _server once running, and both stay.
    private List<Listener>? _listeners;
    private ConnectionHandler? _protocol;
    private Server? _server;
    private bool _isStarting;
    private bool _isStopping;
    private IReadOnlyList<string> _endpoints = [];

    // INVARIANT: under Lock; read once, when the server starts. Null for programs that do not ask for it, which then do
    // not carry its code.
    private Func<ConnectionHandler, ConnectionHandler>? _preludeAround;

    // INVARIANT: under Lock, changed only before the start. Null for programs without tickers, which then do not carry
    // their code.
    private BackgroundWork? _background;
    private int _leftBehindCount; // Of the background, once stopped.

    // INVARIANT: under Lock, changed only before the start. Null for programs that do not ask for it, which then do not
    // carry its code. What it makes is disposed by the stop.
    private Func<NetworkServer, IConnectionObserver>? _measuring;

    // Another server's where that one runs this one: what runs as one is one sequence in the log.
    private ConnectionIds _ids = new();

    /// <param name="options">What the derived class offers.</param>
    /// <param name="environment">What is taken from the process.</param>
    /// <param name="problems">What else keeps the server from being made, a sentence each.</param>
    private protected NetworkServer(
        NetworkServerOptions options, HostEnvironment environment, List<string> problems)
    {
        Options = options;
        Environment = environment;
        problems.InsertRange(0, options.Problems());
        if (problems.Count > 0)
            throw new OptionsException(problems);

        Logger = options.Logger
            ?? ConsoleLogger.Create(environment.GetVariable(ConsoleLogger.LevelVariable), options.TimeProvider);
    }

    /// <summary>
    /// What is listened on, with real ports, for example <c>http://127.0.0.1:43121</c>: one for each socket, in the
    /// order of the addresses, IPv4 before IPv6. Empty before the server is bound; kept after it has stopped.
    /// </summary>
    public IReadOnlyList<string> Endpoints
    {
        get
        {
            lock (Lock)
                return _endpoints;
        }
    }

    /// <summary>Cancelled as the first step of a stop, while new connections are still taken.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>How it behaves; valid.</summary>
    private protected NetworkServerOptions Options { get; }

    /// <summary>Takes the log.</summary>
    private protected ILogger Logger { get; }

    /// <summary>What is taken from the process.</summary>
    private protected HostEnvironment Environment { get; }

    /// <summary>Guards what may change until the start.</summary>
    private protected Lock Lock { get; } = new();

    /// <summary>Who measures the connections; null where nobody does.</summary>
    private protected IConnectionObserver? Observer { get; set; }

    /// <summary>How the addresses are named.</summary>
    private protected abstract AddressScheme Scheme { get; }

    /// <summary>What is listened on where neither arguments nor environment say anything; null to ask for it.</summary>
    private protected abstract string? DefaultAddress { get; }

    /// <summary>What TLS needs to know of the protocol.</summary>
    private protected abstract TlsPurpose TlsPurpose { get; }

    /// <summary>What a connection over the limit is sent before it is closed.</summary>
    private protected virtual ReadOnlyMemory<byte> RejectionAnswer => default;

    /// <summary>At which level the beginning and the end of a connection are logged.</summary>
    private protected virtual LogLevel ConnectionLogLevel => LogLevel.Debug;

    /// <summary>What the tasks of connections start with; null for a context without anything in it.</summary>
    private protected virtual ExecutionContext? Ambient => null;

    /// <summary>
    /// Opens every address, or none. Connections wait in the kernel until the server is started, which is then done
    /// without addresses.
    /// </summary>
    /// <param name="addresses">What to listen on; see the remarks of the server's class.</param>
    /// <exception cref="OptionsException">
    /// Addresses or certificates cannot be read, or an address with TLS has no <see cref="NetworkServerOptions.Tls"/>:
    /// all of them are listed.
    /// </exception>
    /// <exception cref="ServerStartupException">An address cannot be listened on.</exception>
    /// <exception cref="InvalidOperationException">The server is bound already, or was stopped.</exception>
    public Task BindAsync(params string[] addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        lock (Lock)
        {
            if (_listeners is not null || _isStopping)
                throw new InvalidOperationException("A server is bound once: it is bound already, or was stopped.");

            Bind(addresses);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Serves until SIGTERM, SIGINT (Ctrl+C) or <see cref="StopAsync"/>; meant to be the last line of a program.
    /// </summary>
    /// <param name="addresses">
    /// What to listen on; see the remarks of the server's class. None after <see cref="BindAsync"/>.
    /// </param>
    /// <returns>
    /// The exit code: 0 when every connection and ticker ended within <see cref="NetworkServerOptions.DrainTimeout"/>;
    /// 1 when some had to be cut off, an address could no longer be listened on, or what runs beside the connections
    /// has failed; 130 when a second signal asked to end at once. Where the command line of an <see cref="HttpServer"/>
    /// holds <c>--routes</c>, the routes are printed and nothing is served: 0, or 2 for an unknown format (<see
    /// cref="ServerOptions.HandlesRoutesArgument"/>).
    /// </returns>
    /// <exception cref="OptionsException">
    /// Addresses or certificates cannot be read, or what is served beside the routes cannot be: all of them are listed.
    /// </exception>
    /// <exception cref="ServerStartupException">
    /// A ticker cannot be started, or an address cannot be listened on; nothing is left open.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The server has been started or stopped before, addresses are given to a bound one, or a middleware returned
    /// null.
    /// </exception>
    public async Task<int> RunAsync(params string[] addresses)
    {
        if (TryAnswerArguments(out int exitCode))
            return exitCode;
        if (RunAsChild() is { } child)
            return await child.ConfigureAwait(false);

        // Registered before the start, so that a signal during it is not lost; released at the end, so that the signals
        // do again what they did before.
        using var lifetime = new Lifetime(Environment.Signals);
        Task start = StartServingAsync(addresses);
        await Task.WhenAny(start, lifetime.FirstSignal).ConfigureAwait(false);
        if (!start.IsCompleted || start.IsCanceled)
            return await EndStartAsync(start, lifetime).ConfigureAwait(false);
        await start.ConfigureAwait(false);
        if (Options.ShowBanner)
            Environment.WriteOutput(FormatBanner(AllEndpoints()));

        Task failed = AnyFailed();
        await Task.WhenAny(lifetime.FirstSignal, failed, _stopped.Task).ConfigureAwait(false);
        string reason = "the run ends";
        if (lifetime.FirstSignal.IsCompleted)
        {
            reason = await lifetime.FirstSignal.ConfigureAwait(false);
            HostingLog.SignalReceived(Logger, reason);
        }
        else if (failed.IsCompleted)
        {
            reason = "a part of the server failed";
            HostingLog.ServerFailed(Logger);
        }

        Task<int> stop = StopOnceAsync(Options.DrainTimeout, reason);
        await Task.WhenAny(stop, lifetime.SecondSignal).ConfigureAwait(false);
        if (!stop.IsCompleted)
        {
            HostingLog.SecondSignalReceived(Logger, await lifetime.SecondSignal.ConfigureAwait(false));
            _ = StopOnceAsync(TimeSpan.Zero, reason);
            return ExitSecondSignal;
        }

        bool isClean = await stop.ConfigureAwait(false) == 0 && !failed.IsCompleted && LeftBehindCount == 0;
        return isClean ? ExitStopped : ExitCutOff;
    }

    private int LeftBehindCount
    {
        get
        {
            int count = 0;
            foreach (NetworkServer server in All())
                count += server._leftBehindCount;
            return count;
        }
    }

    /// <summary>Takes connections from a listener that is no socket, instead of any address.</summary>
    /// <exception cref="InvalidOperationException">The server is bound already, or was stopped.</exception>
    internal void BindTo(Listener listener)
    {
        lock (Lock)
        {
            if (_listeners is not null || _isStopping)
                throw new InvalidOperationException("A server is bound once: it is bound already, or was stopped.");
            _listeners = [listener];
            _endpoints = [listener.Endpoint.ToString()];
            _lifecycle.TryAdvance(ServerState.Bound);
        }
    }

    /// <summary>Runs another server with this one: see <see cref="NetworkServerExtensions.AddServer"/>.</summary>
    internal void AddCompanion(NetworkServer server, string[] addresses)
    {
        lock (Lock)
        {
            ThrowIfStarted("A server is added");
            if (ReferenceEquals(server, this))
                throw new InvalidOperationException("A server is not added to itself.");
            _companions.Add(new Companion(server, addresses));
        }
    }

    /// <summary>Runs a ticker with this server.</summary>
    internal void AddTicker(Ticker ticker, ITickHandler handler, string? name, TickerOptions? options)
    {
        options?.Validate();
        lock (Lock)
        {
            ThrowIfStarted("A ticker is added");
            var set = (TickerSet)(_background ??= new TickerSet());
            name = options?.Name ?? name ?? $"ticker {set.Count + 1}";
            set.Add(options?.Isolation?.CreateHost(name, ticker, handler, options)
                ?? new LocalTickerHost(name, ticker, handler));
        }
    }

    /// <summary>Has every connection begin with a prelude.</summary>
    internal void AcceptPrelude(ProxyProtocolOptions options)
    {
        TrustedPeers trusted = options.ReadTrustedPeers();
        lock (Lock)
        {
            ThrowIfStarted("The PROXY protocol is asked for");
            if (_preludeAround is not null)
                throw new InvalidOperationException("The PROXY protocol is asked for once: name all proxies in it.");
            _preludeAround = inner => new Connections.ProxyProtocol.ProxyProtocolHandler(
                inner, trusted, options.PreludeTimeout, Options.TimeProvider, Logger);
        }
    }

    /// <summary>Has the connections measured, where nobody does that yet.</summary>
    internal void MeasureConnections(Func<NetworkServer, IConnectionObserver> measuring)
    {
        lock (Lock)
        {
            ThrowIfStarted("Measuring is asked for");
            _measuring = measuring;
        }
    }

    /// <summary>Answers the command line, where that asks for something else than serving.</summary>
    private protected virtual bool TryAnswerArguments(out int exitCode)
    {
        exitCode = 0;
        return false;
    }

    /// <summary>What is printed when the server runs.</summary>
    private protected virtual string FormatBanner(IReadOnlyList<string> endpoints) =>
        Banner.Format(endpoints, TextStyle.Of(Environment));

    /// <summary>Makes the protocol of the connections; what fails in it fails before anything is open.</summary>
    private protected abstract ConnectionHandler CreateProtocol();

    /// <summary>Tells what was started.</summary>
    private protected virtual void LogStart()
    {
    }

    /// <summary>Refuses what comes too late.</summary>
    private protected void ThrowIfStarted(string what)
    {
        if (_isStarting || _server is not null || _isStopping)
            throw new InvalidOperationException($"{what} before the server starts, not afterwards.");
    }

    private void Bind(string[] addresses)
    {
        List<Endpoint> endpoints = ResolveWithTls(addresses);
        TakePassedSockets(endpoints);
        _listeners = SocketListeners.Bind(endpoints, Options.Backlog, Options.Listen, Options.Accepting);
        _endpoints = _listeners.ConvertAll(listener => listener.Endpoint.ToString()).AsReadOnly();
        _lifecycle.TryAdvance(ServerState.Bound);
    }

    private ServerSettings CreateSettings() => new()
    {
        Lifecycle = _lifecycle,
        Time = Options.TimeProvider,
        Logger = Logger,
        ConnectionLogLevel = ConnectionLogLevel,
        ConnectionsMax = Options.MaxConnections,
        RejectionAnswer = RejectionAnswer,
        IdleGrace = Options.IdleGrace,
        Observer = Observer,
        Ids = _ids,
        Ambient = Ambient,
    };

    private void TakePassedSockets(List<Endpoint> endpoints)
    {
        int count = PassedSockets.Count(Environment.GetVariable, Environment.ProcessId, out _);
        if (count == 0)
            return;

        // Whoever connects to a passed socket that nobody accepts from waits for ever.
        if (endpoints.Exists(endpoint => endpoint.Kind == EndpointKind.Inherited))
            Environment.Unset([PassedSockets.PidVariable, PassedSockets.CountVariable, PassedSockets.NamesVariable]);
        else
            HostingLog.SocketsUnused(Logger, count);
    }

    private readonly record struct Companion(NetworkServer Server, string[] Addresses);
}

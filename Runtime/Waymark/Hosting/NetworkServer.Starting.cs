using System.Diagnostics;
using Waymark.Background;
using Waymark.Connections;
using Waymark.Hosting;
using Waymark.Transport;

namespace Waymark;

/// <content>How the server, and those added to it, start: all of them or none.</content>
/// <remarks>
/// First everything that can be wrong about them is composed and bound, then what runs beside the connections is
/// started, and only then a connection is taken. Where a step fails, those before it are undone.
/// </remarks>
public abstract partial class NetworkServer
{
    /// <summary>Starts this server and those that were added to it.</summary>
    internal async Task StartServingAsync(string[] addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);

        // What the program does behind this is the parent's matter.
        if (RunAsChild() is { } child)
            System.Environment.Exit(await child.ConfigureAwait(false));

        var prepared = new List<NetworkServer>();
        try
        {
            Prepare(addresses);
            prepared.Add(this);
            foreach (Companion companion in _companions)
            {
                companion.Server.Prepare(companion.Addresses);
                companion.Server._ids = _ids;
                prepared.Add(companion.Server);
            }

            foreach (NetworkServer server in prepared)
            {
                if (server._background is { } background)
                {
                    await background.StartAsync(server.CreateBackgroundContext()).ConfigureAwait(false);
                }
            }

            Open(addresses);
            foreach (Companion companion in _companions)
                companion.Server.Open(companion.Addresses);
            foreach (NetworkServer server in prepared)
            {
                Task starting = server.RunStartingAsync();
                if (!starting.IsCompletedSuccessfully)
                    await starting.ConfigureAwait(false);
            }

            foreach (NetworkServer server in prepared)
                server.Begin();
        }
        catch
        {
            foreach (NetworkServer server in prepared)
                await server.UndoStartAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Starts what runs beside the connections; before any of them is taken.</summary>
    /// <exception cref="ServerStartupException">It could not be started.</exception>
    private protected virtual Task RunStartingAsync() => Task.CompletedTask;

    /// <summary>Ends what <see cref="RunStartingAsync"/> has started, once no connection is left.</summary>
    /// <remarks>Also where it failed halfway. What fails here is logged.</remarks>
    private protected virtual Task RunStoppedAsync() => Task.CompletedTask;

    /// <summary>Ends where something beside the connections has failed, so that the server is of no more use.</summary>
    private protected virtual Task? StartedFailed => null;

    /// <summary>In a child process that was started for a ticker: runs that, and nothing else.</summary>
    /// <returns>The exit code; null where this process is no such child.</returns>
    private Task<int>? RunAsChild()
    {
        foreach (NetworkServer server in All())
        {
            if (server._background?.RunAsChild(server.CreateBackgroundContext()) is { } run)
                return run;
        }

        return null;
    }

    private BackgroundContext CreateBackgroundContext() => new(Logger, Options.TimeProvider, Options.DrainTimeout);

    private NetworkServer[] All()
    {
        lock (Lock)
            return [this, .. _companions.ConvertAll(companion => companion.Server)];
    }

    private List<string> AllEndpoints()
    {
        var endpoints = new List<string>();
        foreach (NetworkServer server in All())
            endpoints.AddRange(server.Endpoints);
        return endpoints;
    }

    /// <summary>Ends where one of the servers can no longer do its work.</summary>
    private Task<Task> AnyFailed()
    {
        var failed = new List<Task>();
        foreach (NetworkServer server in All())
        {
            failed.Add(server._server!.Failed);
            if (server.StartedFailed is { } started)
                failed.Add(started);
        }

        return Task.WhenAny(failed);
    }

    /// <summary>Composes what connections are spoken to by: what fails in a middleware fails before anything is
    /// open.</summary>
    private void Prepare(string[] addresses)
    {
        lock (Lock)
        {
            if (_server is not null || _isStarting || _isStopping)
                throw new InvalidOperationException("A server runs once: make a new one to serve again.");
            if (_listeners is not null && addresses.Length > 0)
                throw new InvalidOperationException("The server is bound: start it without addresses.");

            ConnectionHandler protocol = CreateProtocol();
            _protocol = Options.Admission?.Invoke(Options, protocol, Logger) ?? protocol;
            _isStarting = true;
        }
    }

    private void Open(string[] addresses)
    {
        lock (Lock)
        {
            ThrowIfStopped();
            if (_listeners is null)
                Bind(addresses);
        }
    }

    private void ThrowIfStopped()
    {
        if (_isStopping)
            throw new OperationCanceledException("The server was stopped before it had started.");
    }

    private void Begin()
    {
        lock (Lock)
        {
            ThrowIfStopped();
            Debug.Assert(_protocol is not null && _listeners is not null);

            Observer ??= _measuring?.Invoke(this);

            // Outermost: the prelude comes before every other byte, those of TLS included.
            ConnectionHandler clear = _preludeAround?.Invoke(_protocol) ?? _protocol;
            ConnectionHandler secured = _tls?.Protect(_protocol) ?? _protocol;
            secured = _preludeAround?.Invoke(secured) ?? secured;
            _server = new Server(
                _listeners.ConvertAll(
                    listener => new ServedListener(listener, listener.Endpoint.IsTls ? secured : clear)),
                CreateSettings());
            _server.Start();
            _isStarting = false;
            _lifecycle.TryAdvance(ServerState.Running);
        }

        LogStart();
        foreach (string endpoint in Endpoints)
            HostingLog.Listening(Logger, endpoint);
    }

    /// <summary>Closes what a start that failed had opened: it may be tried again.</summary>
    private async Task UndoStartAsync()
    {
        List<Listener> listeners = [];
        Server? server;
        lock (Lock)
        {
            server = _server;
            if (server is null && !_isStopping)
            {
                listeners = _listeners ?? [];
                _listeners = null;
                _endpoints = [];
            }

            _isStarting = false;
        }

        if (server is not null)
        {
            await StopOnceAsync(TimeSpan.Zero, "another server could not start").ConfigureAwait(false);
            return;
        }

        foreach (Listener listener in listeners)
            await listener.DisposeAsync().ConfigureAwait(false);
        if (_background is not null)
            await _background.StopAsync(Options.DrainTimeout).ConfigureAwait(false);
        await RunStoppedAsync().ConfigureAwait(false);
    }

    /// <summary>Ends a run that was to stop, by a signal or otherwise, before the start had ended.</summary>
    private async Task<int> EndStartAsync(Task start, Lifetime lifetime)
    {
        string reason = "it was stopped while it started";
        if (lifetime.FirstSignal.IsCompleted)
        {
            reason = await lifetime.FirstSignal.ConfigureAwait(false);
            HostingLog.SignalReceived(Logger, reason);
        }

        Task<int> stop = StopOnceAsync(Options.DrainTimeout, reason);
        Task ended = Task.WhenAll(stop, start);
        await Task.WhenAny(ended, lifetime.SecondSignal).ConfigureAwait(false);
        if (!ended.IsCompleted)
        {
            HostingLog.SecondSignalReceived(Logger, await lifetime.SecondSignal.ConfigureAwait(false));
            return ExitSecondSignal;
        }

        try
        {
            await start.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // What was asked for.
        }

        return await stop.ConfigureAwait(false) == 0 ? ExitStopped : ExitCutOff;
    }
}

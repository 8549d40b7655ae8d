using Waymark.Background;
using Waymark.Connections;
using Waymark.Hosting;
using Waymark.Http;
using Waymark.Http.Parsing;
using Waymark.Routing;

namespace Waymark;

/// <content>How the parts are put together when the server starts.</content>
public sealed partial class HttpServer
{
    /// <summary>Composes, opens what is not open yet, and accepts. Under the lock.</summary>
    private void Serve(string[] addresses)
    {
        // Composed first: what fails in a middleware fails before anything is open.
        ConnectionHandler protocol = Admit(
            _environment.CreateProtocol(Compose(), _options, _logger, Exceptions()));
        if (_listeners is null)
            Bind(addresses);

        // Outermost: the prelude comes before every other byte, those of TLS included.
        ConnectionHandler clear = _preludeAround?.Invoke(protocol) ?? protocol;
        ConnectionHandler secured = _tls?.Protect(protocol) ?? protocol;
        secured = _preludeAround?.Invoke(secured) ?? secured;
        _server = new Server(
            _listeners!.ConvertAll(
                listener => new ServedListener(listener, listener.Endpoint.IsTls ? secured : clear)),
            Settings());
        _server.Start();
        _lifecycle.TryAdvance(ServerState.Running);
    }

    private void TellOfStart()
    {
        HttpLog.LimitsInForce(_logger, _options.Limits);
        foreach (string endpoint in Endpoints)
            HostingLog.Listening(_logger, endpoint);
    }

    /// <summary>Starts the tickers outside of the lock, since they are the program's code, then all else.</summary>
    private async Task<HttpServer> StartAfterBackgroundAsync(string[] addresses)
    {
        BackgroundWork background = _background!;
        try
        {
            await background.StartAsync(new BackgroundContext(_logger, _options.TimeProvider)).ConfigureAwait(false);
            try
            {
                lock (_lock)
                {
                    if (_isStopping)
                        throw new OperationCanceledException("The server was stopped while its tickers started.");
                    Serve(addresses);
                }
            }
            catch
            {
                await background.StopAsync(_options.DrainTimeout).ConfigureAwait(false);
                throw;
            }
        }
        finally
        {
            lock (_lock)
                _isStarting = false;
        }

        TellOfStart();
        return this;
    }

    /// <summary>Waits for the start.</summary>
    /// <returns>False where a signal came before its end, or a stop has ended it.</returns>
    private async Task<bool> HasStartedAsync(Task start, Task signal)
    {
        await Task.WhenAny(start, signal).ConfigureAwait(false);
        if (!start.IsCompleted)
            return false;

        try
        {
            await start.ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (_isStopping)
        {
            return false;
        }
    }

    private Handler Compose()
    {
        // Kept by a start that failed and is tried again: what was registered for the end still has it.
        _context ??= new ServerContext
        {
            Logger = _logger,
            TimeProvider = _options.TimeProvider,
            Services = _options.Services ?? new ServiceSet(),
            Routes = _table,
            Stopping = _stopping.Token,
            HasStoppedListening = () => State >= ServerState.NotListening,
        };
        Handler handler = new Router(_table, _context).HandleAsync;
        handler = _documentsAround?.Invoke(_table, handler) ?? handler;
        handler = Wrap(handler, _middleware, _context);
        handler = _options.Gate?.Invoke(_options, handler, _logger) ?? handler;
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

    private ConnectionHandler Admit(ConnectionHandler protocol) =>
        _options.Admission?.Invoke(_options, protocol, _logger) ?? protocol;

    private ServerSettings Settings() => new()
    {
        Lifecycle = _lifecycle,
        Time = _options.TimeProvider,
        Logger = _logger,
        ConnectionsMax = _options.MaxConnections,
        RejectionAnswer = Refusals.Overloaded,
        IdleGrace = _options.IdleGrace,
        Observer = _observer,
    };
}

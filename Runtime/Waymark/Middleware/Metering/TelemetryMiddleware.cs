using Waymark.Connections;
using Waymark.Routing;

namespace Waymark.Middleware.Metering;

/// <summary>Measures the requests of the places that it stands at, and the connections of the server.</summary>
internal sealed class TelemetryMiddleware(TelemetryOptions options) : IOutermost, IConnectionObserver
{
    private readonly Lock _lock = new();

    // INVARIANT: written under _lock; there while a server uses them.
    private volatile Instruments? _instruments;
    private int _useCount;

    public Handler Wrap(Handler next, ServerContext server) =>
        new MeasuredHandler(next, server, Open(server), options).HandleAsync;

    public void Opened(ConnectionContext context) => _instruments?.Connections.Opened(context);

    public void Closed(ConnectionContext context) => _instruments?.Connections.Closed(context);

    public void Rejected(string reason) => _instruments?.Connections.Rejected(reason);

    public void HandshakeEnded(ConnectionContext context, long startedAt, bool isAgreed) =>
        _instruments?.Connections.HandshakeEnded(context, startedAt, isAgreed);

    private Instruments Open(ServerContext server)
    {
        lock (_lock)
        {
            _useCount++;
            server.OnStopped(CloseAsync);
            return _instruments ??= new Instruments(server);
        }
    }

    private ValueTask CloseAsync()
    {
        lock (_lock)
        {
            if (--_useCount == 0)
            {
                _instruments!.Dispose();
                _instruments = null;
            }
        }

        return ValueTask.CompletedTask;
    }
}

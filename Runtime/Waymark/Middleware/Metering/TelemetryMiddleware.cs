using System.Security.Authentication;
using Waymark.Connections;
using Waymark.Routing;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

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

    public void Opened(ConnectionContext context)
    {
        if (_instruments is not { ActiveConnections.Enabled: true } instruments)
            return;
        context.IsCounted = true;
        instruments.ActiveConnections.Add(1);
    }

    public void Closed(ConnectionContext context)
    {
        if (_instruments is not { } instruments)
            return;
        if (context.IsCounted)
            instruments.ActiveConnections.Add(-1);
        if (instruments.ConnectionDuration.Enabled)
            instruments.ConnectionDuration.Record(context.Time.GetElapsedTime(context.StartedAt).TotalSeconds);
    }

    public void Rejected(string reason) => _instruments?.RejectedConnections.Add(
        1, new Tag("error.type", reason == ConnectionEnds.OverLimit ? "connection_limit" : "not_admitted"));

    public void HandshakeEnded(ConnectionContext context, long startedAt, bool isAgreed)
    {
        if (_instruments is not { HandshakeDuration.Enabled: true } instruments)
            return;
        Tag tag = isAgreed
            ? new Tag("tls.protocol.version", context.Info.Tls?.Protocol == SslProtocols.Tls12 ? "1.2" : "1.3")
            : new Tag("error.type", "handshake_failed");
        instruments.HandshakeDuration.Record(context.Time.GetElapsedTime(startedAt).TotalSeconds, tag);
    }

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

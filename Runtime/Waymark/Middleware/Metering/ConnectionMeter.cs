using System.Diagnostics.Metrics;
using Waymark.Connections;

namespace Waymark.Middleware.Metering;

/// <summary>Measures the connections of a server, and nothing else; made when it starts, disposed behind its
/// end.</summary>
internal sealed class ConnectionMeter : IConnectionObserver, IDisposable
{
    private readonly Meter _meter;
    private readonly ConnectionInstruments _instruments;

    /// <param name="scope">Whose connections they are, so that several servers in a process can be told apart.</param>
    public ConnectionMeter(object scope)
    {
        _meter = new Meter(new MeterOptions(Telemetry.Name) { Scope = scope });
        _instruments = new ConnectionInstruments(_meter);
    }

    public void Opened(ConnectionContext context) => _instruments.Opened(context);

    public void Closed(ConnectionContext context) => _instruments.Closed(context);

    public void Rejected(string reason) => _instruments.Rejected(reason);

    public void HandshakeEnded(ConnectionContext context, long startedAt, bool isAgreed) =>
        _instruments.HandshakeEnded(context, startedAt, isAgreed);

    public void Dispose() => _meter.Dispose();
}

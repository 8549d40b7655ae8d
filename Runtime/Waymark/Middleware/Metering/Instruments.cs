using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Waymark.Middleware.Metering;

/// <summary>The instruments of one server, and its source of spans.</summary>
internal sealed class Instruments : IDisposable
{
    /// <summary>For what takes as long as a request.</summary>
    internal static readonly double[] RequestBounds =
        [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly Meter _meter;

    /// <param name="scope">Whose they are, so that several servers in a process can be told apart.</param>
    public Instruments(object scope)
    {
        _meter = new Meter(new MeterOptions(Telemetry.Name) { Scope = scope });
        RequestDuration = ConnectionInstruments.Histogram(
            _meter, "http.server.request.duration", "Duration of HTTP server requests.", RequestBounds);
        ActiveRequests = _meter.CreateUpDownCounter<long>(
            "http.server.active_requests", "{request}", "Number of active HTTP server requests.");
        Connections = new ConnectionInstruments(_meter);
    }

    public ActivitySource Source { get; } = new(Telemetry.Name);

    public Histogram<double> RequestDuration { get; }

    public UpDownCounter<long> ActiveRequests { get; }

    /// <summary>Those of the connections.</summary>
    public ConnectionInstruments Connections { get; }

    /// <summary>True where somebody listens to what is measured of requests.</summary>
    public bool AreRequestsMeasured => RequestDuration.Enabled || ActiveRequests.Enabled;

    public void Dispose()
    {
        _meter.Dispose();
        Source.Dispose();
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Waymark.Middleware.Metering;

/// <summary>The instruments of one server, and its source of spans.</summary>
internal sealed class Instruments : IDisposable
{
    private static readonly double[] RequestBounds =
        [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private static readonly double[] ConnectionBounds =
        [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];

    private readonly Meter _meter;

    /// <param name="scope">Whose they are, so that several servers in a process can be told apart.</param>
    public Instruments(object scope)
    {
        _meter = new Meter(new MeterOptions(Telemetry.Name) { Scope = scope });
        RequestDuration = Histogram("http.server.request.duration", "Duration of HTTP server requests.", RequestBounds);
        ActiveRequests = _meter.CreateUpDownCounter<long>(
            "http.server.active_requests", "{request}", "Number of active HTTP server requests.");
        ActiveConnections = _meter.CreateUpDownCounter<long>(
            "waymark.active_connections", "{connection}", "Number of connections that are open.");
        ConnectionDuration = Histogram(
            "waymark.connection.duration", "Duration of connections.", ConnectionBounds);
        RejectedConnections = _meter.CreateCounter<long>(
            "waymark.rejected_connections", "{connection}", "Number of connections that were not served.");
        HandshakeDuration = Histogram(
            "waymark.tls_handshake.duration", "Duration of TLS handshakes.", RequestBounds);
    }

    public ActivitySource Source { get; } = new(Telemetry.Name);

    public Histogram<double> RequestDuration { get; }

    public UpDownCounter<long> ActiveRequests { get; }

    public UpDownCounter<long> ActiveConnections { get; }

    public Histogram<double> ConnectionDuration { get; }

    public Counter<long> RejectedConnections { get; }

    public Histogram<double> HandshakeDuration { get; }

    /// <summary>True where somebody listens to what is measured of requests.</summary>
    public bool AreRequestsMeasured => RequestDuration.Enabled || ActiveRequests.Enabled;

    public void Dispose()
    {
        _meter.Dispose();
        Source.Dispose();
    }

    private Histogram<double> Histogram(string name, string description, double[] bounds) =>
        _meter.CreateHistogram(
            name, "s", description, tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
}

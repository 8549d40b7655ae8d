using System.Diagnostics.Metrics;
using System.Security.Authentication;
using Waymark.Connections;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Waymark.Middleware.Metering;

/// <summary>The instruments of a server's connections.</summary>
internal sealed class ConnectionInstruments
{
    private static readonly double[] DurationBounds =
        [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];

    private readonly UpDownCounter<long> _active;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _rejected;
    private readonly Histogram<double> _handshakeDuration;

    /// <param name="meter">What they belong to.</param>
    public ConnectionInstruments(Meter meter)
    {
        _active = meter.CreateUpDownCounter<long>(
            "waymark.active_connections", "{connection}", "Number of connections that are open.");
        _duration = Histogram(meter, "waymark.connection.duration", "Duration of connections.", DurationBounds);
        _rejected = meter.CreateCounter<long>(
            "waymark.rejected_connections", "{connection}", "Number of connections that were not served.");
        _handshakeDuration = Histogram(
            meter, "waymark.tls_handshake.duration", "Duration of TLS handshakes.", Instruments.RequestBounds);
    }

    public void Opened(ConnectionContext context)
    {
        if (!_active.Enabled)
            return;
        context.IsCounted = true;
        _active.Add(1);
    }

    public void Closed(ConnectionContext context)
    {
        if (context.IsCounted)
            _active.Add(-1);
        if (_duration.Enabled)
            _duration.Record(context.Time.GetElapsedTime(context.StartedAt).TotalSeconds);
    }

    public void Rejected(string reason) => _rejected.Add(
        1, new Tag("error.type", reason == ConnectionEnds.OverLimit ? "connection_limit" : "not_admitted"));

    public void HandshakeEnded(ConnectionContext context, long startedAt, bool isAgreed)
    {
        if (!_handshakeDuration.Enabled)
            return;
        Tag tag = isAgreed
            ? new Tag("tls.protocol.version", context.Info.Tls?.Protocol == SslProtocols.Tls12 ? "1.2" : "1.3")
            : new Tag("error.type", "handshake_failed");
        _handshakeDuration.Record(context.Time.GetElapsedTime(startedAt).TotalSeconds, tag);
    }

    /// <summary>A histogram of seconds.</summary>
    internal static Histogram<double> Histogram(Meter meter, string name, string description, double[] bounds) =>
        meter.CreateHistogram(
            name, "s", description, tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
}

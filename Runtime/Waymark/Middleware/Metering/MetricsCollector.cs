using System.Buffers;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Logging;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Waymark.Middleware.Metering;

/// <summary>Listens to meters and keeps what they measure, to be shown when somebody asks.</summary>
internal sealed class MetricsCollector : IDisposable
{
    // What OpenTelemetry takes where an instrument gives no advice.
    private static readonly double[] BoundsByDefault =
        [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    private readonly PrometheusMetricsOptions _options;
    private readonly ILogger _logger;
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly Lock _showing = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);

    public MetricsCollector(PrometheusMetricsOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Measure(state, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Measure(state, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Measure(state, value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Measure(state, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Measure(state, value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Measure(state, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(
            static (_, value, tags, state) => Measure(state, (double)value, tags));
        _listener.Start();
    }

    /// <summary>All that there is, as text; observed instruments are asked now.</summary>
    public void Write(IBufferWriter<byte> target)
    {
        var text = new StringBuilder(16 * 1024);

        // One at a time: an observation is what is measured between Forget and the text.
        lock (_showing)
        {
            MetricFamily[] families = Snapshot();
            foreach (MetricFamily family in families)
            {
                if (family.IsObserved)
                    family.Forget();
            }

            _listener.RecordObservableInstruments();
            foreach (MetricFamily family in families)
                MetricText.Write(text, family);
        }

        text.CopyTo(target);
    }

    public void Dispose() => _listener.Dispose();

    private static void Measure(object? family, double value, ReadOnlySpan<Tag> tags) =>
        ((MetricFamily)family!).Measure(value, tags);

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!IsWanted(instrument.Meter.Name) || KindOf(instrument) is not { } kind)
            return;
        string name = MetricText.Name(instrument.Name, instrument.Unit, kind);
        MetricFamily? family;
        lock (_lock)
        {
            if (!_families.TryGetValue(name, out family))
            {
                double[] bounds = kind == MetricKind.Histogram ? BoundsOf(instrument) : [];
                family = new MetricFamily(
                    new MetricName(name, instrument.Description ?? ""), kind, bounds, _options.SeriesMax)
                {
                    OnOverflow = name => MiddlewareLog.SeriesOverflow(_logger, name, _options.SeriesMax),
                };
                _families.Add(name, family);
            }
        }

        if (family.Kind == kind)
        {
            listener.EnableMeasurementEvents(instrument, family);
        }
        else
        {
            MiddlewareLog.InstrumentHidden(_logger, instrument.Name, instrument.Meter.Name, _options.Path);
        }
    }

    private MetricFamily[] Snapshot()
    {
        lock (_lock)
        {
            var families = new MetricFamily[_families.Count];
            _families.Values.CopyTo(families, 0);
            return families;
        }
    }

    private bool IsWanted(string meter)
    {
        foreach (string name in _options.Meters)
        {
            if (name.EndsWith('*')
                ? meter.AsSpan().StartsWith(name.AsSpan(0, name.Length - 1), StringComparison.Ordinal)
                : meter == name)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What an instrument is; null for a kind of somebody's own.</summary>
    private static MetricKind? KindOf(Instrument instrument) => instrument switch
    {
        Histogram<byte> or Histogram<short> or Histogram<int> or Histogram<long> or Histogram<float>
            or Histogram<double> or Histogram<decimal> => MetricKind.Histogram,
        Counter<byte> or Counter<short> or Counter<int> or Counter<long> or Counter<float> or Counter<double>
            or Counter<decimal> => MetricKind.Counter,
        UpDownCounter<short> or UpDownCounter<int> or UpDownCounter<long> or UpDownCounter<float>
            or UpDownCounter<double> or UpDownCounter<decimal> => MetricKind.UpDown,
        Gauge<byte> or Gauge<short> or Gauge<int> or Gauge<long> or Gauge<float> or Gauge<double>
            or Gauge<decimal> => MetricKind.Gauge,
        ObservableCounter<byte> or ObservableCounter<short> or ObservableCounter<int> or ObservableCounter<long>
            or ObservableCounter<float> or ObservableCounter<double> or ObservableCounter<decimal>
            => MetricKind.ObservedCounter,
        { IsObservable: true } => MetricKind.ObservedGauge,
        _ => null,
    };

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<float> { Advice.HistogramBucketBoundaries: { } bounds } => ToDoubles(bounds),
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => ToDoubles(bounds),
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => ToDoubles(bounds),
        _ => BoundsByDefault,
    };

    private static double[] ToDoubles<T>(IReadOnlyList<T> bounds)
        where T : struct, System.Numerics.INumber<T>
    {
        double[] doubles = new double[bounds.Count];
        for (int index = 0; index < doubles.Length; index++)
            doubles[index] = double.CreateChecked(bounds[index]);
        return doubles;
    }
}

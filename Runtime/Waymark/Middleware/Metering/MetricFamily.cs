using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Waymark.Middleware.Metering;

/// <summary>What becomes of a measurement.</summary>
internal enum MetricKind
{
    Counter,
    UpDown,
    Gauge,
    Histogram,
    ObservedCounter,
    ObservedGauge,
}

/// <summary>All instruments of a name: their measurements by their tags.</summary>
/// <remarks>
/// Tags are looked up as they come, without a copy. The same ones in another order are another key of the same series,
/// since a series may be shown only once. Keys and series are bounded: behind that, all goes into one.
/// </remarks>
internal sealed class MetricFamily(MetricName name, MetricKind kind, double[] bounds, int seriesMax)
{
    private readonly ConcurrentDictionary<Tag[], MetricSeries> _byTags = new(new TagsComparer());
    private readonly SortedDictionary<string, MetricSeries> _byLabels = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private MetricSeries? _overflow;
    private int _keyCount;

    public MetricName Name => name;

    public MetricKind Kind => kind;

    public double[] Bounds => bounds;

    public bool IsObserved => kind is MetricKind.ObservedCounter or MetricKind.ObservedGauge;

    /// <summary>Is told the name where measurements have to be put together; once.</summary>
    public Action<string>? OnOverflow { get; init; }

    public void Measure(double value, ReadOnlySpan<Tag> tags)
    {
        if (!_byTags.GetAlternateLookup<ReadOnlySpan<Tag>>().TryGetValue(tags, out MetricSeries? series))
            series = Add(tags);
        switch (kind)
        {
            case MetricKind.Histogram:
                int bucket = Array.BinarySearch(bounds, value);
                series.Count(bucket >= 0 ? bucket : ~bucket);
                series.Add(value);
                break;
            case MetricKind.Gauge:
                series.Set(value);
                break;
            case MetricKind.ObservedCounter or MetricKind.ObservedGauge:
                series.Set(series.IsSeen ? series.Value + value : value);
                break;
            default:
                series.Add(value);
                break;
        }

        if (!series.IsSeen)
            series.IsSeen = true;
    }

    /// <summary>Begins a new observation: what is not measured in it is not shown.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            foreach (MetricSeries series in _byLabels.Values)
                series.IsSeen = false;
        }
    }

    /// <summary>What there is, by labels.</summary>
    public List<MetricSeries> Snapshot()
    {
        lock (_lock)
        {
            var snapshot = new List<MetricSeries>(_byLabels.Count);
            foreach (MetricSeries series in _byLabels.Values)
            {
                if (series.IsSeen)
                    snapshot.Add(series);
            }

            return snapshot;
        }
    }

    private MetricSeries Add(ReadOnlySpan<Tag> tags)
    {
        lock (_lock)
        {
            // Another thread may have been faster.
            if (_byTags.GetAlternateLookup<ReadOnlySpan<Tag>>().TryGetValue(tags, out MetricSeries? series))
                return series;
            if (_keyCount == seriesMax)
                return Overflow();
            _keyCount++;
            string labels = MetricText.Labels(tags);
            if (!_byLabels.TryGetValue(labels, out series))
                _byLabels.Add(labels, series = New(labels));
            _byTags[tags.ToArray()] = series;
            return series;
        }
    }

    private MetricSeries Overflow()
    {
        if (_overflow is null)
        {
            _overflow = New("otel_metric_overflow=\"true\"");
            _byLabels.TryAdd(_overflow.Labels, _overflow);
            OnOverflow?.Invoke(name.Text);
        }

        return _overflow;
    }

    private MetricSeries New(string labels) => new(labels, kind == MetricKind.Histogram ? bounds.Length + 1 : 0);

    /// <summary>Compares tags one by one, in the order in which they come.</summary>
    private sealed class TagsComparer : IEqualityComparer<Tag[]>, IAlternateEqualityComparer<ReadOnlySpan<Tag>, Tag[]>
    {
        public Tag[] Create(ReadOnlySpan<Tag> alternate) => alternate.ToArray();

        public bool Equals(Tag[]? x, Tag[]? y) => x is null ? y is null : y is not null && Equals(x.AsSpan(), y);

        public bool Equals(ReadOnlySpan<Tag> alternate, Tag[] other)
        {
            if (alternate.Length != other.Length)
                return false;
            for (int index = 0; index < other.Length; index++)
            {
                if (!string.Equals(alternate[index].Key, other[index].Key, StringComparison.Ordinal)
                    || !Equals(alternate[index].Value, other[index].Value))
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode([DisallowNull] Tag[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<Tag> alternate)
        {
            var hash = default(HashCode);
            foreach (Tag tag in alternate)
            {
                hash.Add(tag.Key.GetHashCode(StringComparison.Ordinal));
                hash.Add(tag.Value?.GetHashCode() ?? 0);
            }

            return hash.ToHashCode();
        }
    }
}

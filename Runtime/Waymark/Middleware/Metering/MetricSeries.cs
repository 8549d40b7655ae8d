namespace Waymark.Middleware.Metering;

/// <summary>The numbers of one set of labels; counted from any thread without a lock.</summary>
internal sealed class MetricSeries
{
    // Where sums are kept: doubles as their bits, since those can be exchanged atomically.
    private long _valueBits;
    private readonly long[] _buckets;

    public MetricSeries(string labels, int bucketCount)
    {
        Labels = labels;
        _buckets = bucketCount == 0 ? [] : new long[bucketCount];
    }

    /// <summary>As they are shown, without braces: <c>a="b",c="d"</c>.</summary>
    public string Labels { get; }

    /// <summary>The sum, or the last value.</summary>
    public double Value => BitConverter.Int64BitsToDouble(Volatile.Read(ref _valueBits));

    /// <summary>True for one that has been measured since the observed ones were last forgotten.</summary>
    public bool IsSeen { get; set; }

    public int BucketCount => _buckets.Length;

    public long Bucket(int index) => Volatile.Read(ref _buckets[index]);

    public void Set(double value) => Volatile.Write(ref _valueBits, BitConverter.DoubleToInt64Bits(value));

    public void Add(double value)
    {
        long seen = Volatile.Read(ref _valueBits);
        while (true)
        {
            double sum = BitConverter.Int64BitsToDouble(seen) + value;
            long now = Interlocked.CompareExchange(ref _valueBits, BitConverter.DoubleToInt64Bits(sum), seen);
            if (now == seen)
                return;
            seen = now;
        }
    }

    public void Count(int bucket) => Interlocked.Increment(ref _buckets[bucket]);
}

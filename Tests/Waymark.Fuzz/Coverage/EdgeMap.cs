using System.Reflection;

namespace Waymark.Fuzz.Coverage;

/// <summary>The counters that the rewritten Waymark keeps, and what was seen of them so far.</summary>
internal sealed class EdgeMap
{
    private readonly FieldInfo _before;
    private readonly FieldInfo _steps;
    private readonly byte[] _counts;
    private readonly byte[] _seen = new byte[1 << 16];

    private EdgeMap(Type map)
    {
        _counts = (byte[])map.GetField("Counts")!.GetValue(null)!;
        _before = map.GetField("Before")!;
        _steps = map.GetField("Steps")!;
    }

    /// <summary>How many different edges were taken.</summary>
    public int EdgeCount => _seen.Count(static buckets => buckets != 0);

    /// <summary>How many blocks were entered since the program started.</summary>
    public long Steps => (long)_steps.GetValue(null)!;

    /// <summary>The counters of a rewritten Waymark; null where it is the plain one.</summary>
    public static EdgeMap? Find() =>
        typeof(HttpServer).Assembly.GetType(EdgeRewriter.MapType) is { } map ? new EdgeMap(map) : null;

    /// <summary>Begins a run.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        _before.SetValue(null, 0);
    }

    /// <summary>True where the run took an edge, or one so often, as no run did before.</summary>
    public bool TakeNew()
    {
        bool isNew = false;
        ReadOnlySpan<byte> counts = _counts;
        int start = 0;
        while (true)
        {
            int next = counts[start..].IndexOfAnyExcept((byte)0);
            if (next < 0)
                return isNew;
            start += next;
            byte bucket = BucketOf(counts[start]);
            isNew |= (_seen[start] & bucket) == 0;
            _seen[start] |= bucket;
            start++;
        }
    }

    // A loop that runs five times instead of four says nothing; one that runs sixteen times does.
    private static byte BucketOf(byte count) => count switch
    {
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}

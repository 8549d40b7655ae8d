using Waymark.Buffers;
using Waymark.Http;

namespace Waymark.Answers;

/// <summary>The byte ranges that a request asks for: RFC 9110 section 14.</summary>
/// <remarks>
/// <code>
/// ranges-specifier = range-unit "=" range-set ; range-set = 1#range-spec
/// int-range = first-pos "-" [ last-pos ] ; suffix-range = "-" suffix-length
/// </code>
/// A field that is wrong, twice there, in another unit or too long counts as absent, as section 14.2 allows.
/// </remarks>
internal static class RangeSet
{
    /// <summary>More ranges than this are an attack, not a download (section 17.15): the whole is sent.</summary>
    public const int RangesMax = 16;

    /// <summary>Reads the Range field.</summary>
    /// <param name="headers">The request's.</param>
    /// <param name="length">The length of the representation.</param>
    /// <returns>
    /// Null for the whole; no range where none overlaps it (416); else ranges that neither overlap nor touch, in the
    /// order they were asked for.
    /// </returns>
    public static List<ByteRange>? Read(RequestHeaders headers, long length)
    {
        ReadOnlySpan<byte> set = default;
        foreach (HeaderLine line in headers)
        {
            if (!Ascii.EqualsIgnoreCase(line.Name, "Range"u8))
                continue;
            if (!set.IsEmpty || line.Value.IsEmpty)
                return null;
            set = line.Value;
        }

        return set.IsEmpty ? null : Parse(set, length);
    }

    /// <summary>Parses the value of a Range field; results as <see cref="Read"/>.</summary>
    public static List<ByteRange>? Parse(ReadOnlySpan<byte> value, long length)
    {
        int equals = value.IndexOf((byte)'=');
        // An empty representation has no range to give; all of it is what comes closest.
        if (length == 0 || equals < 0 || !Ascii.EqualsIgnoreCase(value[..equals], "bytes"u8))
            return null;
        var ranges = new List<ByteRange>();
        int count = 0;
        ReadOnlySpan<byte> set = value[(equals + 1)..];
        foreach (Range part in set.Split((byte)','))
        {
            // RFC 9110 section 5.6.1.2: empty list elements are ignored.
            ReadOnlySpan<byte> spec = Ascii.Trim(set[part]);
            if (spec.IsEmpty)
                continue;
            if (++count > RangesMax || !TryParse(spec, length, out ByteRange range))
                return null;
            if (range.Length > 0)
                Merge(ranges, range);
        }

        return count == 0 ? null : ranges;
    }

    private static bool TryParse(ReadOnlySpan<byte> spec, long length, out ByteRange range)
    {
        range = default;
        int dash = spec.IndexOf((byte)'-');
        if (dash < 0)
            return false;
        ReadOnlySpan<byte> left = spec[..dash];
        ReadOnlySpan<byte> right = spec[(dash + 1)..];
        if (left.IsEmpty)
        {
            if (!TryParsePosition(right, out long suffix))
                return false;
            suffix = Math.Min(suffix, length);
            range = new ByteRange(length - suffix, suffix);
            return true;
        }

        long last = length - 1;
        if (!TryParsePosition(left, out long first) || (!right.IsEmpty && !TryParsePosition(right, out last))
            || (!right.IsEmpty && last < first))
        {
            return false;
        }

        last = Math.Min(last, length - 1);
        range = first > last ? default : new ByteRange(first, last - first + 1);
        return true;
    }

    /// <summary>Reads <c>1*DIGIT</c>; what is beyond 2^63 is beyond every file.</summary>
    private static bool TryParsePosition(ReadOnlySpan<byte> digits, out long position)
    {
        if (Ascii.TryParseDigits(digits, out position))
            return true;
        position = long.MaxValue;
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    /// <summary>Adds a range; it swallows those that it overlaps or touches, and takes their first place.</summary>
    private static void Merge(List<ByteRange> ranges, ByteRange range)
    {
        int place = ranges.Count;
        for (int index = ranges.Count - 1; index >= 0; index--)
        {
            ByteRange other = ranges[index];
            if (other.Start > range.End || range.Start > other.End)
                continue;
            long start = Math.Min(range.Start, other.Start);
            range = new ByteRange(start, Math.Max(range.End, other.End) - start);
            ranges.RemoveAt(index);
            place = index;
        }

        ranges.Insert(place, range);
    }
}

/// <summary>Some bytes of a representation.</summary>
/// <param name="Start">The first one.</param>
/// <param name="Length">How many; 0 for none.</param>
internal readonly record struct ByteRange(long Start, long Length)
{
    /// <summary>The one behind the last.</summary>
    public long End => Start + Length;
}

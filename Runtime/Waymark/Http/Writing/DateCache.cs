using System.Buffers.Text;

namespace Waymark.Http.Writing;

/// <summary>
/// The Date field line, made once a second: RFC 9110 section 6.6.1 asks an origin server with a clock for it.
/// </summary>
/// <remarks>Thread-safe: a new line is a new array, published by one reference write.</remarks>
internal sealed class DateCache(TimeProvider time)
{
    /// <summary>"Date: Sun, 06 Nov 1994 08:49:37 GMT" and CRLF.</summary>
    public const int LineBytes = 37;

    private Entry _entry = new(0, []);

    /// <summary>The line, at most one second old.</summary>
    public ReadOnlySpan<byte> Line
    {
        get
        {
            Entry entry = Volatile.Read(ref _entry);
            long now = time.GetTimestamp();
            return (now < entry.ValidUntil ? entry : Renew(now)).Bytes;
        }
    }

    private Entry Renew(long now)
    {
        DateTimeOffset date = time.GetUtcNow();
        byte[] line = new byte[LineBytes];
        "Date: "u8.CopyTo(line);
        bool isFormatted = Utf8Formatter.TryFormat(date, line.AsSpan(6), out int written, 'R');
        System.Diagnostics.Debug.Assert(isFormatted && written == LineBytes - 8);
        "\r\n"u8.CopyTo(line.AsSpan(LineBytes - 2));

        // Valid until the second of the wall clock ends, counted on the clock that nobody sets.
        double rest = 1.0 - (date.Ticks % TimeSpan.TicksPerSecond / (double)TimeSpan.TicksPerSecond);
        var entry = new Entry(now + (long)(rest * time.TimestampFrequency), line);
        Volatile.Write(ref _entry, entry);
        return entry;
    }

    private sealed record Entry(long ValidUntil, byte[] Bytes);
}

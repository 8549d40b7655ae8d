using System.Buffers.Text;
using System.Text;

namespace Waymark.Http.Writing;

/// <summary>
/// The field lines that every answer has: Date, made once a second (RFC 9110 section 6.6.1 asks an origin server with a
/// clock for it), and Server where it is wanted (section 10.2.4).
/// </summary>
/// <remarks>Thread-safe: a new line is a new array, published by one reference write.</remarks>
internal sealed class DateCache(TimeProvider time, string? server = null, bool hasDate = true)
{
    // "Date: Sun, 06 Nov 1994 08:49:37 GMT" and CRLF.
    private const int DateLineBytes = 37;

    // "HTTP/1.1 200 OK" and CRLF.
    private const int StatusLineBytes = 17;

    private readonly byte[] _serverLine = server is null ? [] : Encoding.ASCII.GetBytes($"Server: {server}\r\n");

    private Entry _entry = new(0, []);

    /// <summary>The lines, at most one second old.</summary>
    public ReadOnlySpan<byte> Line => LinesOfOk[StatusLineBytes..];

    /// <summary>The lines behind the status line that most answers have, for one copy of both.</summary>
    public ReadOnlySpan<byte> LinesOfOk
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
        byte[] lines = new byte[StatusLineBytes + (hasDate ? DateLineBytes : 0) + _serverLine.Length];
        "HTTP/1.1 200 OK\r\n"u8.CopyTo(lines);
        _serverLine.CopyTo(lines, lines.Length - _serverLine.Length);
        if (!hasDate)
            return _entry = new Entry(long.MaxValue, lines);
        DateTimeOffset date = time.GetUtcNow();
        Span<byte> line = lines.AsSpan(StatusLineBytes, DateLineBytes);
        "Date: "u8.CopyTo(line);
        bool isFormatted = Utf8Formatter.TryFormat(date, line[6..], out int written, 'R');
        System.Diagnostics.Debug.Assert(isFormatted && written == DateLineBytes - 8);
        "\r\n"u8.CopyTo(line[(DateLineBytes - 2)..]);

        // Valid until the second of the wall clock ends, counted on the clock that nobody sets.
        double rest = 1.0 - (date.Ticks % TimeSpan.TicksPerSecond / (double)TimeSpan.TicksPerSecond);
        var entry = new Entry(now + (long)(rest * time.TimestampFrequency), lines);
        Volatile.Write(ref _entry, entry);
        return entry;
    }

    private sealed record Entry(long ValidUntil, byte[] Bytes);
}

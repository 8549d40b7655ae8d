using System.Globalization;
using System.Text;

namespace Waymark.Answers;

/// <summary>HTTP-date, in whole seconds: RFC 9110 section 5.6.7.</summary>
internal static class HttpDate
{
    /// <summary>The length of an IMF-fixdate, the one form that is sent.</summary>
    public const int Bytes = 29;

    // IMF-fixdate, then the two obsolete forms that a recipient must accept: rfc850-date and asctime-date.
    private static readonly string[] Formats =
    [
        "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
        "dddd, dd'-'MMM'-'yy HH':'mm':'ss 'GMT'",
        "ddd MMM dd HH':'mm':'ss yyyy",
        "ddd MMM  d HH':'mm':'ss yyyy",
    ];

    /// <summary>Reads a date; false for anything that is none, which then counts as absent.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset date)
    {
        Span<char> characters = stackalloc char[40];
        date = default;
        return text.Length <= characters.Length
            && Encoding.ASCII.TryGetChars(text, characters, out int length)
            && DateTimeOffset.TryParseExact(
                characters[..length], Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
    }

    /// <summary>Sets a field to a date.</summary>
    public static void Set(Response response, ReadOnlySpan<byte> name, DateTimeOffset date)
    {
        Span<byte> text = stackalloc byte[Bytes];
        bool isFormatted = System.Buffers.Text.Utf8Formatter.TryFormat(date, text, out int length, 'R');
        System.Diagnostics.Debug.Assert(isFormatted && length == Bytes);
        response.Headers.Remove(name);
        response.Headers.AddTrusted(name, text);
    }

    /// <summary>The same moment without its fraction of a second, which no HTTP-date can say.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset date)
    {
        DateTimeOffset utc = date.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerSecond));
    }
}

using System.Buffers.Text;
using System.ComponentModel;
using System.Globalization;

namespace Waymark.CompilerServices;

/// <summary>
/// Parses a <c>DateTimeOffset</c> as RFC 3339 section 5.6 writes it; without an offset it is UTC, as is a bare date.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeOffsetParser : IValueParser<DateTimeOffset>
{
    /// <inheritdoc/>
    public static string Expected => DateText.Moment;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        Span<char> characters = stackalloc char[DateText.LengthMax];
        value = default;
        return DateText.TryWiden(text, ref characters) && DateTimeOffset.TryParseExact(
            characters, DateText.Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
    }
}

/// <summary>
/// Parses a <c>DateTime</c> as RFC 3339 section 5.6 writes it: UTC where it ends with Z or an offset, else of no kind.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeParser : IValueParser<DateTime>
{
    /// <inheritdoc/>
    public static string Expected => DateText.Moment;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTime value)
    {
        // A time of the server's own zone would make the value depend on the machine.
        bool hasOffset = DateText.HasOffset(text);
        DateTimeStyles styles = hasOffset ? DateTimeStyles.AdjustToUniversal : DateTimeStyles.None;
        Span<char> characters = stackalloc char[DateText.LengthMax];
        value = default;
        return DateText.TryWiden(text, ref characters) && DateTime.TryParseExact(
            characters, DateText.Moments, CultureInfo.InvariantCulture, styles, out value);
    }
}

/// <summary>Parses a <c>DateOnly</c>: <c>2026-01-31</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateOnlyParser : IValueParser<DateOnly>
{
    /// <inheritdoc/>
    public static string Expected => "a date, such as 2026-01-31";

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateOnly value)
    {
        Span<char> characters = stackalloc char[DateText.LengthMax];
        value = default;
        return DateText.TryWiden(text, ref characters) && DateOnly.TryParseExact(
            characters, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
    }
}

/// <summary>Parses a <c>TimeOnly</c>: <c>23:59</c>, with seconds and a fraction where there are some.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TimeOnlyParser : IValueParser<TimeOnly>
{
    /// <inheritdoc/>
    public static string Expected => "a time of day, such as 23:59:59";

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out TimeOnly value)
    {
        Span<char> characters = stackalloc char[DateText.LengthMax];
        value = default;
        return DateText.TryWiden(text, ref characters) && TimeOnly.TryParseExact(
            characters, DateText.Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
    }
}

/// <summary>Parses a <c>TimeSpan</c> in its invariant form: <c>[-][d.]hh:mm:ss[.fffffff]</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TimeSpanParser : IValueParser<TimeSpan>
{
    /// <inheritdoc/>
    public static string Expected => "a time span, such as 1.02:30:00";

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out TimeSpan value)
    {
        // TimeSpan.TryParseExact allocates 96 bytes; this one would skip white space at the front.
        value = default;
        return NumberText.Starts(text) && Utf8Parser.TryParse(text, out value, out int consumed, 'c')
            && consumed == text.Length;
    }
}

/// <summary>What the parsers of dates share.</summary>
internal static class DateText
{
    public const int LengthMax = 40;
    public const string Moment = "a date and time, such as 2026-01-31T23:59:59Z";

    public static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    public static readonly string[] Times = ["HH:mm:ss.FFFFFFF", "HH:mm"];

    /// <summary>Copies ASCII into characters, of which the front is kept; false for a longer or another text.</summary>
    public static bool TryWiden(ReadOnlySpan<byte> text, ref Span<char> characters)
    {
        if (text.Length > characters.Length || !System.Text.Ascii.IsValid(text))
            return false;
        int length = System.Text.Encoding.ASCII.GetChars(text, characters);
        characters = characters[..length];
        return true;
    }

    /// <summary>True where the text ends with Z, or with an offset behind the time.</summary>
    public static bool HasOffset(ReadOnlySpan<byte> text)
    {
        int time = text.IndexOf((byte)'T');
        return time >= 0 && text[time..].IndexOfAny((byte)'Z', (byte)'+', (byte)'-') >= 0;
    }
}

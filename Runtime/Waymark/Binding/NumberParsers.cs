using System.ComponentModel;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;

#pragma warning disable CA1000 // The members are static because a parser is a type argument and never a value.

namespace Waymark.CompilerServices;

/// <summary>Parses <c>int</c>: the whole text, no white space and no leading plus sign.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int32Parser : IValueParser<int>
{
    /// <inheritdoc/>
    public static string Expected => "a whole number from -2147483648 to 2147483647";

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        return NumberText.Starts(text) && Utf8Parser.TryParse(text, out value, out int consumed)
            && consumed == text.Length;
    }
}

/// <summary>Parses <c>long</c>: the whole text, no white space and no leading plus sign.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int64Parser : IValueParser<long>
{
    /// <inheritdoc/>
    public static string Expected => "a whole number of 64 bits";

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        return NumberText.Starts(text) && Utf8Parser.TryParse(text, out value, out int consumed)
            && consumed == text.Length;
    }
}

/// <summary>Parses the other whole numbers, under the same rules.</summary>
/// <typeparam name="T">The type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct IntegerParser<T> : IValueParser<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    public static string Expected => string.Create(
        CultureInfo.InvariantCulture, $"a whole number from {T.MinValue} to {T.MaxValue}");

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out T value)
    {
        value = default;
        return NumberText.Starts(text)
            && T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }
}

/// <summary>
/// Parses numbers with a fraction: digits, a point, an exponent; no white space, no leading plus sign, no grouping,
/// neither infinite nor not a number.
/// </summary>
/// <typeparam name="T">The type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FractionParser<T> : IValueParser<T>
    where T : struct, INumberBase<T>
{
    private const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <inheritdoc/>
    public static string Expected => "a number, such as -1.5";

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out T value)
    {
        value = default;
        return NumberText.Starts(text)
            && T.TryParse(text, Style, CultureInfo.InvariantCulture, out value) && T.IsFinite(value);
    }
}

/// <summary>What the parsers of numbers share.</summary>
internal static class NumberText
{
    /// <summary>True for a digit, or a minus sign with something behind it, at the front.</summary>
    public static bool Starts(ReadOnlySpan<byte> text) =>
        text.Length > 0 && (char.IsAsciiDigit((char)text[0]) || (text[0] == '-' && text.Length > 1));
}

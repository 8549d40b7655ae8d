using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Waymark.Wire.Routes;

internal enum Color
{
    Red,
    Green = -5,
    @class,
}

[Flags]
internal enum Access
{
    None = 0,
    Read = 1,
    Write = 2,
    All = Read | Write,
}

internal enum Tiny : byte
{
    Zero,
    Max = 255,
}

internal enum Huge : ulong
{
    Zero,
    Max = ulong.MaxValue,
}

/// <summary>Names that only case tells apart.</summary>
internal enum Letters
{
    a,
    A,
    Ab,
}

/// <summary>Reads UTF-8; the other contracts that it has to have are not to be used.</summary>
internal readonly record struct Utf8Id(int Number) : IUtf8SpanParsable<Utf8Id>, ISpanParsable<Utf8Id>
{
    public static bool TryParse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider, out Utf8Id result)
    {
        bool isId = Utf8Parser.TryParse(utf8Text, out int number, out int consumed) && consumed == utf8Text.Length;
        result = new Utf8Id(number);
        return isId;
    }

    public static Utf8Id Parse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider) => throw new FormatException();

    public static Utf8Id Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => throw new FormatException();

    public static Utf8Id Parse(string s, IFormatProvider? provider) => throw new FormatException();

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Utf8Id result) =>
        throw new FormatException();

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Utf8Id result) =>
        throw new FormatException();
}

/// <summary>Reads characters, through explicit implementations.</summary>
internal sealed record CharsId(int Number) : ISpanParsable<CharsId>
{
    static bool ISpanParsable<CharsId>.TryParse(
        ReadOnlySpan<char> s, IFormatProvider? provider, [NotNullWhen(true)] out CharsId? result)
    {
        result = int.TryParse(s, NumberStyles.None, provider, out int number) ? new CharsId(number) : null;
        return result is not null;
    }

    static CharsId ISpanParsable<CharsId>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        throw new FormatException();

    static CharsId IParsable<CharsId>.Parse(string s, IFormatProvider? provider) => throw new FormatException();

    static bool IParsable<CharsId>.TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out CharsId? result) =>
        throw new FormatException();
}

/// <summary>Reads strings.</summary>
internal sealed record TextId(int Number) : IParsable<TextId>
{
    public static TextId Parse(string s, IFormatProvider? provider) => throw new FormatException();

    public static bool TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out TextId? result)
    {
        result = int.TryParse(s, NumberStyles.None, provider, out int number) ? new TextId(number) : null;
        return result is not null;
    }
}

/// <summary>Has every shape of <c>TryParse</c>: that for UTF-8 is the best.</summary>
internal readonly record struct TryUtf8(int Number)
{
    public static bool TryParse(ReadOnlySpan<byte> text, out TryUtf8 value)
    {
        bool isId = Utf8Parser.TryParse(text, out int number, out int consumed) && consumed == text.Length;
        value = new TryUtf8(number);
        return isId;
    }

    public static bool TryParse(string text, IFormatProvider? provider, out TryUtf8 value) =>
        throw new FormatException();

    public static bool TryParse(string text, out TryUtf8 value) => throw new FormatException();
}

/// <summary>The shape with a culture comes before the one without.</summary>
internal sealed record TryInvariant(double Number)
{
    public static bool TryParse(string text, IFormatProvider? provider, out TryInvariant? value)
    {
        value = double.TryParse(text, NumberStyles.Float, provider, out double number)
            ? new TryInvariant(number)
            : null;
        return value is not null;
    }

    public static bool TryParse(string text, out TryInvariant? value) => throw new FormatException();
}

internal readonly record struct TryText(int Number)
{
    internal static bool TryParse(string? text, out TryText value)
    {
        bool isId = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        value = new TryText(number);
        return isId;
    }
}

internal readonly record struct Tagged<T>(int Number) : IParsable<Tagged<T>>
{
    public static Tagged<T> Parse(string s, IFormatProvider? provider) => throw new FormatException();

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Tagged<T> result)
    {
        bool isId = int.TryParse(s, NumberStyles.None, provider, out int number);
        result = new Tagged<T>(number);
        return isId;
    }
}

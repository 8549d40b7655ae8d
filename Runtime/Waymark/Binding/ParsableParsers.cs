using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

#pragma warning disable CA1000 // The members are static because a parser is a type argument and never a value.

namespace Waymark.CompilerServices;

/// <summary>Parses a type that reads UTF-8 itself, without a copy.</summary>
/// <typeparam name="T">The type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Utf8ParsableParser<T> : IValueParser<T>
    where T : IUtf8SpanParsable<T>
{
    /// <inheritdoc/>
    public static string Expected => ValueTexts.Expect<T>();

    /// <inheritdoc/>
    public static bool MayThrow => true;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out T value) =>
        T.TryParse(text, CultureInfo.InvariantCulture, out value!);
}

/// <summary>Parses a type that reads characters; short texts are widened on the stack.</summary>
/// <typeparam name="T">The type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SpanParsableParser<T> : IValueParser<T>
    where T : ISpanParsable<T>
{
    private const int StackCharactersMax = 128;

    /// <inheritdoc/>
    public static string Expected => ValueTexts.Expect<T>();

    /// <inheritdoc/>
    public static bool MayThrow => true;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out T value)
    {
        if (text.Length > StackCharactersMax)
            return T.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, out value!);
        Span<char> characters = stackalloc char[StackCharactersMax];
        int length = Encoding.UTF8.GetChars(text, characters);
        return T.TryParse(characters[..length], CultureInfo.InvariantCulture, out value!);
    }
}

/// <summary>Parses a type that reads strings.</summary>
/// <typeparam name="T">The type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ParsableParser<T> : IValueParser<T>
    where T : IParsable<T>
{
    /// <inheritdoc/>
    public static string Expected => ValueTexts.Expect<T>();

    /// <inheritdoc/>
    public static bool MayThrow => true;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out T value) =>
        T.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, out value!);
}

/// <summary>What generated parsers call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ValueTexts
{
    /// <summary>A name of an enum, in any case of its ASCII letters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name.</param>
    public static bool IsName(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) =>
        System.Text.Ascii.EqualsIgnoreCase(text, name) || text.SequenceEqual(name);

    /// <summary>The text as a string.</summary>
    /// <param name="text">UTF-8; other octets become U+FFFD.</param>
    public static string ToString(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);

    /// <summary>What a type of the user's expects.</summary>
    /// <typeparam name="T">The type.</typeparam>
    [SuppressMessage("Naming", "CA1720", Justification = "A type is meant.")]
    public static string Expect<T>()
    {
        string name = typeof(T).Name;
        int arity = name.IndexOf('`', StringComparison.Ordinal);
        return (name[0] is 'A' or 'E' or 'I' or 'O' ? "an " : "a ") + (arity < 0 ? name : name[..arity]);
    }
}

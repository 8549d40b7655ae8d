using System.ComponentModel;
using System.Text;
using System.Text.Unicode;
using Waymark.Commands;

namespace Waymark.CompilerServices;

/// <summary>Turns words of a line into parameter values.</summary>
/// <remarks>
/// Called by generated code; not meant for direct use. Nothing throws for what a client sent, and nothing but a value
/// that is an object allocates.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CommandValues
{
    /// <summary>Reads a value.</summary>
    /// <param name="word">The word.</param>
    /// <param name="value">The value.</param>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <typeparam name="TParser">What parses it.</typeparam>
    /// <returns>False where the word is no such value, or is not UTF-8.</returns>
    public static bool TryRead<T, TParser>(ReadOnlySpan<byte> word, out T value)
        where TParser : struct, IValueParser<T>
    {
        value = default!;
        if (!Utf8.IsValid(word))
            return false;
        return TParser.MayThrow ? TryGuarded<T, TParser>(word, out value) : TParser.TryParse(word, out value);
    }

    /// <summary>Reads the words from one on.</summary>
    /// <param name="words">The words of the line.</param>
    /// <param name="first">The first one; where it is missing, there are no values.</param>
    /// <param name="values">The values.</param>
    /// <param name="wrong">The first word that is no such value.</param>
    /// <typeparam name="T">The type of one value.</typeparam>
    /// <typeparam name="TParser">What parses it.</typeparam>
    public static bool TryReadAll<T, TParser>(
        CommandWords words, int first, out T[] values, out ReadOnlySpan<byte> wrong)
        where TParser : struct, IValueParser<T>
    {
        wrong = default;
        values = [];
        if (first >= words.Count)
            return true;
        ReadOnlySpan<byte> packet = words.Line.Packet.Span;
        ReadOnlySpan<Range> places = words.Line.SplitAll().AsSpan(first);
        var read = new T[places.Length];
        for (int index = 0; index < read.Length; index++)
        {
            if (TryRead<T, TParser>(packet[places[index]], out read[index]))
                continue;
            wrong = packet[places[index]];
            return false;
        }

        values = read;
        return true;
    }

    /// <summary>Says that a word is no value of its parameter.</summary>
    /// <param name="command">The literals that the template begins with.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="word">The word.</param>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <typeparam name="TParser">What could not parse it.</typeparam>
    public static CommandRejection Refuse<T, TParser>(string command, string parameter, ReadOnlySpan<byte> word)
        where TParser : struct, IValueParser<T> =>
        Rejections.Value(
            command, parameter, word, Utf8.IsValid(word) ? TParser.Expected : WordParser.ValidText);

    private static bool TryGuarded<T, TParser>(ReadOnlySpan<byte> word, out T value)
        where TParser : struct, IValueParser<T>
    {
        try
        {
            return TParser.TryParse(word, out value);
        }
        // As a parser of the program's own may say that it refuses a value (FailedParameter of Http).
        catch (Exception thrown) when (thrown is ArgumentException or FormatException or OverflowException)
        {
            value = default!;
            return false;
        }
    }
}

/// <summary>Takes a word of a line as it is; not meant for direct use.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WordParser : IValueParser<string>
{
    internal const string ValidText = "valid UTF-8";

    /// <inheritdoc/>
    public static string Expected => ValidText;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out string value)
    {
        value = Encoding.UTF8.GetString(text);
        return true;
    }
}

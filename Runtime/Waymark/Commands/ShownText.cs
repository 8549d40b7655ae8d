using System.Buffers;
using System.Globalization;
using System.Text;

namespace Waymark.Commands;

/// <summary>Spells octets of a client so that a log or an answer can hold them.</summary>
internal static class ShownText
{
    /// <summary>What stands where the rest was left out.</summary>
    private const char Ellipsis = '…';

    /// <summary>Appends octets as text.</summary>
    /// <param name="text">Takes the text.</param>
    /// <param name="octets">The octets; UTF-8, or anything.</param>
    /// <param name="max">How many characters at most, the ellipsis not counted.</param>
    /// <returns>False where an ellipsis stands for the rest.</returns>
    public static bool Append(StringBuilder text, ReadOnlySpan<byte> octets, int max)
    {
        int end = text.Length + Math.Max(max, 0);
        while (!octets.IsEmpty)
        {
            bool isRune = Rune.DecodeFromUtf8(octets, out Rune rune, out int length) == OperationStatus.Done;
            string shown = isRune ? Spell(rune) : Escape(octets[..length]);
            if (text.Length + shown.Length > end)
            {
                text.Append(Ellipsis);
                return false;
            }

            text.Append(shown);
            octets = octets[length..];
        }

        return true;
    }

    /// <summary>Appends text under the same rules.</summary>
    public static bool Append(StringBuilder text, string shown, int max) =>
        Append(text, Encoding.UTF8.GetBytes(shown), max);

    private static string Spell(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control when rune.Value <= 0xFF => $"\\x{rune.Value:X2}",
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator => $"\\u{{{rune.Value:X}}}",
        _ => rune.ToString(),
    };

    private static string Escape(ReadOnlySpan<byte> octets)
    {
        var escaped = new StringBuilder();
        foreach (byte octet in octets)
            escaped.Append(CultureInfo.InvariantCulture, $"\\x{octet:X2}");
        return escaped.ToString();
    }
}

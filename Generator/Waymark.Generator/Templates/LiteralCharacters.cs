using System.Globalization;
using System.Text;

namespace Waymark.Generator.Templates;

/// <summary>What a literal may hold, and the one spelling that requests are compared with.</summary>
/// <remarks>
/// A request path is normalised before it is matched: percent-encoded unreserved characters are decoded, every other
/// escape stays with upper-case digits (RFC 3986 section 6.2.2). A literal is brought to the same spelling here.
/// </remarks>
internal static class LiteralCharacters
{
    /// <summary>RFC 3986 section 2.2: <c>sub-delims</c>, and <c>@</c>, which a path segment may hold as well.</summary>
    private const string SubDelimsAndAt = "!$&'()*+,;=@";

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Appends the character or escape at a place in its canonical spelling.</summary>
    /// <param name="mistake">What is wrong with it; null where it is right. The characters are skipped then.</param>
    /// <returns>How many characters of the template it took; at least 1.</returns>
    public static int Append(string text, int position, StringBuilder canonical, out string? mistake)
    {
        char character = text[position];
        mistake = null;
        if (character == ':')
        {
            canonical.Append(':');
            return 2;
        }

        if (IsUnreserved(character) || SubDelimsAndAt.IndexOf(character) >= 0)
        {
            canonical.Append(character);
            return 1;
        }

        if (character == '%')
            return AppendEscape(text, position, canonical, out mistake);
        if (character >= 0x80)
            return AppendEncoded(text, position, canonical, out mistake);

        mistake = Explain(text, position, out int length);
        return length;
    }

    /// <summary>True where the escapes of a canonical literal decode to whole UTF-8 sequences.</summary>
    /// <remarks>A request with others is refused, and a capture beside half a sequence would hold the other
    /// half.</remarks>
    public static bool IsWhole(string canonical)
    {
        if (canonical.IndexOf('%') < 0)
            return true;
        byte[] octets = PathSymbols.Of(canonical).Select(PathSymbols.OctetOf).ToArray();
        try
        {
            StrictUtf8.GetCharCount(octets);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>The diagnostic for a character that <see cref="Append"/> refused.</summary>
    public static string RuleFor(char character) => character switch
    {
        '?' or '#' => "WM1015",
        '{' or '}' => "WM1003",
        '\\' => "WM1013",
        _ => "WM1026",
    };

    private static bool IsUnreserved(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '.' or '_' or '~';

    private static int AppendEscape(string text, int position, StringBuilder canonical, out string? mistake)
    {
        mistake = null;
        string digits = position + 2 < text.Length ? text.Substring(position + 1, 2) : "";
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value)
            || value == 0)
        {
            mistake = "'%' starts an escape of two hexadecimal digits other than 00: write '%25' for a percent sign.";
            return 1;
        }

        if (IsUnreserved((char)value))
            canonical.Append((char)value);
        else
            AppendOctet(canonical, (byte)value);
        return 3;
    }

    private static int AppendEncoded(string text, int position, StringBuilder canonical, out string? mistake)
    {
        int length = char.IsHighSurrogate(text[position]) && position + 1 < text.Length
            && char.IsLowSurrogate(text[position + 1]) ? 2 : 1;
        mistake = length == 1 && char.IsSurrogate(text[position])
            ? "Half of a surrogate pair is not a character: write both halves, as in '\\uD83D\\uDE00'."
            : null;
        if (mistake is null)
        {
            foreach (byte octet in Encoding.UTF8.GetBytes(text.Substring(position, length)))
                AppendOctet(canonical, octet);
        }

        return length;
    }

    private static void AppendOctet(StringBuilder canonical, byte octet) =>
        canonical.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));

    private static string Explain(string text, int position, out int length)
    {
        char character = text[position];
        length = 1;
        switch (character)
        {
            case '?':
            case '#':
                length = text.Length - position;
                return character == '?'
                    ? "A template is a path, which ends before '?': remove the rest, and take query values as " +
                        "parameters of the handler."
                    : "No server ever sees '#' and what follows it, which browsers keep for themselves: remove both.";
            case '{':
                int close = text.IndexOf('}', position);
                length = close < 0 ? 1 : close - position + 1;
                string inner = close < 0
                    ? "id"
                    : text.Substring(position + 1, length - 2).TrimStart('*').Split(':', '?', '=')[0];
                return $"'{text.Substring(position, length)}' is not a parameter here: write ':{inner}'" +
                    (close >= 0 && text[position + 1] == '*' ? $" or '*{inner}'." : ".");
            case '\\':
                return "No request path holds a backslash: write '/'.";
            default:
                string shown = character <= ' ' || character == 0x7F ? $"U+{(int)character:X4}" : $"'{character}'";
                return $"No request path holds {shown} as it is: write '%{(int)character:X2}' (RFC 3986 section 3.3).";
        }
    }
}

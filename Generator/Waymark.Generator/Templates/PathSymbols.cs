using System.Globalization;

namespace Waymark.Generator.Templates;

/// <summary>The letters that a canonical segment is spelled with: characters as they are, and whole escapes.</summary>
/// <remarks>
/// A symbol below 256 is a character, from 256 on the escape of an octet. In a canonical path unreserved characters are
/// never escaped, sub-delimiters may be or not, and everything else always is (RFC 3986 section 6.2.2).
/// </remarks>
internal static class PathSymbols
{
    private const int EscapeBase = 256;
    private const string SubDelimsAndOthers = "!$&'()*+,;=@:";
    private const string Unreserved =
        "xabcdefghijklmnopqrstuvwyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_.~";

    /// <summary>Every symbol, those that read best first; no escape of NUL, which is refused.</summary>
    public static readonly IReadOnlyList<int> All = ListAll();

    /// <summary>What stands for "anything" in a witness.</summary>
    public const int Filler = 'x';

    /// <summary>The octet that a symbol means once it is decoded.</summary>
    public static byte OctetOf(int symbol) => (byte)(symbol & 0xFF);

    /// <summary>The symbols of a literal in canonical spelling.</summary>
    public static IEnumerable<int> Of(string literal)
    {
        for (int index = 0; index < literal.Length; index++)
        {
            if (literal[index] != '%')
            {
                yield return literal[index];
                continue;
            }

            string digits = literal.Substring(index + 1, 2);
            yield return EscapeBase + int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            index += 2;
        }
    }

    /// <summary>A symbol as it stands in a path.</summary>
    public static string Shown(int symbol) => symbol < EscapeBase
        ? ((char)symbol).ToString()
        : "%" + OctetOf(symbol).ToString("X2", CultureInfo.InvariantCulture);

    /// <summary>The other case of a letter that is not escaped, or the symbol itself.</summary>
    public static int OtherCase(int symbol) => symbol switch
    {
        >= 'a' and <= 'z' => symbol - 'a' + 'A',
        >= 'A' and <= 'Z' => symbol - 'A' + 'a',
        _ => symbol,
    };

    private static List<int> ListAll()
    {
        List<int> symbols = (Unreserved + SubDelimsAndOthers).Select(character => (int)character).ToList();
        for (int octet = 1; octet < EscapeBase; octet++)
        {
            if (Unreserved.IndexOf((char)octet) < 0)
                symbols.Add(EscapeBase + octet);
        }

        return symbols;
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Waymark.Fuzz.Targets;

/// <summary>The slow, obvious reader of a chunked body: a string, line by line.</summary>
internal static partial class ChunkTwin
{
    private const int ExtensionTotalMax = 16 * 1024;
    private const int TrailerBytesMax = 8 * 1024;
    private const int TrailerCountMax = 32;

    /// <summary>The data and how much of the input it took; null where the body is refused or not complete.</summary>
    public static (byte[] Data, int Length)? Read(byte[] input, long bytesMax)
    {
        string text = Encoding.Latin1.GetString(input);
        var data = new StringBuilder();
        int extensions = 0;
        for (int at = 0; ;)
        {
            Match line = Size().Match(text, at);
            if (!line.Success || line.Groups[2].Length > 256)
                return null;
            extensions += line.Groups[2].Length;
            ulong size = ulong.Parse(line.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size > long.MaxValue || (long)size > bytesMax - data.Length || extensions > ExtensionTotalMax)
                return null;
            at += line.Length;
            if (size == 0)
                return TrailersEnd(text, at) is { } end ? (Encoding.Latin1.GetBytes(data.ToString()), end) : null;
            if (at + (int)size + 2 > text.Length || text.Substring(at + (int)size, 2) != "\r\n")
                return null;
            data.Append(text, at, (int)size);
            at += (int)size + 2;
        }
    }

    private static int? TrailersEnd(string text, int start)
    {
        int at = start;
        for (int count = 0; count <= TrailerCountMax; count++)
        {
            if (text.AsSpan(at).StartsWith("\r\n"))
                return at + 2;
            Match line = Field().Match(text, at);
            if (!line.Success || at + line.Length - start > TrailerBytesMax || count == TrailerCountMax)
                return null;
            at += line.Length;
        }

        return null;
    }

    [GeneratedRegex("\\G([0-9A-Fa-f]{1,16})((?:;[ \t]*[!#$%&'*+\\-.^_`|~0-9A-Za-z]+[ \t]*(?:=[ \t]*(?:"
        + "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+|\"(?:[^\"\\\\\0-\x08\x0a-\x1f\x7f]|\\\\[^\0-\x08\x0a-\x1f\x7f])*\")[ \t]*)?)*)\r\n")]
    private static partial Regex Size();

    [GeneratedRegex("\\G[!#$%&'*+\\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*\r\n")]
    private static partial Regex Field();
}

using System.Buffers;
using System.Text;

namespace Waymark.Answers;

/// <summary>The Content-Disposition field: RFC 6266, with RFC 8187 for names beyond ASCII.</summary>
internal static class ContentDisposition
{
    private const string HexDigits = "0123456789ABCDEF";

    // RFC 8187 section 3.2.1: attr-char = ALPHA / DIGIT / "!" / "#" / "$" / "&" / "+" / "-" / "." / "^" / "_" / "`"
    // / "|" / "~"
    private static readonly SearchValues<byte> AttrChar = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~"u8);

    /// <summary>The value of the field.</summary>
    /// <param name="name">The name of the file; what a path could be made of becomes an underscore.</param>
    /// <param name="isInline">True for <c>inline</c>, false for <c>attachment</c>.</param>
    public static string Format(string name, bool isInline)
    {
        var text = new StringBuilder(isInline ? "inline; filename=\"" : "attachment; filename=\"");
        bool isPlain = true;
        foreach (char character in name)
        {
            // RFC 6266 appendix D: no backslash, no quote, no percent sign in the form that old clients read.
            bool isKept = character is >= ' ' and <= '~' and not ('"' or '\\' or '%' or '/');
            isPlain &= isKept;
            text.Append(isKept ? character : '_');
        }

        text.Append('"');
        if (!isPlain)
            AppendExtended(text, name);
        return text.ToString();
    }

    private static void AppendExtended(StringBuilder text, string name)
    {
        text.Append("; filename*=UTF-8''");
        foreach (byte octet in Encoding.UTF8.GetBytes(name))
        {
            // RFC 6266 section 4.3: a name must not lead out of the folder; controls have no place in a name.
            if (octet is (byte)'/' or (byte)'\\' or < 0x20 or 0x7F)
                text.Append('_');
            else if (AttrChar.Contains(octet))
                text.Append((char)octet);
            else
                text.Append('%').Append(HexDigits[octet >> 4]).Append(HexDigits[octet & 15]);
        }
    }
}

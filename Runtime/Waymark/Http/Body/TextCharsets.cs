using System.Text;
using System.Text.Unicode;
using Waymark.Http.Parsing;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.Http.Body;

/// <summary>The charsets that a body's text is read in.</summary>
internal enum TextCharset
{
    Unknown,
    Utf8,
    UsAscii,
    Latin1,
}

/// <summary>Finds the charset of a body and decodes it strictly.</summary>
internal static class TextCharsets
{
    /// <summary>The charset that a Content-Type names; UTF-8 where it names none.</summary>
    public static TextCharset Of(ReadOnlySpan<byte> contentType)
    {
        Span<byte> name = stackalloc byte[32];
        switch (MediaTypes.FindParameter(contentType, "charset"u8, name, out int length))
        {
            case ParameterResult.Absent:
                return TextCharset.Utf8;
            case ParameterResult.Malformed:
                return TextCharset.Unknown;
        }

        ReadOnlySpan<byte> found = name[..length];
        if (Ascii.EqualsIgnoreCase(found, "utf-8"u8) || Ascii.EqualsIgnoreCase(found, "utf8"u8))
            return TextCharset.Utf8;
        if (Ascii.EqualsIgnoreCase(found, "us-ascii"u8))
            return TextCharset.UsAscii;
        return Ascii.EqualsIgnoreCase(found, "iso-8859-1"u8) ? TextCharset.Latin1 : TextCharset.Unknown;
    }

    /// <summary>Decodes; false where the bytes are not text in the charset.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, TextCharset charset, out string text)
    {
        text = "";
        switch (charset)
        {
            case TextCharset.Latin1:
                text = Encoding.Latin1.GetString(bytes);
                return true;
            case TextCharset.UsAscii when System.Text.Ascii.IsValid(bytes):
                text = Encoding.ASCII.GetString(bytes);
                return true;
            case TextCharset.Utf8 when Utf8.IsValid(bytes):
                text = Encoding.UTF8.GetString(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
                return true;
            default:
                return false;
        }
    }
}

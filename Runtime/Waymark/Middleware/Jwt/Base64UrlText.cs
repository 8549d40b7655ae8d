using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Waymark.Middleware;

/// <summary>Base64url as RFC 7515 section 2 wants it, and in its one canonical form.</summary>
/// <remarks>
/// No padding, no white space, no other characters, and the bits behind the last octet are zero: so no two texts decode
/// to the same octets, and nobody makes a second token of one.
/// </remarks>
internal static class Base64UrlText
{
    private static ReadOnlySpan<byte> Alphabet => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8;

    /// <summary>Decodes; false for anything but the canonical form. Empty is the form of nothing.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? octets)
    {
        octets = null;
        int tail = text.Length % 4;
        if (tail == 1)
            return false;
        foreach (byte character in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character is not ((byte)'-' or (byte)'_'))
                return false;
        }

        if (tail != 0 && (Alphabet.IndexOf(text[^1]) & (tail == 2 ? 0b1111 : 0b11)) != 0)
            return false;
        octets = Base64Url.DecodeFromUtf8(text);
        return true;
    }
}

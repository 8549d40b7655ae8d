using Waymark.Buffers;

namespace Waymark.Http.Body;

/// <summary>The grammar of chunk extensions: they are checked and then ignored (RFC 9112 section 7.1.1).</summary>
internal static class ChunkExtension
{
    // chunk-ext = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )
    // chunk-ext-val = token / quoted-string
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            if (text[0] != (byte)';')
                return false;
            text = text[1..].TrimStart(" \t"u8);
            if (!TryTakeToken(ref text))
                return false;
            text = text.TrimStart(" \t"u8);
            if (text.IsEmpty || text[0] == (byte)';')
                continue;
            if (text[0] != (byte)'=')
                return false;
            text = text[1..].TrimStart(" \t"u8);
            if (text.IsEmpty || !(text[0] == (byte)'"' ? TryTakeQuoted(ref text) : TryTakeToken(ref text)))
                return false;
            text = text.TrimStart(" \t"u8);
        }

        return true;
    }

    private static bool TryTakeToken(ref ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExcept(Ascii.Token);
        length = length < 0 ? text.Length : length;
        text = text[length..];
        return length > 0;
    }

    // quoted-string = DQUOTE *( qdtext / quoted-pair ) DQUOTE; controls were refused before.
    private static bool TryTakeQuoted(ref ReadOnlySpan<byte> text)
    {
        for (int index = 1; index < text.Length; index++)
        {
            if (text[index] == (byte)'\\')
            {
                index++;
            }
            else if (text[index] == (byte)'"')
            {
                text = text[(index + 1)..];
                return true;
            }
        }

        return false;
    }
}

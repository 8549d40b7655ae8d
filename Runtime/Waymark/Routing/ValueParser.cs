using System.Buffers.Text;
using Waymark.Buffers;

namespace Waymark.Routing;

/// <summary>
/// Text of a path or query into values: the whole text, invariant, no white space and no leading plus sign.
/// </summary>
internal static class ValueParser
{
    /// <summary>No number and no Guid is longer, even with every character escaped.</summary>
    private const int EncodedBytesMax = 3 * 36;

    public static bool TryParse(scoped ReadOnlySpan<byte> text, out int value)
    {
        if (text.Contains((byte)'%'))
            return TryDecode(text, stackalloc byte[EncodedBytesMax], false, out text) & TryParse(text, out value);
        value = 0;
        return StartsNumber(text) && Utf8Parser.TryParse(text, out value, out int consumed) && consumed == text.Length;
    }

    public static bool TryParse(scoped ReadOnlySpan<byte> text, out long value)
    {
        if (text.Contains((byte)'%'))
            return TryDecode(text, stackalloc byte[EncodedBytesMax], false, out text) & TryParse(text, out value);
        value = 0;
        return StartsNumber(text) && Utf8Parser.TryParse(text, out value, out int consumed) && consumed == text.Length;
    }

    /// <summary>With hyphens (D) or without (N).</summary>
    public static bool TryParse(scoped ReadOnlySpan<byte> text, out Guid value)
    {
        if (text.Contains((byte)'%'))
            return TryDecode(text, stackalloc byte[EncodedBytesMax], false, out text) & TryParse(text, out value);
        value = default;
        return text.Length is 36 or 32
            && Utf8Parser.TryParse(text, out value, out int consumed, text.Length == 36 ? 'D' : 'N')
            && consumed == text.Length;
    }

    public static bool TryParseQuery(scoped ReadOnlySpan<byte> raw, out int value)
    {
        if (PercentDecoder.IsEncoded(raw, isPlusSpace: true))
            return TryDecode(raw, stackalloc byte[EncodedBytesMax], true, out raw) & TryParse(raw, out value);
        return TryParse(raw, out value);
    }

    public static bool TryParseQuery(scoped ReadOnlySpan<byte> raw, out long value)
    {
        if (PercentDecoder.IsEncoded(raw, isPlusSpace: true))
            return TryDecode(raw, stackalloc byte[EncodedBytesMax], true, out raw) & TryParse(raw, out value);
        return TryParse(raw, out value);
    }

    public static bool TryParseQuery(scoped ReadOnlySpan<byte> raw, out Guid value)
    {
        if (PercentDecoder.IsEncoded(raw, isPlusSpace: true))
            return TryDecode(raw, stackalloc byte[EncodedBytesMax], true, out raw) & TryParse(raw, out value);
        return TryParse(raw, out value);
    }

    public static string ReadPath(ReadOnlySpan<byte> capture) =>
        PercentDecoder.DecodeToString(capture, isPlusSpace: false);

    public static string ReadQuery(ReadOnlySpan<byte> raw) => PercentDecoder.DecodeToString(raw, isPlusSpace: true);

    /// <summary>Decodes once; what holds a percent sign afterwards as well is no value of ours.</summary>
    private static bool TryDecode(
        ReadOnlySpan<byte> raw, Span<byte> buffer, bool isPlusSpace, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (raw.Length > buffer.Length)
            return false;
        text = buffer[..PercentDecoder.Decode(raw, buffer, isPlusSpace)];
        if (!text.Contains((byte)'%'))
            return true;
        text = default;
        return false;
    }

    private static bool StartsNumber(ReadOnlySpan<byte> text) =>
        text.Length > 0 && (char.IsAsciiDigit((char)text[0]) || (text[0] == '-' && text.Length > 1));
}

using System.Buffers;
using System.Diagnostics;
using System.Text;

namespace Waymark.Buffers;

/// <summary>Percent-encoding of targets (RFC 3986 section 2.1): checked once, normalised once, decoded once.</summary>
internal static class PercentDecoder
{
    private const int StackBytesMax = 256;

    /// <summary>
    /// True when every escape is <c>"%" HEXDIG HEXDIG</c>, none is <c>%00</c>, and what they decode to is UTF-8 (so no
    /// overlong form, no surrogate).
    /// </summary>
    /// <remarks>
    /// A multi-byte sequence is made of escapes that follow one another: the rest of a target is ASCII, or (where a
    /// server accepts raw octets) checked to be UTF-8 by itself.
    /// </remarks>
    public static bool IsValid(ReadOnlySpan<byte> raw)
    {
        Span<byte> sequence = stackalloc byte[4];
        int next;
        while ((next = raw.IndexOf((byte)'%')) >= 0)
        {
            raw = raw[next..];
            if (!TryReadEscape(raw, out sequence[0]) || sequence[0] == 0)
                return false;
            raw = raw[3..];
            int length = sequence[0] switch { < 0x80 => 1, < 0xC2 => 0, < 0xE0 => 2, < 0xF0 => 3, < 0xF5 => 4, _ => 0 };
            if (length == 0)
                return false;
            for (int i = 1; i < length; i++)
            {
                if (!TryReadEscape(raw, out sequence[i]))
                    return false;
                raw = raw[3..];
            }

            if (length > 1 && Rune.DecodeFromUtf8(sequence[..length], out _, out _) != OperationStatus.Done)
                return false;
        }

        return true;
    }

    /// <summary>
    /// Decodes the escapes of unreserved characters and makes the hex digits of the others upper case: RFC 3986
    /// sections 6.2.2.1 and 6.2.2.2. <c>%2F</c>, <c>%25</c> and everything reserved stay as escapes. What only a
    /// lenient server accepts without an escape becomes one, as a user agent would have written it.
    /// </summary>
    /// <param name="raw">A path that <see cref="IsValid"/> accepted.</param>
    /// <param name="destination">
    /// At least as long as <see cref="NormalisedLengthMax"/> says; may be the same memory where the path is strictly a
    /// path.
    /// </param>
    /// <returns>The number of bytes written.</returns>
    public static int Normalise(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        Debug.Assert(destination.Length >= NormalisedLengthMax(raw));
        int written = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            if (Ascii.IsLenient(raw[i]))
            {
                written += WriteEscape(raw[i], destination[written..]);
                continue;
            }

            if (raw[i] != '%' || !TryReadEscape(raw[i..], out byte octet))
            {
                destination[written++] = raw[i];
                continue;
            }

            if (Ascii.IsUnreserved(octet))
                destination[written++] = octet;
            else
                written += WriteEscape(octet, destination[written..]);

            i += 2;
        }

        return written;
    }

    /// <summary>
    /// The most bytes that <see cref="Normalise"/> writes: an octet that becomes an escape becomes three.
    /// </summary>
    public static int NormalisedLengthMax(ReadOnlySpan<byte> raw) =>
        System.Text.Ascii.IsValid(raw) && !raw.ContainsAny(Ascii.Unwise) ? raw.Length : raw.Length * 3;

    /// <summary>Decodes every escape once; one that is not an escape is copied as it is.</summary>
    /// <param name="raw">A part of a target.</param>
    /// <param name="destination">At least as long as the part.</param>
    /// <param name="isPlusSpace">True in a query, where forms write a space as <c>+</c>.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Decode(ReadOnlySpan<byte> raw, Span<byte> destination, bool isPlusSpace)
    {
        Debug.Assert(destination.Length >= raw.Length);
        int written = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            byte octet = raw[i];
            if (octet == '%' && TryReadEscape(raw[i..], out byte decoded))
            {
                octet = decoded;
                i += 2;
            }
            else if (octet == '+' && isPlusSpace)
            {
                octet = (byte)' ';
            }

            destination[written++] = octet;
        }

        return written;
    }

    /// <summary>True when decoding would change something.</summary>
    public static bool IsEncoded(ReadOnlySpan<byte> raw, bool isPlusSpace) =>
        isPlusSpace ? raw.ContainsAny((byte)'%', (byte)'+') : raw.Contains((byte)'%');

    /// <summary>Decodes every escape once into text.</summary>
    public static string DecodeToString(ReadOnlySpan<byte> raw, bool isPlusSpace)
    {
        if (!IsEncoded(raw, isPlusSpace))
            return Encoding.UTF8.GetString(raw);

        byte[]? rented = null;
        Span<byte> buffer = raw.Length <= StackBytesMax
            ? stackalloc byte[StackBytesMax]
            : (rented = BlockPool.Rent(raw.Length));
        string text = Encoding.UTF8.GetString(buffer[..Decode(raw, buffer, isPlusSpace)]);
        if (rented is not null)
            BlockPool.Return(rented);
        return text;
    }

    /// <summary>Reads <c>pct-encoded = "%" HEXDIG HEXDIG</c> at the front.</summary>
    public static bool TryReadEscape(ReadOnlySpan<byte> raw, out byte octet)
    {
        octet = 0;
        if (raw.Length < 3 || raw[0] != '%')
            return false;
        int high = Ascii.HexValue(raw[1]);
        int low = Ascii.HexValue(raw[2]);
        if ((high | low) < 0)
            return false;
        octet = (byte)((high << 4) | low);
        return true;
    }

    private static int WriteEscape(byte octet, Span<byte> destination)
    {
        destination[0] = (byte)'%';
        destination[1] = "0123456789ABCDEF"u8[octet >> 4];
        destination[2] = "0123456789ABCDEF"u8[octet & 15];
        return 3;
    }
}

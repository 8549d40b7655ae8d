using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Waymark.Middleware.Logging;

/// <summary>Builds one line of a log in memory of the stack, or of a pool where the line is long.</summary>
/// <remarks>
/// What a client wrote goes through <see cref="Escaped"/> or <see cref="JsonEscaped"/> and nowhere else: there no octet
/// can end a line or a quoted value. The line itself is added by <c>Raw</c>, and holds nothing of a client's.
/// </remarks>
internal ref struct LineWriter(Span<byte> initial)
{
    /// <summary>How much of one value of a client's is shown.</summary>
    public const int ValueBytesMax = 2048;

    // What stands as it is: visible ASCII but the quote and the backslash, and blanks, which only quoted values hold.
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private Span<byte> _span = initial;
    private byte[]? _rented;
    private int _length;

    public readonly ReadOnlySpan<byte> Written => _span[.._length];

    /// <summary>Gives memory of the pool back.</summary>
    public readonly void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
    }

    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    public void Raw(byte octet)
    {
        Room(1)[0] = octet;
        _length++;
    }

    /// <summary>Makes the blank or comma at the end the end of the line.</summary>
    public void EndLine()
    {
        if (_length == 0)
            Raw((byte)' ');
        _span[_length - 1] = (byte)'\n';
    }

    /// <summary>Ends a JSON object and the line: the comma behind its last member becomes the brace.</summary>
    public void EndObject()
    {
        if (_span[_length - 1] == (byte)',')
            _length--;
        Raw("}\n"u8);
    }

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Room(20), out int written);
        _length += written;
    }

    /// <summary>A number with leading zeros.</summary>
    public void Number(int value, int digits)
    {
        Span<byte> room = Room(digits);
        for (int index = digits - 1; index >= 0; index--, value /= 10)
            room[index] = (byte)('0' + (value % 10));
        _length += digits;
    }

    /// <summary>Milliseconds with three decimals, cut and not rounded.</summary>
    public void Milliseconds(TimeSpan time)
    {
        long microseconds = Math.Max(0, time.Ticks / TimeSpan.TicksPerMicrosecond);
        Number(microseconds / 1000);
        Raw((byte)'.');
        Number((int)(microseconds % 1000), 3);
    }

    /// <summary>Octets in lower-case hexadecimal digits.</summary>
    public void Hex(scoped ReadOnlySpan<byte> octets)
    {
        foreach (byte octet in octets)
            HexOf(octet);
    }

    /// <summary>ASCII with everything else as <c>\xHH</c>, quotes and backslashes included.</summary>
    public void Escaped(scoped ReadOnlySpan<byte> value)
    {
        bool isCut = value.Length > ValueBytesMax;
        value = isCut ? value[..ValueBytesMax] : value;
        while (!value.IsEmpty)
        {
            int plain = value.IndexOfAnyExcept(Plain);
            Raw(plain < 0 ? value : value[..plain]);
            if (plain < 0)
                break;
            Raw("\\x"u8);
            HexOf(value[plain]);
            value = value[(plain + 1)..];
        }

        if (isCut)
            Raw("..."u8);
    }

    /// <summary>
    /// The inside of a JSON string (RFC 8259 section 7): UTF-8 where the value is that, U+FFFD where it is not, and
    /// escapes for whatever a viewer could take for the end of a line.
    /// </summary>
    public void JsonEscaped(scoped ReadOnlySpan<byte> value)
    {
        bool isCut = value.Length > ValueBytesMax;
        value = isCut ? value[..ValueBytesMax] : value;
        while (!value.IsEmpty)
        {
            int plain = value.IndexOfAnyExcept(Plain);
            Raw(plain < 0 ? value : value[..plain]);
            if (plain < 0)
                break;
            value = value[plain..];
            OperationStatus status = Rune.DecodeFromUtf8(value, out Rune rune, out int length);
            if (status == OperationStatus.Done && rune.Value >= 0x80 && !IsHidden(rune))
                Raw(value[..length]);
            else
                JsonEscape(rune);
            value = value[length..];
        }

        if (isCut)
            Raw("..."u8);
    }

    /// <summary>Controls, line and paragraph separators, and what turns the direction of a text.</summary>
    private static bool IsHidden(Rune rune) =>
        Rune.IsControl(rune) || rune.Value is >= 0x2028 and <= 0x202E or >= 0x2066 and <= 0x2069 or 0xFEFF;

    private void JsonEscape(Rune rune)
    {
        if (rune.Value is '"' or '\\')
        {
            Raw((byte)'\\');
            Raw((byte)rune.Value);
            return;
        }

        Raw("\\u"u8);
        HexOf((byte)(rune.Value >> 8));
        HexOf((byte)rune.Value);
    }

    private void HexOf(byte octet)
    {
        Span<byte> room = Room(2);
        room[0] = "0123456789abcdef"u8[octet >> 4];
        room[1] = "0123456789abcdef"u8[octet & 15];
        _length += 2;
    }

    private Span<byte> Room(int count)
    {
        if (_span.Length - _length < count)
            Grow(count);
        return _span[_length..];
    }

    private void Grow(int count)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_span.Length * 2, _length + count));
        Written.CopyTo(larger);
        Dispose();
        _rented = larger;
        _span = larger;
    }
}

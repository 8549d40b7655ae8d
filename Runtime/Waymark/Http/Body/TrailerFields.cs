using Waymark.Buffers;
using Waymark.Http.Parsing;

namespace Waymark.Http.Body;

/// <summary>The trailer fields of a chunked body, copied out of the receive buffer: RFC 9110 section 6.5.</summary>
/// <remarks>
/// Fields that frame, route or authenticate a message, or describe its content, are dropped: they come too late to be
/// obeyed (RFC 9110 section 6.5.1). What is left is never merged into the header section.
/// </remarks>
internal sealed class TrailerFields
{
    private const int SectionBytesMax = 8 * 1024;
    private const int FieldCountMax = 32;

    private byte[] _bytes = [];
    private int _byteCount;
    private int _sectionBytes;
    private HeaderField[] _fields = [];
    private int _fieldCount;

    /// <summary>The number of lines read, dropped ones included.</summary>
    public int LineCount { get; private set; }

    public RequestHeaders Fields => new(_bytes, _fields.AsSpan(0, _fieldCount));

    public void Reset() => _byteCount = _sectionBytes = _fieldCount = LineCount = 0;

    /// <summary>True where no further line may come.</summary>
    public bool IsFull => LineCount == FieldCountMax;

    /// <summary>How many bytes the lines that follow may have, their ends included.</summary>
    public int BytesLeft => SectionBytesMax - _sectionBytes;

    /// <summary>Keeps a field, unless it has no place in a trailer.</summary>
    public void Add(ReadOnlySpan<byte> input, HeaderField field, int lineBytes)
    {
        LineCount++;
        _sectionBytes += lineBytes;
        ReadOnlySpan<byte> name = input.Slice(field.NameOffset, field.NameLength);
        if (IsForbidden(name))
            return;
        ReadOnlySpan<byte> value = input.Slice(field.ValueOffset, field.ValueLength);
        if (_bytes.Length == 0)
        {
            _bytes = new byte[SectionBytesMax];
            _fields = new HeaderField[FieldCountMax];
        }

        _fields[_fieldCount++] = new HeaderField(_byteCount, name.Length, _byteCount + name.Length, value.Length);
        name.CopyTo(_bytes.AsSpan(_byteCount));
        value.CopyTo(_bytes.AsSpan(_byteCount + name.Length));
        _byteCount += name.Length + value.Length;
    }

    private static bool IsForbidden(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => Ascii.EqualsLower(name, "te"u8),
        4 => Ascii.EqualsLower(name, "host"u8),
        6 => Ascii.EqualsLower(name, "cookie"u8) || Ascii.EqualsLower(name, "expect"u8),
        7 => Ascii.EqualsLower(name, "trailer"u8),
        10 => Ascii.EqualsLower(name, "connection"u8),
        13 => Ascii.EqualsLower(name, "authorization"u8) || Ascii.EqualsLower(name, "cache-control"u8),
        17 => Ascii.EqualsLower(name, "transfer-encoding"u8),
        19 => Ascii.EqualsLower(name, "proxy-authorization"u8),
        _ => false,
    } || (name.Length > 8 && Ascii.EqualsLower(name[..8], "content-"u8));
}

using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Waymark.CompilerServices;

/// <summary>Writes a link: literals as they are, values percent-encoded.</summary>
/// <remarks>
/// Called by generated code. Rules of this file: a value is formatted so that the parser of its type reads it back;
/// nothing allocates but for a value of the user's own type, and for a link longer than the first buffer.
/// <code>
/// pchar = unreserved / pct-encoded / sub-delims / ":" / "@"     ; RFC 3986 section 3.3
/// query = *( pchar / "/" / "?" )                                 ; section 3.4; not "&amp;", "=", "+", ";" in a value
/// </code>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct LinkWriter
{
    /// <summary>How much is formatted without a pooled buffer.</summary>
    public const int StackBytes = 256;

    // The longest value of a built-in type is a decimal or a fraction with an exponent; Int128 has 40 digits.
    private const int ValueBytesMax = 128;

    private static readonly SearchValues<byte> SegmentBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@"u8);

    private static readonly SearchValues<byte> RestBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/"u8);

    private static readonly SearchValues<byte> QueryBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,:@/?"u8);

    private readonly bool _isFixed;
    private Span<byte> _buffer;
    private byte[]? _rented;
    private int _length;
    private int _capture;
    private int _segment;
    private bool _hasQuery;
    private bool _isBroken;

    /// <summary>Writes into a buffer, and into a larger pooled one when that is full.</summary>
    /// <param name="buffer">The first buffer.</param>
    public LinkWriter(Span<byte> buffer) => _buffer = buffer;

    private LinkWriter(Span<byte> destination, bool isFixed)
    {
        _buffer = destination;
        _isFixed = isFixed;
    }

    /// <summary>Writes into a destination as far as it goes.</summary>
    internal static LinkWriter Into(Span<byte> destination) => new(destination, isFixed: true);

    /// <summary>True where the destination was too short.</summary>
    internal bool IsCutOff { get; private set; }

    /// <summary>What has been written.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    /// <summary>The value that was written last, as it stands in the path.</summary>
    public readonly ReadOnlySpan<byte> Capture => _buffer[_capture.._length];

    /// <summary>Gives a pooled buffer back.</summary>
    public void Dispose()
    {
        if (_rented is { } rented)
            ArrayPool<byte>.Shared.Return(rented);
        _rented = null;
        _buffer = default;
        _length = 0;
    }

    /// <summary>Writes a piece that is encoded already.</summary>
    /// <param name="text">The piece.</param>
    public void Literal(scoped ReadOnlySpan<byte> text) => Copy(text);

    /// <summary>Writes the slash of a path that is nothing else; a prefix needs none behind it.</summary>
    public void Root()
    {
        if (_length == 0)
            Copy("/"u8);
    }

    /// <summary>Writes a text into a segment; nothing for null.</summary>
    /// <param name="value">The text.</param>
    public void Segment(string? value) => Text(value, SegmentBytes);

    /// <summary>Writes <c>true</c> or <c>false</c> into a segment.</summary>
    /// <param name="value">The value.</param>
    public void Segment(bool value)
    {
        _capture = _length;
        Copy(value ? "true"u8 : "false"u8);
    }

    /// <summary>Writes a value of a built-in type into a segment.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="format">How it is written.</param>
    public void Segment<T>(T value, string? format = null)
        where T : IUtf8SpanFormattable => Value(value, format, SegmentBytes);

    /// <summary>Writes a value of any type into a segment.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="value">The value.</param>
    public void SegmentOfAny<T>(T value) => Any(value, SegmentBytes);

    /// <summary>Writes the rest of a path: slashes stay.</summary>
    /// <param name="value">The text.</param>
    public void Rest(string? value) => Text(value, RestBytes);

    /// <summary>Writes one text of the query; nothing for null.</summary>
    /// <param name="key">Its key, encoded already.</param>
    /// <param name="value">The text.</param>
    public void Query(scoped ReadOnlySpan<byte> key, string? value)
    {
        if (value is null)
            return;
        Key(key);
        Text(value, QueryBytes);
    }

    /// <summary>Writes <c>true</c> or <c>false</c> into the query.</summary>
    /// <param name="key">Its key, encoded already.</param>
    /// <param name="value">The value.</param>
    public void Query(scoped ReadOnlySpan<byte> key, bool value)
    {
        Key(key);
        Segment(value);
    }

    /// <summary>Writes a value of a built-in type into the query.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="key">Its key, encoded already.</param>
    /// <param name="value">The value.</param>
    /// <param name="format">How it is written.</param>
    public void Query<T>(scoped ReadOnlySpan<byte> key, T value, string? format = null)
        where T : IUtf8SpanFormattable
    {
        Key(key);
        Value(value, format, QueryBytes);
    }

    /// <summary>Writes a value of any type into the query; nothing for null.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="key">Its key, encoded already.</param>
    /// <param name="value">The value.</param>
    public void QueryOfAny<T>(scoped ReadOnlySpan<byte> key, T value)
    {
        if (value is null)
            return;
        Key(key);
        Any(value, QueryBytes);
    }

    /// <summary>Starts to check a segment: what was written before is of no account.</summary>
    public void BeginSegment() => _segment = _length;

    /// <summary>Checks the capture that was written last.</summary>
    /// <param name="parameter">The parameter to name.</param>
    public readonly void CheckCapture(string parameter)
    {
        if (_capture == _length)
            LinkCheck.RefuseEmpty(parameter);
        if (_isBroken)
            LinkCheck.RefuseBroken(parameter);
    }

    /// <summary>
    /// Writes the literal behind a capture that another one follows, and checks that it does not come earlier: the
    /// capture would end there.
    /// </summary>
    /// <param name="tail">The literal.</param>
    /// <param name="ignoreCase">Whether case is of no account.</param>
    /// <param name="parameter">The parameter to name.</param>
    public void EndCapture(scoped ReadOnlySpan<byte> tail, bool ignoreCase, string parameter)
    {
        int end = _length - _capture;
        Copy(tail);
        ReadOnlySpan<byte> text = _buffer[_capture.._length];
        for (int index = 1; index < end; index++)
        {
            ReadOnlySpan<byte> here = text.Slice(index, tail.Length);
            bool isInEscape = text[index - 1] == '%' || (index >= 2 && text[index - 2] == '%');
            bool isTail = ignoreCase
                ? System.Text.Ascii.EqualsIgnoreCase(here, tail)
                : here.SequenceEqual(tail);
            if (isTail && !isInEscape)
                LinkCheck.RefuseTail(parameter, Encoding.ASCII.GetString(tail));
        }
    }

    /// <summary>
    /// Checks that an optional capture does not end with the literal before it: the path would be read as one without
    /// the capture, whose value before the literal is longer.
    /// </summary>
    /// <param name="before">The literal.</param>
    /// <param name="ignoreCase">Whether case is of no account.</param>
    /// <param name="parameter">The parameter to name.</param>
    public readonly void CheckSuffix(scoped ReadOnlySpan<byte> before, bool ignoreCase, string parameter)
    {
        ReadOnlySpan<byte> segment = _buffer[_segment.._length];
        // The literal itself stands before the capture, so the segment is longer than it.
        ReadOnlySpan<byte> end = segment[^before.Length..];
        if (ignoreCase ? System.Text.Ascii.EqualsIgnoreCase(end, before) : end.SequenceEqual(before))
            LinkCheck.RefuseTail(parameter, Encoding.ASCII.GetString(before));
    }

    /// <summary>Checks that the segment is none that a server would refuse: RFC 3986 section 3.3.</summary>
    /// <param name="parameter">The parameter to name.</param>
    public readonly void EndSegment(string parameter)
    {
        ReadOnlySpan<byte> segment = _buffer[_segment.._length];
        if (segment.SequenceEqual("."u8) || segment.SequenceEqual(".."u8))
            LinkCheck.RefuseDots(parameter);
    }

    /// <summary>Writes a prefix that has been checked.</summary>
    internal void Prefix(string prefix)
    {
        Span<byte> room = Room(prefix.Length);
        if (room.Length > 0)
            _length += Encoding.ASCII.GetBytes(prefix, room);
    }

    private void Key(scoped ReadOnlySpan<byte> key)
    {
        Copy(_hasQuery ? "&"u8 : "?"u8);
        _hasQuery = true;
        Copy(key);
        Copy("="u8);
    }

    private void Value<T>(T value, string? format, SearchValues<byte> kept)
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[ValueBytesMax];
        // A DateTime and a TimeSpan are formatted by the culture's calendar and separators unless told otherwise.
        if (value.TryFormat(text, out int length, format, CultureInfo.InvariantCulture))
            Encode(text[..length], kept);
        else
            Text(value.ToString(), kept);
    }

    private void Any<T>(T value, SearchValues<byte> kept) => Text(
        value switch
        {
            Uri uri => uri.OriginalString,
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value?.ToString(),
        },
        kept);

    private void Text(scoped ReadOnlySpan<char> text, SearchValues<byte> kept)
    {
        _capture = _length;
        _isBroken = false;
        Span<byte> octets = stackalloc byte[StackBytes];
        while (text.Length > 0)
        {
            OperationStatus status = Utf8.FromUtf16(
                text, octets, out int read, out int written, replaceInvalidSequences: false);
            bool isBroken = status is OperationStatus.InvalidData or OperationStatus.NeedMoreData;
            _isBroken |= isBroken || octets[..written].Contains((byte)0);
            EncodeMore(octets[..written], kept);
            if (isBroken)
            {
                EncodeMore("\ufffd"u8, kept);
                read++;
            }

            text = text[read..];
        }
    }

    private void Encode(scoped ReadOnlySpan<byte> text, SearchValues<byte> kept)
    {
        _capture = _length;
        _isBroken = text.Contains((byte)0);
        EncodeMore(text, kept);
    }

    private void EncodeMore(scoped ReadOnlySpan<byte> text, SearchValues<byte> kept)
    {
        while (true)
        {
            int index = text.IndexOfAnyExcept(kept);
            Copy(index < 0 ? text : text[..index]);
            if (index < 0)
                return;
            Span<byte> escape = Room(3);
            if (escape.Length > 0)
            {
                escape[0] = (byte)'%';
                escape[1] = (byte)HexDigit(text[index] >> 4);
                escape[2] = (byte)HexDigit(text[index] & 15);
                _length += 3;
            }

            text = text[(index + 1)..];
        }
    }

    /// <summary>RFC 3986 section 2.1: upper-case digits.</summary>
    private static char HexDigit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);

    private void Copy(scoped ReadOnlySpan<byte> text)
    {
        Span<byte> room = Room(text.Length);
        if (room.Length < text.Length)
            return;
        text.CopyTo(room);
        _length += text.Length;
    }

    /// <summary>Room for so many bytes behind what is written; none in a destination that is too short.</summary>
    private Span<byte> Room(int count)
    {
        if (IsCutOff)
            return default;
        if (_buffer.Length - _length >= count)
            return _buffer.Slice(_length, count);
        if (_isFixed)
        {
            IsCutOff = true;
            return default;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
        Written.CopyTo(larger);
        if (_rented is { } rented)
            ArrayPool<byte>.Shared.Return(rented);
        _buffer = _rented = larger;
        return _buffer.Slice(_length, count);
    }
}

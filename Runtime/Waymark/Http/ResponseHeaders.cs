using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.Http;

/// <summary>The header fields of a response, kept as the bytes that will be sent.</summary>
/// <remarks>
/// The fields that frame a message (Content-Length, Transfer-Encoding, Connection, Keep-Alive, Trailer, Upgrade) and
/// Date belong to the server and cannot be set here. A name is a token; a value holds no control character but HTAB, so
/// no value can start a new line (RFC 9110 section 5.5).
/// </remarks>
public sealed class ResponseHeaders
{
    private const int FieldsInitially = 8;
    private const int LineBytesInitially = 256;

    // None before the first field: thousands of connections that never come to an answer would each have them.
    private byte[] _lines = [];
    private int _length;
    private (int Start, int NameLength, int Length)[] _fields = [];

    internal ResponseHeaders()
    {
    }

    /// <summary>The number of fields.</summary>
    public int Count { get; private set; }

    /// <summary>The field lines as they will be sent.</summary>
    internal ReadOnlySpan<byte> Lines => _lines.AsSpan(0, _length);

    internal bool IsReadOnly { get; set; }

    /// <summary>Adds a field, also beside one of the same name.</summary>
    /// <param name="name">The name; a token.</param>
    /// <param name="value">The value; text is sent as UTF-8.</param>
    /// <exception cref="ArgumentException">The name or value may not be sent, or the field is the server's.</exception>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public void Add(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        Add(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
    }

    /// <summary>Adds a field, also beside one of the same name.</summary>
    /// <param name="name">The name; a token.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The name or value may not be sent, or the field is the server's.</exception>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (IsReadOnly)
            ThrowStarted();
        if (name.IsEmpty || name.ContainsAnyExcept(Ascii.Token))
            ThrowName();
        if (value.ContainsAny(Ascii.FieldValueEnd))
            ThrowValue(name);
        if (IsReserved(name))
            ThrowReserved(name);
        AddTrusted(name, value);
    }

    /// <summary>Sets a field; those of the same name are removed.</summary>
    /// <param name="name">The name; a token.</param>
    /// <param name="value">The value; text is sent as UTF-8.</param>
    /// <exception cref="ArgumentException">The name or value may not be sent, or the field is the server's.</exception>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public void Set(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        Set(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
    }

    /// <summary>Sets a field; those of the same name are removed.</summary>
    /// <param name="name">The name; a token.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The name or value may not be sent, or the field is the server's.</exception>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public void Set(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int before = Count;
        Add(name, value);
        for (int index = before - 1; index >= 0; index--)
        {
            if (HasName(index, name))
                RemoveAt(index);
        }
    }

    /// <summary>Removes all fields of a name.</summary>
    /// <returns>True where there was one.</returns>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public bool Remove(ReadOnlySpan<byte> name)
    {
        if (IsReadOnly)
            ThrowStarted();
        int before = Count;
        for (int index = before - 1; index >= 0; index--)
        {
            if (HasName(index, name))
                RemoveAt(index);
        }

        return Count < before;
    }

    /// <summary>True where a field of this name is set.</summary>
    public bool Contains(ReadOnlySpan<byte> name)
    {
        for (int index = 0; index < Count; index++)
        {
            if (HasName(index, name))
                return true;
        }

        return false;
    }

    /// <summary>Finds the first field of a name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <param name="value">Its value, until a field is set or removed.</param>
    internal bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        for (int index = 0; index < Count; index++)
        {
            if (HasName(index, name))
            {
                value = ValueAt(index);
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The value of a field in the order they were set.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <param name="name">The name to look for.</param>
    /// <param name="value">Its value, where it has that name.</param>
    internal bool TryGetAt(int index, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        bool isNamed = HasName(index, name);
        value = isNamed ? ValueAt(index) : default;
        return isNamed;
    }

    /// <summary>Sets a field whose name and value are known to be right.</summary>
    internal void SetTrusted(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Remove(name);
        AddTrusted(name, value);
    }

    /// <summary>Adds a field whose name and value are known to be right.</summary>
    internal void AddTrusted(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int length = name.Length + value.Length + 4;
        Span<byte> line = TakeLine(name.Length, length);
        name.CopyTo(line);
        ": "u8.CopyTo(line[name.Length..]);
        value.CopyTo(line[(name.Length + 2)..]);
        "\r\n"u8.CopyTo(line[(length - 2)..]);
    }

    /// <summary>Adds a field line that is known to be right, with its CRLF.</summary>
    internal void AddLine(ReadOnlySpan<byte> line, int nameLength) => line.CopyTo(TakeLine(nameLength, line.Length));

    internal void Clear()
    {
        _length = Count = 0;
        IsReadOnly = false;
    }

    private Span<byte> TakeLine(int nameLength, int length)
    {
        if (_length + length > _lines.Length)
        {
            int doubled = Math.Max(_lines.Length * 2, LineBytesInitially);
            Array.Resize(ref _lines, Math.Max(doubled, _length + length));
        }

        if (Count == _fields.Length)
            Array.Resize(ref _fields, Math.Max(Count * 2, FieldsInitially));
        _fields[Count++] = (_length, nameLength, length);
        Span<byte> line = _lines.AsSpan(_length, length);
        _length += length;
        return line;
    }

    private bool HasName(int index, ReadOnlySpan<byte> name)
    {
        (int start, int nameLength, _) = _fields[index];
        return nameLength == name.Length && Ascii.EqualsIgnoreCase(_lines.AsSpan(start, nameLength), name);
    }

    private ReadOnlySpan<byte> ValueAt(int index)
    {
        (int start, int nameLength, int length) = _fields[index];
        return _lines.AsSpan(start + nameLength + 2, length - nameLength - 4);
    }

    private void RemoveAt(int index)
    {
        (int start, _, int length) = _fields[index];
        _lines.AsSpan(start + length, _length - start - length).CopyTo(_lines.AsSpan(start));
        _length -= length;
        for (int next = index + 1; next < Count; next++)
            _fields[next - 1] = _fields[next] with { Start = _fields[next].Start - length };
        Count--;
    }

    private static bool IsReserved(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 => Ascii.EqualsLower(name, "date"u8),
        7 => Ascii.EqualsLower(name, "trailer"u8) || Ascii.EqualsLower(name, "upgrade"u8),
        10 => Ascii.EqualsLower(name, "connection"u8) || Ascii.EqualsLower(name, "keep-alive"u8),
        14 => Ascii.EqualsLower(name, "content-length"u8),
        17 => Ascii.EqualsLower(name, "transfer-encoding"u8),
        _ => false,
    };

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowStarted() => throw new InvalidOperationException(
        "The answer has started: its header fields are sent. Set them before the first flush.");

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowName() => throw new ArgumentException(
        "A field name is a token of letters, digits and !#$%&'*+-.^_`|~ (RFC 9110 section 5.1).");

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowValue(ReadOnlySpan<byte> name) => throw new ArgumentException(
        $"The value of {Encoding.ASCII.GetString(name)} holds a control character, such as CR or LF, which could start "
        + "a new line (RFC 9110 section 5.5): remove it.");

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowReserved(ReadOnlySpan<byte> name) => throw new ArgumentException(
        $"{Encoding.ASCII.GetString(name)} is set by the server: a length goes into Response.ContentLength.");
}

using System.Text;
using Waymark.Http.Parsing;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.Http;

/// <summary>The field lines of a header or trailer section, in the order they came: RFC 9110 section 5.</summary>
/// <remarks>
/// Names are compared without regard to case. Nothing is copied or allocated until a string is asked for.
/// </remarks>
public readonly ref struct RequestHeaders
{
    private readonly ReadOnlySpan<byte> _head;
    private readonly ReadOnlySpan<HeaderField> _fields;

    internal RequestHeaders(ReadOnlySpan<byte> head, ReadOnlySpan<HeaderField> fields)
    {
        _head = head;
        _fields = fields;
    }

    /// <summary>The number of field lines.</summary>
    public int Count => _fields.Length;

    /// <summary>The value of the first field line with a name, as text; null where there is none.</summary>
    /// <remarks>Octets above 0x7F are read as UTF-8; what is not UTF-8 becomes U+FFFD.</remarks>
    /// <param name="name">The name, in any case.</param>
    public string? this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            Span<byte> bytes = stackalloc byte[128];
            return Encoding.ASCII.TryGetBytes(name, bytes, out int length) && TryGet(bytes[..length], out var value)
                ? Encoding.UTF8.GetString(value)
                : null;
        }
    }

    /// <summary>Finds the first field line with a name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <param name="value">Its value, white space around it left out.</param>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        foreach (HeaderField field in _fields)
        {
            if (field.NameLength == name.Length
                && Ascii.EqualsIgnoreCase(_head.Slice(field.NameOffset, field.NameLength), name))
            {
                value = _head.Slice(field.ValueOffset, field.ValueLength);
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Goes through the field lines.</summary>
    public Enumerator GetEnumerator() => new(_head, _fields);

    /// <summary>Goes through the field lines.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> _head;
        private readonly ReadOnlySpan<HeaderField> _fields;
        private int _index = -1;

        internal Enumerator(ReadOnlySpan<byte> head, ReadOnlySpan<HeaderField> fields)
        {
            _head = head;
            _fields = fields;
        }

        /// <summary>The current field line.</summary>
        public readonly HeaderLine Current
        {
            get
            {
                HeaderField line = _fields[_index];
                return new HeaderLine(
                    _head.Slice(line.NameOffset, line.NameLength), _head.Slice(line.ValueOffset, line.ValueLength));
            }
        }

        /// <summary>Goes to the next one.</summary>
        public bool MoveNext() => ++_index < _fields.Length;
    }
}

/// <summary>One field line.</summary>
public readonly ref struct HeaderLine
{
    internal HeaderLine(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The name as it came.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The value, white space around it left out.</summary>
    public ReadOnlySpan<byte> Value { get; }
}

using System.Buffers;
using System.Text;
using Waymark.Buffers;

namespace Waymark.Http;

/// <summary>The fields of a form, decoded, in the order they came.</summary>
/// <remarks>Valid until the handler's task ends; not safe for use by several threads at once.</remarks>
public sealed class FormFields
{
    private const int NameBytesMax = 256;
    private const int EntriesInitially = 16;

    private byte[] _bytes = [];
    private int _filled;
    private Entry[] _entries = [];

    internal FormFields()
    {
    }

    /// <summary>The number of fields; one that is repeated counts each time.</summary>
    public int Count { get; private set; }

    /// <summary>The first value of a name; null where there is none.</summary>
    /// <param name="name">The name; compared octet by octet.</param>
    public string? this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            Span<byte> stack = stackalloc byte[NameBytesMax];
            ReadOnlySpan<byte> bytes = Encoding.UTF8.TryGetBytes(name, stack, out int length)
                ? stack[..length]
                : Encoding.UTF8.GetBytes(name);
            return TryGetRaw(bytes, out ReadOnlySpan<byte> value) ? Encoding.UTF8.GetString(value) : null;
        }
    }

    /// <summary>Finds the first value of a name.</summary>
    /// <param name="name">The name, as UTF-8.</param>
    /// <param name="utf8Value">The value, decoded; valid UTF-8.</param>
    public bool TryGetRaw(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> utf8Value)
    {
        FormValues values = ValuesOf(name);
        bool isFound = values.MoveNext();
        utf8Value = isFound ? values.Current : default;
        return isFound;
    }

    /// <summary>Goes through the values of a name, in their order.</summary>
    /// <param name="name">The name, as UTF-8.</param>
    public FormValues ValuesOf(ReadOnlySpan<byte> name) => new(this, name);

    /// <summary>Goes through all fields.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Room for the bytes of the field that is being added; at least so many.</summary>
    internal Memory<byte> Free(int bytesMin)
    {
        if (_bytes.Length - _filled < bytesMin)
        {
            byte[] larger = BlockPool.Rent(Math.Max(_filled + bytesMin, _bytes.Length * 2));
            _bytes.AsSpan(0, _filled).CopyTo(larger);
            if (_bytes.Length > 0)
                BlockPool.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsMemory(_filled);
    }

    /// <summary>Begins a field; its value is then written into <see cref="Free"/>.</summary>
    internal void Begin(int nameLength)
    {
        if (Count == _entries.Length)
        {
            Entry[] larger = ArrayPool<Entry>.Shared.Rent(Math.Max(EntriesInitially, Count * 2));
            _entries.AsSpan(0, Count).CopyTo(larger);
            if (_entries.Length > 0)
                ArrayPool<Entry>.Shared.Return(_entries);
            _entries = larger;
        }

        _entries[Count++] = new Entry(_filled, nameLength, 0);
        _filled += nameLength;
    }

    /// <summary>Adds bytes in <see cref="Free"/> to the value of the last field.</summary>
    internal void Fill(int count)
    {
        _entries[Count - 1].ValueLength += count;
        _filled += count;
    }

    /// <summary>The value of the last field.</summary>
    internal ReadOnlySpan<byte> LastValue => ValueOf(Count - 1);

    /// <summary>Gives the memory back; then the form is empty.</summary>
    internal void Release()
    {
        if (_bytes.Length > 0)
            BlockPool.Return(_bytes);
        if (_entries.Length > 0)
            ArrayPool<Entry>.Shared.Return(_entries);
        _bytes = [];
        _entries = [];
        _filled = Count = 0;
    }

    internal ReadOnlySpan<byte> NameOf(int index) => _bytes.AsSpan(_entries[index].Start, _entries[index].NameLength);

    internal ReadOnlySpan<byte> ValueOf(int index)
    {
        Entry entry = _entries[index];
        return _bytes.AsSpan(entry.Start + entry.NameLength, entry.ValueLength);
    }

    private record struct Entry(int Start, int NameLength, int ValueLength);

    /// <summary>Goes through all fields.</summary>
    public ref struct Enumerator
    {
        private readonly FormFields _fields;
        private int _index = -1;

        internal Enumerator(FormFields fields) => _fields = fields;

        /// <summary>The current field.</summary>
        public readonly FormField Current => new(_fields.NameOf(_index), _fields.ValueOf(_index));

        /// <summary>Goes to the next one.</summary>
        public bool MoveNext() => ++_index < _fields.Count;
    }
}

/// <summary>One field of a form.</summary>
public readonly ref struct FormField
{
    internal FormField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        RawName = name;
        RawValue = value;
    }

    /// <summary>The name, decoded, as UTF-8.</summary>
    public ReadOnlySpan<byte> RawName { get; }

    /// <summary>The value, decoded, as UTF-8.</summary>
    public ReadOnlySpan<byte> RawValue { get; }

    /// <summary>The name as text.</summary>
    public string Name => Encoding.UTF8.GetString(RawName);

    /// <summary>The value as text.</summary>
    public string Value => Encoding.UTF8.GetString(RawValue);
}

/// <summary>The values of one name in a form, in their order.</summary>
public ref struct FormValues
{
    private readonly FormFields _fields;
    private readonly ReadOnlySpan<byte> _name;
    private int _index = -1;

    internal FormValues(FormFields fields, ReadOnlySpan<byte> name)
    {
        _fields = fields;
        _name = name;
    }

    /// <summary>The current value, decoded, as UTF-8.</summary>
    public readonly ReadOnlySpan<byte> Current => _fields.ValueOf(_index);

    /// <summary>Goes through the values from the first one on.</summary>
    public readonly FormValues GetEnumerator() => new(_fields, _name);

    /// <summary>Goes to the next one.</summary>
    public bool MoveNext()
    {
        while (++_index < _fields.Count)
        {
            if (_fields.NameOf(_index).SequenceEqual(_name))
                return true;
        }

        return false;
    }
}

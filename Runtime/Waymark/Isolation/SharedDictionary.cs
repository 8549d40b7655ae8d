using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Waymark;

/// <summary>A few keys with octets that several processes read and write.</summary>
/// <remarks>
/// Reads wait for nobody and see the dictionary as one write left it. Writes follow each other, over all processes: the
/// kernel frees the lock of a process that is killed in the middle of one, and what it had written by then is not seen.
/// A write copies the whole dictionary, so it is for what is small: settings, counters by name, the last error.
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "It is one; IDictionary promises more than processes can keep.")]
public sealed class SharedDictionary : SharedMemory
{
    private const int CapacityBytesMin = 64;
    private const int CapacityBytesMax = 16 << 20;
    private const int EntryBytes = 2 * sizeof(int); // Before each key and its value: their lengths.

    private readonly Lock _writes = new();
    private readonly int _capacity;

    /// <summary>Makes the memory, or in a child that was handed it, opens the parent's.</summary>
    /// <param name="name">What parent and child call it: unlike the others that a child gets.</param>
    /// <param name="capacityBytes">
    /// How much all keys (UTF-8) and values may take, with 8 bytes for each: 64 to 16,777,216; default 65,536.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacityBytes"/> is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The parent's is of another size.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public SharedDictionary(string name, int capacityBytes = 65_536)
        : base(name, HeaderBytes + (2L * (sizeof(int) + Checked(capacityBytes)))) => _capacity = capacityBytes;

    /// <summary>How many keys there are.</summary>
    public int Count => GetKeys().Count;

    /// <summary>The keys, in the order in which they were written last.</summary>
    public IReadOnlyList<string> GetKeys()
    {
        while (true)
        {
            long version = Volatile.Read(ref Sequence);
            List<string> keys = [];
            var entries = new Entries(Area(version));
            while (entries.TryNext(out ReadOnlySpan<byte> key, out _))
                keys.Add(Encoding.UTF8.GetString(key));
            if (IsStill(version))
                return keys;
        }
    }

    /// <summary>Reads the value of a key.</summary>
    /// <param name="key">The key, compared octet by octet.</param>
    /// <param name="value">A copy of the value; empty where there is none.</param>
    /// <returns>False where the key is not there.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public bool TryGetValue(string key, out byte[] value)
    {
        byte[] octets = KeyOf(key);
        while (true)
        {
            long version = Volatile.Read(ref Sequence);
            byte[]? found = Find(Area(version), octets);
            if (!IsStill(version))
                continue;
            value = found ?? [];
            return found is not null;
        }
    }

    /// <summary>Sets the value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; may be empty.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="InvalidOperationException">It does not fit; nothing has changed.</exception>
    public void Set(string key, ReadOnlySpan<byte> value)
    {
        byte[] copy = value.ToArray();
        Update(key, _ => copy);
    }

    /// <summary>Removes a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>False where it was not there.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public bool Remove(string key)
    {
        bool wasThere = false;
        Update(key, old =>
        {
            wasThere = old is not null;
            return null;
        });
        return wasThere;
    }

    /// <summary>Makes a new value from the old one, with nobody writing between.</summary>
    /// <param name="key">The key.</param>
    /// <param name="change">
    /// Gets the value, null where there is none, and returns the new one, null to remove it. Short: other writers wait.
    /// Where it throws, nothing has changed.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="change"/> is null.</exception>
    /// <exception cref="InvalidOperationException">It does not fit; nothing has changed.</exception>
    public void Update(string key, Func<byte[]?, byte[]?> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        byte[] octets = KeyOf(key);
        lock (_writes)
        {
            Isolation.Posix.Lock(Descriptor);
            try
            {
                long version = Sequence;
                ReadOnlySpan<byte> old = Area(version);
                byte[]? value = change(Find(old, octets));

                // As in SharedState: the last counter is seen before this place changes.
                Interlocked.MemoryBarrier();
                Copy(old, Area(version + 1), octets, value);
                Volatile.Write(ref Sequence, version + 1);
            }
            finally
            {
                Isolation.Posix.Release(Descriptor);
                GC.KeepAlive(this);
            }
        }
    }

    private static int Checked(int capacityBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityBytes, CapacityBytesMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacityBytes, CapacityBytesMax);
        return capacityBytes;
    }

    private static byte[] KeyOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Encoding.UTF8.GetBytes(key);
    }

    private static byte[]? Find(ReadOnlySpan<byte> area, byte[] octets)
    {
        var entries = new Entries(area);
        while (entries.TryNext(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value))
        {
            if (key.SequenceEqual(octets))
                return value.ToArray();
        }

        return null;
    }

    private void Copy(ReadOnlySpan<byte> old, Span<byte> target, byte[] octets, byte[]? value)
    {
        Span<byte> free = target[sizeof(int)..];
        var entries = new Entries(old);
        while (entries.TryNext(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> kept))
        {
            if (!key.SequenceEqual(octets))
                free = Append(free, key, kept);
        }

        if (value is not null)
            free = Append(free, octets, value);
        BinaryPrimitives.WriteInt32LittleEndian(target, _capacity - free.Length);
    }

    private Span<byte> Append(Span<byte> free, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        long needed = (long)EntryBytes + key.Length + value.Length;
        if (needed > free.Length)
        {
            throw new InvalidOperationException(
                $"The shared dictionary '{Name}' is full: {needed} bytes do not fit into the {free.Length} that are "
                + $"left of {_capacity}. Give it more, or remove keys.");
        }

        BinaryPrimitives.WriteInt32LittleEndian(free, key.Length);
        BinaryPrimitives.WriteInt32LittleEndian(free[sizeof(int)..], value.Length);
        key.CopyTo(free[EntryBytes..]);
        value.CopyTo(free[(EntryBytes + key.Length)..]);
        return free[(int)needed..];
    }

    private Span<byte> Area(long version) =>
        Part((version & 1) * (sizeof(int) + _capacity), sizeof(int) + _capacity);

    private bool IsStill(long version)
    {
        Interlocked.MemoryBarrier();
        bool isStill = Volatile.Read(ref Sequence) == version;
        GC.KeepAlive(this);
        return isStill;
    }

    /// <summary>Walks over entries that may change meanwhile: whatever it reads, it stays inside.</summary>
    private ref struct Entries
    {
        private ReadOnlySpan<byte> _rest;

        public Entries(ReadOnlySpan<byte> area)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(area);
            _rest = area.Slice(sizeof(int), Math.Clamp(length, 0, area.Length - sizeof(int)));
        }

        public bool TryNext(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
        {
            key = value = default;
            if (_rest.Length < EntryBytes)
                return false;
            int keyLength = BinaryPrimitives.ReadInt32LittleEndian(_rest);
            int valueLength = BinaryPrimitives.ReadInt32LittleEndian(_rest[sizeof(int)..]);
            if (keyLength < 0 || valueLength < 0 || (long)keyLength + valueLength > _rest.Length - EntryBytes)
                return false;
            key = _rest.Slice(EntryBytes, keyLength);
            value = _rest.Slice(EntryBytes + keyLength, valueLength);
            _rest = _rest[(EntryBytes + keyLength + valueLength)..];
            return true;
        }
    }
}

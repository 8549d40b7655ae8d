using System.Diagnostics.CodeAnalysis;

/// <summary>Keys and what they hold, until they expire.</summary>
/// <remarks>
/// A command works on it under its lock, so that others see all of the command or nothing. An expired key is gone for
/// whoever asks; <see cref="Sweep"/> takes away those that nobody asks for. A value is a <c>byte[]</c> that is never
/// changed, a list, a hash, a <see cref="RandomSet"/> or a <see cref="SortedMembers"/>; none of them is empty.
/// </remarks>
internal sealed class Database(TimeProvider time)
{
    private static readonly Comparer<(long At, byte[] Key)> ByTime = Comparer<(long At, byte[] Key)>.Create(
        static (x, y) => x.At != y.At ? x.At.CompareTo(y.At) : ByteComparer.Instance.Compare(x.Key, y.Key));

    private readonly Dictionary<byte[], Entry> _entries = new(ByteComparer.Instance);

    // INVARIANT: one for each entry with an end, in the order of the ends.
    private readonly SortedSet<(long At, byte[] Key)> _ends = new(ByTime);

    public Lock Lock { get; } = new();

    public TimeProvider Time { get; } = time;

    /// <summary>Milliseconds of Unix time.</summary>
    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>How many keys take room, those included that have expired since somebody asked or swept.</summary>
    public int HeldCount => _entries.Count;

    /// <summary>The keys that have not expired.</summary>
    public IReadOnlyCollection<byte[]> Keys
    {
        get
        {
            RemoveExpired();
            return _entries.Keys;
        }
    }

    public object? Find(ReadOnlySpan<byte> key) => FindEntry(key)?.Value;

    /// <summary>Finds what a key holds.</summary>
    /// <returns>False where it holds something else; true with null where it holds nothing.</returns>
    public bool TryFind<T>(ReadOnlySpan<byte> key, out T? value)
        where T : class
    {
        object? found = Find(key);
        value = found as T;
        return found is null || value is not null;
    }

    /// <summary>The same, but that a key without a value gets an empty one: whoever asks puts something in.</summary>
    public bool TryFindOrAdd<T>(ReadOnlySpan<byte> key, [NotNullWhen(true)] out T? value)
        where T : class, new()
    {
        if (!TryFind(key, out value))
            return false;
        if (value is null)
            Set(key, value = new T());
        return true;
    }

    /// <summary>Puts a value in the place of any other.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="expiresAt">When it ends, by <see cref="Now"/>; null for never.</param>
    public void Set(ReadOnlySpan<byte> key, object value, long? expiresAt = null)
    {
        Entry? entry = FindEntry(key);
        if (entry is null)
        {
            entry = new Entry(key.ToArray());
            _entries.Add(entry.Key, entry);
        }

        entry.Value = value;
        SetEnd(entry, expiresAt);
    }

    /// <summary>Puts a value in the place of another that ends when that one would have.</summary>
    public void Replace(ReadOnlySpan<byte> key, object value) => Set(key, value, FindEntry(key)?.ExpiresAt);

    /// <summary>Takes a key away.</summary>
    /// <returns>False where there is none.</returns>
    public bool Remove(ReadOnlySpan<byte> key)
    {
        if (FindEntry(key) is not { } entry)
            return false;
        Remove(entry);
        return true;
    }

    /// <summary>When a key ends.</summary>
    /// <returns>False where there is none; true with null for one that has no end.</returns>
    public bool TryGetEnd(ReadOnlySpan<byte> key, out long? expiresAt)
    {
        Entry? entry = FindEntry(key);
        expiresAt = entry?.ExpiresAt;
        return entry is not null;
    }

    /// <summary>Says when a key ends, which may be at once; null for never.</summary>
    /// <returns>False where there is none.</returns>
    public bool TrySetEnd(ReadOnlySpan<byte> key, long? expiresAt)
    {
        if (FindEntry(key) is not { } entry)
            return false;
        SetEnd(entry, expiresAt);
        return true;
    }

    public void Clear()
    {
        _entries.Clear();
        _ends.Clear();
    }

    /// <summary>Takes away what has expired; as a tick of a ticker.</summary>
    public ValueTask Sweep(long number, CancellationToken stop)
    {
        lock (Lock)
            RemoveExpired();
        return ValueTask.CompletedTask;
    }

    private void RemoveExpired()
    {
        long now = Now;
        while (_ends.Count > 0 && _ends.Min.At <= now)
            Remove(_entries[_ends.Min.Key]);
    }

    private Entry? FindEntry(ReadOnlySpan<byte> key)
    {
        if (!_entries.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out Entry? entry))
            return null;
        if (!(entry.ExpiresAt <= Now))
            return entry;
        Remove(entry);
        return null;
    }

    private void Remove(Entry entry)
    {
        SetEnd(entry, null);
        _entries.Remove(entry.Key);
    }

    private void SetEnd(Entry entry, long? expiresAt)
    {
        if (entry.ExpiresAt is { } old)
            _ends.Remove((old, entry.Key));
        entry.ExpiresAt = expiresAt;
        if (expiresAt is { } at)
            _ends.Add((at, entry.Key));
    }

    private sealed class Entry(byte[] key)
    {
        public byte[] Key { get; } = key;

        public object Value { get; set; } = key;

        public long? ExpiresAt { get; set; }
    }
}

using Waymark.Buffers;

namespace Waymark.Http;

/// <summary>
/// The query of a request as pairs: <c>a=1&amp;b=2</c>. Read in place, decoded where a string is asked for.
/// </summary>
/// <remarks>
/// Pairs are separated by <c>&amp;</c>; a key without <c>=</c> has an empty value; empty pairs are skipped. Escapes are
/// decoded once and <c>+</c> is a space, as forms write it (WHATWG URL section 5.1).
/// </remarks>
public readonly ref struct RequestQuery
{
    internal RequestQuery(ReadOnlySpan<byte> raw) => Raw = raw;

    /// <summary>The query as it came, without the <c>?</c>; empty where there is none.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    /// <summary>The decoded value of the first pair with a key; null where there is none.</summary>
    /// <param name="key">The key, decoded; compared octet by octet.</param>
    public string? this[string key]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(key);
            Span<byte> bytes = stackalloc byte[256];
            return System.Text.Encoding.UTF8.TryGetBytes(key, bytes, out int length)
                && TryGetRaw(bytes[..length], out ReadOnlySpan<byte> value)
                ? PercentDecoder.DecodeToString(value, isPlusSpace: true)
                : null;
        }
    }

    /// <summary>Finds the first pair with a key.</summary>
    /// <param name="key">The key, decoded.</param>
    /// <param name="value">Its value as it came, still encoded.</param>
    public bool TryGetRaw(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        foreach (QueryPair pair in this)
        {
            if (pair.HasKey(key))
            {
                value = pair.RawValue;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Goes through the pairs.</summary>
    public Enumerator GetEnumerator() => new(Raw);

    /// <summary>Goes through the pairs.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> raw) => _rest = raw;

        /// <summary>The current pair.</summary>
        public QueryPair Current { get; private set; }

        /// <summary>Goes to the next one.</summary>
        public bool MoveNext()
        {
            while (!_rest.IsEmpty)
            {
                int end = _rest.IndexOf((byte)'&');
                ReadOnlySpan<byte> pair = end < 0 ? _rest : _rest[..end];
                _rest = end < 0 ? default : _rest[(end + 1)..];
                if (pair.IsEmpty)
                    continue;
                int equals = pair.IndexOf((byte)'=');
                Current = equals < 0
                    ? new QueryPair(pair, default)
                    : new QueryPair(pair[..equals], pair[(equals + 1)..]);
                return true;
            }

            return false;
        }
    }
}

/// <summary>One pair of a query.</summary>
public readonly ref struct QueryPair
{
    private const int StackBytesMax = 256;

    internal QueryPair(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        RawKey = key;
        RawValue = value;
    }

    /// <summary>The key as it came, still encoded.</summary>
    public ReadOnlySpan<byte> RawKey { get; }

    /// <summary>The value as it came, still encoded.</summary>
    public ReadOnlySpan<byte> RawValue { get; }

    /// <summary>The key, decoded.</summary>
    public string Key => PercentDecoder.DecodeToString(RawKey, isPlusSpace: true);

    /// <summary>The value, decoded.</summary>
    public string Value => PercentDecoder.DecodeToString(RawValue, isPlusSpace: true);

    internal bool HasKey(ReadOnlySpan<byte> key)
    {
        // Not the octets as they came: a key "+" is sent as %2B, and what is sent as + is a space.
        return PercentDecoder.IsEncoded(RawKey, isPlusSpace: true) ? HasDecodedKey(key) : RawKey.SequenceEqual(key);
    }

    private bool HasDecodedKey(ReadOnlySpan<byte> key)
    {
        if (RawKey.Length > StackBytesMax)
            return false;
        Span<byte> decoded = stackalloc byte[StackBytesMax];
        return decoded[..PercentDecoder.Decode(RawKey, decoded, isPlusSpace: true)].SequenceEqual(key);
    }
}

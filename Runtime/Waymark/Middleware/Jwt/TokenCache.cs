using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Waymark.Middleware;

/// <summary>The tokens that were found good, by their hashes; never more than a limit.</summary>
/// <remarks>
/// Two halves: what is added or used goes into the young one; when that is full, it becomes the old one, and what was
/// old and not used since is gone. So nothing is sorted, and a hit allocates nothing. Thread-safe.
/// </remarks>
internal sealed class TokenCache(int countMax)
{
    private readonly int _halfMax = Math.Max(1, countMax / 2);
    private readonly Lock _turning = new();
    private ConcurrentDictionary<TokenHash, AcceptedToken> _young = new();
    private ConcurrentDictionary<TokenHash, AcceptedToken> _old = new();
    private int _youngCount;

    public static TokenHash HashOf(ReadOnlySpan<byte> token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(token, hash);
        return MemoryMarshal.Read<TokenHash>(hash);
    }

    public bool TryGet(in TokenHash hash, out AcceptedToken token)
    {
        if (Volatile.Read(ref _young).TryGetValue(hash, out token))
            return true;
        if (!Volatile.Read(ref _old).TryGetValue(hash, out token))
            return false;
        Add(hash, token);
        return true;
    }

    public void Add(in TokenHash hash, AcceptedToken token)
    {
        lock (_turning)
        {
            if (!_young.TryAdd(hash, token))
            {
                _young[hash] = token;
                return;
            }

            if (++_youngCount < _halfMax)
                return;
            Volatile.Write(ref _old, _young);
            Volatile.Write(ref _young, new ConcurrentDictionary<TokenHash, AcceptedToken>());
            _youngCount = 0;
        }
    }

    /// <summary>How many there are, for tests.</summary>
    public int Count => _young.Count + _old.Count;
}

/// <summary>SHA-256 of a token.</summary>
internal readonly record struct TokenHash(ulong First, ulong Second, ulong Third, ulong Fourth);

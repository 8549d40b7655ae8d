using System.Security.Cryptography;
using System.Text;

namespace Waymark.Middleware;

/// <summary>Secrets that are known when the server starts, and whose they are.</summary>
/// <remarks>
/// Only hashes are kept. Every entry is compared in a time that does not depend on where they differ, however early the
/// right one was found; hashes are of one length, so nothing tells the length of a secret either. A few hundred entries
/// cost some microseconds.
/// </remarks>
internal sealed class SecretTable
{
    private readonly byte[] _hashes;
    private readonly Principal[] _users;

    /// <summary>Makes one of pairs of a secret and its user.</summary>
    public SecretTable(IReadOnlyList<(string Secret, Principal User)> entries)
    {
        _hashes = new byte[entries.Count * SHA256.HashSizeInBytes];
        _users = new Principal[entries.Count];
        for (int index = 0; index < entries.Count; index++)
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(entries[index].Secret), HashAt(index));
            _users[index] = entries[index].User;
        }
    }

    /// <summary>The user of a secret; null where it is nobody's.</summary>
    public Principal? Find(ReadOnlySpan<byte> secret)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(secret, hash);
        Principal? found = null;
        for (int index = 0; index < _users.Length; index++)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, HashAt(index)))
                found = _users[index];
        }

        return found;
    }

    private Span<byte> HashAt(int index) =>
        _hashes.AsSpan(index * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes);
}

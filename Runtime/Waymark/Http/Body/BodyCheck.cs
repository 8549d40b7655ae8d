using System.Buffers.Binary;

namespace Waymark.Http.Body;

/// <summary>Tells whether compressed octets came to their end: their format closes with what was compressed.</summary>
/// <remarks>
/// <code>
/// gzip: … CRC32 ISIZE      RFC 1952 section 2.3.1: the length modulo 2^32, of the last member
/// zlib: … ADLER32          RFC 1950 section 2.2: a sum of the bytes, big-endian
/// br:   its decoder tells
/// </code>
/// </remarks>
internal struct BodyCheck(BodyCheckKind kind)
{
    private const uint Modulus = 65521;

    // How many sums of bytes fit into 32 bits before they have to be reduced: RFC 1950 section 9.
    private const int BytesPerRound = 5552;

    private uint _low = 1;
    private uint _high;
    private uint _tail;
    private long _encodedBytes;

    /// <summary>Takes octets as they came.</summary>
    public void Encoded(ReadOnlySpan<byte> octets)
    {
        _encodedBytes += octets.Length;
        foreach (byte octet in octets[Math.Max(0, octets.Length - 4)..])
            _tail = (_tail << 8) | octet;
    }

    /// <summary>Takes bytes that were decoded.</summary>
    public void Decoded(ReadOnlySpan<byte> bytes)
    {
        if (kind != BodyCheckKind.Zlib)
            return;
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, BytesPerRound);
            foreach (byte one in bytes[..count])
            {
                _low += one;
                _high += _low;
            }

            _low %= Modulus;
            _high %= Modulus;
            bytes = bytes[count..];
        }
    }

    /// <summary>True where the end is there.</summary>
    /// <param name="decodedBytes">How many bytes came out.</param>
    public readonly bool IsWhole(long decodedBytes) => kind switch
    {
        // A gzip file may have several members, one behind the other: of those the last one is told of.
        BodyCheckKind.Gzip => _encodedBytes >= 18 && BinaryPrimitives.ReverseEndianness(_tail) is var length
            && (length == (uint)decodedBytes || length < decodedBytes),
        BodyCheckKind.Zlib => _encodedBytes >= 6 && _tail == ((_high << 16) | _low),
        _ => _encodedBytes > 0,
    };
}

/// <summary>How the octets close.</summary>
internal enum BodyCheckKind
{
    /// <summary>Their decoder tells.</summary>
    None,

    /// <summary>With the length.</summary>
    Gzip,

    /// <summary>With a sum.</summary>
    Zlib,
}

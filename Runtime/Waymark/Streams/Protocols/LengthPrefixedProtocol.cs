using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace Waymark;

/// <summary>How many octets a length has, and in which order.</summary>
public enum LengthPrefix
{
    /// <summary>One octet: 0 to 255.</summary>
    OneByte,

    /// <summary>Two octets, the high one first: 0 to 65,535.</summary>
    TwoBytesBigEndian,

    /// <summary>Two octets, the low one first: 0 to 65,535.</summary>
    TwoBytesLittleEndian,

    /// <summary>Four octets, the highest one first: 0 to 4,294,967,295.</summary>
    FourBytesBigEndian,

    /// <summary>Four octets, the lowest one first: 0 to 4,294,967,295.</summary>
    FourBytesLittleEndian,
}

/// <summary>Packets of octets, each behind its length. Safe for use by any number of connections at once.</summary>
/// <remarks>
/// A packet that was received lies in the buffer of its connection, and counts until the next receive. One that is too
/// large is refused when its length has come, and passed over.
/// </remarks>
/// <param name="prefix">What the length looks like; it does not count itself.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="prefix"/> is none.</exception>
public sealed class LengthPrefixedProtocol(LengthPrefix prefix = LengthPrefix.FourBytesBigEndian)
    : IStreamProtocol<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>
{
    private readonly int _prefixBytes = prefix switch
    {
        LengthPrefix.OneByte => 1,
        LengthPrefix.TwoBytesBigEndian or LengthPrefix.TwoBytesLittleEndian => 2,
        LengthPrefix.FourBytesBigEndian or LengthPrefix.FourBytesLittleEndian => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(prefix), prefix, "That is no kind of length."),
    };

    /// <inheritdoc/>
    /// <exception cref="StreamProtocolException">The packet is too large; it is passed over.</exception>
    public bool TryRead(ref StreamInput input, out ReadOnlyMemory<byte> packet)
    {
        packet = default;
        if (input.Unread.Length < _prefixBytes)
            return false;
        long length = ReadLength(input.Unread);
        if (length + _prefixBytes > input.PacketBytesMax)
        {
            int max = input.PacketBytesMax;
            input.Skip(length + _prefixBytes);
            throw new StreamProtocolException(string.Create(
                CultureInfo.InvariantCulture, $"A packet of {length} bytes is larger than {max} with its length."));
        }

        if (input.Unread.Length < _prefixBytes + length)
            return false;
        packet = input.UnreadMemory.Slice(_prefixBytes, (int)length);
        input.Advance(_prefixBytes + (int)length);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="packet"/> is too long for its length.</exception>
    public void Write(ReadOnlyMemory<byte> packet, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (_prefixBytes < 4 && packet.Length >= 1 << (8 * _prefixBytes))
        {
            throw new ArgumentException(
                $"A packet of {packet.Length} bytes does not fit a length of {_prefixBytes} byte(s).", nameof(packet));
        }

        WriteLength(output.GetSpan(_prefixBytes), packet.Length);
        output.Advance(_prefixBytes);
        output.Write(packet.Span);
    }

    private long ReadLength(ReadOnlySpan<byte> from) => prefix switch
    {
        LengthPrefix.OneByte => from[0],
        LengthPrefix.TwoBytesBigEndian => BinaryPrimitives.ReadUInt16BigEndian(from),
        LengthPrefix.TwoBytesLittleEndian => BinaryPrimitives.ReadUInt16LittleEndian(from),
        LengthPrefix.FourBytesBigEndian => BinaryPrimitives.ReadUInt32BigEndian(from),
        _ => BinaryPrimitives.ReadUInt32LittleEndian(from),
    };

    private void WriteLength(Span<byte> to, int length)
    {
        switch (prefix)
        {
            case LengthPrefix.OneByte:
                to[0] = (byte)length;
                break;
            case LengthPrefix.TwoBytesBigEndian:
                BinaryPrimitives.WriteUInt16BigEndian(to, (ushort)length);
                break;
            case LengthPrefix.TwoBytesLittleEndian:
                BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)length);
                break;
            case LengthPrefix.FourBytesBigEndian:
                BinaryPrimitives.WriteUInt32BigEndian(to, (uint)length);
                break;
            default:
                BinaryPrimitives.WriteUInt32LittleEndian(to, (uint)length);
                break;
        }
    }
}

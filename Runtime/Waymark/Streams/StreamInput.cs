namespace Waymark;

/// <summary>What has come on a connection and was not taken by its protocol yet, in one piece.</summary>
public ref struct StreamInput
{
    private readonly ReadOnlyMemory<byte> _all;
    private int _taken;

    /// <summary>For tests of protocols.</summary>
    /// <param name="bytes">What has come.</param>
    /// <param name="packetBytesMax">As <see cref="PacketBytesMax"/>.</param>
    /// <param name="isEnd">As <see cref="IsEnd"/>.</param>
    public StreamInput(ReadOnlyMemory<byte> bytes, int packetBytesMax = int.MaxValue, bool isEnd = false)
    {
        _all = bytes;
        PacketBytesMax = packetBytesMax;
        IsEnd = isEnd;
    }

    /// <summary>What has come.</summary>
    public readonly ReadOnlySpan<byte> Unread => _all.Span[_taken..];

    /// <summary>As <see cref="Unread"/>, for packets that lie in it.</summary>
    public readonly ReadOnlyMemory<byte> UnreadMemory => _all[_taken..];

    /// <summary>How large a packet may be, with all of its framing; in bytes.</summary>
    public readonly int PacketBytesMax { get; }

    /// <summary>True once the peer has finished sending: nothing comes behind this.</summary>
    public readonly bool IsEnd { get; }

    /// <summary>
    /// How many bytes of <see cref="Unread"/> an earlier call has looked at in vain, as it said here; 0 for a new
    /// packet. So who looks for an end need not look at the same bytes for every piece that comes.
    /// </summary>
    public int Examined { get; set; }

    /// <summary>How many bytes were advanced over.</summary>
    public readonly int Taken => _taken;

    /// <summary>How many bytes that have not come yet are to be dropped.</summary>
    internal long ToSkip { get; private set; }

    /// <summary>Takes bytes out.</summary>
    /// <param name="count">How many; at most <c>Unread.Length</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is out of its range.</exception>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _all.Length - _taken);
        _taken += count;
        Examined = 0;
    }

    /// <summary>Drops bytes, also those that are still to come: for a packet that is known to be too large.</summary>
    /// <param name="count">How many; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public void Skip(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int here = (int)Math.Min(count, _all.Length - _taken);
        Advance(here);
        ToSkip += count - here;
    }
}

using System.Diagnostics;

namespace Waymark.Buffers;

/// <summary>The bytes received and not yet used, in one contiguous block that grows up to a limit.</summary>
/// <remarks>
/// <code>
/// 0 ........ held ........ consumed ........ filled ........ block.Length
///   the head       gone              unread           free
/// </code>
/// A request's head is read in place until its exchange ends. <see cref="Hold"/> therefore keeps everything before it
/// where it is: what follows (a body) may move, the head may not. Where the head leaves too little room behind it, its
/// block is retired and lives on until <see cref="Release"/>: spans over the head stay valid by construction.
/// </remarks>
internal sealed class ReceiveBuffer : IDisposable
{
    /// <summary>
    /// How far pipelined requests are read ahead; beyond it only an unfinished head makes the block grow.
    /// </summary>
    public const int ReadAheadBytesMax = 16 * 1024;

    private const int BodyRoomBytesMin = 2048;

    private byte[] _block = [];
    private byte[]? _retired;

    // INVARIANT: 0 <= _held <= _consumed <= _filled <= _block.Length
    private int _held;
    private int _consumed;
    private int _filled;
    private bool _wasFull;

    // The most that was there at once since the buffer was empty: who sends little waits with a small block.
    private int _filledMost;

    /// <summary>The block that <see cref="UnreadOffset"/> points into.</summary>
    public byte[] Block => _block;

    /// <summary>Where the unread bytes start in <see cref="Block"/>.</summary>
    public int UnreadOffset => _consumed;

    /// <summary>The number of bytes received and not consumed.</summary>
    public int UnreadLength => _filled - _consumed;

    /// <summary>The bytes received and not consumed.</summary>
    public ReadOnlySpan<byte> Unread => _block.AsSpan(_consumed, _filled - _consumed);

    /// <summary>Where the next bytes are to be received; empty when there is no room.</summary>
    public Memory<byte> Free => _block.AsMemory(_filled);

    /// <summary>Adds bytes that were received into <see cref="Free"/>.</summary>
    public void Fill(int count)
    {
        Debug.Assert(count >= 0 && _filled + count <= _block.Length);
        _filled += count;
        _wasFull = _filled == _block.Length;
        _filledMost = Math.Max(_filledMost, _filled);
    }

    /// <summary>Drops unread bytes from the front.</summary>
    public void Consume(int count)
    {
        Debug.Assert(count >= 0 && _consumed + count <= _filled);
        _consumed += count;
    }

    /// <summary>Keeps everything consumed so far in its place until <see cref="Release"/>.</summary>
    public void Hold() => _held = _consumed;

    /// <summary>Gives up what <see cref="Hold"/> kept.</summary>
    public void Release()
    {
        _held = 0;
        if (_consumed == _filled)
            _consumed = _filled = 0;
        if (_retired is not null)
        {
            BlockPool.Return(_retired);
            _retired = null;
        }
    }

    /// <summary>Gives the empty block back: the connection waits, and may do so for long.</summary>
    public void ReturnBlock()
    {
        Debug.Assert(UnreadLength == 0 && _held == 0);
        if (_block.Length > 0)
            BlockPool.Return(_block);
        _block = [];
        _consumed = _filled = 0;
    }

    /// <summary>Makes room for the next receive: moves unread bytes to the front, then grows the block.</summary>
    /// <param name="bytesMax">The largest number of unread bytes that may ever be needed at once.</param>
    /// <returns>False when the limit is reached and there is no room.</returns>
    public bool TryMakeRoom(int bytesMax)
    {
        if (_held > 0)
            return MakeRoomBehindHead();

        Compact();
        if (_filled == 0)
            Settle();
        if (_filled == _block.Length || (_wasFull && _block.Length < ReadAheadBytesMax))
        {
            _wasFull = false;
            if (_block.Length < Math.Max(bytesMax, ReadAheadBytesMax))
                Grow(_block.Length * 2);
        }

        return _filled < _block.Length;
    }

    public void Dispose()
    {
        Release();
        _consumed = _filled;
        ReturnBlock();
    }

    /// <summary>Chooses the block that the connection waits with.</summary>
    private void Settle()
    {
        if (_block.Length != BlockPool.WaitingBytes && _filledMost < BlockPool.WaitingBytes)
        {
            if (_block.Length > 0)
                BlockPool.Return(_block);
            _block = BlockPool.RentForWaiting();
            _wasFull = false;
        }

        _filledMost = 0;
    }

    private bool MakeRoomBehindHead()
    {
        Compact();
        if (_block.Length - _held < BodyRoomBytesMin || _filled == _block.Length)
        {
            // Happens at most once for a head: afterwards nothing is held in the new block.
            Debug.Assert(_retired is null);
            byte[] larger = BlockPool.Rent(Math.Max(BlockPool.BlockBytesMin, (_filled - _consumed) * 2));
            Unread.CopyTo(larger);
            _retired = _block;
            _block = larger;
            _filled -= _consumed;
            _held = _consumed = 0;
        }

        return _filled < _block.Length;
    }

    private void Compact()
    {
        if (_consumed == _held)
            return;
        Unread.CopyTo(_block.AsSpan(_held));
        _filled -= _consumed - _held;
        _consumed = _held;
    }

    private void Grow(int bytes)
    {
        byte[] larger = BlockPool.Rent(bytes);
        Unread.CopyTo(larger);
        BlockPool.Return(_block);
        _block = larger;
        _filled -= _consumed;
        _consumed = 0;
    }
}

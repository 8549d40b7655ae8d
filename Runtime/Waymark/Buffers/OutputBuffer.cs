using System.Buffers;
using System.Diagnostics;

namespace Waymark.Buffers;

/// <summary>The bytes of a burst of answers, in as few pooled blocks as can be, until they are sent.</summary>
/// <remarks>
/// A block grows up to 256 KiB before the next one is begun, so that a burst of ordinary answers is one send. Room
/// whose size is not known yet (a head before its body is complete, a chunk-size line) is reserved and fitted later:
/// <see cref="Fit"/> closes the gap. Where nothing unsent stands before the gap, nothing is moved: the block just
/// starts later.
/// </remarks>
internal sealed class OutputBuffer : IBufferWriter<byte>, IDisposable
{
    private const int ContiguousBytesMax = 256 * 1024;
    private const int KeptBytesMax = 16 * 1024;

    private readonly List<Segment> _full = [];
    private byte[] _block = [];

    // INVARIANT: 0 <= _start <= _end <= _block.Length
    private int _start;
    private int _end;
    private long _fullLength;

    /// <summary>The number of bytes written and not sent, reserved ones included.</summary>
    public long Length => _fullLength + (_end - _start);

    /// <summary>The number of segments to send, one after the other.</summary>
    public int SegmentCount => _full.Count + (_end > _start ? 1 : 0);

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _block.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _block.AsSpan(_end);
    }

    public void Advance(int count)
    {
        // Also for writers of the program, which get this as an IBufferWriter.
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_block.Length - _end), nameof(count));
        _end += count;
    }

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        EnsureRoom(bytes.Length);
        bytes.CopyTo(_block.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>A place to come back to.</summary>
    public Mark Position => new(_full.Count, _end);

    /// <summary>Leaves room to be filled by <see cref="Fit"/>; all of it lies in one block.</summary>
    public Mark Reserve(int bytes)
    {
        EnsureRoom(bytes);
        Mark mark = new(_full.Count, _end);
        _end += bytes;
        return mark;
    }

    /// <summary>Makes reserved room exactly as large as needed.</summary>
    /// <returns>The room, to be filled by the caller.</returns>
    public Span<byte> Fit(Mark mark, int reserved, int needed)
    {
        bool isCurrent = mark.Block == _full.Count;
        if (isCurrent && needed <= reserved && _start == mark.Offset)
        {
            // Almost every answer: it starts its block, which just starts later.
            _start = mark.Offset + reserved - needed;
            return _block.AsSpan(_start, needed);
        }

        Segment segment = isCurrent ? new Segment(_block, _start, _end) : _full[mark.Block];
        int offset = mark.Offset;
        if (needed <= reserved && segment.Start == offset)
        {
            offset = segment.Start = mark.Offset + reserved - needed;
        }
        else if (needed != reserved)
        {
            segment = Move(segment, mark.Offset + reserved, needed - reserved);
        }

        if (isCurrent)
        {
            (_block, _start, _end) = (segment.Block, segment.Start, segment.End);
        }
        else
        {
            _full[mark.Block] = segment;
            _fullLength += needed - reserved;
        }

        return segment.Block.AsSpan(offset, needed);
    }

    /// <summary>Drops everything from the mark on.</summary>
    public void Truncate(Mark mark)
    {
        if (mark.Block < _full.Count)
        {
            BlockPool.Return(_block);
            for (int i = _full.Count - 1; i > mark.Block; i--)
                BlockPool.Return(_full[i].Block);
            (_block, _start, _end) = (_full[mark.Block].Block, _full[mark.Block].Start, mark.Offset);
            _full.RemoveRange(mark.Block, _full.Count - mark.Block);
            _fullLength = 0;
            foreach (Segment segment in _full)
                _fullLength += segment.End - segment.Start;
        }

        _end = mark.Offset;
        Debug.Assert(_start <= _end);
    }

    /// <summary>The bytes of one segment, in sending order.</summary>
    public ReadOnlyMemory<byte> GetSegment(int index)
    {
        Segment segment = index < _full.Count ? _full[index] : new Segment(_block, _start, _end);
        return segment.Block.AsMemory(segment.Start, segment.End - segment.Start);
    }

    /// <summary>In how many pieces the bytes lie from a mark on.</summary>
    public int PieceCount(Mark mark) => _full.Count - mark.Block + 1;

    /// <summary>The bytes of one piece.</summary>
    /// <param name="mark">Where they begin.</param>
    /// <param name="reserved">How many bytes of reserved room stand there first.</param>
    /// <param name="index">0 to <see cref="PieceCount"/> - 1.</param>
    public ReadOnlyMemory<byte> GetPiece(Mark mark, int reserved, int index)
    {
        int block = mark.Block + index;
        Segment segment = block < _full.Count ? _full[block] : new Segment(_block, _start, _end);
        int start = index == 0 ? mark.Offset + reserved : segment.Start;
        return segment.Block.AsMemory(start, segment.End - start);
    }

    /// <summary>Drops everything: it was sent. Large blocks go back to the pool.</summary>
    public void Clear()
    {
        if (_full.Count > 0)
            ReturnFull();
        _start = _end = 0;
        if (_block.Length > KeptBytesMax)
        {
            BlockPool.Return(_block);
            _block = [];
        }
    }

    /// <summary>Gives the empty block back: the connection waits, and may do so for long.</summary>
    public void ReturnBlock()
    {
        Debug.Assert(Length == 0);
        if (_block.Length > 0)
            BlockPool.Return(_block);
        _block = [];
        _start = _end = 0;
    }

    public void Dispose()
    {
        ReturnFull();
        if (_block.Length > 0)
            BlockPool.Return(_block);
        _block = [];
        _start = _end = 0;
    }

    private void EnsureRoom(int bytes)
    {
        // IBufferWriter: a hint of 0 asks for a buffer that is not empty.
        if (_block.Length - _end < Math.Max(bytes, 1))
            AddRoom(Math.Max(bytes, 1));
    }

    private void AddRoom(int bytes)
    {
        long needed = (long)_end + bytes;
        if (_end == _start || needed <= ContiguousBytesMax)
        {
            byte[] larger = BlockPool.Rent((int)Math.Min(Math.Max(needed, _block.Length * 2L), Array.MaxLength));
            _block.AsSpan(_start, _end - _start).CopyTo(larger.AsSpan(_start));
            if (_block.Length > 0)
                BlockPool.Return(_block);
            _block = larger;
            return;
        }

        _full.Add(new Segment(_block, _start, _end));
        _fullLength += _end - _start;
        _block = BlockPool.Rent(Math.Max(bytes, ContiguousBytesMax));
        _start = _end = 0;
    }

    /// <summary>Moves the bytes of a segment from an offset on; into a larger block where they do not fit.</summary>
    private static Segment Move(Segment segment, int from, int by)
    {
        byte[] target = segment.Block;
        if (segment.End + by > target.Length)
        {
            target = BlockPool.Rent(segment.End + by);
            segment.Block.AsSpan(segment.Start, from - segment.Start).CopyTo(target.AsSpan(segment.Start));
        }

        segment.Block.AsSpan(from, segment.End - from).CopyTo(target.AsSpan(from + by));
        if (target != segment.Block)
            BlockPool.Return(segment.Block);
        return new Segment(target, segment.Start, segment.End + by);
    }

    private void ReturnFull()
    {
        foreach (Segment segment in _full)
            BlockPool.Return(segment.Block);
        _full.Clear();
        _fullLength = 0;
    }

    /// <summary>A place in the output; valid until the next <see cref="Clear"/>.</summary>
    internal readonly record struct Mark(int Block, int Offset);

    private record struct Segment(byte[] Block, int Start, int End);
}

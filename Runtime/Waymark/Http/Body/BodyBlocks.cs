using System.Buffers;
using Waymark.Buffers;

namespace Waymark.Http.Body;

/// <summary>A body in pooled blocks that need not lie together.</summary>
internal sealed class BodyBlocks
{
    private const int BlockBytes = 16 * 1024;

    private readonly Block _first = new(0);
    private Block _last;

    public BodyBlocks() => _last = _first;

    /// <summary>The number of bytes so far.</summary>
    public long Length => _last.RunningIndex + _last.Filled;

    /// <summary>Where the next bytes go; never empty.</summary>
    public Memory<byte> Free
    {
        get
        {
            if (_last.Filled == _last.Bytes.Length)
                _last = _last.Append();
            return _last.Bytes.AsMemory(_last.Filled);
        }
    }

    /// <summary>Everything so far.</summary>
    public ReadOnlySequence<byte> Sequence => new(_first, 0, _last, _last.Filled);

    /// <summary>Adds bytes that were read into <see cref="Free"/>.</summary>
    public void Fill(int count) => _last.Filled += count;

    /// <summary>Gives the blocks back: no sequence over them may be used any more.</summary>
    public void Release()
    {
        for (Block? block = _first; block is not null; block = (Block?)block.Next)
            BlockPool.Return(block.Bytes);
    }

    private sealed class Block : ReadOnlySequenceSegment<byte>
    {
        public Block(long start)
        {
            Bytes = BlockPool.Rent(BlockBytes);
            Memory = Bytes;
            RunningIndex = start;
        }

        public byte[] Bytes { get; }

        public int Filled { get; set; }

        /// <summary>A block behind this one, which is full.</summary>
        public Block Append()
        {
            var next = new Block(RunningIndex + Bytes.Length);
            Next = next;
            return next;
        }
    }
}

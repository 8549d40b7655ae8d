namespace Waymark.Wire.Routes;

/// <summary>A stream of x that cannot seek and gives at most so many bytes at once.</summary>
public sealed class TrickleStream(int length, int pieceBytesMax) : Stream
{
    private int _rest = length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        count = Math.Min(Math.Min(count, pieceBytesMax), _rest);
        buffer.AsSpan(offset, count).Fill((byte)'x');
        _rest -= count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

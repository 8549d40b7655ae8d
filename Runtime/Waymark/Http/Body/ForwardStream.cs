namespace Waymark.Http.Body;

/// <summary>A stream that is read once, forwards and asynchronously: what comes from the network.</summary>
internal abstract class ForwardStream : Stream
{
    private bool _isDisposed;

    public override bool CanRead => !_isDisposed;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length =>
        throw new NotSupportedException("The length of a request body's stream is not known.");

    public override long Position
    {
        get => throw new NotSupportedException("A request body is read forwards only.");
        set => throw new NotSupportedException("A request body is read forwards only.");
    }

    /// <summary>Looks at the token before it reads; a read that waits ends at the server's time limit.</summary>
    public sealed override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<int>(cancellationToken)
            : ReadNextAsync(buffer);
    }

    public sealed override Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public sealed override int Read(byte[] buffer, int offset, int count) => throw SynchronousRead();

    public sealed override int Read(Span<byte> buffer) => throw SynchronousRead();

    public sealed override int ReadByte() => throw SynchronousRead();

    public override void Flush()
    {
        // Nothing is written, so that nothing waits to be.
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        throw new NotSupportedException("A request body is read forwards only.");

    public override void SetLength(long value) => throw new NotSupportedException("A request body cannot be written.");

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A request body cannot be written.");

    /// <summary>Reads what there is, at least one byte; 0 at the end.</summary>
    protected abstract ValueTask<int> ReadNextAsync(Memory<byte> buffer);

    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        base.Dispose(disposing);
    }

    private static NotSupportedException SynchronousRead() => new(
        "A request body comes from the network and is read asynchronously only: call ReadAsync or CopyToAsync.");
}

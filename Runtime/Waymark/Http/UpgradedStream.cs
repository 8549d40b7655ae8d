using System.Runtime.CompilerServices;
using Waymark.Connections;

namespace Waymark.Http;

/// <summary>A connection that speaks another protocol now, as a stream in both directions.</summary>
/// <remarks>
/// One read and one write at a time, and both at once. A read ends with an <see cref="IOException"/> when nothing came
/// for <see cref="ReadTimeout"/>; a write has the limits of every answer. Cancelling one that waits ends the connection
/// for both. Disposing it changes nothing: the connection is closed when the handler ends.
/// </remarks>
internal sealed class UpgradedStream : Stream
{
    private readonly HttpConnection _connection;
    private TimeSpan _readTimeout;
    private volatile bool _isReading;
    private volatile bool _isWriting;

    public UpgradedStream(HttpConnection connection, TimeSpan readTimeout)
    {
        _connection = connection;
        _readTimeout = readTimeout;
    }

    /// <summary>True while a read or a write has not ended.</summary>
    public bool IsBusy => _isReading || _isWriting;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override bool CanTimeout => true;

    /// <summary>How long nothing may come, in milliseconds; at first that of an idle connection.</summary>
    public override int ReadTimeout
    {
        get => (int)_readTimeout.TotalMilliseconds;
        set
        {
            if (value != Timeout.Infinite)
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _readTimeout = TimeSpan.FromMilliseconds(value);
        }
    }

    public override long Length => throw new NotSupportedException("A connection has no length.");

    public override long Position
    {
        get => throw new NotSupportedException("A connection has no position.");
        set => throw new NotSupportedException("A connection has no position.");
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ReadAsync(buffer, _readTimeout, DeadlineKind.Receive, cancellationToken);

    /// <summary>As the other, with a time of its own and what is done then.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(
        Memory<byte> buffer, TimeSpan limit, DeadlineKind kind, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isReading)
            throw new InvalidOperationException("An earlier read has not ended: await it before the next one.");
        if (buffer.IsEmpty)
            return 0;
        _isReading = true;
        try
        {
            using CancellationTokenRegistration ending = cancellationToken.UnsafeRegister(
                static connection => ((HttpConnection)connection!).StopReceiving(), _connection);
            int count = await _connection.ReadUpgradedAsync(buffer, limit, kind).ConfigureAwait(false);
            if (count > 0)
                return count;
            cancellationToken.ThrowIfCancellationRequested();
            return !_connection.HasTimedOut
                ? 0
                : throw new IOException($"The peer sent nothing for {limit}.", new TimeoutException());
        }
        finally
        {
            _isReading = false;
        }
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isWriting)
            throw new InvalidOperationException("An earlier write has not ended: await it before the next one.");
        _isWriting = true;
        try
        {
            using CancellationTokenRegistration ending = cancellationToken.UnsafeRegister(
                static connection => ((HttpConnection)connection!).AbortUpgraded(), _connection);
            await _connection.SendDirectAsync(buffer).ConfigureAwait(false);
        }
        catch (IOException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            _isWriting = false;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // Every write is sent at once.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw Synchronous();

    public override void Write(byte[] buffer, int offset, int count) => throw Synchronous();

    public override long Seek(long offset, SeekOrigin origin) =>
        throw new NotSupportedException("A connection is read forwards only.");

    public override void SetLength(long value) => throw new NotSupportedException("A connection has no length.");

    private static NotSupportedException Synchronous() =>
        new("A connection is read and written asynchronously only: call ReadAsync and WriteAsync.");
}

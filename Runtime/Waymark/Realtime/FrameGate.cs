using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using Waymark.Connections;
using Waymark.Http;

namespace Waymark.Realtime;

/// <summary>The connection as the base class library's WebSocket sees it.</summary>
/// <remarks>
/// Frames are the library's; this stands below them for what it has no means for: limits on what a header announces
/// (<see cref="FrameScanner"/>), times that cost no timer each, and a close frame where the library can send none any
/// more because it has given up. Rules of this file: the library hands over one whole frame for each write, so a frame
/// of our own may go out between two writes and never beside one; no frame follows a close frame.
/// </remarks>
internal sealed class FrameGate : Stream
{
    private const byte CloseFrame = 0x88;

    // A ping without content (RFC 6455 section 5.5.2): the library sends some only with a timer for each socket.
    private static readonly byte[] Ping = [0x89, 0x00];

    private readonly HttpConnection _connection;
    private readonly UpgradedStream _stream;
    private readonly WebSocketOptions _options;
    private readonly Lock _lock = new();
    private FrameScanner _scanner;

    // INVARIANT: under _lock.
    private bool _isWriting;
    private bool _isCloseSent;
    private bool _isPingWaiting;
    private byte[]? _closeWaiting;
    private Task _ownWrite = Task.CompletedTask;

    // The timestamp by which the peer has to have closed; 0 before our close frame.
    private long _closeBy;
    private volatile bool _isReading;

    public FrameGate(HttpConnection connection, UpgradedStream stream, WebSocketOptions options)
    {
        _connection = connection;
        _stream = stream;
        _options = options;
        _scanner = new FrameScanner(options.FrameBytesMax, options.MessageBytesMax);
    }

    /// <summary>What the peer's frames have done wrong here; 0 for nothing.</summary>
    /// <remarks>
    /// Known once all before it is read: the library may find an earlier mistake in what the scanner let pass.
    /// </remarks>
    public WebSocketCloseStatus Violation { get; private set; }

    /// <summary>Why, for the peer.</summary>
    public string Reason => _scanner.Reason;

    /// <summary>True where the peer sends nothing more, or the last read failed.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>True where the connection took no more of what is sent.</summary>
    public bool IsSendBroken { get; private set; }

    /// <summary>Ends with the last frame of the gate's own.</summary>
    public Task OwnWrite
    {
        get
        {
            lock (_lock)
                return _ownWrite;
        }
    }

    /// <summary>True once a close frame has gone out, or is on its way.</summary>
    public bool IsCloseSent
    {
        get
        {
            lock (_lock)
                return _isCloseSent;
        }
    }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfViolated();
        _isReading = true;
        int count = 0;
        try
        {
            (TimeSpan limit, DeadlineKind kind) = ReadLimit();
            count = limit < TimeSpan.Zero && limit != Timeout.InfiniteTimeSpan
                ? 0
                : await _stream.ReadAsync(buffer, limit, kind, cancellationToken).ConfigureAwait(false);
            int passed = _scanner.Scan(buffer.Span[..count]);
            if (passed == 0)
                ThrowIfViolated();
            return passed;
        }
        finally
        {
            IsEnded = count == 0 && !buffer.IsEmpty;
            _isReading = false;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        bool isClose = !buffer.IsEmpty && buffer.Span[0] == CloseFrame;
        Task before;
        lock (_lock)
        {
            // The library has not heard of a close frame of ours.
            if (_isCloseSent)
                throw new IOException("The WebSocket is closed.");
            _isWriting = true;
            _isCloseSent = isClose;
            before = _ownWrite;
        }

        try
        {
            await before.ConfigureAwait(false);
            await _stream.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            IsSendBroken = true;
            throw;
        }
        finally
        {
            await EndWrite().ConfigureAwait(false);
        }

        if (isClose)
            LimitClosing();
    }

    /// <summary>Sends a ping, behind the frame that is being sent, and waits so long for any answer.</summary>
    public void SendPing()
    {
        lock (_lock)
        {
            if (_isCloseSent)
                return;
            _connection.LimitUpgradedRead(_options.PingTimeout);
            if (_isWriting)
                _isPingWaiting = true;
            else if (_ownWrite.IsCompleted)
                BeginPing();
        }
    }

    /// <summary>Sends a close frame where none has gone out: behind the frame that is being sent.</summary>
    /// <returns>Ends when it is sent, or cannot be.</returns>
    public Task SendCloseAsync(WebSocketCloseStatus status, string reason)
    {
        byte[] frame = FormatClose(status, reason);
        Task before;
        TaskCompletionSource own;
        lock (_lock)
        {
            if (_isCloseSent || _closeWaiting is not null)
                return _ownWrite;
            if (_isWriting)
            {
                _closeWaiting = frame;
                return Task.CompletedTask;
            }

            (before, own) = BeginClose();
        }

        return WriteCloseAsync(frame, before, own);
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

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>The library does this to end what waits, where a token was cancelled.</summary>
    protected override void Dispose(bool disposing)
    {
        bool isWriting;
        lock (_lock)
            isWriting = _isWriting;

        // Half a frame cannot be gone on with; a read that ends leaves what was sent whole.
        if (isWriting)
            _connection.AbortUpgraded();
        else if (_isReading)
            _connection.StopReceiving();
        base.Dispose(disposing);
    }

    // Close = status (2 octets, big-endian) reason (UTF-8, at most 123 octets): RFC 6455 section 5.5.1.
    private static byte[] FormatClose(WebSocketCloseStatus status, string reason)
    {
        int length = 2 + Encoding.ASCII.GetByteCount(reason);
        byte[] frame = new byte[2 + length];
        frame[0] = CloseFrame;
        frame[1] = (byte)length;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)status);
        Encoding.ASCII.GetBytes(reason, frame.AsSpan(4));
        return frame;
    }

    /// <remarks>Under the lock. On the pool, since a sweep or a handler's send must not wait for it.</remarks>
    private void BeginPing()
    {
        _isPingWaiting = false;
        _ownWrite = Task.Run(() => WriteOwnAsync(Ping));
    }

    /// <remarks>Under the lock.</remarks>
    private (Task Before, TaskCompletionSource Own) BeginClose()
    {
        _isCloseSent = true;
        Task before = _ownWrite;
        var own = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ownWrite = own.Task;
        return (before, own);
    }

    private async Task WriteCloseAsync(byte[] frame, Task before, TaskCompletionSource own)
    {
        try
        {
            await before.ConfigureAwait(false);
            await WriteOwnAsync(frame).ConfigureAwait(false);
            LimitClosing();
        }
        finally
        {
            // Whoever sends or ends waits for it.
            own.SetResult();
        }
    }

    private Task EndWrite()
    {
        byte[]? frame;
        Task before;
        TaskCompletionSource own;
        lock (_lock)
        {
            _isWriting = false;
            frame = _isCloseSent ? null : _closeWaiting;
            _closeWaiting = null;
            if (frame is null)
            {
                if (_isPingWaiting && !_isCloseSent)
                    BeginPing();
                return Task.CompletedTask;
            }

            (before, own) = BeginClose();
        }

        return WriteCloseAsync(frame, before, own);
    }

    private async Task WriteOwnAsync(byte[] frame)
    {
        try
        {
            await _stream.WriteAsync(frame).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            // Whoever reads or sends next finds out for itself.
            RealtimeLog.NotClosed(_connection.Logger, exception, _connection.Id);
        }
    }

    private void LimitClosing()
    {
        TimeProvider time = _connection.Time;
        Volatile.Write(ref _closeBy, time.GetTimestamp() + Timestamps.FromTimeSpan(time, _options.CloseTimeout));
        _connection.LimitUpgradedRead(_options.CloseTimeout);
    }

    private (TimeSpan Limit, DeadlineKind Kind) ReadLimit()
    {
        long closeBy = Volatile.Read(ref _closeBy);
        if (closeBy == 0)
            return (_options.PingInterval, DeadlineKind.Silence);
        TimeProvider time = _connection.Time;
        return (time.GetElapsedTime(time.GetTimestamp(), closeBy), DeadlineKind.Receive);
    }

    private void ThrowIfViolated()
    {
        if (_scanner.Violation == 0)
            return;
        Violation = _scanner.Violation;
        throw new WebSocketException(WebSocketError.Faulted, _scanner.Reason);
    }
}

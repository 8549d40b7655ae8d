using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Waymark.Buffers;
using Waymark.Http;

namespace Waymark.Realtime;

/// <summary>The base class library's WebSocket, with limits and an end that is always told.</summary>
/// <remarks>
/// <code>
/// Open --(handler closes, returns, throws; stop; limit; broken frame)--> CloseSent --(peer's, or time over)--> FIN
///   |                                                                                                      ^
///   |--(the peer closes)--> CloseReceived --(handler closes, returns, throws)--> close frame --------------+
///   +--(Abort)--> reset
/// </code>
/// </remarks>
internal sealed class ServerWebSocket : WebSocket, IUpgradedProtocol, IAsyncDisposable
{
    private readonly Exchange _exchange;
    private readonly HttpConnection _connection;
    private readonly WebSocketOptions _options;
    private readonly FrameGate _gate;
    private readonly WebSocket _frames;
    private readonly CancellationTokenRegistration _stopping;
    private long _messageBytes;
    private volatile bool _isBroken;
    private volatile bool _isAborted;
    private volatile bool _isGoingAway;

    // A receive writes the first and then reads the second; whoever waits for it writes the second, then reads the
    // first: one of them sees what the other wrote.
    private int _receiveCount;
    private TaskCompletionSource? _receiveEnded;

    public ServerWebSocket(Exchange exchange, UpgradedStream stream, WebSocketOptions options, Agreement agreement)
    {
        _exchange = exchange;
        _connection = exchange.Owner!;
        _options = options;
        _gate = new FrameGate(_connection, stream, options);
        _frames = CreateFromStream(_gate, new WebSocketCreationOptions
        {
            IsServer = true,
            SubProtocol = agreement.Subprotocol,
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
            DangerousDeflateOptions = agreement.Deflate,
        });
        _connection.Adopt(this);
        _stopping = _connection.Stopping.UnsafeRegister(static socket => ((ServerWebSocket)socket!).GoAway(), this);
    }

    public override WebSocketCloseStatus? CloseStatus => _frames.CloseStatus;

    public override string? CloseStatusDescription => _frames.CloseStatusDescription;

    public override string? SubProtocol => _frames.SubProtocol;

    public override WebSocketState State => _isBroken ? WebSocketState.Aborted : _frames.State;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(
        Memory<byte> buffer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _receiveCount);
        try
        {
            ValueWebSocketReceiveResult result =
                await _frames.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            _messageBytes += result.Count;
            if (_messageBytes > _options.MessageBytesMax)
                await ThrowTooBigAsync().ConfigureAwait(false);
            if (result.EndOfMessage)
                _messageBytes = 0;
            return result;
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            await BreakAsync(exception).ConfigureAwait(false);
            throw;
        }
        finally
        {
            if (Interlocked.Decrement(ref _receiveCount) == 0)
                Volatile.Read(ref _receiveEnded)?.TrySetResult();
        }
    }

    public override async Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        ValueWebSocketReceiveResult result =
            await ReceiveAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
        return result.MessageType == WebSocketMessageType.Close
            ? new WebSocketReceiveResult(0, result.MessageType, true, CloseStatus, CloseStatusDescription)
            : new WebSocketReceiveResult(result.Count, result.MessageType, result.EndOfMessage);
    }

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage,
        CancellationToken cancellationToken) =>
        SendAsync(buffer.AsMemory(), messageType, endOfMessage, cancellationToken).AsTask();

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage,
        CancellationToken cancellationToken) =>
        _frames.SendAsync(buffer, messageType, endOfMessage, cancellationToken);

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, WebSocketMessageFlags messageFlags,
        CancellationToken cancellationToken = default) =>
        _frames.SendAsync(buffer, messageType, messageFlags, cancellationToken);

    public override Task CloseAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        State == WebSocketState.Closed
            ? Task.CompletedTask
            : _frames.CloseAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        State is WebSocketState.CloseSent or WebSocketState.Closed
            ? Task.CompletedTask
            : _frames.CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override void Abort()
    {
        _isAborted = _isBroken = true;
        _connection.AbortUpgraded();
        _frames.Abort();
    }

    [SuppressMessage("Usage", "CA2215", Justification = "WebSocket.Dispose is abstract.")]
    public override void Dispose()
    {
        // The socket ends with its handler, with a close frame; what is held is given back then.
    }

    public bool IsOfPeer(Exception exception) => exception switch
    {
        // A handler may have another socket, whose failures are its own: what counts is whether this one is broken.
        WebSocketException or OperationCanceledException =>
            _isBroken || _isGoingAway || _gate.IsEnded || _gate.IsSendBroken || _gate.Violation != 0,
        IOException => _frames.State == WebSocketState.Aborted,
        _ => false,
    };

    public void OnSilence() => _gate.SendPing();

    /// <summary>Ends what the handler left open; called when its task has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        // Not waited for: a callback that runs changes nothing here.
        _stopping.Unregister();
        if (!_isAborted)
        {
            await CloseOwnSideAsync(EndStatus()).ConfigureAwait(false);
            await AwaitPeerAsync().ConfigureAwait(false);
        }
        else if (IsReceiving(out Task ended))
        {
            // It ends by the reset, and must not be there any more when the connection looks for what was left behind.
            await ended.ConfigureAwait(false);
        }

        _frames.Dispose();
        await _gate.OwnWrite.ConfigureAwait(false);
    }

    private (WebSocketCloseStatus Status, string Reason) EndStatus() =>
        _connection.Stopping.IsCancellationRequested ? (WebSocketCloseStatus.EndpointUnavailable, "The server stops.")
        : _exchange.Failure is null ? (WebSocketCloseStatus.NormalClosure, "")
        : (WebSocketCloseStatus.InternalServerError, "The server has failed.");

    private void GoAway()
    {
        _isGoingAway = true;
        _ = CloseOwnSideAsync((WebSocketCloseStatus.EndpointUnavailable, "The server stops."));
    }

    /// <summary>Sends a close frame where none was sent; never throws.</summary>
    private async Task CloseOwnSideAsync((WebSocketCloseStatus Status, string Reason) end)
    {
        try
        {
            WebSocketState state = _frames.State;
            if (state == WebSocketState.CloseReceived && _exchange.Failure is null)
            {
                // RFC 6455 section 5.5.1: who answers a close frame typically says the same.
                WebSocketCloseStatus status = _frames.CloseStatus ?? WebSocketCloseStatus.NormalClosure;
                await _frames.CloseOutputAsync(status, null, default).ConfigureAwait(false);
            }
            else if (state is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                RealtimeLog.Closing(_connection.Logger, _connection.Id, (int)end.Status, end.Reason);
                await _frames.CloseOutputAsync(end.Status, end.Reason, default).ConfigureAwait(false);
            }
            else
            {
                await _gate.SendCloseAsync(end.Status, end.Reason).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException
            or ObjectDisposedException)
        {
            // The peer is gone, or the handler closes at the same moment.
            RealtimeLog.NotClosed(_connection.Logger, exception, _connection.Id);
        }
    }

    /// <summary>Waits for the peer's close frame; what it sends before that is dropped. Never throws.</summary>
    private async Task AwaitPeerAsync()
    {
        byte[]? scratch = null;
        try
        {
            // A receive that the handler has left behind gets the frame, since there is one at a time.
            if (IsReceiving(out Task ended))
                await ended.ConfigureAwait(false);
            while (!_isBroken && _frames.State == WebSocketState.CloseSent)
            {
                scratch ??= BlockPool.Rent(BlockPool.BlockBytesMin);
                await _frames.ReceiveAsync(scratch.AsMemory(), default).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException)
        {
            RealtimeLog.NotClosed(_connection.Logger, exception, _connection.Id);
        }
        finally
        {
            if (scratch is not null)
                BlockPool.Return(scratch);
        }
    }

    private bool IsReceiving(out Task ended)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _receiveEnded, source);
        ended = source.Task;
        return Volatile.Read(ref _receiveCount) > 0;
    }

    /// <summary>True where nothing more can be received, for another reason than how the handler has called.</summary>
    private bool IsEnd(Exception exception) => !_isBroken
        && (_frames.State == WebSocketState.Aborted
            || exception is WebSocketException { WebSocketErrorCode: not WebSocketError.InvalidState });

    private async Task ThrowTooBigAsync()
    {
        string reason = $"A message has at most {_options.MessageBytesMax} bytes.";
        await CloseOwnSideAsync((WebSocketCloseStatus.MessageTooBig, reason)).ConfigureAwait(false);
        _isBroken = true;
        throw new WebSocketException(WebSocketError.Faulted, reason);
    }

    /// <summary>The library has given up; the peer is told why where that has not been done.</summary>
    private Task BreakAsync(Exception exception)
    {
        _isBroken = true;
        if (_isAborted)
            return Task.CompletedTask;
        if (_gate.Violation != 0)
            return _gate.SendCloseAsync(_gate.Violation, _gate.Reason);
        if (_connection.HasTimedOut)
            return _gate.SendCloseAsync(WebSocketCloseStatus.EndpointUnavailable, "Nothing came, and no pong.");

        // A receive that the handler has cancelled says nothing about the peer: its end decides on the code.
        if (exception is OperationCanceledException)
            return Task.CompletedTask;
        string reason = _gate.IsEnded
            ? "The connection ended without a close frame."
            : "The frames cannot be read.";
        return _gate.SendCloseAsync(WebSocketCloseStatus.ProtocolError, reason);
    }
}

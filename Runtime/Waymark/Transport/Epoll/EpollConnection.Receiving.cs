using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace Waymark.Transport.Epoll;

/// <content>The receiving half.</content>
internal sealed partial class EpollConnection
{
    // A peer that sends faster than it is answered lets others have their turn after so many receives.
    private const int ReceivesInARowMax = 16;

    private ManualResetValueTaskSourceCore<int> _receive;
    private Memory<byte> _receiveBuffer;
    private EdgeState _receiveState;
    private int _receivesInARow;
    private volatile bool _hasInputEnded;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        if (_receivesInARow++ >= ReceivesInARowMax && _receiveState.IsReady)
            return YieldAsync(buffer);
        if (TryReceive(buffer.Span, out int count, out Exception? error))
            return error is null ? new ValueTask<int>(count) : ValueTask.FromException<int>(error);

        // From the exchange on, the reactor may complete it at any time.
        _receivesInARow = 0;
        _receiveBuffer = buffer;
        _receive.Reset();
        short version = _receive.Version;
        WaitToReceive();
        return new ValueTask<int>(this, version);
    }

    int IValueTaskSource<int>.GetResult(short token) => _receive.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _receive.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _receive.OnCompleted(continuation, state, token, flags);

    private ValueTask<int> YieldAsync(Memory<byte> buffer)
    {
        _receivesInARow = 0;
        _receiveBuffer = buffer;
        _receive.Reset();
        short version = _receive.Version;
        reactor.Post(this, this);
        return new ValueTask<int>(this, version);
    }

    private void OnReceiveReady(bool isEnded)
    {
        if (isEnded)
            _hasInputEnded = true;
        if (_receiveState.OnEdge())
            CompleteReceive();
    }

    /// <summary>Tries a receive that has waited again; it completes, or waits on.</summary>
    private void CompleteReceive()
    {
        // Who only waits has what it waits for: the edge says that there is something.
        if (_receiveBuffer.IsEmpty && _receiveState.IsReady && !_descriptor.IsClosing)
            FinishReceive(0, error: null);
        else if (TryReceive(_receiveBuffer.Span, out int count, out Exception? error))
            FinishReceive(count, error);
        else
            WaitToReceive();
    }

    private void FinishReceive(int count, Exception? error)
    {
        _receiveBuffer = default;
        if (error is null)
            _receive.SetResult(count);
        else
            _receive.SetException(error);
    }

    /// <summary>Leaves the receive to the next edge; completes it where that has come already.</summary>
    private void WaitToReceive()
    {
        try
        {
            Watch();
        }
        catch (SocketException e)
        {
            FinishReceive(0, e);
            return;
        }

        if (!_receiveState.TryWait())
            CompleteReceive();
        else if (_descriptor.IsClosing)
            FailReceive();
    }

    private void FailReceive()
    {
        if (_receiveState.TryEndWait())
            FinishReceive(0, SocketErrors.Aborted());
    }

    /// <summary>Receives, if that does not block.</summary>
    /// <returns>False where the next edge has to be waited for: nothing was received, and nothing failed.</returns>
    private bool TryReceive(Span<byte> buffer, out int count, out Exception? error)
    {
        while (_receiveState.IsReady)
        {
            _receiveState.Clear();
            if (!_descriptor.TryEnter())
            {
                _receiveState.SetReady();
                count = 0;
                error = SocketErrors.Aborted();
                return true;
            }

            nint result = Call(buffer);
            int errno = result < 0 ? Marshal.GetLastSystemError() : 0;
            _descriptor.Exit();
            if (errno == SystemErrors.TryAgain)
                continue;

            // Less than there was room for is all there was: the next bytes come with an edge. The end has no more
            // edges behind it.
            bool isDrained = result > 0 && result < buffer.Length && !_hasInputEnded;
            if (!isDrained)
                _receiveState.SetReady();
            if (errno == SystemErrors.Interrupted)
                continue;
            count = buffer.IsEmpty ? 0 : (int)Math.Max(result, 0);
            error = errno == 0 ? null : SocketErrors.ToException(SystemErrors.ToSocketError(errno));
            return true;
        }

        count = 0;
        error = null;
        return false;
    }

    private unsafe nint Call(Span<byte> buffer)
    {
        // SAFETY: the kernel writes at most the length given, into the span, which stays fixed until the call returns.
        if (buffer.IsEmpty)
        {
            byte one;
            return LibC.Receive(_descriptor.Number, &one, 1, LibC.MessagePeek);
        }

        fixed (byte* start = buffer)
            return LibC.Receive(_descriptor.Number, start, (nuint)buffer.Length, 0);
    }
}

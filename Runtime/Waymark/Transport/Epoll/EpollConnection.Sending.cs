using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace Waymark.Transport.Epoll;

/// <content>The sending half.</content>
/// <remarks>
/// A send is tried whatever the state says, since sockets are nearly always ready for it. Only where it would block is
/// the state cleared, and the send tried once more, so that an edge between the two is not lost.
/// </remarks>
internal sealed partial class EpollConnection
{
    private ManualResetValueTaskSourceCore<bool> _send;
    private ReadOnlyMemory<byte> _sendBuffer;
    private EdgeState _sendState;

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        if (TrySend(ref data, out Exception? error))
            return error is null ? ValueTask.CompletedTask : ValueTask.FromException(error);

        _sendBuffer = data;
        _send.Reset();
        short version = _send.Version;
        WaitToSend();
        return new ValueTask(this, version);
    }

    void IValueTaskSource.GetResult(short token) => _send.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _send.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _send.OnCompleted(continuation, state, token, flags);

    private void OnSendReady()
    {
        if (_sendState.OnEdge())
            CompleteSend();
    }

    private void CompleteSend()
    {
        ReadOnlyMemory<byte> data = _sendBuffer;
        if (TrySend(ref data, out Exception? error))
        {
            FinishSend(error);
            return;
        }

        _sendBuffer = data;
        WaitToSend();
    }

    private void FinishSend(Exception? error)
    {
        _sendBuffer = default;
        if (error is null)
            _send.SetResult(true);
        else
            _send.SetException(error);
    }

    private void WaitToSend()
    {
        try
        {
            Watch();
        }
        catch (SocketException e)
        {
            FinishSend(e);
            return;
        }

        if (!_sendState.TryWait())
            CompleteSend();
        else if (_descriptor.IsClosing)
            FailSend();
    }

    private void FailSend()
    {
        if (_sendState.TryEndWait())
            FinishSend(SocketErrors.Aborted());
    }

    /// <summary>Sends what does not block.</summary>
    /// <param name="data">What is to be sent; what is left of it where that would block.</param>
    /// <param name="error">What went wrong; null for nothing.</param>
    /// <returns>False where the next edge has to be waited for.</returns>
    private bool TrySend(ref ReadOnlyMemory<byte> data, out Exception? error)
    {
        bool isCleared = false;
        error = null;
        while (!data.IsEmpty)
        {
            if (!_descriptor.TryEnter())
            {
                error = SocketErrors.Aborted();
                return true;
            }

            nint result = Call(data.Span);
            int errno = result < 0 ? Marshal.GetLastSystemError() : 0;
            _descriptor.Exit();
            if (errno == 0)
            {
                data = data[(int)result..];
                continue;
            }

            if (errno == SystemErrors.TryAgain)
            {
                if (isCleared && !_sendState.IsReady)
                    return false;
                _sendState.Clear();
                isCleared = true;
            }
            else if (errno != SystemErrors.Interrupted)
            {
                error = SocketErrors.ToException(SystemErrors.ToSocketError(errno));
                return true;
            }
        }

        return true;
    }

    private unsafe nint Call(ReadOnlySpan<byte> data)
    {
        // SAFETY: the kernel reads at most the length given, from the span, which stays fixed until the call returns.
        fixed (byte* start = data)
            return LibC.Send(_descriptor.Number, start, (nuint)data.Length, LibC.MessageNoSignal);
    }
}

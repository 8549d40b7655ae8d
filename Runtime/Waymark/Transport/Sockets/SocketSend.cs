using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace Waymark.Transport.Sockets;

/// <summary>The one pending send of a connection, used again for each; see <see cref="SocketReceive"/>.</summary>
internal sealed class SocketSend() : SocketAsyncEventArgs(true), IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _source;
    private Socket? _socket;
    private Memory<byte> _remaining;

    public ValueTask StartAsync(Socket socket, ReadOnlyMemory<byte> data)
    {
        _socket = socket;

        // SAFETY: the socket only reads what it sends; SocketAsyncEventArgs has no read-only overload.
        _remaining = MemoryMarshal.AsMemory(data);
        _source.Reset();
        if (!TrySendAll(out SocketError error))
            return new ValueTask(this, _source.Version);

        return error == SocketError.Success
            ? ValueTask.CompletedTask
            : ValueTask.FromException(SocketErrors.ToException(error));
    }

    public void GetResult(short token) => _source.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        try
        {
            SocketError error = TakeResult();
            if (error == SocketError.Success && !TrySendAll(out error))
                return;

            if (error == SocketError.Success)
                _source.SetResult(true);
            else
                _source.SetException(SocketErrors.ToException(error));
        }
        catch (ObjectDisposedException cause)
        {
            // Aborted between two parts. Nobody above this frame would see an exception.
            _source.SetException(SocketErrors.Aborted(cause));
        }
    }

    /// <summary>Sends until all is gone, an error comes, or the rest is pending (then false).</summary>
    private bool TrySendAll(out SocketError error)
    {
        error = SocketError.Success;
        while (_remaining.Length > 0 && error == SocketError.Success)
        {
            SetBuffer(_remaining);
            if (_socket!.SendAsync(this))
                return false;

            error = TakeResult();
        }

        return true;
    }

    private SocketError TakeResult()
    {
        if (SocketError == SocketError.Success)
            _remaining = _remaining[BytesTransferred..];

        return SocketError;
    }
}

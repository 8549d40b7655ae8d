using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Waymark.Transport.Sockets;

/// <summary>The one pending receive of a connection, used again for each.</summary>
/// <remarks>
/// The socket's own ValueTask overload would do, but its errors are SocketExceptions: turning those into what
/// <see cref="Connection"/> promises takes an async method around each call. Here the error is turned where it comes
/// up, so a receive costs no state machine and no allocation. The base's argument suppresses the flow of the execution
/// context: the awaiting task brings its own.
/// </remarks>
internal sealed class SocketReceive() : SocketAsyncEventArgs(true), IValueTaskSource<int>
{
    // Completions already come on a pool thread, so continuations run there and not on a second one.
    private ManualResetValueTaskSourceCore<int> _source;

    public ValueTask<int> StartAsync(Socket socket, Memory<byte> buffer)
    {
        SetBuffer(buffer);
        _source.Reset();
        if (socket.ReceiveAsync(this))
            return new ValueTask<int>(this, _source.Version);

        return SocketError == SocketError.Success
            ? new ValueTask<int>(BytesTransferred)
            : ValueTask.FromException<int>(SocketErrors.ToException(SocketError));
    }

    public int GetResult(short token) => _source.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        if (SocketError == SocketError.Success)
            _source.SetResult(BytesTransferred);
        else
            _source.SetException(SocketErrors.ToException(SocketError));
    }
}

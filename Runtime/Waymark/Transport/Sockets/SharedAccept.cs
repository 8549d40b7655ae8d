using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace Waymark.Transport.Sockets;

/// <summary>
/// Accepts on a listening socket that other processes may have open as well, and ends without a trace.
/// </summary>
/// <remarks>
/// .NET closes a socket on which an operation is pending abortively: it sets SO_LINGER with 0 seconds first. On a
/// shared socket that setting stays, and every connection that another process accepts from it would end in a reset.
/// So the pending accept is cancelled, and has ended, before the socket is closed.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "EndAsync disposes it, and a listener is always closed.")]
internal sealed class SharedAccept(Socket socket)
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ending = new();

    // INVARIANT: under _lock; no accept starts once _isEnding is set.
    private Task<Socket>? _pending;
    private bool _isEnding;

    /// <summary>Waits for the next connection.</summary>
    /// <returns>Null once the end was asked for.</returns>
    /// <exception cref="SocketException">The accept failed.</exception>
    public async ValueTask<Socket?> AcceptAsync()
    {
        Task<Socket> pending;
        lock (_lock)
        {
            if (_isEnding)
                return null;

            pending = socket.AcceptAsync(_ending.Token).AsTask();
            _pending = pending;
        }

        try
        {
            return await pending.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Ends a pending accept. When the task is done, the socket may be closed.</summary>
    public async ValueTask EndAsync()
    {
        Task<Socket>? pending;
        lock (_lock)
        {
            if (_isEnding)
                return;

            _isEnding = true;
            pending = _pending;
        }

        if (pending is not null)
        {
            await _ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(pending).ConfigureAwait(false);
        }

        _ending.Dispose();
    }
}

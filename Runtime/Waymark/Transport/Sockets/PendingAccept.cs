using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace Waymark.Transport.Sockets;

/// <summary>The one pending accept of a listening socket, which ends before the socket is closed.</summary>
/// <remarks>
/// .NET closes a socket under a pending accept abortively: it sets SO_LINGER with 0 seconds first. Where other
/// processes have the listener open as well, that setting stays on it, and every connection that they accept from it
/// would end in a reset. Nor can a connection that the accept has just taken be lost this way.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "EndAsync disposes it, and a listener is always closed.")]
internal sealed class PendingAccept(Socket socket)
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ending = new();

    // INVARIANT: under _lock; no accept starts once _ended is set.
    private bool _isPending;
    private TaskCompletionSource? _ended;

    /// <summary>Waits for the next connection.</summary>
    /// <returns>Null once the end was asked for.</returns>
    /// <exception cref="SocketException">The accept failed.</exception>
    public async ValueTask<Socket?> AcceptAsync()
    {
        lock (_lock)
        {
            if (_ended is not null)
                return null;

            _isPending = true;
        }

        try
        {
            return await socket.AcceptAsync(_ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            lock (_lock)
            {
                _isPending = false;
                _ended?.TrySetResult();
            }
        }
    }

    /// <summary>Ends a pending accept. When the task is done, the socket may be closed.</summary>
    public async ValueTask EndAsync()
    {
        TaskCompletionSource ended;
        bool isPending;
        lock (_lock)
        {
            if (_ended is not null)
                return;

            ended = _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            isPending = _isPending;
        }

        if (isPending)
        {
            await _ending.CancelAsync().ConfigureAwait(false);
            await ended.Task.ConfigureAwait(false);
        }

        _ending.Dispose();
    }
}

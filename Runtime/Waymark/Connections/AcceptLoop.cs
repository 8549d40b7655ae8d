using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Waymark.Transport;

namespace Waymark.Connections;

/// <summary>Accepts the connections of one listener and hands each one to the server.</summary>
/// <remarks>
/// <code>
///              connection: serve it, accept the next
///            +-----------------------------------------+
///            v                                         |
///  Start -> accepting --- Retry (up to 16 in a row) ---+
///            |   ^
///     Pause  |   | 100 ms later
///            v   |
///           paused         Stop, or the listener closed: ended
/// </code>
/// Serving a connection is one enqueue to the thread pool: no connection can hold or break this loop.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "StopAsync disposes it, and a loop is always stopped.")]
internal sealed class AcceptLoop(Listener listener, ConnectionHandler handler, Server server, ServerSettings settings)
{
    /// <summary>How long accepting rests when the system is out of descriptors or memory.</summary>
    public static readonly TimeSpan PauseTime = TimeSpan.FromMilliseconds(100);

    private const int RetriesMax = 16;
    private static readonly TimeSpan PauseLogPeriod = TimeSpan.FromSeconds(10);

    // A peer that connects without end must not keep a stopping server open.
    private const int QueueTakenMax = 16 * 1024;
    private static readonly TimeSpan QueueTime = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly string _endpoint = listener.Endpoint.ToString();
    private readonly ILogger _logger = settings.Logger;
    private Task _loop = Task.CompletedTask;
    private int _acceptedCount;
    private volatile bool _isPaused;
    private bool _isPauseLogged;
    private long _pauseLoggedAt;
    private int _retries;

    /// <summary>Starts to accept.</summary>
    /// <returns>A task that ends with the loop: true where it was an error that ended it.</returns>
    public Task<bool> Start()
    {
        // A clean context: what the caller of StartAsync has in its AsyncLocals is no business of the connections.
        using (ExecutionContext.SuppressFlow())
        {
            Task<bool> loop = Task.Run(RunAsync);
            _loop = loop;
            return loop;
        }
    }

    /// <summary>
    /// Takes what stands in the accept queue, then closes the listener. Ends when the loop has ended.
    /// </summary>
    public async Task StopAsync()
    {
        // Whoever is in the queue believes to be connected, and may have sent its request: closing now would reset it.
        long start = settings.Time.GetTimestamp();
        int countMax = Volatile.Read(ref _acceptedCount) + QueueTakenMax;
        while (!_isPaused && !_loop.IsCompleted && listener.HasWaiting
            && Volatile.Read(ref _acceptedCount) < countMax && settings.Time.GetElapsedTime(start) < QueueTime)
            await Task.Yield();

        await _stopping.CancelAsync().ConfigureAwait(false);
        await listener.DisposeAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stopping.Dispose();
        ConnectionsLog.ListenerClosed(_logger, _endpoint);
    }

    private async Task<bool> RunAsync()
    {
        ExecutionContext executionContext = server.EnterContext();
        while (true)
        {
            try
            {
                Connection? connection = await listener.AcceptAsync().ConfigureAwait(false);
                if (connection is null)
                    return false;

                _retries = 0;
                _acceptedCount++;
                if (_isPaused)
                    Resume();

                server.Serve(connection, handler, executionContext);
            }
            catch (SocketException e) when (AcceptErrors.Classify(e.SocketErrorCode) != AcceptErrorAction.Stop)
            {
                if (!await RecoverAsync(e).ConfigureAwait(false))
                    return false;
            }
            catch (Exception e)
            {
                ConnectionsLog.AcceptFailed(_logger, _endpoint, e);
                return true;
            }
        }
    }

    /// <summary>Waits where the error calls for it.</summary>
    /// <returns>False where the server stops meanwhile.</returns>
    private async ValueTask<bool> RecoverAsync(SocketException cause)
    {
        bool isRetry = AcceptErrors.Classify(cause.SocketErrorCode) == AcceptErrorAction.Retry;
        if (isRetry && ++_retries <= RetriesMax)
        {
            ConnectionsLog.AcceptRetried(_logger, _endpoint, cause.Message);
            return true;
        }

        if (!_isPaused)
            LogPause(cause);

        _isPaused = true;
        try
        {
            await Task.Delay(PauseTime, settings.Time, _stopping.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>At the edge, each connection that ends lets one in: that is not worth two lines each.</summary>
    private void LogPause(SocketException cause)
    {
        if (_pauseLoggedAt != 0 && settings.Time.GetElapsedTime(_pauseLoggedAt) < PauseLogPeriod)
            return;
        _pauseLoggedAt = Math.Max(1, settings.Time.GetTimestamp());
        _isPauseLogged = true;
        ConnectionsLog.AcceptPaused(_logger, _endpoint, cause.Message);
    }

    private void Resume()
    {
        _isPaused = false;
        if (_isPauseLogged)
            ConnectionsLog.AcceptResumed(_logger, _endpoint);
        _isPauseLogged = false;
    }
}

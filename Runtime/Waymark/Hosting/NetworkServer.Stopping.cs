using System.Diagnostics;
using Waymark.Connections;
using Waymark.Hosting;
using Waymark.Transport;

namespace Waymark;

/// <content>What the server is doing, and how it stops.</content>
public abstract partial class NetworkServer
{
    /// <summary>Where the server is in its life: it only goes forward.</summary>
    public ServerState State => _lifecycle.State;

    /// <summary>
    /// True from the moment that requests are served until the first step of a stop, or until <see
    /// cref="StopListeningAsync"/>: what a readiness check answers 200 or 503 by.
    /// </summary>
    /// <remarks>It is false before the listeners close, so that who asks learns it in time.</remarks>
    public bool IsReady => State == ServerState.Running;

    /// <summary>Ends when requests are served; cancelled where the server is stopped before that.</summary>
    /// <remarks>Stays as it is for a start that failed: that one throws.</remarks>
    public Task Ready => _lifecycle.Ready;

    /// <summary>The connections that are open now, in no order; empty where the server does not run.</summary>
    /// <remarks>
    /// A list of its own for each call, of the objects that the connections go on with: they tell what is the case when
    /// they are asked, and may tell <see cref="ConnectionState.Closed"/>.
    /// </remarks>
    public IReadOnlyList<ConnectionInfo> GetConnections() => _server?.GetConnections() ?? [];

    /// <summary>
    /// Takes no more connections, and goes on serving those that there are, those in the accept queue included.
    /// </summary>
    /// <remarks>
    /// For a hand-over to another process, before <see cref="StopAsync"/>. Later connects are refused. May be called
    /// from anywhere and more than once. <see cref="RunAsync"/> goes on.
    /// </remarks>
    /// <returns>Ends when nothing is listened on any more.</returns>
    /// <exception cref="InvalidOperationException">The server has not been started.</exception>
    public async Task StopListeningAsync()
    {
        Server? server;
        lock (Lock)
            server = _server;

        if (server is null)
            throw new InvalidOperationException("Only a server that was started can stop listening.");

        if (_lifecycle.TryAdvance(ServerState.NotListening))
            HostingLog.ListeningEnds(Logger, server.ConnectionCount);

        await server.StopListeningAsync().ConfigureAwait(false);
    }

    /// <summary>Stops: takes no more connections, lets requests in flight end, then cuts off what remains.</summary>
    /// <remarks>
    /// May be called from anywhere and more than once; a later call with a shorter time shortens the first. Called by a
    /// handler or a tick (or by what one started), the task ends as soon as the stop has begun, since the stop waits
    /// for it.
    /// </remarks>
    /// <param name="drain">
    /// How long requests may take to end, 0 to 1 day; null for <see cref="NetworkServerOptions.DrainTimeout"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="drain"/> is out of its range.</exception>
    /// <exception cref="ServerShutdownException">
    /// Connections had to be cut off. The server has stopped all the same.
    /// </exception>
    public async Task StopAsync(TimeSpan? drain = null)
    {
        TimeSpan drainTimeout = drain ?? Options.DrainTimeout;
        ArgumentOutOfRangeException.ThrowIfLessThan(drainTimeout, TimeSpan.Zero, nameof(drain));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(drainTimeout, TimeSpan.FromDays(1), nameof(drain));
        Task<int> stop = StopOnceAsync(drainTimeout, "StopAsync was called");
        if (IsInside)
            return;

        int remaining = await stop.ConfigureAwait(false);
        if (remaining > 0)
            throw new ServerShutdownException(remaining);
    }

    /// <summary>
    /// As <see cref="StopAsync"/> with the default time, but connections that were cut off are only logged.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Task<int> stop = StopOnceAsync(Options.DrainTimeout, "the server is disposed");
        if (!IsInside)
            await stop.ConfigureAwait(false);
    }

    private async Task<int> StopOnceAsync(TimeSpan drainTimeout, string reason)
    {
        bool isFirst;
        lock (Lock)
        {
            isFirst = !_isStopping;
            _isStopping = true;
            _lifecycle.TryAdvance(ServerState.Stopping);
        }

        if (!isFirst)
        {
            // A server shortens its drain where this call gives less time than the first did; so do tickers.
            foreach (NetworkServer server in All())
            {
                _ = server._background?.StopAsync(drainTimeout);
                if (server._server is { } running)
                    await running.StopAsync(drainTimeout).ConfigureAwait(false);
            }

            return await _stopped.Task.ConfigureAwait(false);
        }

        try
        {
            // Not awaited: a callback on the token may itself wait for the stop.
            _ = AnnounceStopAsync();
            Task<int>? background = _background?.StopAsync(drainTimeout);
            Task<int> own = StopServingAsync(drainTimeout, reason);
            List<Task<int>> others = StopCompanions(drainTimeout, reason);
            int remaining = await own.ConfigureAwait(false);
            foreach (Task<int> other in others)
                remaining += await other.ConfigureAwait(false);
            if (background is not null)
                _leftBehindCount = await background.ConfigureAwait(false);
            await RunStoppedAsync().ConfigureAwait(false);
            (Observer as IDisposable)?.Dispose();
            _stopped.SetResult(remaining);
        }
        catch (Exception e)
        {
            _stopped.SetException(e);
        }

        return await _stopped.Task.ConfigureAwait(false);
    }

    /// <summary>True where the calling code is a handler's or a tick's, so that a stop waits for it.</summary>
    private bool IsInside
    {
        get
        {
            foreach (NetworkServer server in All())
            {
                if (server._server is { IsInside: true } || server._background is { IsInside: true })
                    return true;
            }

            return false;
        }
    }

    private List<Task<int>> StopCompanions(TimeSpan drainTimeout, string reason) =>
        _companions.ConvertAll(companion => companion.Server.StopOnceAsync(drainTimeout, reason));

    private async Task AnnounceStopAsync()
    {
        try
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException e)
        {
            HostingLog.StoppingCallbackFailed(Logger, e);
        }
    }

    private async Task<int> StopServingAsync(TimeSpan drainTimeout, string reason)
    {
        if (_server is null)
        {
            foreach (Listener listener in _listeners ?? [])
                await listener.DisposeAsync().ConfigureAwait(false);

            _lifecycle.TryAdvance(ServerState.Stopped);
            return 0;
        }

        TimeProvider time = Options.TimeProvider;
        long start = time.GetTimestamp();
        HostingLog.Stopping(Logger, reason, _server.ConnectionCount, drainTimeout);
        int remaining = await _server.StopAsync(drainTimeout).ConfigureAwait(false);
        Debug.Assert(remaining >= 0);
        HostingLog.Stopped(
            Logger, time.GetElapsedTime(start), _server.RequestCount, _server.AcceptedCount, remaining);
        return remaining;
    }
}

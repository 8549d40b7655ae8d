using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Waymark.Transport;

namespace Waymark.Connections;

/// <summary>A bound listener and the protocol that is spoken on its connections.</summary>
internal readonly record struct ServedListener(Listener Listener, ConnectionHandler Handler);

/// <summary>
/// Serves the connections of any set of listeners, and stops without losing one that can still end well.
/// </summary>
/// <remarks>
/// How it stops, and why in this order:
/// <list type="number">
/// <item>The accept queues are emptied, then the listeners close: who is in a queue believes to be connected.</item>
/// <item>Connections learn that their next answer is the last. Idle ones stay for a grace, because a request may be on
/// its way to them already; after it, silent ones are closed.</item>
/// <item>At the end of the drain time the abort token is cancelled and receives end: what is open now is counted. After
/// a second, what remains is reset.</item>
/// </list>
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Handlers may hold the token longer than the server lives; "
    + "a source without timer or wait handle holds nothing that needs disposing.")]
internal sealed class Server
{
    /// <summary>How long handlers have between the cancellation of their token and the reset.</summary>
    public static readonly TimeSpan AbortGrace = TimeSpan.FromSeconds(1);

    // Tells whether code runs on behalf of one of a server's connections. It flows from the accept loop's context, so a
    // connection allocates nothing for it.
    private static readonly AsyncLocal<Server?> Current = new();

    private readonly ServerSettings _settings;
    private readonly ConnectionSet _connections;
    private readonly AcceptLoop[] _loops;
    private readonly RefusingHandler _refusing;
    private readonly CancellationTokenSource _abort = new();
    private readonly CancellationTokenSource _hurry = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private ITimer? _sweepTimer;
    private Task? _listening;
    private Task<int>? _stop;
    private long _acceptedCount;

    /// <summary>Takes over bound listeners: from here on they are this server's to close.</summary>
    public Server(IReadOnlyList<ServedListener> listeners, ServerSettings settings)
    {
        _settings = settings;
        _connections = new ConnectionSet(settings);
        _refusing = new RefusingHandler(settings);
        _loops = new AcceptLoop[listeners.Count];
        for (int i = 0; i < _loops.Length; i++)
            _loops[i] = new AcceptLoop(listeners[i].Listener, listeners[i].Handler, this, settings);
    }

    /// <summary>True where the calling code is a connection's handler, or was started by one.</summary>
    public bool IsInside => ReferenceEquals(Current.Value, this);

    /// <summary>How many connections are open.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>How many connections have been accepted.</summary>
    public long AcceptedCount => Volatile.Read(ref _acceptedCount);

    /// <summary>How many requests came on the connections that have ended.</summary>
    public long RequestCount => _connections.RequestCount;

    /// <summary>Ends when a listener broke, so that the server no longer does its work.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Starts to accept on every listener. Once.</summary>
    public void Start()
    {
        Debug.Assert(_sweepTimer is null);
        using (ExecutionContext.SuppressFlow())
        {
            _sweepTimer = _settings.Time.CreateTimer(
                static set => ((ConnectionSet)set!).Sweep(), _connections, Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
            _connections.SweepTimer = _sweepTimer;
        }

        foreach (AcceptLoop loop in _loops)
            _ = WatchAsync(loop.Start());
    }

    /// <summary>What is open now, in no order.</summary>
    public ConnectionInfo[] GetConnections()
    {
        ServedConnection[] connections = _connections.Snapshot();
        var infos = new ConnectionInfo[connections.Length];
        for (int i = 0; i < infos.Length; i++)
            infos[i] = connections[i].Context.Info;

        return infos;
    }

    /// <summary>Takes what stands in the accept queues, then closes every listener. Connections go on.</summary>
    /// <returns>Ends when all are closed, whoever called first.</returns>
    public Task StopListeningAsync()
    {
        lock (_lock)
            return _listening ??= Task.Run(CloseListenersAsync);
    }

    /// <summary>Stops as described above. Later calls can only shorten the drain time.</summary>
    /// <returns>How many connections had not ended within the drain time, and were cancelled or reset.</returns>
    public async Task<int> StopAsync(TimeSpan drainTimeout)
    {
        Task<int> stop;
        bool isFirst;
        lock (_lock)
        {
            isFirst = _stop is null;

            // On the pool, because the caller may be a connection's task that must go on for the drain to end.
            stop = _stop ??= Task.Run(() => StopCoreAsync(drainTimeout));
        }

        if (!isFirst && !stop.IsCompleted)
            await HurryAsync(stop, drainTimeout).ConfigureAwait(false);

        return await stop.ConfigureAwait(false);
    }

    /// <summary>Starts the protocol on a connection that was just accepted. Never blocks, never throws.</summary>
    internal void Serve(Connection connection, ConnectionHandler handler, ExecutionContext executionContext)
    {
        Interlocked.Increment(ref _acceptedCount);
        var context = new ConnectionContext(connection, _settings.Ids.Next(), _abort.Token, _settings.Time)
        {
            Observer = _settings.Observer,
        };
        var served = new ServedConnection(context, handler, _connections, _settings);
        if (_connections.TryAdd(served))
        {
            served.Start(executionContext);
            return;
        }

        _settings.Observer?.Rejected(ConnectionEnds.OverLimit);
        served = new ServedConnection(context, handler.ForRefusal(_refusing), _connections, _settings)
        {
            IsRefused = true,
        };
        if (_connections.TryAdd(served))
            served.Start(executionContext);
        else
            connection.Abort();
    }

    /// <summary>Marks the calling flow as this server's, and captures it for the connections.</summary>
    internal ExecutionContext EnterContext()
    {
        ExecutionContext? captured = null;
        ExecutionContext.Run(
            _settings.Ambient ?? ExecutionContext.Capture()!,
            _ =>
            {
                Current.Value = this;
                captured = ExecutionContext.Capture();
            },
            null);
        return captured!;
    }

    private async Task WatchAsync(Task<bool> loop)
    {
        if (await loop.ConfigureAwait(false))
            _failed.TrySetResult();
    }

    private async Task CloseListenersAsync()
    {
        // All at once: while one queue is emptied, connections must not pile up in the next.
        var closing = new Task[_loops.Length];
        for (int i = 0; i < closing.Length; i++)
            closing[i] = _loops[i].StopAsync();

        await Task.WhenAll(closing).ConfigureAwait(false);
    }

    private async Task<int> StopCoreAsync(TimeSpan drainTimeout)
    {
        long start = _settings.Time.GetTimestamp();
        _settings.Lifecycle.TryAdvance(ServerState.Stopping);
        await StopListeningAsync().ConfigureAwait(false);

        _settings.Lifecycle.TryAdvance(ServerState.IdleGrace);
        _connections.BeginStop();
        TimeSpan idleGrace = _settings.IdleGrace < drainTimeout ? _settings.IdleGrace : drainTimeout;
        if (!await IsDrainedWithinAsync(idleGrace, start, _hurry.Token).ConfigureAwait(false))
        {
            _settings.Lifecycle.TryAdvance(ServerState.Draining);
            ConnectionsLog.IdleGraceOver(_settings.Logger, _connections.Count);
            _connections.EndIdleGrace();
        }

        int remaining = 0;
        if (!await IsDrainedWithinAsync(drainTimeout, start, _hurry.Token).ConfigureAwait(false))
            remaining = await AbortAsync(drainTimeout).ConfigureAwait(false);

        if (_sweepTimer is not null)
            await _sweepTimer.DisposeAsync().ConfigureAwait(false);

        _settings.Lifecycle.TryAdvance(ServerState.Stopped);
        return remaining;
    }

    private async Task<int> AbortAsync(TimeSpan drainTimeout)
    {
        int remaining = _connections.Count;
        _settings.Lifecycle.TryAdvance(ServerState.Aborting);
        ConnectionsLog.DrainOver(_settings.Logger, remaining);

        // Not awaited: a callback on the token that blocks must not keep the rest from being reset.
        _ = CancelAsync();
        _connections.StopReceivingAll();
        long start = _settings.Time.GetTimestamp();
        bool isDrained = await IsDrainedWithinAsync(AbortGrace, start, CancellationToken.None).ConfigureAwait(false);
        int reset = isDrained ? 0 : _connections.AbortAll();
        if (remaining > 0)
            ConnectionsLog.ConnectionsAborted(_settings.Logger, remaining, drainTimeout, reset);

        return remaining;
    }

    private async Task CancelAsync()
    {
        try
        {
            await _abort.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException e)
        {
            ConnectionsLog.CancellationFailed(_settings.Logger, e);
        }
    }

    private async Task<bool> IsDrainedWithinAsync(TimeSpan limit, long start, CancellationToken hurry)
    {
        TimeSpan left = limit - _settings.Time.GetElapsedTime(start);
        if (left > TimeSpan.Zero && !hurry.IsCancellationRequested && !_connections.Drained.IsCompleted)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(hurry);
            await Task.WhenAny(_connections.Drained, Task.Delay(left, _settings.Time, enough.Token))
                .ConfigureAwait(false);
            await enough.CancelAsync().ConfigureAwait(false);
        }

        return _connections.Drained.IsCompleted;
    }

    private async Task HurryAsync(Task stop, TimeSpan drainTimeout)
    {
        if (drainTimeout > TimeSpan.Zero)
        {
            using var enough = new CancellationTokenSource();
            await Task.WhenAny(stop, Task.Delay(drainTimeout, _settings.Time, enough.Token)).ConfigureAwait(false);
            await enough.CancelAsync().ConfigureAwait(false);
        }

        await _hurry.CancelAsync().ConfigureAwait(false);
    }
}

using System.Diagnostics;

namespace Waymark.Connections;

/// <summary>
/// Every open connection of a server: counts them, ends those past their deadline, and drains them at a stop.
/// </summary>
/// <remarks>
/// One array under one lock, and one wheel (<see cref="Deadlines"/>) that knows what is due: 10,000 idle connections
/// cost neither a timer each nor a look. Connections are never touched under the lock, because a transport may run the
/// connection's own task inside <c>StopReceiving</c>.
/// </remarks>
internal sealed class ConnectionSet
{
    /// <summary>How often deadlines are looked at, and so how late one may be kept.</summary>
    public static readonly TimeSpan SweepPeriod = Deadlines.SlotTime;

    /// <summary>
    /// How long a connection may go on after its receive was ended at a deadline, before it is reset.
    /// </summary>
    public static readonly TimeSpan OverdueGrace = TimeSpan.FromSeconds(5);

    /// <summary>How often a watched peer is asked whether it is gone.</summary>
    public static readonly TimeSpan WatchPeriod = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RefusalLogPeriod = TimeSpan.FromSeconds(0.5);

    // Refused connections linger for up to a second each; beyond this many at once a flood gets resets instead.
    private const int RefusedMax = 1024;
    private const int CapacityInitial = 64;

    private readonly Lock _lock = new();
    private readonly ServerSettings _settings;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _overdueGraceTicks;
    private readonly long _watchTicks;
    private readonly long _refusalLogTicks;
    private readonly Deadlines _deadlines;

    // Only the sweep uses these two, and sweeps do not overlap.
    private long _refusalsLoggedAt = long.MinValue;
    private int _isSweeping;

    // INVARIANT: _items[0.._count) are the open connections, each with its own index; the rest is null.
    private ServedConnection?[] _items = new ServedConnection?[CapacityInitial];
    private int _count;
    private int _refusedCount;
    private int _refusalsUnlogged;
    private long _requestCount;
    private bool _isStopping;
    private bool _isIdleGraceOver;
    private bool _isTicking;

    public ConnectionSet(ServerSettings settings)
    {
        _settings = settings;
        _overdueGraceTicks = Timestamps.FromTimeSpan(settings.Time, OverdueGrace);
        _watchTicks = Timestamps.FromTimeSpan(settings.Time, WatchPeriod);
        _refusalLogTicks = Timestamps.FromTimeSpan(settings.Time, RefusalLogPeriod);
        _deadlines = new Deadlines(settings.Time, Pass);
    }

    /// <summary>Ends once the server stops and no connection is left.</summary>
    public Task Drained => _drained.Task;

    /// <summary>How many connections are open, those that are being refused included.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    /// <summary>How many requests came on the connections that have ended.</summary>
    public long RequestCount
    {
        get
        {
            lock (_lock)
                return _requestCount;
        }
    }

    /// <summary>
    /// What calls <see cref="Sweep"/>, once per <see cref="SweepPeriod"/> while there are connections: a server without
    /// any does not wake up.
    /// </summary>
    public ITimer? SweepTimer { get; set; }

    /// <summary>Takes a connection in.</summary>
    /// <returns>False where the limit for its kind is reached.</returns>
    public bool TryAdd(ServedConnection connection)
    {
        lock (_lock)
        {
            if (connection.IsRefused)
            {
                _refusalsUnlogged++;
                if (_refusedCount == RefusedMax)
                    return false;

                _refusedCount++;
            }
            else if (_count - _refusedCount >= _settings.ConnectionsMax)
            {
                return false;
            }

            if (_count == _items.Length)
                Array.Resize(ref _items, _count * 2);

            connection.Index = _count;
            _items[_count++] = connection;
            connection.Context.IsStopping = _isStopping;
            if (!_isTicking)
            {
                _isTicking = true;
                SweepTimer?.Change(SweepPeriod, SweepPeriod);
            }
        }

        connection.Context.KeepOn(_deadlines);
        return true;
    }

    /// <summary>Lets a connection go that <see cref="TryAdd"/> took in.</summary>
    public void Remove(ServedConnection connection)
    {
        _deadlines.Remove(connection.Context);
        lock (_lock)
        {
            Debug.Assert(ReferenceEquals(_items[connection.Index], connection));
            ServedConnection last = _items[--_count]!;
            _items[_count] = null;
            if (!ReferenceEquals(last, connection))
            {
                _items[connection.Index] = last;
                last.Index = connection.Index;
            }

            _requestCount += connection.Context.RequestCount;
            if (connection.IsRefused)
                _refusedCount--;
            if (_isStopping && _count == 0)
                _drained.TrySetResult();
        }
    }

    /// <summary>Ends receives past their deadline, and resets what goes on after that.</summary>
    public void Sweep()
    {
        // A slow sweep is not joined by the timer's next call.
        if (Interlocked.Exchange(ref _isSweeping, 1) != 0)
            return;

        try
        {
            CloseIdleIfDue();
            _deadlines.Sweep();
            LogRefusals(_settings.Time.GetTimestamp());
            RestIfEmpty();
        }
        finally
        {
            Volatile.Write(ref _isSweeping, 0);
        }
    }

    /// <summary>Tells every connection, and every later one, that its next answer is the last.</summary>
    public void BeginStop()
    {
        lock (_lock)
        {
            _isStopping = true;
            for (int i = 0; i < _count; i++)
                _items[i]!.Context.IsStopping = true;

            if (_count == 0)
                _drained.TrySetResult();
        }
    }

    /// <summary>Ends the receive of every idle connection, now and at each later sweep.</summary>
    public void EndIdleGrace()
    {
        lock (_lock)
            _isIdleGraceOver = true;

        CloseIdleIfDue();
    }

    /// <summary>Ends every receive: what waits for its peer gets no more.</summary>
    public void StopReceivingAll()
    {
        foreach (ServedConnection connection in Snapshot())
            connection.Context.Connection.StopReceiving();
    }

    /// <summary>Resets what is still open.</summary>
    /// <returns>How many connections that were.</returns>
    public int AbortAll()
    {
        ServedConnection[] remaining = Snapshot();
        foreach (ServedConnection connection in remaining)
            connection.Context.Connection.Abort();

        return remaining.Length;
    }

    /// <summary>What is open now.</summary>
    public ServedConnection[] Snapshot()
    {
        lock (_lock)
        {
            var snapshot = new ServedConnection[_count];
            Array.Copy(_items, snapshot, _count);
            return snapshot;
        }
    }

    private void CloseIdleIfDue()
    {
        lock (_lock)
        {
            if (!_isIdleGraceOver)
                return;
        }

        foreach (ServedConnection connection in Snapshot())
        {
            if (connection.Context.IsIdle)
                connection.Context.Connection.StopReceiving();
        }
    }

    /// <summary>Stops the timer until the next connection; not with the last one, which may be many a second.</summary>
    private void RestIfEmpty()
    {
        lock (_lock)
        {
            if (_count > 0 || _refusalsUnlogged > 0)
                return;
            _isTicking = false;
            SweepTimer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Does what is due about a connection that is past its deadline.</summary>
    /// <returns>When to look again.</returns>
    private long Pass(ConnectionContext context, long now) => context.DeadlineKind switch
    {
        DeadlineKind.Send => PassSend(context, now),
        DeadlineKind.Watch => PassWatch(context, now),
        DeadlineKind.Silence => PassSilence(context),
        _ => PassReceive(context, now),
    };

    private long PassReceive(ConnectionContext context, long now)
    {
        if (!context.WasEnded)
        {
            context.TimedOutAt = now;
            ConnectionsLog.ConnectionTimedOut(_settings.Logger, context.Id);
            context.HasTimedOut = true;
            context.Connection.StopReceiving();
        }
        else if (now - context.TimedOutAt > _overdueGraceTicks)
        {
            Reset(context);
            return ConnectionContext.NoDeadline;
        }

        return context.TimedOutAt + _overdueGraceTicks;
    }

    private long PassSend(ConnectionContext context, long now)
    {
        long lookTicks = Timestamps.FromTimeSpan(_settings.Time, context.SendFloor.LookPeriod);
        if (!context.IsSendTooSlow(context.Deadline - lookTicks, now, _settings.Time))
            return now + lookTicks;
        Reset(context);
        return ConnectionContext.NoDeadline;
    }

    private long PassWatch(ConnectionContext context, long now)
    {
        if (!context.Connection.IsPeerGone)
        {
            context.PeerSeen?.Invoke(now);
            return now + _watchTicks;
        }

        context.PeerGone?.Invoke();
        return ConnectionContext.NoDeadline;
    }

    private static long PassSilence(ConnectionContext context)
    {
        // Whoever is told sets the next deadline, where the connection has not done so by now.
        context.Silent?.Invoke();
        return ConnectionContext.NoDeadline;
    }

    private void Reset(ConnectionContext context)
    {
        if (context.IsReset)
            return;
        context.IsReset = true;
        ConnectionsLog.ConnectionOverdue(_settings.Logger, context.Id);
        context.Connection.Abort();
    }

    private void LogRefusals(long now)
    {
        if (now - _refusalLogTicks < _refusalsLoggedAt)
            return;
        int count;
        lock (_lock)
        {
            count = _refusalsUnlogged;
            _refusalsUnlogged = 0;
        }

        // At most two lines a second, however many are refused.
        if (count == 0)
            return;
        _refusalsLoggedAt = now;
        ConnectionsLog.ConnectionsRefused(_settings.Logger, count, _settings.ConnectionsMax ?? 0);
    }
}

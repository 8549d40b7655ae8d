namespace Waymark.Tests.Support;

/// <summary>Time that stands still until a test moves it.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Source)> _waits = [];
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_lock)
            return _elapsed.Ticks;
    }

    public override DateTimeOffset GetUtcNow() =>
        new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero).AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Ends once code under test waits for exactly this long: then time can be moved without a race.</summary>
    public Task UntilTimerAsync(TimeSpan due)
    {
        lock (_lock)
        {
            if (_timers.Exists(timer => timer.DueTime == due))
                return Task.CompletedTask;

            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((due, source));
            return source.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }
    }

    public void Advance(TimeSpan by)
    {
        TimeSpan target;
        lock (_lock)
            target = _elapsed + by;

        while (TryTakeDue(target) is { } timer)
            timer.Fire();

        // What fired may have moved the time on itself.
        lock (_lock)
            _elapsed = target > _elapsed ? target : _elapsed;
    }

    /// <summary>Moves to where the next timer is due, and lets it fire.</summary>
    /// <returns>False where nothing waits.</returns>
    public bool TryAdvanceToNext()
    {
        TimeSpan by;
        lock (_lock)
        {
            if (_timers.Count == 0)
                return false;
            by = _timers.Min(timer => timer.At) - _elapsed;
        }

        Advance(by);
        return true;
    }

    private ManualTimer? TryTakeDue(TimeSpan target)
    {
        lock (_lock)
        {
            ManualTimer? next = null;
            foreach (ManualTimer timer in _timers)
            {
                if (timer.At <= target && (next is null || timer.At < next.At))
                    next = timer;
            }

            if (next is null)
                return null;

            _elapsed = next.At > _elapsed ? next.At : _elapsed;
            if (next.Period > TimeSpan.Zero)
                next.At += next.Period;
            else
                _timers.Remove(next);

            return next;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider owner, Action fire) : ITimer
    {
        public TimeSpan DueTime { get; private set; }

        public TimeSpan Period { get; private set; }

        public TimeSpan At { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._lock)
            {
                owner._timers.Remove(this);
                DueTime = dueTime;
                Period = period;
                At = owner._elapsed + dueTime;
                if (dueTime >= TimeSpan.Zero)
                    owner._timers.Add(this);

                foreach ((TimeSpan due, TaskCompletionSource source) in owner._waits)
                {
                    if (due == dueTime)
                        source.TrySetResult();
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (owner._lock)
                owner._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace Waymark;

/// <summary>The limiters of all clients; never more than a limit, and one for those beyond it.</summary>
/// <remarks>
/// Thread-safe. A timer ticks while a limiter has to be told of the time: sliding windows, and queues. Time on it is
/// TimeProvider's; the limiters measure by the system's clock.
/// </remarks>
internal sealed class Partitions(RateLimitOptions options, TimeProvider time)
{
    private static readonly TimeSpan TickMin = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan TickMax = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<PartitionKey, Partition> _all = new();
    private readonly Partition _overflow = new(options.Policy, options.QueueMax);
    private readonly Lock _lock = new();

    // INVARIANT: under _lock; _count is never less than _all.Count.
    private ITimer? _timer;
    private int _count;
    private long _sweptAt = time.GetTimestamp();
    private bool _hasSwept;

    public int Count => _all.Count;

    /// <summary>The limiter of a client, which counts already when it is returned.</summary>
    public Partition Of(in PartitionKey key)
    {
        if (_all.TryGetValue(key, out Partition? known))
            return known;
        lock (_lock)
        {
            if (_all.TryGetValue(key, out known))
                return known;
            MakeRoom();
            if (_count >= options.PartitionsMax)
                return _overflow;
            var made = new Partition(options.Policy, options.QueueMax);
            _all[key] = made;
            _count++;
            if (options.Policy.Tick > TimeSpan.Zero || options.QueueMax > 0)
                _timer ??= time.CreateTimer(static state => ((Partitions)state!).Tick(), this, TickTime, TickTime);
            return made;
        }
    }

    /// <summary>Tells limiters of the time, as the timer does.</summary>
    public void Tick()
    {
        _overflow.Replenish();
        foreach ((_, Partition partition) in _all)
            partition.Replenish();
        lock (_lock)
        {
            SweepWhereTime();
            if (_count == 0 && _overflow.IsIdle)
            {
                _timer?.Dispose();
                _timer = null;
            }
        }
    }

    private TimeSpan TickTime
    {
        get
        {
            TimeSpan tick = options.Policy.Tick > TimeSpan.Zero ? options.Policy.Tick : TickMax;
            return tick < TickMin ? TickMin : tick > TickMax && options.QueueMax > 0 ? TickMax : tick;
        }
    }

    /// <summary>Forgets those who have been idle long enough, and where that is not enough, all who are idle.</summary>
    private void MakeRoom()
    {
        SweepWhereTime();

        // At most once a second as well: who comes with ever new addresses must not make each request go through all.
        if (_count >= options.PartitionsMax && (!_hasSwept || time.GetElapsedTime(_sweptAt) >= SweepEvery))
            Sweep(TimeSpan.Zero);
    }

    private void SweepWhereTime()
    {
        if (time.GetElapsedTime(_sweptAt) >= options.IdleAfter)
            Sweep(options.IdleAfter);
    }

    private void Sweep(TimeSpan idleMin)
    {
        _sweptAt = time.GetTimestamp();
        _hasSwept = true;
        foreach ((PartitionKey key, Partition partition) in _all)
        {
            if (partition.TryEvict(idleMin))
            {
                _all.TryRemove(key, out _);
                _count--;
            }
        }
    }
}

/// <summary>The limiter of one client.</summary>
internal sealed class Partition
{
    private readonly Lock _lock = new();
    private readonly RateLimiter _limiter;
    private readonly ReplenishingRateLimiter? _replenishing;
    private readonly TimeSpan _permitTime;

    // INVARIANT: under _lock.
    private bool _isEvicted;

    public Partition(RateLimitPolicy policy, int queueMax)
    {
        _limiter = policy.Create(queueMax);
        _replenishing = _limiter as ReplenishingRateLimiter;
        _permitTime = policy.PermitTime;
    }

    /// <summary>True where all permits are there.</summary>
    public bool IsIdle => _limiter.IdleDuration is not null;

    /// <summary>How many permits there are; 0 for a limiter that was forgotten.</summary>
    public long CountLeft()
    {
        lock (_lock)
            return _isEvicted ? 0 : _limiter.GetStatistics()?.CurrentAvailablePermits ?? 0;
    }

    /// <summary>Tells the limiter of the time.</summary>
    public void Replenish() => _replenishing?.TryReplenish();

    /// <summary>Takes a permit; null where the limiter was forgotten meanwhile, and another is to be asked.</summary>
    public RateLimitLease? TryAcquire()
    {
        // A permit that is taken of a limiter that is forgotten would not count.
        lock (_lock)
        {
            if (_isEvicted)
                return null;
            CatchUp();
            return _limiter.AttemptAcquire(1);
        }
    }

    /// <summary>Waits for a permit; null as above.</summary>
    public Task<RateLimitLease>? TryAcquireAsync(CancellationToken stop)
    {
        lock (_lock)
        {
            if (_isEvicted)
                return null;
            CatchUp();
            return _limiter.AcquireAsync(1, stop).AsTask();
        }
    }

    /// <summary>Forgets the limiter where all of its permits are back for some time.</summary>
    public bool TryEvict(TimeSpan idleMin)
    {
        lock (_lock)
        {
            Replenish();
            if (_isEvicted || _limiter.IdleDuration is not { } idle || idle < idleMin)
                return false;
            _isEvicted = true;
            _limiter.Dispose();
            return true;
        }
    }

    /// <summary>Brings the limiter up to now.</summary>
    /// <remarks>
    /// One that is full does not note the time it is told of, and would give back, for the first permit that is taken,
    /// one that time has brought while there was no room. So one is taken and given back before it counts.
    /// </remarks>
    private void CatchUp()
    {
        Replenish();
        if (_replenishing is null || _limiter.IdleDuration is not { } idle || idle < _permitTime)
            return;
        _limiter.AttemptAcquire(1).Dispose();
        Replenish();
    }
}

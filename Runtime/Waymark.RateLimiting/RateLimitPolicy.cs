using System.Threading.RateLimiting;

namespace Waymark;

/// <summary>How many requests are let through, and in what time.</summary>
/// <remarks>
/// Immutable. The limiters are those of System.Threading.RateLimiting, whose time is the system's monotonic clock: no
/// TimeProvider moves it.
/// </remarks>
public sealed class RateLimitPolicy
{
    private const int PermitsMax = 1_000_000;

    private static readonly TimeSpan WindowMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WindowMax = TimeSpan.FromDays(1);

    private readonly Func<int, RateLimiter> _create;

    private RateLimitPolicy(
        int permits, TimeSpan window, TimeSpan tick, TimeSpan permitTime, Func<int, RateLimiter> create)
    {
        PermitTime = permitTime;
        Permits = permits;
        Window = window;
        Tick = tick;
        _create = create;
    }

    /// <summary>The most requests at once, or in a window.</summary>
    public int Permits { get; }

    /// <summary>In what time <see cref="Permits"/> come back; zero where time brings none back.</summary>
    public TimeSpan Window { get; }

    /// <summary>After what time a limiter that is told of it gives a permit back; the longest time for never.</summary>
    internal TimeSpan PermitTime { get; }

    /// <summary>How often limiters have to be told of the time; zero where asking them is enough.</summary>
    internal TimeSpan Tick { get; }

    /// <summary>
    /// A bucket of tokens, full at first: each request takes one, and they come back steadily. In a time t no more than
    /// <paramref name="burst"/> + <paramref name="perSecond"/> * t are let through, and less than one on top where the
    /// bucket has just become full.
    /// </summary>
    /// <param name="burst">The tokens in a full bucket. 1 to 1,000,000.</param>
    /// <param name="perSecond">How many come back in a second. 0.0001 to 1,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static RateLimitPolicy TokenBucket(int burst, double perSecond)
    {
        CheckPermits(burst);
        if (!(perSecond is >= 0.0001 and <= PermitsMax))
            throw new ArgumentOutOfRangeException(nameof(perSecond), perSecond, "0.0001 to 1000000 a second.");

        // Whole tokens in a period of our own choice: the limiter fills continuously where nobody ticks for it, and so
        // the rate alone counts.
        int tokens = Math.Max(1, (int)Math.Min(perSecond, PermitsMax));
        var period = TimeSpan.FromSeconds(tokens / perSecond);
        return new(
            burst,
            TimeSpan.FromSeconds(burst / perSecond),
            TimeSpan.Zero,
            TimeSpan.FromSeconds(1 / perSecond),
            queueMax => new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
            {
                TokenLimit = burst,
                TokensPerPeriod = tokens,
                ReplenishmentPeriod = period,
                AutoReplenishment = false,
                QueueLimit = queueMax,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }));
    }

    /// <summary>At most so many requests in every window of time, counted in segments of it.</summary>
    /// <param name="permits">1 to 1,000,000.</param>
    /// <param name="window">100 ms to 1 day.</param>
    /// <param name="segments">
    /// In how many parts a window is counted. 2 to 100; default 8. What was used in a part comes back a window later.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static RateLimitPolicy SlidingWindow(int permits, TimeSpan window, int segments = 8)
    {
        CheckPermits(permits);
        CheckWindow(window);
        ArgumentOutOfRangeException.ThrowIfLessThan(segments, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(segments, 100);
        return new(permits, window, window / segments / 4, TimeSpan.MaxValue, queueMax => new SlidingWindowRateLimiter(
            new SlidingWindowRateLimiterOptions
            {
                PermitLimit = permits,
                Window = window,
                SegmentsPerWindow = segments,
                AutoReplenishment = false,
                QueueLimit = queueMax,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }));
    }

    /// <summary>At most so many requests in each window of time; twice as many around the turn from one to the
    /// next.</summary>
    /// <param name="permits">1 to 1,000,000.</param>
    /// <param name="window">100 ms to 1 day.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static RateLimitPolicy FixedWindow(int permits, TimeSpan window)
    {
        CheckPermits(permits);
        CheckWindow(window);
        return new(permits, window, TimeSpan.Zero, window, queueMax => new FixedWindowRateLimiter(
            new FixedWindowRateLimiterOptions
            {
                PermitLimit = permits,
                Window = window,
                AutoReplenishment = false,
                QueueLimit = queueMax,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }));
    }

    /// <summary>At most so many requests at the same time.</summary>
    /// <param name="permits">1 to 1,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static RateLimitPolicy Concurrency(int permits)
    {
        CheckPermits(permits);
        return new(permits, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.MaxValue, queueMax => new ConcurrencyLimiter(
            new ConcurrencyLimiterOptions
            {
                PermitLimit = permits,
                QueueLimit = queueMax,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }));
    }

    internal RateLimiter Create(int queueMax) => _create(queueMax);

    private static void CheckPermits(int permits)
    {
        if (permits is < 1 or > PermitsMax)
            throw new ArgumentOutOfRangeException(nameof(permits), permits, "1 to 1000000 requests.");
    }

    private static void CheckWindow(TimeSpan window)
    {
        if (window < WindowMin || window > WindowMax)
            throw new ArgumentOutOfRangeException(nameof(window), window, "100 ms to 1 day.");
    }
}

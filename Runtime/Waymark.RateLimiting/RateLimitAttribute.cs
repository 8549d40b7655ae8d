namespace Waymark;

/// <summary>How a <see cref="RateLimitAttribute"/> counts.</summary>
public enum RateLimitKind
{
    /// <summary><see cref="RateLimitPolicy.TokenBucket"/>.</summary>
    TokenBucket,

    /// <summary><see cref="RateLimitPolicy.SlidingWindow"/>.</summary>
    SlidingWindow,

    /// <summary><see cref="RateLimitPolicy.FixedWindow"/>.</summary>
    FixedWindow,

    /// <summary><see cref="RateLimitPolicy.Concurrency"/>; the time is of no account.</summary>
    Concurrency,
}

/// <summary>Who shares a limit.</summary>
public enum RateLimitBy
{
    /// <summary><see cref="RateLimitPartition.ByAddress"/>.</summary>
    Address,

    /// <summary><see cref="RateLimitPartition.ByUser"/>.</summary>
    User,

    /// <summary><see cref="RateLimitPartition.Everyone"/>.</summary>
    Everyone,
}

/// <summary>Limits how many requests a client may send to a route, or to all routes of a class together.</summary>
/// <remarks>See <see cref="RateLimit"/> for what becomes of those beyond.</remarks>
/// <example><code>[Post("/login"), RateLimit(5, 60)] …</code></example>
/// <param name="limit">How many requests: 1 to 1,000,000.</param>
/// <param name="seconds">In what time: 0.1 to 86,400.</param>
public sealed class RateLimitAttribute(int limit, double seconds) : MiddlewareAttribute
{
    private readonly Lock _lock = new();
    private RateLimit? _middleware;

    /// <summary>How many requests.</summary>
    public int Limit { get; } = limit;

    /// <summary>In what time.</summary>
    public double Seconds { get; } = seconds;

    /// <summary>How it counts. Default <see cref="RateLimitKind.TokenBucket"/>: all at once, then steadily.</summary>
    public RateLimitKind Kind { get; set; }

    /// <summary>Who shares the limit. Default <see cref="RateLimitBy.Address"/>.</summary>
    public RateLimitBy By { get; set; }

    /// <summary>As <see cref="RateLimitOptions.QueueMax"/>. Default 0.</summary>
    public int QueueMax { get; set; }

    /// <inheritdoc/>
    public override Handler Wrap(Handler next, ServerContext server)
    {
        lock (_lock)
            return (_middleware ??= Make()).Wrap(next, server);
    }

    private RateLimit Make()
    {
        if (Limit is < 1 or > 1_000_000 || !(Seconds is >= 0.1 and <= 86_400))
        {
            throw new OptionsException([
                $"RateLimit({Limit}, {Seconds}): the limit must be from 1 to 1000000, the seconds from 0.1 to 86400.",
            ]);
        }

        var window = TimeSpan.FromSeconds(Seconds);
        return RateLimit.From(new RateLimitOptions
        {
            Policy = Kind switch
            {
                RateLimitKind.SlidingWindow => RateLimitPolicy.SlidingWindow(Limit, window),
                RateLimitKind.FixedWindow => RateLimitPolicy.FixedWindow(Limit, window),
                RateLimitKind.Concurrency => RateLimitPolicy.Concurrency(Limit),
                _ => RateLimitPolicy.TokenBucket(Limit, Math.Max(0.0001, Limit / Seconds)),
            },
            Partition = By switch
            {
                RateLimitBy.User => RateLimitPartition.ByUser,
                RateLimitBy.Everyone => RateLimitPartition.Everyone,
                _ => RateLimitPartition.ByAddress,
            },
            QueueMax = QueueMax,
        });
    }
}

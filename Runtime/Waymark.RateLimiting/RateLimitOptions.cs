namespace Waymark;

/// <summary>What <see cref="RateLimit"/> allows, and to whom.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RateLimitOptions
{
    /// <summary>How many requests. No default.</summary>
    public required RateLimitPolicy Policy { get; init; }

    /// <summary>Who shares a limit. Default <see cref="RateLimitPartition.ByAddress"/>.</summary>
    public RateLimitPartition Partition { get; init; } = RateLimitPartition.ByAddress;

    /// <summary>
    /// How many requests of a client wait for their turn where the limit is reached; more get 429. 0 to 10,000;
    /// default 0.
    /// </summary>
    public int QueueMax { get; init; }

    /// <summary>
    /// How many clients are counted at most. Those that have all their permits back are forgotten first; where there
    /// are none of these, the new ones share one limiter. 1 to 10,000,000; default 10,000 (some 4 MB).
    /// </summary>
    public int PartitionsMax { get; init; } = 10_000;

    /// <summary>
    /// How long a client that has all its permits back is remembered. 1 s to 1 day; default 1 min. It is forgotten no
    /// later than when others need its place.
    /// </summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What the limit is called in RateLimit and RateLimit-Policy: letters, digits, <c>-</c> and <c>_</c>. Default
    /// <c>default</c>.
    /// </summary>
    public string Name { get; init; } = "default";

    /// <summary>
    /// True to tell what is left in every answer, not only in 429. Default false: it costs an allocation a request.
    /// </summary>
    public bool TellsRemaining { get; init; }
}

using System.Threading.RateLimiting;

namespace Waymark;

/// <summary>Limits how many requests a client may send: 429 with Retry-After beyond it (RFC 6585 section 4).</summary>
/// <remarks>
/// <para>Each client has a limiter of its own, by <see cref="RateLimitPartition"/>, and all places at which the same
/// object stands share them. What is refused has cost a look into a table, and none of the handler.</para>
/// <para>It counts on this server alone; several servers behind a balancer each have a count of their own. Limits of
/// connections are others: <see cref="NetworkServerOptions.MaxConnections"/>,
/// <see cref="ServerOptions.MaxConcurrentRequests"/>.</para>
/// </remarks>
/// <example>
/// <code>
/// server.Use(RateLimit.From(new RateLimitOptions { Policy = RateLimitPolicy.TokenBucket(20, perSecond: 10) }));
/// </code>
/// </example>
public sealed class RateLimit : IMiddleware
{
    private readonly RateLimitOptions _options;
    private readonly RateLimitAnswer _answer;
    private readonly Lock _lock = new();
    private Partitions? _partitions;

    private RateLimit(RateLimitOptions options)
    {
        _options = options;
        _answer = new RateLimitAnswer(options);
    }

    /// <summary>Makes the middleware.</summary>
    /// <param name="options">What is allowed, and to whom.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsException">Values are out of their range: all are listed.</exception>
    public static RateLimit From(RateLimitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        const string Prefix = nameof(RateLimitOptions) + ".";
        var problems = new List<string>();
        if (options.Policy is null || options.Partition is null)
            problems.Add($"{Prefix}Policy or Partition is null.");
        if (options.QueueMax is < 0 or > 10_000)
            problems.Add($"{Prefix}QueueMax is {options.QueueMax}; it must be from 0 to 10000.");
        if (options.PartitionsMax is < 1 or > 10_000_000)
            problems.Add($"{Prefix}PartitionsMax is {options.PartitionsMax}; it must be from 1 to 10000000.");
        if (options.IdleAfter < TimeSpan.FromSeconds(1) || options.IdleAfter > TimeSpan.FromDays(1))
            problems.Add($"{Prefix}IdleAfter is {options.IdleAfter}; it must be from 1 s to 1 day.");
        if (!IsName(options.Name))
            problems.Add($"{Prefix}Name is '{options.Name}'; it must be of letters, digits, - and _.");
        if (problems.Count > 0)
            throw new OptionsException(problems);
        return new RateLimit(options);
    }

    /// <inheritdoc/>
    public Handler Wrap(Handler next, ServerContext server)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(server);
        Partitions partitions;
        lock (_lock)
            partitions = _partitions ??= new Partitions(_options, server.TimeProvider);
        return _options.QueueMax > 0
            ? exchange => WaitAsync(exchange, next, partitions)
            : exchange => Handle(exchange, next, partitions);
    }

    /// <summary>How many clients are counted now, for tests.</summary>
    internal int PartitionCount => _partitions?.Count ?? 0;

    private ValueTask Handle(Exchange exchange, Handler next, Partitions partitions)
    {
        PartitionKey key = _options.Partition.KeyOf(exchange);
        Partition partition;
        RateLimitLease? lease;
        do
        {
            partition = partitions.Of(key);
            lease = partition.TryAcquire();
        }
        while (lease is null);
        return Go(exchange, next, partition, lease);
    }

    private async ValueTask WaitAsync(Exchange exchange, Handler next, Partitions partitions)
    {
        PartitionKey key = _options.Partition.KeyOf(exchange);
        Partition partition;
        Task<RateLimitLease>? pending;
        do
        {
            partition = partitions.Of(key);
            pending = partition.TryAcquireAsync(exchange.RequestAborted);
        }
        while (pending is null);
        await Go(exchange, next, partition, await pending.ConfigureAwait(false)).ConfigureAwait(false);
    }

    private ValueTask Go(Exchange exchange, Handler next, Partition partition, RateLimitLease lease)
    {
        if (!lease.IsAcquired)
        {
            using (lease)
                _answer.Refuse(exchange.Response, lease);
            return ValueTask.CompletedTask;
        }

        if (_options.TellsRemaining)
            _answer.Tell(exchange.Response, partition);
        ValueTask handling;
        try
        {
            handling = next(exchange);
        }
        catch
        {
            lease.Dispose();
            throw;
        }

        if (!handling.IsCompletedSuccessfully)
            return ReleaseAsync(handling, lease);
        lease.Dispose();
        return handling;
    }

    private static async ValueTask ReleaseAsync(ValueTask handling, RateLimitLease lease)
    {
        using (lease)
            await handling.ConfigureAwait(false);
    }

    private static bool IsName(string name)
    {
        foreach (char character in name ?? "")
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
                return false;
        }

        return !string.IsNullOrEmpty(name);
    }
}

using Microsoft.Extensions.Logging;
using Waymark.Http;

namespace Waymark;

/// <content>How much is handled at once, and when a connection ends.</content>
public sealed partial record ServerOptions
{
    private readonly int? _maxConcurrentRequests;

    /// <summary>
    /// After how many requests a connection is closed; the last answer says <c>Connection: close</c>. At least 1;
    /// default null: no limit.
    /// </summary>
    public long? MaxRequestsPerConnection { get; init; }

    /// <summary>
    /// True to close a connection after an answer from 400 upwards, but 404, 409 and 412; the answer says so. Default
    /// false: the connection goes on.
    /// </summary>
    public bool CloseOnErrorStatus { get; init; }

    /// <summary>
    /// What a client gets where a handler failed and neither <see cref="HttpServer.OnError"/> nor a mapping answered.
    /// Default <see cref="Waymark.FaultPolicy.Respond500"/>.
    /// </summary>
    public FaultPolicy FaultPolicy { get; init; } = FaultPolicy.Respond500;

    /// <summary>
    /// How many requests are handled at once, over all connections. At least 1; default null: no limit.
    /// </summary>
    /// <remarks>
    /// One more waits, as one of <see cref="MaxQueuedRequests"/>, or is answered 503 with <c>Retry-After: 1</c>, before
    /// any middleware; its connection goes on where its body permits. A request counts until its handler's task ends;
    /// an upgraded connection and a stream without end count as long as they last.
    /// </remarks>
    public int? MaxConcurrentRequests
    {
        get => _maxConcurrentRequests;
        init
        {
            _maxConcurrentRequests = value;
            Gate = value is null ? null
                : static (options, handler, logger) => new RequestGate(
                    handler, options._maxConcurrentRequests!.Value, options.MaxQueuedRequests, options.QueueTimeout,
                    options.TimeProvider, logger).HandleAsync;
        }
    }

    /// <summary>
    /// How many requests wait for their turn where <see cref="MaxConcurrentRequests"/> are being handled, first come,
    /// first served. 0 to 1,000,000; default 0: none waits.
    /// </summary>
    /// <remarks>A waiting request holds its connection and some hundred bytes, no thread.</remarks>
    public int MaxQueuedRequests { get; init; }

    /// <summary>
    /// How long a request may wait for its turn; then it is answered 503 with <c>Retry-After: 1</c>. More than 0, at
    /// most 1 day; default 10 s.
    /// </summary>
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromSeconds(10);

    // Made where the option is set, so that a native program that never sets it does not hold the code behind it.

    /// <summary>Bounds the requests that a handler has at once; null where nothing does.</summary>
    internal Func<ServerOptions, Handler, ILogger, Handler>? Gate { get; private init; }

    internal ClosePolicy ClosePolicy => new(MaxRequestsPerConnection ?? long.MaxValue, CloseOnErrorStatus, FaultPolicy);

    private void ValidateRequests(List<string> problems)
    {
        if (MaxRequestsPerConnection < 1)
        {
            problems.Add($"ServerOptions.MaxRequestsPerConnection is {MaxRequestsPerConnection}; it must be at least "
                + "1, or null for no limit.");
        }

        if (FaultPolicy is not (FaultPolicy.Respond500 or FaultPolicy.CloseSilently))
            problems.Add($"ServerOptions.FaultPolicy is {FaultPolicy}; it must be Respond500 or CloseSilently.");
        if (MaxConcurrentRequests < 1)
        {
            problems.Add($"ServerOptions.MaxConcurrentRequests is {MaxConcurrentRequests}; it must be at least 1, or "
                + "null for no limit.");
        }

        if (MaxQueuedRequests is < 0 or > 1_000_000)
            problems.Add($"ServerOptions.MaxQueuedRequests is {MaxQueuedRequests}; it must be from 0 to 1000000.");
        else if (MaxQueuedRequests > 0 && MaxConcurrentRequests is null)
            problems.Add("ServerOptions.MaxQueuedRequests is set, but MaxConcurrentRequests is not: nothing waits.");
        if (QueueTimeout <= TimeSpan.Zero || QueueTimeout > TimeMax)
        {
            problems.Add(
                $"ServerOptions.QueueTimeout is {QueueTimeout}; it must be more than 0 and at most {TimeMax}.");
        }
    }
}

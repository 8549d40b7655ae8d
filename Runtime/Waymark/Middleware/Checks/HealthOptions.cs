namespace Waymark;

/// <summary>Where a server tells that it lives and is ready, and what that depends on.</summary>
/// <remarks>Immutable, and so safe for use by any number of threads.</remarks>
public sealed record HealthOptions
{
    /// <summary>
    /// Answers 200 while the process serves at all. Default <c>/livez</c>; null for none.
    /// </summary>
    public string? LivePath { get; init; } = "/livez";

    /// <summary>
    /// Answers 200 while requests should be sent here, else 503. Default <c>/readyz</c>; null for none.
    /// </summary>
    public string? ReadyPath { get; init; } = "/readyz";

    /// <summary>What readiness depends on. Default: nothing but that the server is not stopping.</summary>
    public IReadOnlyList<HealthCheck> Checks { get; init; } = [];

    /// <summary>
    /// How long the outcome of the checks is shown again before they are run anew, however many ask. 0 to 1 hour;
    /// default 1 s.
    /// </summary>
    public TimeSpan CacheTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// True to show the exceptions of failing checks in the answer. For development only: it tells strangers about the
    /// service. Default false: the log has them.
    /// </summary>
    public bool DetailedErrors { get; init; }
}

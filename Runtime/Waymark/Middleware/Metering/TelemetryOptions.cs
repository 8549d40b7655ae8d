using System.Diagnostics;

namespace Waymark;

/// <summary>What a server measures and traces.</summary>
/// <remarks>Immutable, and so safe for use by any number of threads.</remarks>
public sealed record TelemetryOptions
{
    /// <summary>
    /// True to continue the trace of a client that sends <c>traceparent</c> (W3C Trace Context). Default true; false
    /// for a server that strangers reach directly and whose traces they should neither join nor have recorded.
    /// </summary>
    public bool TakesTraceContext { get; init; } = true;

    /// <summary>
    /// Paths whose requests are neither measured nor traced, as they are matched: whole ones, or with <c>*</c> at the
    /// end every path that begins so. Default: none.
    /// </summary>
    public IReadOnlyList<string> ExcludedPaths { get; init; } = [];

    /// <summary>
    /// Adds to the span of a request before it ends, when the answer is written. Default null: spans have the tags that
    /// the measurements have, and nothing that the client wrote.
    /// </summary>
    /// <remarks>Not called for spans that the sampler drops. What it throws is logged.</remarks>
    public Action<Activity, Exchange>? Enrich { get; init; }
}

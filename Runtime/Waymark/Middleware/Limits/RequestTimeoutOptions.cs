namespace Waymark;

/// <summary>How long a handler may take, and what its client gets then.</summary>
/// <remarks>
/// Immutable, and so safe for use by any number of threads. Checked by <see cref="RequestTimeout.From"/>.
/// </remarks>
public sealed record RequestTimeoutOptions
{
    /// <summary>How long a handler may take. 1 millisecond to 24 hours; no default.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>
    /// 503 (the default), or 504 where the handler waits for another server: RFC 9110 sections 15.6.4 and 15.6.5.
    /// </summary>
    public int StatusCode { get; init; } = 503;
}

namespace Waymark;

/// <summary>STUB: to be documented and validated with the HTTP engine. Defaults are those of the protocol document.</summary>
public sealed record ServerLimits
{
    /// <summary>Longest request line in bytes, its line end included; beyond it 414. Default 8 KiB.</summary>
    public int RequestLineBytesMax { get; init; } = 8 * 1024;

    /// <summary>Largest header section in bytes; beyond it 431. Default 32 KiB.</summary>
    public int HeaderBytesMax { get; init; } = 32 * 1024;

    /// <summary>Most header fields; beyond it 431. Default 100.</summary>
    public int HeaderCountMax { get; init; } = 100;

    /// <summary>Largest request body in bytes; beyond it 413. Default 30,000,000.</summary>
    public long BodyBytesMax { get; init; } = 30_000_000;

    /// <summary>How long a request head may take from its first byte; beyond it 408. Default 10 s.</summary>
    public TimeSpan HeadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a new connection may stay without its first byte; then it is closed. Default 10 s.</summary>
    public TimeSpan FirstByteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may stay idle between requests; then it is closed. Default 75 s.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>How long a receive of body bytes may wait; beyond it 408. Default 10 s.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(10);
}

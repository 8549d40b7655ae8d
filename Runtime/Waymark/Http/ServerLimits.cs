namespace Waymark;

/// <summary>Sizes and times beyond which requests are refused; checked when the server is made.</summary>
/// <remarks>
/// Immutable, and so safe for use by any number of threads. A refusal closes the connection, but for 400 about the
/// content of a form. Times are kept to about an eighth of a second, those of sends to about a second.
/// </remarks>
public sealed record ServerLimits
{
    /// <summary>
    /// Longest request line in bytes, its line end included; a longer one gets 414. 64 to 1,048,576; default 8,192.
    /// </summary>
    public int RequestLineBytesMax { get; init; } = 8 * 1024;

    /// <summary>Largest header section in bytes; a larger one gets 431. 64 to 16,777,216; default 32,768.</summary>
    public int HeaderBytesMax { get; init; } = 32 * 1024;

    /// <summary>Most header fields; more get 431. 1 to 10,000; default 100.</summary>
    public int HeaderCountMax { get; init; } = 100;

    /// <summary>Most pairs of a query; more get 400. 1 to 100,000; default 1,024.</summary>
    public int QueryKeysMax { get; init; } = 1024;

    /// <summary>Most cookies of a request; more get 400. 1 to 100,000; default 256.</summary>
    public int CookiesMax { get; init; } = 256;

    /// <summary>
    /// Largest request body in bytes, chunked framing not counted; a larger one gets 413, a declared one before any of
    /// it is read. At least 0; default 30,000,000. A route has its own with <see cref="BodyLimitAttribute"/>.
    /// </summary>
    public long BodyBytesMax { get; init; } = 30_000_000;

    /// <summary>
    /// Largest form in bytes as it comes, url-encoded; in multipart the sum of the values that are no files. A larger
    /// one gets 413. At least 0, at most 1,073,741,824; default 1,048,576.
    /// </summary>
    public int FormBytesMax { get; init; } = 1024 * 1024;

    /// <summary>Most fields of a form; more get 400. 1 to 100,000; default 1,024.</summary>
    public int FormKeysMax { get; init; } = 1024;

    /// <summary>
    /// Most files of a form that a handler takes by <see cref="FormAttribute"/> and <see cref="FileAttribute"/>, wanted
    /// or not, each of which may wait in a temporary file; more get 400. 1 to 1,024, the most parts of a multipart
    /// body; default 100.
    /// </summary>
    public int FormFilesMax { get; init; } = 100;

    /// <summary>
    /// How long a request head may take from its first byte; a slower one gets 408. More than 0, at most 1 day; default
    /// 10 s.
    /// </summary>
    public TimeSpan HeadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a new connection may stay without its first byte; then it is closed. More than 0, at most 1 day;
    /// default 10 s.
    /// </summary>
    public TimeSpan FirstByteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a connection may stay idle between requests; then it is closed. More than 0, at most 1 day; default 75
    /// s.
    /// </summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>
    /// How long a body may stay without its next byte while a handler reads it; then it gets 408. More than 0, at most
    /// 1 day; default 10 s.
    /// </summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The least bytes a second that a body has to come with, on average over the time that its reader waits for it,
    /// beyond <see cref="RateGrace"/>; a slower one gets 408. 0 to 1,073,741,824; default 240; 0 for any.
    /// </summary>
    public int BodyBytesPerSecondMin { get; init; } = 240;

    /// <summary>
    /// How long the client may take nothing of an answer that waits for it; then the connection is reset. More than 0,
    /// at most 1 day; default 30 s.
    /// </summary>
    /// <remarks>
    /// What the client takes is what its system acknowledges, as Linux tells for TCP. Where that is not known (Unix
    /// sockets, other systems), it is the time for 64 KiB.
    /// </remarks>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a TLS handshake may take; then the connection is closed. The other times begin behind it. More than 0,
    /// at most 1 day; default 10 s.
    /// </summary>
    public TimeSpan TlsHandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The least bytes a second that a client has to take, on average while a send waits for it, beyond
    /// <see cref="RateGrace"/>; a slower one is reset. 0 to 1,073,741,824; default 240; 0 for any.
    /// </summary>
    public int ResponseBytesPerSecondMin { get; init; } = 240;

    /// <summary>
    /// How long a peer may be slower than the two rates at first. More than 0, at most 1 day; default 5 s.
    /// </summary>
    public TimeSpan RateGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Adds a sentence for every limit that is out of its range.</summary>
    internal void Validate(List<string> problems)
    {
        CheckBytes(problems, nameof(RequestLineBytesMax), RequestLineBytesMax, 64, 1 << 20);
        CheckBytes(problems, nameof(HeaderBytesMax), HeaderBytesMax, 64, 1 << 24);
        CheckBytes(problems, nameof(HeaderCountMax), HeaderCountMax, 1, 10_000);
        CheckBytes(problems, nameof(QueryKeysMax), QueryKeysMax, 1, 100_000);
        CheckBytes(problems, nameof(CookiesMax), CookiesMax, 1, 100_000);
        CheckBytes(problems, nameof(BodyBytesMax), BodyBytesMax, 0, long.MaxValue);
        CheckBytes(problems, nameof(FormBytesMax), FormBytesMax, 0, 1 << 30);
        CheckBytes(problems, nameof(FormKeysMax), FormKeysMax, 1, 100_000);
        CheckBytes(problems, nameof(FormFilesMax), FormFilesMax, 1, 1024);
        CheckTime(problems, nameof(HeadTimeout), HeadTimeout);
        CheckTime(problems, nameof(FirstByteTimeout), FirstByteTimeout);
        CheckTime(problems, nameof(KeepAliveTimeout), KeepAliveTimeout);
        CheckTime(problems, nameof(BodyTimeout), BodyTimeout);
        CheckTime(problems, nameof(SendTimeout), SendTimeout);
        CheckTime(problems, nameof(TlsHandshakeTimeout), TlsHandshakeTimeout);
        CheckTime(problems, nameof(RateGrace), RateGrace);
        CheckBytes(problems, nameof(BodyBytesPerSecondMin), BodyBytesPerSecondMin, 0, 1 << 30);
        CheckBytes(problems, nameof(ResponseBytesPerSecondMin), ResponseBytesPerSecondMin, 0, 1 << 30);
    }

    private static void CheckBytes(List<string> problems, string name, long value, long least, long most)
    {
        if (value < least || value > most)
            problems.Add($"ServerLimits.{name} is {value}; it must be from {least} to {most}.");
    }

    private static void CheckTime(List<string> problems, string name, TimeSpan value)
    {
        if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(1))
            problems.Add($"ServerLimits.{name} is {value}; it must be more than 0 and at most 1 day.");
    }
}

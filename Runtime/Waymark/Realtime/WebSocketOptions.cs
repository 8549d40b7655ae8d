using Waymark.Realtime;

namespace Waymark;

/// <summary>How a WebSocket is agreed on and what its client may send: RFC 6455.</summary>
/// <remarks>
/// Immutable, and so safe for use by any number of threads: keep one in a static field and pass it to every
/// <see cref="WebSockets.AcceptAsync"/>.
/// </remarks>
public sealed record WebSocketOptions
{
    private static readonly TimeSpan TimeMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TimeMax = TimeSpan.FromDays(1);

    /// <summary>What counts where nothing is said.</summary>
    internal static readonly WebSocketOptions Default = new();

    /// <summary>
    /// The subprotocols that the program speaks, the preferred one first; tokens. Default: none. The first one that the
    /// client lists too is agreed on (<see cref="System.Net.WebSockets.WebSocket.SubProtocol"/>); where there is none,
    /// the socket opens without one, and browsers that listed some close it.
    /// </summary>
    public IReadOnlyList<string> Subprotocols { get; init; } = [];

    /// <summary>
    /// The pages that may connect besides those of the same host and port, as the browser's Origin field has them:
    /// <c>https://app.example.com</c>; <c>null</c> for pages without an origin; <c>*</c> for every page. Default: none.
    /// Others get 403. Programs that send no Origin are not concerned.
    /// </summary>
    /// <remarks>
    /// A browser lets any page connect to any server, with the user's cookies: without this check, a foreign page acts
    /// for the user (RFC 6455 section 10.2).
    /// </remarks>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>
    /// The size of a received message in bytes, after decompression. 1 to 2,147,483,647; default 1,048,576 (1 MiB).
    /// Beyond it the socket is closed with 1009.
    /// </summary>
    public int MessageBytesMax { get; init; } = 1024 * 1024;

    /// <summary>
    /// The size of one received frame in bytes, as it is sent. 125 to 2,147,483,647; default 1,048,576 (1 MiB). A frame
    /// that announces more closes the socket with 1009 before any of its content is taken. One of a compressed message
    /// may be up to 14 % and 64 bytes larger, since content that does not compress grows by the attempt.
    /// </summary>
    public int FrameBytesMax { get; init; } = 1024 * 1024;

    /// <summary>
    /// How long nothing may come, while a receive waits, before the client is sent a ping. 1 s to 1 day, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> for never; default 30 s.
    /// </summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the client may stay silent after a ping, before the connection is ended. 1 s to 1 day; default 20 s.
    /// </summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long the client may take to answer a close frame, before the connection is ended. 1 s to 1 day; default 5 s.
    /// </summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How messages are compressed where the client offers it. Default null: they are not.</summary>
    public WebSocketCompression? Compression { get; init; }

    /// <summary>Refuses values that are out of their range, all at once.</summary>
    /// <exception cref="OptionsException">There are some.</exception>
    internal void Validate()
    {
        var problems = new List<string>();
        foreach (string protocol in Subprotocols)
        {
            if (!HandshakeFields.IsToken(protocol))
                problems.Add($"WebSocketOptions.Subprotocols holds \"{protocol}\"; it must be a token.");
        }

        foreach (string origin in AllowedOrigins)
        {
            if (origin is not ("*" or "null") && !Origins.IsOrigin(origin))
            {
                problems.Add($"WebSocketOptions.AllowedOrigins holds \"{origin}\"; it must be a scheme and a host, "
                    + "such as https://app.example.com, without a path, or null or *.");
            }
        }

        if (MessageBytesMax < 1)
            problems.Add($"WebSocketOptions.MessageBytesMax is {MessageBytesMax}; it must be at least 1.");
        if (FrameBytesMax < 125)
            problems.Add($"WebSocketOptions.FrameBytesMax is {FrameBytesMax}; it must be at least 125.");
        if (PingInterval != Timeout.InfiniteTimeSpan)
            CheckTime(nameof(PingInterval), PingInterval, problems);
        CheckTime(nameof(PingTimeout), PingTimeout, problems);
        CheckTime(nameof(CloseTimeout), CloseTimeout, problems);
        Compression?.Validate(problems);
        if (problems.Count > 0)
            throw new OptionsException(problems);
    }

    private static void CheckTime(string name, TimeSpan value, List<string> problems)
    {
        if (value < TimeMin || value > TimeMax)
            problems.Add($"WebSocketOptions.{name} is {value}; it must be from {TimeMin} to {TimeMax}.");
    }
}

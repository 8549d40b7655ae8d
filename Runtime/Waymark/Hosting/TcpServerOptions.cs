using Microsoft.Extensions.Logging;

namespace Waymark;

/// <summary>How a <see cref="TcpServer"/> behaves. Every default is meant for production.</summary>
/// <remarks>
/// Immutable, and so safe for use by any number of threads. Validated, all at once, by <c>TcpServer.Create</c>.
/// </remarks>
public sealed record TcpServerOptions : NetworkServerOptions
{
    private const int PacketBytesLimit = 1 << 30;

    /// <summary>
    /// How large a packet may be that is received, with all of its framing (a separator, a length). 16 to 1,073,741,824
    /// bytes; default 65,536.
    /// </summary>
    public int PacketBytesMax { get; init; } = 64 * 1024;

    /// <summary>
    /// How long a receive waits for which the handler gives no time. More than 0, at most 1 day; default <see
    /// cref="Timeout.InfiniteTimeSpan"/>: for ever.
    /// </summary>
    public TimeSpan ReceiveTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// How long a peer may take nothing of what it is sent; then the connection is reset. More than 0, at most 1 day;
    /// default 30 s.
    /// </summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a TLS handshake may take. More than 0, at most 1 day; default 10 s.</summary>
    public TimeSpan TlsHandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// At which level the beginning and the end of a connection are logged. Default <see cref="LogLevel.Information"/>.
    /// </summary>
    public LogLevel ConnectionLogLevel { get; init; } = LogLevel.Information;

    internal override string Name => nameof(TcpServerOptions);

    internal override void Validate(List<string> problems)
    {
        base.Validate(problems);
        if (PacketBytesMax is < 16 or > PacketBytesLimit)
        {
            problems.Add(
                $"TcpServerOptions.PacketBytesMax is {PacketBytesMax}; it must be from 16 to {PacketBytesLimit}.");
        }

        if (ReceiveTimeout != Timeout.InfiniteTimeSpan)
            CheckPositive(nameof(ReceiveTimeout), ReceiveTimeout, ", or infinite", problems);
        CheckPositive(nameof(SendTimeout), SendTimeout, "", problems);
        CheckPositive(nameof(TlsHandshakeTimeout), TlsHandshakeTimeout, "", problems);
        if (ConnectionLogLevel is < LogLevel.Trace or > LogLevel.None)
            problems.Add($"TcpServerOptions.ConnectionLogLevel is {ConnectionLogLevel}, which is no level.");
    }

    private static void CheckPositive(string option, TimeSpan value, string otherwise, List<string> problems)
    {
        if (value <= TimeSpan.Zero || value > TimeMax)
        {
            problems.Add(
                $"TcpServerOptions.{option} is {value}; it must be more than 0 and at most {TimeMax}{otherwise}.");
        }
    }
}

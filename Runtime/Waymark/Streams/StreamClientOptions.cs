using System.Net.Security;

namespace Waymark;

/// <summary>How <see cref="StreamClient.ConnectAsync"/> connects, and what it takes.</summary>
/// <remarks>Immutable, and so safe for use by any number of threads.</remarks>
public sealed record StreamClientOptions
{
    /// <summary>
    /// How long connecting may take, TLS included. More than 0, at most 1 day; default 10 s.
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>As <see cref="TcpServerOptions.PacketBytesMax"/>. 16 to 1,073,741,824 bytes; default 65,536.</summary>
    public int PacketBytesMax { get; init; } = 64 * 1024;

    /// <summary>
    /// How long a receive waits that is given no time. More than 0, at most 1 day; default <see
    /// cref="Timeout.InfiniteTimeSpan"/>: for ever.
    /// </summary>
    public TimeSpan ReceiveTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// How the server of a <c>tls://</c> address is judged. Default null: by its name in the address and the trusted
    /// authorities of the system.
    /// </summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>What the time is and when it is over. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <exception cref="OptionsException">Values are out of range: all of them are listed.</exception>
    internal void Validate()
    {
        var problems = new List<string>();
        Check(nameof(ConnectTimeout), ConnectTimeout, problems);
        if (ReceiveTimeout != Timeout.InfiniteTimeSpan)
            Check(nameof(ReceiveTimeout), ReceiveTimeout, problems);
        if (PacketBytesMax is < 16 or > 1 << 30)
            problems.Add($"StreamClientOptions.PacketBytesMax is {PacketBytesMax}; it must be from 16 to {1 << 30}.");
        if (problems.Count > 0)
            throw new OptionsException(problems);
    }

    private static void Check(string name, TimeSpan value, List<string> problems)
    {
        if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(1))
            problems.Add($"StreamClientOptions.{name} is {value}; it must be more than 0 and at most 1 day.");
    }
}

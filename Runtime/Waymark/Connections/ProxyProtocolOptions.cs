using Waymark.Transport;

namespace Waymark;

/// <summary>From whom <see cref="NetworkServerExtensions.AcceptProxyProtocol{TServer}(TServer, ProxyProtocolOptions)"/>
/// takes announced addresses.</summary>
/// <remarks>Immutable, and so safe for use by any number of threads.</remarks>
public sealed record ProxyProtocolOptions
{
    /// <summary>
    /// The proxies: addresses (<c>192.0.2.7</c>, <c>::1</c>), networks (<c>10.0.0.0/8</c>), or <c>unix</c> for every
    /// peer on a Unix socket. At least one; no default.
    /// </summary>
    /// <remarks>
    /// Each of them must send the prelude on every connection, health checks included, and must not let its clients
    /// connect from its own address without one.
    /// </remarks>
    public IReadOnlyList<string> TrustedPeers { get; init; } = [];

    /// <summary>
    /// How long the prelude may take from the accept; then the connection is closed. More than 0, at most 1 day;
    /// default 10 s.
    /// </summary>
    public TimeSpan PreludeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Reads the list.</summary>
    /// <exception cref="OptionsException">Values are out of their range: all of those are listed.</exception>
    internal TrustedPeers ReadTrustedPeers()
    {
        var problems = new List<string>();
        TrustedPeers peers = Transport.TrustedPeers.Parse(TrustedPeers, "ProxyProtocolOptions.TrustedPeers", problems);
        if (PreludeTimeout <= TimeSpan.Zero || PreludeTimeout > TimeSpan.FromDays(1))
        {
            problems.Add(
                $"ProxyProtocolOptions.PreludeTimeout is {PreludeTimeout}; it must be more than 0 and at most 1 day.");
        }

        return problems.Count == 0 ? peers : throw new OptionsException(problems);
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Waymark.Transport;

/// <summary>The peers whose word about others is believed: networks, and the word <c>unix</c>.</summary>
/// <remarks>
/// <code>
/// entry = IPv4 / IPv6 / network "/" prefix-length / "unix"
/// </code>
/// Immutable. A list has a handful of entries, so it is looked through one by one.
/// </remarks>
internal sealed class TrustedPeers
{
    private const string Unix = "unix";

    private readonly List<IPNetwork> _networks = [];
    private bool _hasUnix;

    private TrustedPeers()
    {
    }

    /// <summary>Reads a list.</summary>
    /// <param name="entries">The entries; none is a problem as well.</param>
    /// <param name="option">The name of the option, for the sentences.</param>
    /// <param name="problems">Gets a sentence for each entry that cannot be read.</param>
    public static TrustedPeers Parse(IReadOnlyList<string>? entries, string option, List<string> problems)
    {
        var peers = new TrustedPeers();
        if (entries is null || entries.Count == 0)
            problems.Add($"{option} is empty; name the proxies, for example 10.0.0.0/8, 192.0.2.7, ::1 or unix.");

        foreach (string entry in entries ?? [])
        {
            if (!peers.TryAdd(entry))
            {
                problems.Add(
                    $"{option} holds '{entry}'; an entry is an address (192.0.2.7, ::1), a network without bits behind "
                    + "its prefix (10.0.0.0/8, fd00::/8), or unix for every peer on a Unix socket.");
            }
        }

        return peers;
    }

    /// <summary>True where a peer is on the list; one without an address never is.</summary>
    public bool Contains(EndPoint? peer) => peer switch
    {
        IPEndPoint ip => Contains(ip.Address),
        UnixDomainSocketEndPoint => _hasUnix,
        _ => false,
    };

    /// <summary>True where an address is on the list; a scope makes no difference.</summary>
    public bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        foreach (IPNetwork network in _networks)
        {
            if (network.Contains(address))
                return true;
        }

        return false;
    }

    private bool TryAdd(string? entry)
    {
        if (entry is null)
            return false;
        if (entry.Equals(Unix, StringComparison.OrdinalIgnoreCase))
            return _hasUnix = true;

        int slash = entry.IndexOf('/', StringComparison.Ordinal);
        ReadOnlySpan<char> host = slash < 0 ? entry : entry.AsSpan(0, slash);
        if (!AddressText.TryParse(host, out IPAddress? address) || address.IsIPv4MappedToIPv6)
            return false;

        if (slash < 0)
        {
            _networks.Add(new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128));
            return true;
        }

        byte[] octets = address.GetAddressBytes();
        if (!int.TryParse(entry.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int prefix)
            || prefix > octets.Length * 8 || HasBitsBehind(octets, prefix))
            return false;

        _networks.Add(new IPNetwork(address, prefix));
        return true;
    }

    // 10.0.0.1/8 may mean 10.0.0.0/8 or 10.0.0.1/32: what trusts whom must not be guessed.
    private static bool HasBitsBehind(byte[] octets, int prefix)
    {
        for (int bit = prefix; bit < octets.Length * 8; bit++)
        {
            if ((octets[bit / 8] & (0x80 >> (bit % 8))) != 0)
                return true;
        }

        return false;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Net;
using Waymark.Buffers;
using Waymark.Transport;

namespace Waymark.Middleware;

/// <summary>Reads the address of a hop: RFC 7239 section 6, and what stands in X-Forwarded-For.</summary>
/// <remarks>
/// <code>
/// node     = nodename [ ":" node-port ]
/// nodename = IPv4 / "[" IPv6 "]" / "unknown" / obfnode     ; the last two name nobody and are not read
/// node-port = 1*5DIGIT / obfport
/// </code>
/// In X-Forwarded-For, IPv6 also stands without brackets, then without a port.
/// </remarks>
internal static class ForwardedNode
{
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out IPEndPoint? node)
    {
        node = null;
        ReadOnlySpan<byte> host = text;
        ReadOnlySpan<byte> behind = default;
        if (text.StartsWith("["u8))
        {
            int bracket = text.IndexOf((byte)']');
            if (bracket < 0 || !text[..bracket].Contains((byte)':'))
                return false;
            host = text[1..bracket];
            behind = text[(bracket + 1)..];
        }
        else if (text.Count((byte)':') == 1)
        {
            int colon = text.IndexOf((byte)':');
            host = text[..colon];
            behind = text[colon..];
        }

        if (!TryReadPort(behind, out int port) || !AddressText.TryParse(host, out IPAddress? address))
            return false;

        node = new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port);
        return true;
    }

    /// <summary>Reads a colon and a port; 0 for none and for one that is hidden (RFC 7239 section 6.3).</summary>
    private static bool TryReadPort(ReadOnlySpan<byte> text, out int port)
    {
        port = 0;
        if (text.IsEmpty)
            return true;
        if (text.Length is 1 or > 6 || text[0] != ':')
            return text.StartsWith(":_"u8);
        if (text[1] == '_')
            return true;
        if (!Ascii.TryParseDigits(text[1..], out long number) || number > 65_535)
            return false;

        port = (int)number;
        return true;
    }
}

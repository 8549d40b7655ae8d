using Waymark.Buffers;

namespace Waymark.Http.Parsing;

/// <summary>The protocols that a request asks for: RFC 9110 section 7.8.</summary>
internal static class UpgradeField
{
    // Upgrade = #protocol ; protocol = protocol-name [ "/" protocol-version ]
    public static bool Lists(RequestHeaders headers, ReadOnlySpan<byte> protocol)
    {
        foreach (HeaderLine line in headers)
        {
            if (line.Name.Length != 7 || !Ascii.EqualsIgnoreCase(line.Name, "upgrade"u8))
                continue;
            ReadOnlySpan<byte> rest = line.Value;
            while (!rest.IsEmpty)
            {
                ReadOnlySpan<byte> listed = Ascii.TakeElement(ref rest, (byte)',');
                if (listed.Length == protocol.Length && Ascii.EqualsIgnoreCase(listed, protocol))
                    return true;
            }
        }

        return false;
    }
}

using Waymark.Buffers;

namespace Waymark.Http.Parsing;

/// <summary>Checks <c>uri-host [ ":" port ]</c> (RFC 9110 section 7.2, RFC 3986 section 3.2).</summary>
internal static class HostParser
{
    /// <summary>True for a host that is not empty, with a port of at most 65535 or an empty one or none.</summary>
    public static bool IsValid(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return false;
        if (value[0] == '[')
        {
            // IP-literal = "[" ( IPv6address / IPvFuture ) "]"; IPvFuture has no version and is refused.
            int bracket = value.IndexOf((byte)']');
            return bracket > 0 && IsIPv6(value[1..bracket]) && IsPort(value[(bracket + 1)..]);
        }

        int length = OctetRuns.CountRegName(value);
        return length > 0 && IsPort(value[length..]) && PercentDecoder.IsValid(value[..length]);
    }

    /// <summary>True when both name the same host and port; a missing or empty port is the scheme's own.</summary>
    public static bool AreSame(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, bool isHttps)
    {
        ReadOnlySpan<byte> port = isHttps ? ":443"u8 : ":80"u8;
        left = WithoutPort(left, port);
        right = WithoutPort(right, port);
        if (left.Length != right.Length)
            return false;
        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i] && char.ToLowerInvariant((char)left[i]) != char.ToLowerInvariant((char)right[i]))
                return false;
        }

        return true;
    }

    private static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> value, ReadOnlySpan<byte> port) =>
        value.EndsWith(port) ? value[..^port.Length] : value.EndsWith(":"u8) ? value[..^1] : value;

    // RFC 3986 section 3.2.3: port = *DIGIT
    private static bool IsPort(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return true;
        if (value[0] != ':' || value.Length > 6)
            return false;
        return value.Length == 1 || (Ascii.TryParseDigits(value[1..], out long port) && port <= ushort.MaxValue);
    }

    // RFC 3986 section 3.2.2: up to 8 groups h16 = 1*4HEXDIG, one "::" for at least one group, an IPv4 address last.
    private static bool IsIPv6(ReadOnlySpan<byte> value)
    {
        int groups = 0;
        bool isShortened = false;
        int i = 0;
        if (value.StartsWith("::"u8))
        {
            isShortened = true;
            i = 2;
        }

        while (i < value.Length)
        {
            int length = 0;
            while (i + length < value.Length && Ascii.HexValue(value[i + length]) >= 0)
                length++;
            if (i + length < value.Length && value[i + length] == '.')
            {
                groups += 2;
                return IsIPv4(value[i..]) && (isShortened ? groups <= 7 : groups == 8);
            }

            if (length is 0 or > 4)
                return false;
            groups++;
            i += length;
            if (i == value.Length)
                break;
            if (value[i] != ':' || i + 1 == value.Length)
                return false;
            i++;
            if (value[i] == ':')
            {
                if (isShortened)
                    return false;
                isShortened = true;
                i++;
            }
        }

        return isShortened ? groups <= 7 : groups == 8;
    }

    // RFC 3986 section 3.2.2: dec-octet is 0 to 255 without leading zeros, which some read as octal.
    private static bool IsIPv4(ReadOnlySpan<byte> value)
    {
        for (int part = 0; part < 4; part++)
        {
            int dot = value.IndexOf((byte)'.');
            ReadOnlySpan<byte> digits = part == 3 ? value : dot < 0 ? default : value[..dot];
            bool isPadded = digits.Length > 1 && digits[0] == '0';
            if (digits.Length is 0 or > 3 || isPadded || !Ascii.TryParseDigits(digits, out long number) || number > 255)
                return false;
            value = part == 3 ? default : value[(dot + 1)..];
        }

        return true;
    }
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Waymark.Transport;

/// <summary>Reads IP addresses as protocols write them: no scopes, no brackets, no octal or hexadecimal
/// numbers.</summary>
internal static class AddressText
{
    private const int LengthMax = 45; // ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255

    private static readonly SearchValues<char> IPv6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>Reads an address of either family.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address) =>
        text.Contains(':') ? TryParseIPv6(text, out address) : TryParseIPv4(text, out address);

    /// <summary>Reads an address of either family from ASCII.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (text.Length > LengthMax)
            return false;

        Span<char> characters = stackalloc char[LengthMax];
        for (int i = 0; i < text.Length; i++)
            characters[i] = (char)text[i];
        return TryParse(characters[..text.Length], out address);
    }

    private static bool TryParseIPv4(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address)
    {
        bool isRead = EndpointParser.TryReadIPv4(text, out IPAddress read);
        address = isRead ? read : null;
        return isRead;
    }

    private static bool TryParseIPv6(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        return text.Length <= LengthMax && !text.ContainsAnyExcept(IPv6Characters)
            && IPAddress.TryParse(text, out address) && address.AddressFamily == AddressFamily.InterNetworkV6;
    }
}

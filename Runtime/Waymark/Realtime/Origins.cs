using System.Text;
using Waymark.Http;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.Realtime;

/// <summary>Whether the page that a browser connects from may: RFC 6455 section 10.2, RFC 6454.</summary>
internal static class Origins
{
    /// <summary>True for a scheme and a host, with a port or without.</summary>
    public static bool IsOrigin(string text) =>
        TrySplit(Encoding.UTF8.GetBytes(text), out ReadOnlySpan<byte> scheme, out ReadOnlySpan<byte> host)
        && !scheme.IsEmpty && !host.IsEmpty && host.IndexOfAny("/?#@ "u8) < 0;

    /// <summary>True where there is no Origin, or it is the server's own host, or one that is listed.</summary>
    public static bool IsAllowed(Request request, IReadOnlyList<string> allowed)
    {
        ReadOnlySpan<byte> origin = default;
        bool isFound = false;
        foreach (HeaderLine line in request.Headers)
        {
            if (!Ascii.EqualsIgnoreCase(line.Name, "origin"u8))
                continue;

            // Two of them are no browser's: nobody can say which one counts.
            if (isFound)
                return false;
            isFound = true;
            origin = line.Value;
        }

        return !isFound || IsOwnHost(origin, request.Host) || IsListed(origin, allowed);
    }

    /// <summary>
    /// Compares hosts and ports, not schemes: behind a proxy that speaks TLS for it the server does not know its own.
    /// </summary>
    private static bool IsOwnHost(ReadOnlySpan<byte> origin, string host)
    {
        if (!TrySplit(origin, out ReadOnlySpan<byte> scheme, out ReadOnlySpan<byte> authority))
            return false;
        Span<byte> own = stackalloc byte[256];
        if (host.Length > own.Length || !Encoding.ASCII.TryGetBytes(host, own, out int length))
            return false;
        return length > 0
            && Ascii.EqualsIgnoreCase(WithoutDefaultPort(authority, scheme), WithoutDefaultPort(own[..length], scheme));
    }

    private static bool IsListed(ReadOnlySpan<byte> origin, IReadOnlyList<string> allowed)
    {
        foreach (string listed in allowed)
        {
            if (listed == "*" || AreEqual(Encoding.UTF8.GetBytes(listed), origin))
                return true;
        }

        return false;
    }

    /// <summary>Browsers leave out the default port; a list may have it.</summary>
    private static bool AreEqual(ReadOnlySpan<byte> listed, ReadOnlySpan<byte> origin)
    {
        if (Ascii.EqualsIgnoreCase(listed, origin))
            return true;
        return TrySplit(listed, out ReadOnlySpan<byte> listedScheme, out ReadOnlySpan<byte> listedHost)
            && TrySplit(origin, out ReadOnlySpan<byte> scheme, out ReadOnlySpan<byte> host)
            && Ascii.EqualsIgnoreCase(listedScheme, scheme)
            && Ascii.EqualsIgnoreCase(WithoutDefaultPort(listedHost, scheme), WithoutDefaultPort(host, scheme));
    }

    // origin = scheme "://" host [ ":" port ]
    private static bool TrySplit(
        ReadOnlySpan<byte> origin, out ReadOnlySpan<byte> scheme, out ReadOnlySpan<byte> authority)
    {
        int end = origin.IndexOf("://"u8);
        scheme = end < 0 ? default : origin[..end];
        authority = end < 0 ? default : origin[(end + 3)..];
        return end > 0;
    }

    private static ReadOnlySpan<byte> WithoutDefaultPort(ReadOnlySpan<byte> authority, ReadOnlySpan<byte> scheme)
    {
        ReadOnlySpan<byte> port = Ascii.EqualsIgnoreCase(scheme, "https"u8) ? ":443"u8
            : Ascii.EqualsIgnoreCase(scheme, "http"u8) ? ":80"u8
            : default;
        return !port.IsEmpty && authority.EndsWith(port) ? authority[..^port.Length] : authority;
    }
}

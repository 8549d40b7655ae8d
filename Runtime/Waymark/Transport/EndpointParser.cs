using System.Net;
using System.Net.Sockets;

namespace Waymark.Transport;

/// <summary>Reads the text of an address.</summary>
/// <remarks>
/// <code>
/// address = ( clear / secured ) "://" host [ ":" port ] [ "/" ]  /  [ secured "+" ] local
/// local   = "unix:" path  /  "unix:@" [ name ]  /  "fd:" 1*5DIGIT  /  "fd:listen" [ ":" name ]
/// host    = IPv4 / "[" IPv6 [ "%" scope ] "]" / "localhost" / "*"
/// port    = 1*5DIGIT            ; 0 to 65535, 0 = a free one; where it is missing the scheme's, if it has one
/// clear   = "http" / "tcp"      ; secured = "https" / "tls": those of one scheme only
/// </code>
/// By hand, because <see cref="Uri"/> accepts far more than can be bound, and is large in a native binary.
/// </remarks>
internal sealed class EndpointParser(AddressScheme scheme)
{
    private const string UnixScheme = "unix:";
    private const string DescriptorScheme = "fd:";
    private const string Passed = "listen";
    private const int DescriptorMax = 65535;

    private readonly string _clearStart = scheme.Clear + "://";
    private readonly string _securedStart = scheme.Secured + "://";
    private readonly string _securedPrefix = scheme.LocalPrefix(isTls: true);

    private string Example => $"for example {scheme.Clear}://127.0.0.1:8080, {scheme.Clear}://localhost:8080 or "
        + $"{scheme.Clear}://*:8080";

    public bool TryParse(string? text, out Endpoint endpoint, out string problem)
    {
        endpoint = null!;
        text = text?.Trim() ?? "";

        // Local sockets have no scheme of the web to say https by: it stands before theirs.
        bool isSecured = text.StartsWith(_securedPrefix, StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> local = text.AsSpan(isSecured ? _securedPrefix.Length : 0);
        string? rule;
        if (text.StartsWith(_clearStart, StringComparison.OrdinalIgnoreCase))
            rule = ReadNetwork(text, isTls: false, out endpoint);
        else if (text.StartsWith(_securedStart, StringComparison.OrdinalIgnoreCase))
            rule = ReadNetwork(text, isTls: true, out endpoint);
        else if (local.StartsWith(UnixScheme, StringComparison.OrdinalIgnoreCase))
            rule = ReadUnix(local[UnixScheme.Length..].ToString(), isSecured, out endpoint);
        else if (local.StartsWith(DescriptorScheme, StringComparison.OrdinalIgnoreCase))
            rule = ReadDescriptor(text, local[DescriptorScheme.Length..], isSecured, out endpoint);
        else
            rule = DescribeScheme(text);

        problem = rule is null ? "" : $"The address '{text}' is not usable: {rule}.";
        return rule is null;
    }

    private string DescribeScheme(string text)
    {
        if (text.Length == 0)
            return "it is empty; write " + Example;

        int colon = text.IndexOf("://", StringComparison.Ordinal);
        return colon < 0
            ? $"it must start with {_clearStart}, {_securedStart}, unix: or fd:, " + Example
            : $"the scheme '{text[..colon]}' is not supported; use {_clearStart}, {_securedStart}, unix: or fd:, "
                + Example;
    }

    private string? ReadNetwork(string text, bool isTls, out Endpoint endpoint)
    {
        endpoint = null!;
        ReadOnlySpan<char> rest = text.AsSpan(isTls ? _securedStart.Length : _clearStart.Length);
        if (rest.EndsWith('/'))
            rest = rest[..^1];
        if (rest.IndexOfAny("/?#@") >= 0)
            return "an address to listen on has a host and a port only, " + Example;

        // The colon before the port is the one behind the bracket of an IPv6 address.
        int hostEnd = rest.StartsWith('[') ? rest.IndexOf(']') + 1 : rest.IndexOf(':');
        if (rest.StartsWith('[') && hostEnd == 0)
            return $"the bracket of the IPv6 address is not closed; write for example {scheme.Clear}://[::1]:8080";
        if (hostEnd < 0)
            hostEnd = rest.Length;

        ReadOnlySpan<char> host = rest[..hostEnd];
        ReadOnlySpan<char> portPart = rest[hostEnd..];
        if (!host.StartsWith('[') && portPart.Count(':') > 1)
            return $"an IPv6 address stands in brackets, for example {scheme.Clear}://[::1]:8080";

        int? usualPort = isTls ? scheme.SecuredPort : scheme.ClearPort;
        if (portPart.Length == 0 && usualPort is null)
            return "the port is missing (0 picks a free one), " + Example;
        int port = usualPort ?? 0;
        if (portPart.Length > 0 && (portPart[0] != ':' || !TryReadPort(portPart[1..], out port)))
            return "the port must be a number from 0 to 65535 (0 picks a free one), " + Example;

        return ReadHost(host, port, text, isTls, out endpoint);
    }

    private string? ReadHost(
        ReadOnlySpan<char> host, int port, string text, bool isTls, out Endpoint endpoint)
    {
        endpoint = null!;
        if (host.Length == 0)
            return $"the host is missing; use {scheme.Clear}://*:8080 for every address of the machine";

        if (host.SequenceEqual("*"))
            endpoint = Endpoint.ForAny(port, text, isTls, scheme);
        else if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            endpoint = Endpoint.ForLocalhost(port, text, isTls, scheme);
        else if (host[0] == '[')
            return ReadIPv6(host[1..^1], port, text, isTls, out endpoint);
        else if (TryReadIPv4(host, out IPAddress address))
            endpoint = Endpoint.ForIp(address, port, text, isTls, scheme);
        else
        {
            return $"'{host}' is not an IP address, and host names are not looked up; "
                + "use an IP address, localhost or *, " + Example;
        }

        return null;
    }

    private string? ReadIPv6(
        ReadOnlySpan<char> host, int port, string text, bool isTls, out Endpoint endpoint)
    {
        endpoint = null!;

        string literal = WithBareScope(host.ToString());
        if (!literal.Contains(':') || !IPAddress.TryParse(literal, out IPAddress? address)
            || address.AddressFamily != AddressFamily.InterNetworkV6)
            return $"'{host}' is not an IPv6 address; write for example {scheme.Clear}://[::1]:8080";

        if (address.IsIPv4MappedToIPv6)
            return $"an IPv6 socket takes no IPv4 here; write {scheme.Clear}://{address.MapToIPv4()}:{port}";

        // Interface names are looked up, and one that is not found leaves scope 0.
        int percent = literal.IndexOf('%', StringComparison.Ordinal);
        if (percent >= 0 && address.ScopeId == 0)
        {
            return $"this machine has no interface '{literal[(percent + 1)..]}'; "
                + "on Linux, ip -6 address shows their names and addresses";
        }

        // Without a scope the kernel cannot know which interface is meant, and bind fails with "invalid argument".
        if (address.IsIPv6LinkLocal && address.ScopeId == 0)
            return $"a link-local address needs its interface, for example {scheme.Clear}://[fe80::1%eth0]:8080";

        endpoint = Endpoint.ForIp(address, port, text, isTls, scheme);
        return null;
    }

    /// <summary>
    /// RFC 6874 writes the scope's percent sign as %25 in a URI; people write it bare. <c>%25</c> alone is scope 25.
    /// </summary>
    private static string WithBareScope(string literal)
    {
        int percent = literal.IndexOf("%25", StringComparison.Ordinal);
        return percent < 0 || percent + 3 == literal.Length ? literal : literal.Remove(percent + 1, 2);
    }

    private string? ReadUnix(string name, bool isTls, out Endpoint endpoint)
    {
        endpoint = null!;
        if (name is "" or "/" || name.Contains('\0'))
        {
            return "a path or an abstract name is missing; "
                + "write for example unix:/run/app.sock, unix:@app, or unix:@ for a name that the kernel picks";
        }

        if (name[0] == '@' && !OperatingSystem.IsLinux())
            return "abstract names exist on Linux only; use a path, for example unix:/tmp/app.sock";
        if (name[0] != '@' && name.StartsWith("//", StringComparison.Ordinal))
            return "a socket's path has no host; write for example unix:/run/app.sock";

        endpoint = Endpoint.ForUnix(name, isTls, scheme);
        try
        {
            _ = endpoint.ToEndPoint();
            return null;
        }
        catch (ArgumentOutOfRangeException)
        {
            return "the path is too long for a socket (107 bytes on Linux, 103 on macOS); use a shorter one";
        }
    }

    private string? ReadDescriptor(
        string text, ReadOnlySpan<char> rest, bool isTls, out Endpoint endpoint)
    {
        endpoint = null!;
        if (OperatingSystem.IsWindows())
            return "Windows has no descriptors to inherit; use " + _clearStart;
        if (TryReadNumber(rest, digitsMax: 5, DescriptorMax, out int descriptor))
            endpoint = Endpoint.ForDescriptor(descriptor, text, isTls, scheme);
        else if (rest.Equals(Passed, StringComparison.OrdinalIgnoreCase))
            endpoint = Endpoint.ForPassed(null, text, isTls, scheme);
        else if (rest.StartsWith(Passed + ":", StringComparison.OrdinalIgnoreCase) && rest.Length > Passed.Length + 1)
            endpoint = Endpoint.ForPassed(rest[(Passed.Length + 1)..].ToString(), text, isTls, scheme);
        else
        {
            return "behind fd: stands the number of a listening socket (fd:3), listen for all that systemd passed, "
                + "or listen:name for those of one name";
        }

        return null;
    }

    // Only the dotted quad: IPAddress.TryParse also takes "1", "0x7f.1" and octal digits, which nobody means.
    internal static bool TryReadIPv4(ReadOnlySpan<char> text, out IPAddress address)
    {
        address = IPAddress.None;
        Span<byte> octets = stackalloc byte[4];
        int count = 0;
        foreach (Range range in text.Split('.'))
        {
            ReadOnlySpan<char> part = text[range];
            if (count == 4 || !TryReadNumber(part, digitsMax: 3, valueMax: 255, out int octet))
                return false;
            if (part.Length > 1 && part[0] == '0')
                return false;

            octets[count++] = (byte)octet;
        }

        if (count != 4)
            return false;

        address = new IPAddress(octets);
        return true;
    }

    private static bool TryReadPort(ReadOnlySpan<char> text, out int port) =>
        TryReadNumber(text, digitsMax: 5, valueMax: 65535, out port);

    private static bool TryReadNumber(ReadOnlySpan<char> text, int digitsMax, int valueMax, out int value)
    {
        value = 0;
        if (text.Length == 0 || text.Length > digitsMax)
            return false;

        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return false;

            value = (value * 10) + (digit - '0');
        }

        return value <= valueMax;
    }
}

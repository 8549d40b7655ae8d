using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Waymark.Transport;

/// <summary>What an address names.</summary>
internal enum EndpointKind
{
    /// <summary>One IP address and port.</summary>
    Ip,

    /// <summary>Both loopback addresses on one port.</summary>
    Localhost,

    /// <summary>Every address of the machine, IPv4 and IPv6, on one port.</summary>
    Any,

    /// <summary>A Unix domain socket: a file, or an abstract name.</summary>
    Unix,

    /// <summary>A listening socket that the process was started with.</summary>
    Inherited,

    /// <summary>All sockets that systemd passed (sd_listen_fds(3)), or those of one name.</summary>
    Passed,
}

/// <summary>An address to listen on, as parsed from text, or as bound.</summary>
/// <remarks>
/// Immutable. <see cref="EndpointKind.Localhost"/> and <see cref="EndpointKind.Any"/> stand for two sockets, <see
/// cref="EndpointKind.Passed"/> for any number; what a listener reports is always <see cref="EndpointKind.Ip"/> or <see
/// cref="EndpointKind.Unix"/>. The grammar is in <see cref="EndpointParser"/>.
/// </remarks>
internal sealed class Endpoint
{
    private readonly IPAddress? _address;

    private Endpoint(
        EndpointKind kind, IPAddress? address, int port, string? unixName, string text, bool isTls,
        AddressScheme? scheme)
    {
        Kind = kind;
        IsTls = isTls;
        Scheme = scheme ?? AddressScheme.Http;
        _address = address;
        Port = port;
        UnixName = unixName;
        Text = text;
    }

    /// <summary>What the address names.</summary>
    public EndpointKind Kind { get; }

    /// <summary>The port, 0 to 65535; 0 asks for a free one. 0 for a Unix socket.</summary>
    public int Port { get; }

    /// <summary>
    /// The path of a Unix socket, or its abstract name behind an <c>@</c>; <c>@</c> alone lets the kernel choose one.
    /// Null for the others.
    /// </summary>
    public string? UnixName { get; }

    /// <summary>The number of an inherited descriptor.</summary>
    public int Descriptor { get; private init; }

    /// <summary>The name that passed sockets have; null for all of them.</summary>
    public string? PassedName { get; private init; }

    /// <summary>The address in the form that was given; errors show this one.</summary>
    public string Text { get; }

    /// <summary>True where TLS is spoken on the connections: <c>https://</c>, <c>https+unix:</c>.</summary>
    public bool IsTls { get; }

    /// <summary>How the kind of server that it belongs to names its addresses.</summary>
    public AddressScheme Scheme { get; }

    /// <summary>The IP address; null for kinds that have none of their own.</summary>
    public IPAddress? Address => _address;

    /// <summary>The family of the socket; only for kinds that stand for one socket.</summary>
    public AddressFamily AddressFamily => _address?.AddressFamily ?? AddressFamily.Unix;

    /// <summary>Reads an address.</summary>
    /// <param name="text">For example <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="endpoint">The address read, where the result is true.</param>
    /// <param name="problem">
    /// One sentence that names the text, the rule and an example, where the result is false.
    /// </param>
    /// <param name="scheme">How addresses are named; null as for HTTP.</param>
    public static bool TryParse(
        string? text, out Endpoint endpoint, out string problem, AddressScheme? scheme = null) =>
        new EndpointParser(scheme ?? AddressScheme.Http).TryParse(text, out endpoint, out problem);

    public static Endpoint ForIp(
        IPAddress address, int port, string? text = null, bool isTls = false, AddressScheme? scheme = null)
    {
        scheme ??= AddressScheme.Http;
        return new(
            EndpointKind.Ip, address, port, null, text ?? FormatIp(address, port, scheme.Of(isTls)), isTls, scheme);
    }

    public static Endpoint ForLocalhost(int port, string text, bool isTls = false, AddressScheme? scheme = null) =>
        new(EndpointKind.Localhost, null, port, null, text, isTls, scheme);

    public static Endpoint ForAny(int port, string text, bool isTls = false, AddressScheme? scheme = null) =>
        new(EndpointKind.Any, null, port, null, text, isTls, scheme);

    public static Endpoint ForUnix(string unixName, bool isTls = false, AddressScheme? scheme = null)
    {
        scheme ??= AddressScheme.Http;
        return new(
            EndpointKind.Unix, null, 0, unixName, $"{scheme.LocalPrefix(isTls)}unix:{unixName}", isTls, scheme);
    }

    public static Endpoint ForDescriptor(
        int descriptor, string text, bool isTls = false, AddressScheme? scheme = null) =>
        new(EndpointKind.Inherited, null, 0, null, text, isTls, scheme) { Descriptor = descriptor };

    public static Endpoint ForPassed(string? name, string text, bool isTls = false, AddressScheme? scheme = null) =>
        new(EndpointKind.Passed, null, 0, null, text, isTls, scheme) { PassedName = name };

    /// <summary>What the socket is bound to; only for kinds that stand for one socket.</summary>
    public EndPoint ToEndPoint()
    {
        Debug.Assert(Kind is EndpointKind.Ip or EndpointKind.Unix);
        if (_address is not null)
            return new IPEndPoint(_address, Port);

        if (UnixName == "@")
            return AutoBindEndPoint.Instance;

        // An abstract name starts with a NUL for the kernel and with @ for people (unix(7)).
        return new UnixDomainSocketEndPoint(UnixName![0] == '@' ? "\0" + UnixName[1..] : UnixName);
    }

    /// <summary>The address with what it was bound to: <c>http://[::1]:43121</c>, <c>unix:/run/x.sock</c>.</summary>
    public override string ToString() => _address is null ? Text : FormatIp(_address, Port, Scheme.Of(IsTls));

    /// <summary>The endpoint of a socket as it is bound, named as this one.</summary>
    /// <returns>Null for a kind of address that is not served.</returns>
    public Endpoint? AsBound(EndPoint? endPoint) => endPoint switch
    {
        IPEndPoint ip => ForIp(ip.Address, ip.Port, isTls: IsTls, scheme: Scheme),
        UnixDomainSocketEndPoint unix when unix.ToString() is { Length: > 0 } name => ForUnix(name, IsTls, Scheme),
        _ => null,
    };

    private static string FormatIp(IPAddress address, int port, string scheme)
    {
        string host = address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{port}");
    }
}

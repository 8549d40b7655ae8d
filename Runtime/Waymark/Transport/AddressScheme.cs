namespace Waymark.Transport;

/// <summary>How a kind of server names its addresses: in the clear, over TLS, and without a port.</summary>
/// <param name="Clear">What stands before <c>://</c>.</param>
/// <param name="Secured">The same over TLS; before a local address it stands with a plus.</param>
/// <param name="ClearPort">The port where none is given; null where one has to be.</param>
/// <param name="SecuredPort">The same over TLS.</param>
internal sealed record AddressScheme(string Clear, string Secured, int? ClearPort, int? SecuredPort)
{
    /// <summary><c>http://</c>, <c>https://</c>, <c>https+unix:</c> (RFC 9110 section 4.2).</summary>
    public static readonly AddressScheme Http = new("http", "https", 80, 443);

    /// <summary><c>tcp://</c>, <c>tls://</c>, <c>tls+unix:</c>; no port is any more usual than others.</summary>
    public static readonly AddressScheme Tcp = new("tcp", "tls", null, null);

    /// <summary>What stands before <c>://</c> of an address.</summary>
    public string Of(bool isTls) => isTls ? Secured : Clear;

    /// <summary>What stands before a local address: nothing, or that TLS is spoken there.</summary>
    public string LocalPrefix(bool isTls) => isTls ? Secured + "+" : "";
}

using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Waymark;

/// <summary>What the TLS handshake of a connection has settled.</summary>
/// <remarks>Valid until the connection ends. Safe for use by any number of threads.</remarks>
public sealed class TlsInfo
{
    internal TlsInfo(SslStream stream)
    {
        Protocol = stream.SslProtocol;
        CipherSuite = stream.NegotiatedCipherSuite;
        ServerName = stream.TargetHostName is { Length: > 0 } name ? name : null;
        ClientCertificate = stream.RemoteCertificate switch
        {
            null => null,
            X509Certificate2 certificate => certificate,
            var other => new X509Certificate2(other),
        };
    }

    /// <summary>TLS 1.2 (RFC 5246) or TLS 1.3 (RFC 8446).</summary>
    public SslProtocols Protocol { get; }

    /// <summary>How records are protected, by its IANA name.</summary>
    public TlsCipherSuite CipherSuite { get; }

    /// <summary>The host name that the client asked for (SNI, RFC 6066 section 3); null where it named none.</summary>
    /// <remarks>The client's claim, of no more weight than the Host field. Decoded where it is an IDN.</remarks>
    public string? ServerName { get; }

    /// <summary>
    /// The client's certificate, which chains to the trust list; null where it gave none, which only
    /// <see cref="ClientCertificates.Required"/> rules out.
    /// </summary>
    /// <remarks>Disposed with the connection: copy what is kept.</remarks>
    public X509Certificate2? ClientCertificate { get; }
}

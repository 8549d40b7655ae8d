using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Waymark.Transport.Tls;

/// <summary>What a server agrees to in a handshake. Immutable; a reload makes new ones.</summary>
/// <param name="Protocols">Versions of TLS.</param>
/// <param name="Identities">Which certificate for which name.</param>
/// <param name="ClientTrust">Whom client certificates must chain to; null where none is asked for.</param>
/// <param name="IsClientCertificateRequired">False where a client may come without one.</param>
/// <param name="IsHttp">True to agree on http/1.1 by ALPN (RFC 7301); false for no ALPN.</param>
internal sealed record TlsTerms(
    SslProtocols Protocols, TlsIdentities Identities, X509ChainPolicy? ClientTrust, bool IsClientCertificateRequired,
    bool IsHttp = true);

/// <summary>The certificates by host name (RFC 6066 section 3).</summary>
/// <param name="fallback">For clients that name no host, or one that is not listed; null refuses those.</param>
internal sealed class TlsIdentities(SslStreamCertificateContext? fallback)
{
    private readonly Dictionary<string, SslStreamCertificateContext> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SslStreamCertificateContext> _bySuffix = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a name, before the first <see cref="Find"/>.</summary>
    /// <param name="name">As <see cref="ServerName.TryRead"/> gives it: a host, or <c>*.</c> and a domain.</param>
    /// <param name="context">Its certificate.</param>
    public void Add(string name, SslStreamCertificateContext context)
    {
        if (name.StartsWith('*'))
            _bySuffix[name[1..]] = context;
        else
            _byName[name] = context;
    }

    /// <summary>The certificate for what a client asks for: its name, else the wildcard, else the default.</summary>
    public SslStreamCertificateContext? Find(string name)
    {
        if (_byName.TryGetValue(name, out SslStreamCertificateContext? exact))
            return exact;

        // A wildcard stands for one label (RFC 9525 section 6.3): *.example.org is neither a.b.example.org nor
        // example.org.
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0 && _bySuffix.TryGetValue(name[dot..], out SslStreamCertificateContext? wildcard))
            return wildcard;
        return fallback;
    }
}

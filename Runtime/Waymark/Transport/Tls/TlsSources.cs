using System.Security.Authentication;

namespace Waymark.Transport.Tls;

/// <summary>One thing to be read: a certificate, for a name or as the default, or a trust list.</summary>
/// <param name="Name">Names it in messages: the option and its files.</param>
/// <param name="Paths">The files.</param>
/// <param name="Certificate">Null for a trust list.</param>
/// <param name="ServerName">The name; null for the default certificate and for a trust list.</param>
/// <param name="Trust">Null for a certificate.</param>
internal sealed record TlsSource(
    string Name, string[] Paths, TlsCertificate? Certificate, string? ServerName, ClientTrust? Trust);

/// <summary>All that is to be read, and what goes with it, as in <see cref="TlsTerms"/>.</summary>
internal sealed record TlsSources(
    IReadOnlyList<TlsSource> All, SslProtocols Protocols, bool IsClientCertificateRequired, TimeSpan? ReloadPeriod,
    bool IsHttp = true);

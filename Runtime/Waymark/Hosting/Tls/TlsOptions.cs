using System.Collections.ObjectModel;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Waymark.Hosting.Tls;

namespace Waymark;

/// <summary>How a server speaks TLS on its https addresses.</summary>
/// <remarks>
/// Immutable, and so safe for use by any number of threads. Set it on <see cref="NetworkServerOptions.Tls"/>; the
/// server's constructor checks it, and binding reads the files: an <see cref="OptionsException"/> lists all that is
/// wrong. A certificate that has run out, is for other names or is not meant for servers is a warning in the log. ALPN
/// (RFC 7301) offers <c>http/1.1</c>; a client that offers only others gets the alert no_application_protocol. Sessions
/// may be resumed by tickets, unless client certificates are asked for; a reload makes older tickets void. TLS before
/// 1.2, renegotiation, early data and OCSP stapling are not supported.
/// </remarks>
/// <example>
/// <code>
/// var options = new ServerOptions
/// {
///     Tls = new TlsOptions
///     {
///         Certificate = TlsCertificate.FromPem("/etc/ssl/site.pem", "/etc/ssl/site.key"),
///         ClientCertificates = ClientCertificates.None,
///     },
/// };
/// return await new HttpServer(Routes.Table, options).RunAsync("https://*:443");
/// </code>
/// </example>
public sealed record TlsOptions
{
    private const int DevelopmentDays = 30;

    /// <summary>
    /// The certificate for clients that name no host, or one that is not in <see cref="ServerNames"/>. Null refuses
    /// those with the alert unrecognized_name (RFC 6066 section 3); then <see cref="ServerNames"/> has to hold one.
    /// </summary>
    public TlsCertificate? Certificate { get; init; }

    /// <summary>
    /// Certificates by the host name that the client asks for: <c>example.org</c>, or <c>*.example.org</c> for every
    /// host directly below it. A name comes before a wildcard; case does not matter. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, TlsCertificate> ServerNames { get; init; } =
        ReadOnlyDictionary<string, TlsCertificate>.Empty;

    /// <summary>
    /// Whether clients show certificates. Without a default, so that nobody serves the anonymous by oversight: a web
    /// site says <see cref="ClientCertificates.None"/>.
    /// </summary>
    public required ClientCertificates ClientCertificates { get; init; }

    /// <summary>
    /// The versions of TLS: <see cref="SslProtocols.Tls12"/>, <see cref="SslProtocols.Tls13"/> or both, the default. A
    /// client that speaks neither gets the alert protocol_version.
    /// </summary>
    public SslProtocols Protocols { get; init; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>
    /// How often the files are looked at for a change: by the first handshake after this time, without a restart. More
    /// than 0, at most 1 day; default 1 minute; null for never, so that only
    /// <see cref="NetworkServer.ReloadCertificates"/> reads them again.
    /// </summary>
    /// <remarks>New files that cannot be used are logged once, and those before stay in use.</remarks>
    public TimeSpan? ReloadPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What makes it work; reached through a value, so that trimming can follow who makes one.</summary>
    internal TlsService Service { get; } = SslService.Unopened;

    /// <summary>
    /// For development only: a certificate for localhost, 127.0.0.1 and ::1 that is made anew in memory and that no
    /// client trusts (curl needs <c>-k</c>). Valid for 30 days; clients are anonymous.
    /// </summary>
    public static TlsOptions ForDevelopment()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost (development)", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(DevelopmentDays));
        return new TlsOptions
        {
            Certificate = TlsCertificate.From(TlsCertificate.ToUsable(certificate)),
            ClientCertificates = ClientCertificates.None,
        };
    }
}

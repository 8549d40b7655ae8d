using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using Waymark.Connections;
using Waymark.Connections.Tls;
using Waymark.Http.Parsing;
using Waymark.Transport.Tls;

namespace Waymark.Hosting.Tls;

/// <summary>The service over SslStream.</summary>
internal sealed class SslService(TlsHandlerSettings? settings) : TlsService
{
    private const SslProtocols Spoken = SslProtocols.Tls12 | SslProtocols.Tls13;
    private static readonly TimeSpan PeriodMax = TimeSpan.FromDays(1);

    /// <summary>The one that validates and opens others.</summary>
    public static SslService Unopened { get; } = new(null);

    public override void Validate(TlsOptions options, List<string> problems)
    {
        if (options.ClientCertificates is null)
        {
            problems.Add(
                "TlsOptions.ClientCertificates is null; choose ClientCertificates.None, Required or Optional.");
        }

        if (options.Protocols == SslProtocols.None || (options.Protocols & ~Spoken) != 0)
        {
            problems.Add($"TlsOptions.Protocols is {options.Protocols}; it must be Tls12, Tls13 or both: what is older "
                + "is broken (RFC 8996).");
        }

        if (options.ReloadPeriod <= TimeSpan.Zero || options.ReloadPeriod > PeriodMax)
        {
            problems.Add($"TlsOptions.ReloadPeriod is {options.ReloadPeriod}; it must be more than 0 and at most 1 "
                + "day, or null to read the files again only when told.");
        }

        if (options.ServerNames is null)
            problems.Add("TlsOptions.ServerNames is null; leave it out where one certificate serves all names.");
        else
            ValidateNames(options, options.ServerNames, problems);
    }

    public override TlsService Open(
        TlsOptions options, TlsPurpose purpose, TimeProvider time, ILogger logger, List<string> problems)
    {
        var store = new CertificateStore(Sources(options, purpose), time, logger);
        store.Load(problems);
        if (options.ClientCertificates is { Trust: not null, IsRequired: false })
            HostingLog.AnonymousClients(logger);

        // Prepared here, so that a native program without TLS does not hold it.
        ReadOnlyMemory<byte> cleartextAnswer = purpose.IsHttp ? Refusals.PrepareCleartextRefusal() : default;
        return new SslService(new TlsHandlerSettings(
            store, purpose.HandshakeTimeout, purpose.TimeoutOption, cleartextAnswer, time, logger));
    }

    public override ConnectionHandler Protect(ConnectionHandler protocol) => new TlsHandler(protocol, settings!);

    public override bool Reload() => settings!.Certificates.Reload();

    private static void ValidateNames(
        TlsOptions options, IReadOnlyDictionary<string, TlsCertificate> names, List<string> problems)
    {
        if (options.Certificate is null && names.Count == 0)
            problems.Add("TlsOptions has no certificate: set Certificate, ServerNames or both.");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string text, TlsCertificate certificate) in names)
        {
            if (!ServerName.TryRead(text, out string name))
            {
                problems.Add($"TlsOptions.ServerNames holds '{text}', which is no host name; write for example "
                    + "'example.org', or '*.example.org' for every host directly below it.");
            }
            else if (!seen.Add(name))
            {
                problems.Add($"TlsOptions.ServerNames holds '{text}' twice, but for case or encoding.");
            }

            if (certificate is null)
                problems.Add($"TlsOptions.ServerNames holds no certificate for '{text}'.");
        }
    }

    private static TlsSources Sources(TlsOptions options, TlsPurpose purpose)
    {
        var all = new List<TlsSource>();
        if (options.Certificate is { } fallback)
            all.Add(new TlsSource($"The certificate in {fallback}", fallback.Paths, fallback, null, null));
        foreach ((string text, TlsCertificate certificate) in options.ServerNames)
        {
            _ = ServerName.TryRead(text, out string name);
            all.Add(new TlsSource(
                $"The certificate for '{text}' in {certificate}", certificate.Paths, certificate, name, null));
        }

        if (options.ClientCertificates.Trust is { } trust)
            all.Add(new TlsSource($"The trust list in {trust}", trust.Paths, null, null, trust));
        return new TlsSources(
            all, options.Protocols, options.ClientCertificates.IsRequired, options.ReloadPeriod, purpose.IsHttp);
    }
}

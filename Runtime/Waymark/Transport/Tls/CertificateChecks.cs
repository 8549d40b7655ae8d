using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Waymark.Transport.Tls;

/// <summary>What clients will not like about a certificate that can be served all the same.</summary>
/// <remarks>
/// Warnings and not errors: a server that does not come up because of its clock, or in the night when a certificate
/// ran out, makes an outage of what some clients can live with.
/// </remarks>
internal static class CertificateChecks
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1"; // id-kp-serverAuth, RFC 5280 section 4.2.1.12.

    /// <summary>Half-sentences that follow the certificate's name.</summary>
    /// <param name="certificate">The server's own.</param>
    /// <param name="serverName">The name that it is to be used for; null where it is the default.</param>
    /// <param name="now">What the time is.</param>
    public static List<string> Doubts(X509Certificate2 certificate, string? serverName, DateTimeOffset now)
    {
        var doubts = new List<string>();
        if (now < certificate.NotBefore)
            doubts.Add($"is not valid before {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z");
        if (now > certificate.NotAfter)
            doubts.Add($"has expired at {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z");
        if (!MayAuthenticateServer(certificate))
            doubts.Add("is not meant for servers (its extended key usage has no serverAuth)");
        if (serverName is not null && !Covers(certificate, serverName))
            doubts.Add($"does not name '{serverName}', which it is to be used for");
        return doubts;
    }

    private static bool MayAuthenticateServer(X509Certificate2 certificate)
    {
        foreach (X509Extension extension in certificate.Extensions)
        {
            if (extension is not X509EnhancedKeyUsageExtension usage)
                continue;
            foreach (Oid purpose in usage.EnhancedKeyUsages)
            {
                if (purpose.Value == ServerAuthentication)
                    return true;
            }

            return false;
        }

        return true; // RFC 5280 section 4.2.1.12: without the extension, any purpose.
    }

    private static bool Covers(X509Certificate2 certificate, string serverName)
    {
        // Any host below a wildcard stands for all of them.
        string host = serverName.StartsWith('*') ? "x" + serverName[1..] : serverName;
        return certificate.MatchesHostname(host, allowWildcards: true, allowCommonName: false);
    }
}

using System.Security.Cryptography.X509Certificates;
using Waymark.TestSupport;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>What openssl and curl make of https, by <c>Tests/Clients/tls.sh</c>.</summary>
public sealed class TlsToolTests
{
    [Fact]
    public async Task Openssl_and_curl_see_what_is_promised()
    {
        Tool.Need("bash", "openssl", "curl");
        using var pki = new TempPki();
        using var other = new TempPki("Other Root");
        File.WriteAllText(pki.PathOf("root.pem"), pki.Root.ExportCertificatePem());
        (string pem, string key) = pki.WritePem("site", Site(pki), [pki.Intermediate]);
        pki.WritePem("next", Site(pki), [pki.Intermediate]);
        pki.WritePem("right", pki.IssueClient("right"));
        pki.WritePem("wrong", other.IssueClient("wrong"));

        // So short a period that every handshake looks at the files.
        var site = new TlsOptions
        {
            Certificate = TlsCertificate.FromPem(pem, key),
            ServerNames = new Dictionary<string, TlsCertificate>
            {
                ["*.names.test"] = TlsCertificate.From(pki.IssueServer(["*.names.test"])),
            },
            ClientCertificates = ClientCertificates.None,
            ReloadPeriod = TimeSpan.FromTicks(1),
        };
        await using HttpsServer open = await HttpsServer.StartAsync((_, _) => site);
        await using HttpsServer closed = await HttpsServer.StartAsync((_, _) => site with
        {
            ClientCertificates = ClientCertificates.Required(ClientTrust.FromPem(pki.PathOf("root.pem"))),
        });
        string script = Repository.PathOf("Tests/Clients/tls.sh");
        (int exitCode, string output) = await Tool.RunAsync(
            "bash", script, Path.GetDirectoryName(pem)!, $"{open.Port}", $"{closed.Port}");
        TestContext.Current.SendDiagnosticMessage(output);
        Assert.True(exitCode == 0, output);
    }

    private static X509Certificate2 Site(TempPki pki) => pki.IssueServer(["localhost"], issuer: pki.Intermediate);
}

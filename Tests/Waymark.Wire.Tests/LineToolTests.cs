using System.Globalization;
using Waymark.TestSupport;

namespace Waymark.Wire.Tests;

/// <summary>What netcat and openssl make of servers of lines.</summary>
public sealed class LineToolTests
{
    [Fact]
    public async Task Netcat_gets_its_lines_back_in_order_and_the_end_behind_quit()
    {
        Tool.Need("nc");
        await using RunningServer server = await RunningServer.StartAsync(
            ["dotnet", EchoTests.Program, "tcp://127.0.0.1:0", "tcp://127.0.0.1:0"]);
        string lines = string.Concat(Enumerable.Range(0, 1000).Select(n => $"line {n}\n"));
        (int exitCode, string output) = await Tool.RunWithInputAsync(
            lines + "quit\nlost\n", "nc", "-w", "20", "127.0.0.1", PortOf(server.Addresses[0]));
        Assert.Equal(lines + "quit\n", output);
        Assert.Equal(0, exitCode);
        Assert.Equal(0, await server.TerminateAsync());
    }

    [Fact]
    public async Task Openssl_shows_the_certificate_and_gets_its_line_back()
    {
        Tool.Need("openssl");
        using var pki = new TempPki();
        File.WriteAllText(pki.PathOf("root.pem"), pki.Root.ExportCertificatePem());
        (string certificate, string key) = pki.WritePem("site", pki.IssueServer(["localhost"]));
        await using TcpServer server = await TcpServer.Create(
            new LineProtocol(), new Echo(),
            new TcpServerOptions
            {
                Logger = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance,
                Tls = new TlsOptions
                {
                    Certificate = TlsCertificate.FromPem(certificate, key),
                    ClientCertificates = ClientCertificates.None,
                },
            }).StartAsync("tls://127.0.0.1:0");
        (int exitCode, string output) = await Tool.RunWithInputAsync(
            "over TLS\n", "openssl", "s_client", "-connect", $"127.0.0.1:{PortOf(new Uri(server.Endpoints[0]))}",
            "-servername", "localhost", "-verify_hostname", "localhost", "-CAfile", pki.PathOf("root.pem"),
            "-verify_return_error", "-ign_eof");
        Assert.True(exitCode == 0, output);
        Assert.Contains("Verify return code: 0 (ok)", output, StringComparison.Ordinal);
        Assert.Contains("-----BEGIN CERTIFICATE-----", output, StringComparison.Ordinal);
        Assert.Matches("(New|Protocol *:).*TLSv1.3", output);
        Assert.Contains("\nover TLS\n", output, StringComparison.Ordinal);
    }

    private static string PortOf(Uri address) => address.Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Sends one line back and closes.</summary>
    private sealed class Echo : StreamHandler<string, string>
    {
        protected internal override async ValueTask HandleAsync(
            StreamClient<string, string> client, CancellationToken stop)
        {
            await client.SendAsync(await client.ReceiveAsync(stop), stop);
            await client.CloseAsync();
        }
    }
}

using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Waymark.Tests.Support;
using Waymark.TestSupport;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>Who is let in by certificate: scenario D23, through real sockets.</summary>
public sealed class ClientCertificateTests
{
    private const int AnonymousClients = 1111;
    private const int HandshakeFailed = 1080;

    // Later runtimes refuse by a fatal alert, which the client's stream throws for.
    private static readonly bool RefusesByCloseNotify = OperatingSystem.IsLinux() && Environment.Version.Major < 11;

    [Theory]
    [InlineData("none", null)]
    [InlineData("of another authority", null)]
    [InlineData("of an authority of the same name", null)]
    [InlineData("expired", null)]
    [InlineData("for servers", null)]
    [InlineData("self-signed", null)]
    [InlineData("intermediate is missing", null)]
    [InlineData("right", "CN=right")]
    [InlineData("right, with intermediate", "CN=below")]
    public async Task D23_A_required_certificate_lets_in_whom_the_trust_list_knows(string which, string? subject)
    {
        await using HttpsServer server = await HttpsServer.StartAsync((pki, site) =>
            site with { ClientCertificates = ClientCertificates.Required(ClientTrust.From(pki.Root)) });
        using var other = new TempPki("Other Root");
        using var twin = new TempPki();
        TempPki pki = server.Pki;
        using X509Certificate2? certificate = which switch
        {
            "none" => null,
            "of another authority" => other.IssueClient("other"),
            "of an authority of the same name" => twin.IssueClient("twin"),
            "expired" => pki.IssueClient("late", daysLeft: -1),
            "for servers" => pki.IssueServer(["localhost"]),
            "self-signed" => TlsSelfSigned(),
            "right" => pki.IssueClient("right"),
            _ => pki.IssueClient("below", issuer: pki.Intermediate),
        };
        X509Certificate2[] chain = which == "right, with intermediate" ? [pki.Intermediate] : [];
        foreach (SslProtocols protocol in new[] { SslProtocols.Tls12, SslProtocols.Tls13 })
        {
            if (subject is null)
                await AssertRefusedAsync(server, certificate, chain, protocol);
            else
                Assert.Equal(subject, await ClientOfAsync(server, certificate, chain, protocol));
        }

        await server.Server.StopAsync(); // What is logged behind the last alert is waited for.
        Assert.DoesNotContain(server.Logger.Events, e => e.Level >= LogLevel.Warning);
        Assert.Equal(subject is null ? 2 : 0, server.Logger.CountOf(HandshakeFailed));
    }

    [Fact]
    public async Task D23_A_client_without_TLS_never_gets_to_a_handler()
    {
        await using HttpsServer server = await HttpsServer.StartAsync((pki, site) =>
            site with { ClientCertificates = ClientCertificates.Required(ClientTrust.From(pki.Root)) });
        string answer = await server.AskInTheClearAsync(HttpsServer.Get);
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("This port speaks TLS: use https:// instead of http://.", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Client", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("other.test", false)]
    public async Task D23_A_client_checks_the_name_of_the_server(string name, bool isRight)
    {
        await using HttpsServer server = await HttpsServer.StartAsync();
        await using TlsPeer peer = await server.PeerAsync();
        Task<TlsPeer> agreeing = peer.AuthenticateAsync(server.Pki.Root, name);
        if (isRight)
            await agreeing;
        else
            await Assert.ThrowsAsync<AuthenticationException>(() => agreeing);
    }

    [Fact]
    public async Task Without_being_required_a_certificate_may_be_missing_but_not_be_wrong()
    {
        await using HttpsServer server = await HttpsServer.StartAsync((pki, site) =>
            site with { ClientCertificates = ClientCertificates.Optional(ClientTrust.From(pki.Root)) });
        using var other = new TempPki("Other Root");
        using X509Certificate2 right = server.Pki.IssueClient("right");
        using X509Certificate2 wrong = other.IssueClient("wrong");
        Assert.Equal("none", await ClientOfAsync(server, null));
        Assert.Equal("CN=right", await ClientOfAsync(server, right));
        await AssertRefusedAsync(server, wrong, [], SslProtocols.Tls13);
    }

    [Fact]
    public async Task Without_being_asked_a_client_shows_no_certificate()
    {
        await using HttpsServer server = await HttpsServer.StartAsync();
        using X509Certificate2 certificate = server.Pki.IssueClient("eager");
        Assert.Equal("none", await ClientOfAsync(server, certificate));
    }

    [Theory]
    [InlineData("None", 0)]
    [InlineData("Required", 0)]
    [InlineData("Optional", 1)]
    public async Task D23_That_the_anonymous_are_served_beside_a_trust_list_is_a_warning(string choice, int warnings)
    {
        await using HttpsServer server = await HttpsServer.StartAsync((pki, site) => site with
        {
            ClientCertificates = choice switch
            {
                "None" => ClientCertificates.None,
                "Required" => ClientCertificates.Required(ClientTrust.From(pki.Root)),
                _ => ClientCertificates.Optional(ClientTrust.From(pki.Root)),
            },
        });
        Assert.Equal(warnings, server.Logger.Events.Count(e => e is { Level: LogLevel.Warning, Id: AnonymousClients }));
    }

    [Fact]
    public void D23_The_choice_cannot_be_forgotten()
    {
        // The compiler refuses an initialiser without it (CS9035); what gets around that is refused by the server.
        Assert.Contains(
            typeof(TlsOptions).GetProperty(nameof(TlsOptions.ClientCertificates))!.CustomAttributes,
            attribute => attribute.AttributeType.Name == "RequiredMemberAttribute");
        var options = new ServerOptions
        {
            Tls = new TlsOptions { Certificate = TlsCertificate.FromPem("a.pem"), ClientCertificates = null! },
        };
        Assert.Contains(
            "TlsOptions.ClientCertificates is null; choose ClientCertificates.None, Required or Optional.",
            Assert.Throws<OptionsException>(() => new HttpServer(new TestTable(), options)).Problems);
    }

    private static X509Certificate2 TlsSelfSigned()
    {
        using var pki = new TempPki("self");
        return pki.Root;
    }

    private static async Task<string> ClientOfAsync(
        HttpsServer server, X509Certificate2? certificate, X509Certificate2[]? chain = null,
        SslProtocols protocol = SslProtocols.None)
    {
        await using TlsPeer peer = await server.PeerAsync();
        await peer.AuthenticateAsync(server.Pki.Root, "localhost", protocol, certificate, chain);
        await peer.SendAsync(HttpsServer.Get);
        string answer = await peer.ReceiveToEndAsync();
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        return answer.Split("X-Client: ")[1].Split("\r\n")[0];
    }

    /// <summary>No answer, but an alert: which one depends on the runtime.</summary>
    private static async Task AssertRefusedAsync(
        HttpsServer server, X509Certificate2? certificate, X509Certificate2[] chain, SslProtocols protocol)
    {
        await using TlsPeer peer = await server.PeerAsync();
        async Task<string> AskAsync()
        {
            await peer.AuthenticateAsync(server.Pki.Root, "localhost", protocol, certificate, chain);
            await peer.SendAsync(HttpsServer.Get);
            return await peer.ReceiveToEndAsync();
        }

        if (RefusesByCloseNotify)
        {
            Assert.Equal("", await AskAsync());
            Assert.True(peer.SawCloseNotify);
        }
        else
        {
            await Assert.ThrowsAnyAsync<Exception>(AskAsync);
        }
    }
}

using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using Waymark.Tests.Support;
using Waymark.TestSupport;
using Waymark.Transport.Sockets;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>https through real sockets: versions, names, certificates that change, ends, large bodies.</summary>
public sealed class HttpsTests
{
    private const int TlsUnused = 1110;

    [Fact]
    public async Task A_request_is_answered_and_the_address_says_https()
    {
        await using HttpsServer server = await HttpsServer.StartAsync();
        Assert.StartsWith("https://127.0.0.1:", Assert.Single(server.Server.Endpoints), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await AskAsync(server), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, SslProtocols.Tls12, true)]
    [InlineData(SslProtocols.Tls13, SslProtocols.Tls13, true)]
    [InlineData(SslProtocols.Tls12, SslProtocols.Tls13, false)]
    [InlineData(SslProtocols.Tls13, SslProtocols.Tls12, false)]
    public async Task Only_the_versions_of_the_options_are_spoken(SslProtocols own, SslProtocols clients, bool agree)
    {
        await using HttpsServer server = await HttpsServer.StartAsync((_, site) => site with { Protocols = own });
        await using TlsPeer peer = await server.PeerAsync();
        Task<TlsPeer> agreeing = peer.AuthenticateAsync(server.Pki.Root, protocols: clients);
        if (agree)
            Assert.Equal(clients, (await agreeing).Stream.SslProtocol);
        else
            await Assert.ThrowsAsync<AuthenticationException>(() => agreeing);
    }

    [Theory]
    [InlineData("http/1.1", "http/1.1")]
    [InlineData("h2 http/1.1", "http/1.1")]
    [InlineData("", "")]
    [InlineData("h2", null)]
    public async Task ALPN_offers_HTTP_1_1(string offered, string? agreed)
    {
        await using HttpsServer server = await HttpsServer.StartAsync();
        await using TlsPeer peer = await server.PeerAsync();
        Task<TlsPeer> agreeing = peer.AuthenticateAsync(
            server.Pki.Root, applicationProtocols: offered.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (agreed is not null)
            Assert.Equal(agreed, (await agreeing).Stream.NegotiatedApplicationProtocol.ToString());
        else
            await Assert.ThrowsAsync<AuthenticationException>(() => agreeing);
    }

    [Theory]
    [InlineData("one.test", "CN=one.test")]
    [InlineData("a.two.test", "CN=*.two.test")]
    [InlineData("localhost", "CN=localhost")]
    public async Task Each_name_has_its_certificate(string name, string subject)
    {
        await using HttpsServer server = await HttpsServer.StartAsync(WithNames);
        await using TlsPeer peer = await server.PeerAsync();
        await peer.AuthenticateAsync(server.Pki.Root, name);
        Assert.Equal(subject, peer.Stream.RemoteCertificate!.Subject);
        await peer.SendAsync(HttpsServer.Get);
        Assert.Contains($"X-Name: {name}\r\n", await peer.ReceiveToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_default_certificate_other_names_are_refused()
    {
        await using HttpsServer server = await HttpsServer.StartAsync(
            (pki, site) => WithNames(pki, site) with { Certificate = null });
        await using TlsPeer known = await server.PeerAsync();
        await known.AuthenticateAsync(server.Pki.Root, "one.test");
        await using TlsPeer other = await server.PeerAsync();
        await Assert.ThrowsAsync<AuthenticationException>(() => other.AuthenticateAsync(server.Pki.Root, "localhost"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Certificates_change_without_a_restart_and_open_connections_stay(bool isTold)
    {
        var time = new ManualTimeProvider();
        string pem = "";
        await using HttpsServer server = await HttpsServer.StartAsync(
            (pki, site) =>
            {
                (pem, string key) = pki.WritePem("site", pki.IssueServer(["localhost"]));
                return site with { Certificate = TlsCertificate.FromPem(pem, key) };
            },
            time);
        await using TlsPeer open = await server.PeerAsync();
        await open.AuthenticateAsync(server.Pki.Root);
        string before = open.Stream.RemoteCertificate!.GetCertHashString();
        server.Pki.WritePem("site", server.Pki.IssueServer(["localhost"]));
        if (isTold)
            Assert.True(server.Server.ReloadCertificates());
        else
            time.Advance(TimeSpan.FromMinutes(1));
        await using TlsPeer next = await server.PeerAsync();
        await next.AuthenticateAsync(server.Pki.Root);
        Assert.NotEqual(before, next.Stream.RemoteCertificate!.GetCertHashString());
        if (isTold)
        {
            await open.SendAsync(HttpsServer.Get);
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", await open.ReceiveToEndAsync(), StringComparison.Ordinal);
            File.WriteAllText(pem, "broken");
            Assert.False(server.Server.ReloadCertificates());
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", await AskAsync(server), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Large_bodies_go_both_ways()
    {
        await using HttpsServer server = await HttpsServer.StartAsync();
        await using TlsPeer peer = await server.PeerAsync();
        await peer.AuthenticateAsync(server.Pki.Root);
        string body = new('x', 5_000_000);
        string head = $"Host: localhost\r\nContent-Length: {body.Length}\r\n";
        await peer.SendAsync($"POST /len HTTP/1.1\r\n{head}\r\n{body}");
        Assert.EndsWith("\r\n\r\n5000000", await peer.ReceiveAsync(), StringComparison.Ordinal);

        // The answer is asked for while the body still goes out: both directions are full at once.
        Task sending = peer.SendAsync($"POST /echo HTTP/1.1\r\n{head}Connection: close\r\n\r\n{body}");
        string answer = await peer.ReceiveToEndAsync();
        await sending;
        Assert.True(answer.Length > body.Length);
        Assert.True(peer.SawCloseNotify);
    }

    [Fact]
    public async Task A_client_that_has_finished_sending_still_gets_all_of_its_answer()
    {
        await using HttpsServer server = await HttpsServer.StartAsync();
        await using TlsPeer peer = await server.PeerAsync();
        await peer.AuthenticateAsync(server.Pki.Root);
        await peer.SendAsync("GET /bytes HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await peer.SendCloseNotifyAsync();
        peer.Connection.ShutdownSend();
        Assert.True((await peer.ReceiveToEndAsync()).Length > 100_000);
        Assert.True(peer.SawCloseNotify);
    }

    [Theory]
    [InlineData("Content-Length: 10\r\n\r\nabc")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")]
    public async Task A_body_that_is_cut_off_is_never_taken_for_whole(string rest)
    {
        await using HttpsServer server = await HttpsServer.StartAsync();
        await using TlsPeer peer = await server.PeerAsync();
        await peer.AuthenticateAsync(server.Pki.Root);
        await peer.SendAsync($"POST /len HTTP/1.1\r\nHost: localhost\r\n{rest}");
        peer.Connection.ShutdownSend(); // FIN without close_notify: what an attacker in between can do.
        string answer = await peer.ReceiveToEndAsync();
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("The connection ended before the body was complete.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_and_certificates_that_cannot_be_used_are_told_at_once()
    {
        var options = new ServerOptions
        {
            Tls = new TlsOptions
            {
                Certificate = TlsCertificate.FromPem("absent-1.pem"),
                ServerNames = new Dictionary<string, TlsCertificate>
                {
                    ["a.test"] = TlsCertificate.FromPkcs12("absent-2"),
                },
                ClientCertificates = ClientCertificates.Required(ClientTrust.FromPem("absent-3.pem")),
            },
        };
        var e = await Assert.ThrowsAsync<OptionsException>(
            () => new HttpServer(new TestTable(), options).StartAsync("https://127.0.0.1:0", "gopher://x"));
        Assert.Equal(4, e.Problems.Count);
        Assert.Contains("'gopher'", e.Problems[0], StringComparison.Ordinal);
        Assert.StartsWith("The certificate in absent-1.pem: ", e.Problems[1], StringComparison.Ordinal);
        Assert.StartsWith("The certificate for 'a.test' in absent-2: ", e.Problems[2], StringComparison.Ordinal);
        Assert.StartsWith("The trust list in absent-3.pem: ", e.Problems[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_cannot_be_are_told_at_once()
    {
        var tls = new TlsOptions
        {
#pragma warning disable SYSLIB0039, CA5397 // That they are refused is the point.
            Protocols = SslProtocols.Tls11 | SslProtocols.Tls12,
#pragma warning restore SYSLIB0039, CA5397
            ServerNames = new Dictionary<string, TlsCertificate> { ["a:443"] = null! },
            ReloadPeriod = TimeSpan.Zero,
            ClientCertificates = ClientCertificates.None,
        };
        IReadOnlyList<string> problems = Problems(tls);
        Assert.Equal(4, problems.Count);
        Assert.StartsWith("TlsOptions.Protocols is Tls11, Tls12; it must be", problems[0], StringComparison.Ordinal);
        Assert.Equal(
            ["TlsOptions has no certificate: set Certificate, ServerNames or both."],
            Problems(new TlsOptions { ClientCertificates = ClientCertificates.None }));
        var names = new Dictionary<string, TlsCertificate>
        {
            ["a.test"] = TlsCertificate.FromPem("a"), ["A.test"] = TlsCertificate.FromPem("a"),
        };
        Assert.Equal(
            ["TlsOptions.ServerNames holds 'A.test' twice, but for case or encoding."],
            Problems(new TlsOptions { ServerNames = names, ClientCertificates = ClientCertificates.None }));
    }

    [Fact]
    public async Task An_https_address_needs_a_certificate()
    {
        var e = await Assert.ThrowsAsync<OptionsException>(
            () => new HttpServer(new TestTable()).StartAsync("http://127.0.0.1:0", "https://127.0.0.1:0"));
        Assert.Equal(
            "The address 'https://127.0.0.1:0' needs a certificate: set ServerOptions.Tls.", Assert.Single(e.Problems));
    }

    [Fact]
    public async Task A_certificate_without_an_https_address_is_a_warning()
    {
        var logger = new ListLogger();
        var options = new ServerOptions { Tls = TlsOptions.ForDevelopment(), Logger = logger };
        await using HttpServer server = await new HttpServer(new TestTable(), options).StartAsync("http://127.0.0.1:0");
        Assert.Single(logger.Events, e => e is { Level: LogLevel.Warning, Id: TlsUnused });
        Assert.True(server.ReloadCertificates());
    }

    [Fact]
    public async Task Cleartext_and_TLS_are_served_side_by_side()
    {
        var options = new ServerOptions { Tls = TlsOptions.ForDevelopment(), Logger = new ListLogger() };
        await using HttpServer server = await new HttpServer(new TestTable(), options)
            .StartAsync("http://127.0.0.1:0", "https://127.0.0.1:0", "https://[::1]:0");
        using var trusting = new SocketsHttpHandler();
        trusting.SslOptions.RemoteCertificateValidationCallback = static (_, certificate, _, _) =>
            certificate?.Subject == "CN=localhost (development)";
        using var client = new HttpClient(trusting);
        foreach (string endpoint in server.Endpoints)
        {
            Assert.Equal(
                "hello", await client.GetStringAsync(new Uri(endpoint), TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData(2, "200 OK")]
    [InlineData(1, "503 Service Unavailable")]
    public async Task A_proxy_announces_the_client_before_the_handshake(int connectionsMax, string expected)
    {
        using var pki = new TempPki();
        var options = new ServerOptions
        {
            Tls = new TlsOptions
            {
                Certificate = TlsCertificate.From(pki.IssueServer(["localhost"])),
                ClientCertificates = ClientCertificates.None,
            },
            Logger = new ListLogger(),
            MaxConnections = connectionsMax,
            IdleGrace = TimeSpan.Zero,
        };
        await using HttpServer server = new HttpServer(new TestTable(), options)
            .AcceptProxyProtocol("127.0.0.1")
            .Use(next => exchange =>
            {
                exchange.Response.Headers.Set("X-Peer", $"{exchange.Connection.RemoteEndPoint}");
                return next(exchange);
            });
        await server.StartAsync("https://127.0.0.1:0");
        await using TlsPeer first = await AnnounceAsync(server, pki);
        await using TlsPeer peer = await AnnounceAsync(server, pki);
        await peer.SendAsync(HttpsServer.Get);
        string answer = await peer.ReceiveToEndAsync();
        Assert.StartsWith($"HTTP/1.1 {expected}\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(
            connectionsMax == 2, answer.Contains("X-Peer: 203.0.113.7:4711\r\n", StringComparison.Ordinal));
    }

    private static async Task<TlsPeer> AnnounceAsync(HttpServer server, TempPki pki)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", new Uri(server.Endpoints[0]).Port);
        var connection = new SocketConnection(socket);
        await connection.SendAsync("PROXY TCP4 203.0.113.7 198.51.100.1 4711 443\r\n"u8.ToArray());
        return await new TlsPeer(connection).AuthenticateAsync(pki.Root);
    }

    private static TlsOptions WithNames(TempPki pki, TlsOptions site) => site with
    {
        ServerNames = new Dictionary<string, TlsCertificate>
        {
            ["one.test"] = TlsCertificate.From(pki.IssueServer(["one.test"])),
            ["*.two.test"] = TlsCertificate.FromPkcs12(
                pki.WritePkcs12("two.pfx", pki.IssueServer(["*.two.test"]), [], "secret"), "secret"),
        },
    };

    private static IReadOnlyList<string> Problems(TlsOptions tls) => Assert.Throws<OptionsException>(
        () => new HttpServer(new TestTable(), new ServerOptions { Tls = tls })).Problems;

    private static async Task<string> AskAsync(HttpsServer server)
    {
        await using TlsPeer peer = await server.PeerAsync();
        await peer.AuthenticateAsync(server.Pki.Root);
        await peer.SendAsync(HttpsServer.Get);
        return await peer.ReceiveToEndAsync();
    }
}

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Waymark.Tests.Support;
using Waymark.TestSupport;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>The instruments of connections where no HTTP is spoken.</summary>
public sealed class MeasuredConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ListLogger _logger = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connections_of_a_TcpServer_are_counted_and_timed_and_refused_ones_told_why()
    {
        bool isAdmitting = true;
        await using TcpServer server = New(new TcpServerOptions
        {
            Logger = _logger,
            MaxConnections = 1,
            OnConnect = (_, _) => ValueTask.FromResult(Volatile.Read(ref isAdmitting)),
        });
        using var log = MeasurementLog.OfConnections(server);
        await server.StartAsync("tcp://127.0.0.1:0");
        await using (StreamClient<string, string> first = await ConnectAsync(server))
        {
            await AskAsync(first);
            Assert.Equal(["1"], log.Of("waymark.active_connections"));
            await using StreamClient<string, string> second = await ConnectAsync(server);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                async () => await second.ReceiveAsync(Patience, Stop));
        }

        await UntilAllLeftAsync(server);
        Volatile.Write(ref isAdmitting, false);
        await using (StreamClient<string, string> third = await ConnectAsync(server))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                async () => await third.ReceiveAsync(Patience, Stop));
        }

        await server.StopAsync();
        Assert.Equal(["1", "-1", "1", "-1"], log.Of("waymark.active_connections"));
        Assert.Equal(2, log.Of("waymark.connection.duration").Length);
        Assert.Equal(
            ["1 error.type=connection_limit", "1 error.type=not_admitted"], log.Of("waymark.rejected_connections"));
        Assert.Empty(log.Of("waymark.tls_handshake.duration"));
    }

    [Fact]
    public async Task Handshakes_are_timed_by_version_and_those_that_fail_named()
    {
        using var pki = new TempPki();
        await using TcpServer server = New(new TcpServerOptions
        {
            Logger = _logger,
            Tls = new TlsOptions
            {
                Certificate = TlsCertificate.From(pki.IssueServer(["localhost"])),
                ClientCertificates = ClientCertificates.None,
            },
        });
        using var log = MeasurementLog.OfConnections(server);
        await server.StartAsync("tls://127.0.0.1:0");
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(pki.Root);
        var trusting = new StreamClientOptions
        {
            Tls = new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = policy },
        };
        await using (StreamClient<string, string> client = await StreamClient.ConnectAsync(
            server.Endpoints[0], new LineProtocol(), trusting, Stop))
        {
            await AskAsync(client);
        }

        await using (StreamClient<string, string> plain = await StreamClient.ConnectAsync(
            server.Endpoints[0].Replace("tls://", "tcp://", StringComparison.Ordinal), new LineProtocol(),
            cancellation: Stop))
        {
            await plain.SendAsync("in the clear", Stop);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                async () => await plain.ReceiveAsync(Patience, Stop));
        }

        await server.StopAsync();
        Assert.Collection(
            log.Of("waymark.tls_handshake.duration"),
            agreed => Assert.EndsWith(" tls.protocol.version=1.3", agreed, StringComparison.Ordinal),
            failed => Assert.EndsWith(" error.type=handshake_failed", failed, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_runs_with_another_is_measured_where_it_was_asked_for()
    {
        await using TcpServer main = TcpServer.Create(
            new LineProtocol(), new Echo(), new TcpServerOptions { Logger = _logger });
        await using TcpServer added = New(new TcpServerOptions { Logger = _logger });
        using var mainLog = MeasurementLog.OfConnections(main);
        using var addedLog = MeasurementLog.OfConnections(added);
        await main.AddServer(added, "tcp://127.0.0.1:0").StartAsync("tcp://127.0.0.1:0");
        await using (StreamClient<string, string> client = await ConnectAsync(main))
            await AskAsync(client);
        await using (StreamClient<string, string> client = await ConnectAsync(added))
            await AskAsync(client);
        await main.StopAsync();
        Assert.Empty(mainLog.Lines);
        Assert.Equal(["1", "-1"], addedLog.Of("waymark.active_connections"));
    }

    [Fact]
    public async Task An_HttpServer_with_Telemetry_is_not_measured_twice()
    {
        HttpServer server = new HttpServer(new TestTable(), new ServerOptions { Logger = _logger })
            .Use(Telemetry.From()).MeasureConnections();
        using var log = MeasurementLog.OfConnections(server);
        await server.StartAsync("http://127.0.0.1:0");
        using (var client = new HttpClient())
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(server.Endpoints[0]), Stop);
            Assert.Equal("1.1", answer.Version.ToString());
        }

        await server.StopAsync();
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task What_is_asked_for_after_the_start_is_refused()
    {
        await using TcpServer server = New(new TcpServerOptions { Logger = _logger });
        await server.StartAsync("tcp://127.0.0.1:0");
        Assert.Throws<InvalidOperationException>(() => server.MeasureConnections());
    }

    private static TcpServer New(TcpServerOptions options) =>
        TcpServer.Create(new LineProtocol(), new Echo(), options).MeasureConnections();

    private static Task<StreamClient<string, string>> ConnectAsync(TcpServer server) =>
        StreamClient.ConnectAsync(server.Endpoints[0], new LineProtocol(), cancellation: Stop);

    private static async Task AskAsync(StreamClient<string, string> client)
    {
        await client.SendAsync("hello", Stop);
        Assert.Equal("hello", await client.ReceiveAsync(Patience, Stop));
    }

    private static async Task UntilAllLeftAsync(TcpServer server)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (server.GetConnections().Count > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
    }

    private sealed class Echo : StreamHandler<string, string>
    {
        protected internal override async ValueTask HandleAsync(
            StreamClient<string, string> client, CancellationToken stop) =>
            await client.SendAsync(await client.ReceiveAsync(stop), stop);
    }
}

using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Waymark.Tests.Support;
using Waymark.TestSupport;
using Waymark.Transport.Sockets;

namespace Waymark.Tests.Streams;

/// <summary>Packets over TLS: E36 to E40.</summary>
public sealed class TlsScenarioTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TempPki _pki = new();

    public void Dispose() => _pki.Dispose();

    [Fact]
    public async Task E36_A_client_over_TLS_knows_what_was_agreed_on_and_no_protocol_is_named()
    {
        TlsInfo? seen = null;
        await using StreamHost host = await StartAsync(new LambdaLines(async (client, stop) =>
        {
            seen = client.Connection.Tls;
            await client.SendAsync(await client.ReceiveAsync(stop), stop);
        }));
        await using StreamClient<string, string> client = await ConnectAsync(host);
        await client.SendAsync("hello", TestContext.Current.CancellationToken);
        Assert.Equal("hello", await client.ReceiveAsync(Limit, TestContext.Current.CancellationToken));
        Assert.NotNull(seen);
        Assert.NotNull(client.Connection.Tls);
        Assert.StartsWith("tls://127.0.0.1:", host.Endpoint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task E37_Who_says_nothing_is_let_go_without_a_warning_and_holds_up_nobody()
    {
        var time = new ManualTimeProvider();
        await using StreamHost host = await StartAsync(
            LambdaLines.Echo(), options => options with { TimeProvider = time, IdleGrace = TimeSpan.Zero });
        using Peer silent = await ConnectInTheClearAsync(host);
        await using (StreamClient<string, string> client = await ConnectAsync(host))
        {
            await client.SendAsync("x", TestContext.Current.CancellationToken);
            Assert.Equal("x", await client.ReceiveAsync(Limit, TestContext.Current.CancellationToken));
        }

        Task<string> end = silent.ReceiveToEndAsync();
        while (!end.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        // Time flies here: who is let go and has not left seconds later is reset.
        SocketException? reset = await Record.ExceptionAsync(() => end) as SocketException;
        Assert.True(reset is { SocketErrorCode: SocketError.ConnectionReset } || await end == "");
        // By the clock of the test the certificate is of the future, which is the warning 1202.
        Assert.DoesNotContain(host.Logger.Events, e => e.Level >= LogLevel.Warning && e.Id != 1202);
    }

    [Fact]
    public async Task E38_A_client_that_leaves_without_close_notify_is_no_warning()
    {
        await using StreamHost host = await StartAsync(LambdaLines.Echo());
        using Peer below = await ConnectInTheClearAsync(host);
        await using var peer = new TlsPeer(new SocketConnection(below.Socket));
        await peer.AuthenticateAsync(_pki.Root);
        await peer.SendAsync("x\n");
        Assert.Equal("x\n", await peer.ReceiveAsync());
        below.Socket.Close();
        DisconnectReason reason = (await host.UntilDisconnectedAsync()).Reason;
        Assert.True(reason is DisconnectReason.PeerClosed or DisconnectReason.PeerLost, $"{reason}");
        Assert.DoesNotContain(host.Logger.Events, e => e.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task E39_Plain_text_is_closed_without_an_answer()
    {
        await using StreamHost host = await StartAsync(LambdaLines.Echo());
        using Peer peer = await ConnectInTheClearAsync(host);
        await peer.SendAsync("hello\n");
        string heard = await peer.ReceiveToEndAsync();

        // An alert of TLS at most.
        Assert.True(heard.Length == 0 || heard[0] == '\x15', heard);
        Assert.Equal(0, host.Handler.HandleCount);
        Assert.DoesNotContain(host.Logger.Events, e => e.Level >= LogLevel.Warning);
    }

    [Fact]
    public void E40_TLS_without_a_certificate_is_listed_with_all_other_problems()
    {
        var e = Assert.Throws<OptionsException>(() => StreamHost.Create(
            LambdaLines.Echo(),
            options => options with
            {
                Tls = new TlsOptions { ClientCertificates = ClientCertificates.None },
                TlsHandshakeTimeout = TimeSpan.Zero,
                PacketBytesMax = 15,
                ReceiveTimeout = TimeSpan.Zero,
                SendTimeout = TimeSpan.FromDays(2),
                Backlog = 0,
                ConnectionLogLevel = (LogLevel)9,
            }));
        Assert.Equal(
            [
                "TlsOptions has no certificate: set Certificate, ServerNames or both.",
                "TcpServerOptions.Backlog is 0; it must be from 1 to 65535.",
                "TcpServerOptions.PacketBytesMax is 15; it must be from 16 to 1073741824.",
                "TcpServerOptions.ReceiveTimeout is 00:00:00; it must be more than 0 and at most 1.00:00:00, or infinite.",
                "TcpServerOptions.SendTimeout is 2.00:00:00; it must be more than 0 and at most 1.00:00:00.",
                "TcpServerOptions.TlsHandshakeTimeout is 00:00:00; it must be more than 0 and at most 1.00:00:00.",
                "TcpServerOptions.ConnectionLogLevel is 9, which is no level.",
            ],
            e.Problems);
    }

    private Task<StreamHost> StartAsync(
        LambdaLines handler, Func<TcpServerOptions, TcpServerOptions>? options = null)
    {
        TcpServerOptions WithTls(TcpServerOptions all) => (options?.Invoke(all) ?? all) with
        {
            Tls = new TlsOptions
            {
                Certificate = TlsCertificate.From(_pki.IssueServer(["localhost"])),
                ClientCertificates = ClientCertificates.None,
            },
        };
        return StreamHost.StartAsync(handler, WithTls, "tls://127.0.0.1:0");
    }

    private Task<StreamClient<string, string>> ConnectAsync(StreamHost host)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(_pki.Root);
        var tls = new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = policy };
        return StreamClient.ConnectAsync(
            host.Endpoint, new LineProtocol(), new StreamClientOptions { Tls = tls },
            TestContext.Current.CancellationToken);
    }

    private static Task<Peer> ConnectInTheClearAsync(StreamHost host) =>
        Peer.ConnectAsync(host.Endpoint.Replace("tls://", "http://", StringComparison.Ordinal));
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using Waymark.Connections;
using Waymark.Connections.ProxyProtocol;
using Waymark.Hosting;
using Waymark.Tests.Support;
using Waymark.Transport;
using Waymark.Transport.Memory;

namespace Waymark.Tests.Hosting;

public sealed class ProxyProtocolTests
{
    private const string Prelude = "PROXY TCP4 192.0.2.7 203.0.113.1 4000 443\r\n";
    private const int Refused = 1008;

    private readonly ListLogger _logger = new();
    private readonly ManualTimeProvider _time = new();

    private static LambdaHandler Telling => new(async context =>
    {
        byte[] buffer = new byte[256];
        int count = await context.Connection.ReceiveAsync(buffer);
        string heard = Encoding.ASCII.GetString(buffer, 0, count);
        string told = $"{context.Info.RemoteEndPoint} to {context.Info.LocalEndPoint}: {heard}";
        await context.Connection.SendAsync(Encoding.ASCII.GetBytes(told));
    });

    [Fact]
    public async Task A_trusted_proxy_announces_the_client_and_what_follows_is_the_protocols()
    {
        await using HttpServer server = await StartAsync("127.0.0.0/8");
        using Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
        await peer.SendAsync(Prelude + "hello");
        Assert.Equal("192.0.2.7:4000 to 203.0.113.1:443: hello", await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task A_prelude_that_comes_octet_by_octet_is_waited_for()
    {
        await using HttpServer server = await StartAsync("127.0.0.1");
        using Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
        peer.Socket.NoDelay = true;
        foreach (char octet in Prelude + "x")
            await peer.SendAsync($"{octet}");
        Assert.Equal("192.0.2.7:4000 to 203.0.113.1:443: x", await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task Where_the_proxy_speaks_for_itself_the_real_addresses_count()
    {
        await using HttpServer server = await StartAsync("127.0.0.1");
        foreach (byte[] prelude in new[]
            { "PROXY UNKNOWN\r\n"u8.ToArray(), [.. "\r\n\r\n\0\r\nQUIT\n"u8, 0x20, 0, 0, 0] })
        {
            using Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
            await peer.Socket.SendAsync((byte[])[.. prelude, .. "check"u8]);
            Assert.Equal(
                $"{peer.Socket.LocalEndPoint} to {peer.Socket.RemoteEndPoint}: check", await peer.ReceiveToEndAsync());
        }
    }

    [Fact]
    public async Task From_a_peer_that_is_not_trusted_nothing_is_taken_for_a_prelude()
    {
        await using HttpServer server = await StartAsync("192.0.2.0/24", "unix", "::1");
        using Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
        await peer.SendAsync(Prelude);
        Assert.Equal(
            $"{peer.Socket.LocalEndPoint} to {peer.Socket.RemoteEndPoint}: {Prelude}", await peer.ReceiveToEndAsync());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 203.0.113.1 4000\r\nGET")]
    public async Task A_trusted_proxy_without_a_valid_prelude_is_reset(string sent)
    {
        await using HttpServer server = await StartAsync("127.0.0.1");
        using Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
        await peer.SendAsync(sent);
        Assert.Equal(SocketError.ConnectionReset, await peer.ReceiveErrorAsync());
        await _logger.UntilAsync(Refused);
    }

    [Fact]
    public async Task A_prelude_that_breaks_off_is_reset_and_silence_is_closed_without_a_word()
    {
        await using HttpServer server = await StartAsync("127.0.0.1");
        using Peer silent = await Peer.ConnectAsync(server.Endpoints[0]);
        silent.Socket.Shutdown(SocketShutdown.Send);
        Assert.Equal("", await silent.ReceiveToEndAsync());
        Assert.Equal(0, _logger.CountOf(Refused));
        using Peer broken = await Peer.ConnectAsync(server.Endpoints[0]);
        await broken.SendAsync(Prelude[..20]);
        broken.Socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(SocketError.ConnectionReset, await broken.ReceiveErrorAsync());
        await _logger.UntilAsync(Refused);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PROXY TC")]
    public async Task A_prelude_that_does_not_come_in_time_ends_the_connection(string sent)
    {
        (MemoryConnection near, MemoryConnection far) = MemoryConnection.Create();
        var problems = new List<string>();
        var handler = new ProxyProtocolHandler(
            Telling, TrustedPeers.Parse(["192.0.2.1"], "", problems), TimeSpan.FromSeconds(3), _time, _logger);
        var proxied = new AddressedConnection(near, new IPEndPoint(IPAddress.Parse("192.0.2.1"), 1));
        var context = new ConnectionContext(proxied, 1, CancellationToken.None);
        Task run = handler.RunAsync(context);
        if (sent.Length > 0)
        {
            await far.SendAsync(Encoding.ASCII.GetBytes(sent));
            await far.WaitUntilPeerIsStarvedAsync();
        }

        // One deadline for the whole of it: octets that drip in do not move it.
        Assert.Equal(_time.GetTimestamp() + TimeSpan.FromSeconds(3).Ticks, context.Deadline);
        Assert.Equal(sent.Length == 0, context.IsIdle);
        context.HasTimedOut = true;
        near.StopReceiving();
        await run;
        Assert.Equal(sent.Length > 0 ? 1 : 0, _logger.CountOf(Refused));
    }

    [Fact]
    public async Task A_proxy_on_a_unix_socket_is_trusted_by_the_word()
    {
        await using HttpServer server = New("unix");
        await server.StartAsync("unix:" + Listening.NewPath());
        using Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
        await peer.SendAsync(Prelude + "unix");
        Assert.Equal("192.0.2.7:4000 to 203.0.113.1:443: unix", await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task A_silent_connection_does_not_hold_up_a_stop()
    {
        var options = new ServerOptions { IdleGrace = TimeSpan.Zero };
        HttpServer server = New("127.0.0.1", options);
        await server.StartAsync("http://127.0.0.1:0");
        using Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
        Task stop = server.StopAsync();

        // The connection may not have begun to wait when the stop looks first: a later sweep finds it.
        Task<string> end = peer.ReceiveToEndAsync();
        while (!end.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal("", await end);
        await stop;
    }

    [Fact]
    public async Task Options_are_checked_at_once_and_it_is_asked_for_once_before_the_start()
    {
        await using var server = new HttpServer(new FixedTable(), new ServerOptions { Logger = _logger });
        Assert.Throws<ArgumentNullException>(() => server.AcceptProxyProtocol((ProxyProtocolOptions)null!));
        Assert.Throws<ArgumentNullException>(() => server.AcceptProxyProtocol((string[])null!));
        var e = Assert.Throws<OptionsException>(() => server.AcceptProxyProtocol(
            new ProxyProtocolOptions { TrustedPeers = ["x", "y"], PreludeTimeout = TimeSpan.Zero }));
        Assert.Equal(3, e.Problems.Count);
        Assert.Contains("PreludeTimeout is 00:00:00", e.Problems[2], StringComparison.Ordinal);
        Assert.Throws<OptionsException>(() => server.AcceptProxyProtocol());
        server.AcceptProxyProtocol("10.0.0.0/8");
        Assert.Throws<InvalidOperationException>(() => server.AcceptProxyProtocol("10.0.0.0/8"));
        await server.StartAsync("http://127.0.0.1:0");
        Assert.Throws<InvalidOperationException>(() => server.AcceptProxyProtocol("10.0.0.0/8"));
    }

    private Task<HttpServer> StartAsync(params string[] trusted) =>
        NewServer(new ProxyProtocolOptions { TrustedPeers = trusted }, null).StartAsync("http://127.0.0.1:0");

    private HttpServer New(string trusted, ServerOptions? options = null) =>
        NewServer(new ProxyProtocolOptions { TrustedPeers = [trusted] }, options);

    private HttpServer NewServer(ProxyProtocolOptions proxies, ServerOptions? options) => new HttpServer(
        new FixedTable(),
        (options ?? new ServerOptions()) with { Logger = _logger, TimeProvider = _time },
        new HostEnvironment { CreateProtocol = (_, _, _, _) => Telling, GetVariable = _ => null })
        .AcceptProxyProtocol(proxies);
}

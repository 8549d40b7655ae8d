using System.Net.Sockets;
using Waymark.Tests.Support;

namespace Waymark.Tests.Streams;

/// <summary>Where a server of packets listens, and the sockets that it takes: D06, D07, E35.</summary>
public sealed class AddressScenarioTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("path")]
    [InlineData("abstract")]
    [InlineData("auto")]
    public async Task D06_A_Unix_socket_is_reported_by_a_usable_name_and_knows_whose_process_comes(string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Abstract names and SO_PEERCRED are Linux's.");
        string address = kind switch
        {
            "path" => "unix:" + Listening.NewPath(),
            "abstract" => $"unix:@wm-{Guid.NewGuid():N}",
            _ => "unix:@",
        };
        PeerCredentials? seen = null;
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines(async (client, stop) =>
            {
                seen = client.Connection.PeerCredentials;
                await client.SendAsync(await client.ReceiveAsync(stop), stop);
            }),
            address: address);
        string reported = Assert.Single(host.Server.Endpoints);
        Assert.Matches(kind == "auto" ? "^unix:@[0-9a-f]{5}$" : "^" + address + "$", reported);
        await using StreamClient<string, string> client =
            await StreamClient.ConnectAsync(reported, new LineProtocol(), cancellation: Stop);
        await client.SendAsync("by this name", Stop);
        Assert.Equal("by this name", await client.ReceiveAsync(Limit, Stop));
        (uint user, uint group) = Listening.OwnIds();
        Assert.Equal(new PeerCredentials(Environment.ProcessId, user, group), seen);
    }

    [Fact]
    public async Task D06_A_stale_file_is_a_startup_error_and_removed_only_by_option()
    {
        string path = Listening.NewPath();
        string born = Listening.NewPath();
        using (var crashed = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            crashed.Bind(new UnixDomainSocketEndPoint(born));
            File.Move(born, path);
        }

        var e = await Assert.ThrowsAsync<ServerStartupException>(
            () => StreamHost.StartAsync(LambdaLines.Echo(), address: "unix:" + path));
        Assert.Contains("nobody listens", e.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(path));
        await using StreamHost host = await StreamHost.StartAsync(
            LambdaLines.Echo(), options => options with { Listen = new ListenOptions { RemovesStaleSocket = true } },
            "unix:" + path);
        Assert.Equal("mine\n", await host.TalkAsync("mine\n"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task D07_IPv6_any_takes_IPv4_only_when_it_is_asked_to(bool isDual)
    {
        Assert.SkipUnless(Listening.HasIPv6, "This machine has no IPv6.");
        await using StreamHost host = await StreamHost.StartAsync(
            LambdaLines.Echo(), options => options with { Listen = new ListenOptions { DualStack = isDual } },
            "tcp://[::]:0");
        string ipv4 = Assert.Single(host.Server.Endpoints).Replace("[::]", "127.0.0.1", StringComparison.Ordinal);
        if (isDual)
        {
            await using StreamClient<string, string> client =
                await StreamClient.ConnectAsync(ipv4, new LineProtocol(), cancellation: Stop);
            await client.SendAsync("four", Stop);
            Assert.Equal("four", await client.ReceiveAsync(Limit, Stop));
        }
        else
        {
            var e = await Assert.ThrowsAsync<SocketException>(
                () => StreamClient.ConnectAsync(ipv4, new LineProtocol(), cancellation: Stop));
            Assert.Equal(SocketError.ConnectionRefused, e.SocketErrorCode);
        }
    }

    [Theory]
    [InlineData(ServerTransport.Epoll)]
    [InlineData(ServerTransport.Sockets)]
    public async Task E35_Small_packets_are_not_held_back_at_either_end(ServerTransport transport)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The sockets of a process are found in Linux's /proc.");
        await using StreamHost host = await StreamHost.StartAsync(
            LambdaLines.Echo(), options => options with { Transport = transport });

        // A plain client: its own end keeps the system's default, so the option is seen to be looked for, not assumed.
        using Peer peer = await host.ConnectAsync();
        await peer.SendAsync("x\n");
        Assert.Equal("x\n", await peer.ReceiveAsync());
        Assert.True(Listening.HasNoDelay(peer.Socket.LocalEndPoint!, peer.Socket.RemoteEndPoint!));
        Assert.False(Listening.HasNoDelay(peer.Socket.RemoteEndPoint!, peer.Socket.LocalEndPoint!));

        await using StreamClient<string, string> client =
            await StreamClient.ConnectAsync(host.Endpoint, new LineProtocol(), cancellation: Stop);
        await client.SendAsync("y", Stop);
        Assert.Equal("y", await client.ReceiveAsync(Limit, Stop));
        ConnectionInfo own = client.Connection;
        Assert.True(Listening.HasNoDelay(own.RemoteEndPoint!, own.LocalEndPoint!));
        Assert.True(Listening.HasNoDelay(own.LocalEndPoint!, own.RemoteEndPoint!));
    }
}

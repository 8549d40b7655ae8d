using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Waymark.Tests.Support;
using Waymark.Transport;

namespace Waymark.Tests.Transport;

public sealed class SocketListenersTests
{
    [Theory]
    [InlineData("http://127.0.0.1:0", "http://127.0.0.1:")]
    [InlineData("http://[::1]:0", "http://[::1]:")]
    [InlineData("http://0.0.0.0:0", "http://0.0.0.0:")]
    [InlineData("http://[::]:0", "http://[::]:")]
    public async Task Port_0_becomes_a_real_port_that_can_be_connected_to(string address, string prefix)
    {
        Assert.SkipUnless(Listening.HasIPv6 || !address.Contains('['), "This machine has no IPv6.");
        await using Listener listener = Assert.Single(Listening.Bind(address));
        Assert.StartsWith(prefix, listener.Endpoint.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(0, listener.Endpoint.Port);

        string reachable = listener.Endpoint.ToString().Replace("0.0.0.0", "127.0.0.1").Replace("[::]", "[::1]");
        using Peer peer = await Peer.ConnectAsync(reachable);
        await using Connection? connection = await listener.AcceptAsync();
        Assert.Equal(peer.Socket.LocalEndPoint, connection!.RemoteEndPoint);
        Assert.Equal(peer.Socket.RemoteEndPoint, connection.LocalEndPoint);
    }

    [Theory]
    [InlineData("http://localhost:0", "127.0.0.1", "[::1]")]
    [InlineData("http://*:0", "0.0.0.0", "[::]")]
    public async Task Localhost_and_any_take_one_port_on_both_families_IPv4_first(
        string address, string ipv4, string ipv6)
    {
        Assert.SkipUnless(Listening.HasIPv6, "This machine has no IPv6.");
        List<Listener> listeners = Listening.Bind(address);
        Assert.Equal(2, listeners.Count);
        int port = listeners[0].Endpoint.Port;
        Assert.Equal($"http://{ipv4}:{port}", listeners[0].Endpoint.ToString());
        Assert.Equal($"http://{ipv6}:{port}", listeners[1].Endpoint.ToString());
        await Listening.CloseAsync(listeners);
    }

    [Fact]
    public async Task IPv6_any_takes_no_IPv4()
    {
        Assert.SkipUnless(Listening.HasIPv6, "This machine has no IPv6.");
        await using Listener listener = Assert.Single(Listening.Bind("http://[::]:0"));
        SocketException e = await Assert.ThrowsAsync<SocketException>(
            () => Peer.ConnectAsync(new IPEndPoint(IPAddress.Loopback, listener.Endpoint.Port)));
        Assert.Equal(SocketError.ConnectionRefused, e.SocketErrorCode);
    }

    [Fact]
    public async Task A_second_listener_on_the_same_port_fails_and_names_the_endpoint()
    {
        await using Listener listener = Assert.Single(Listening.Bind("http://127.0.0.1:0"));
        string address = listener.Endpoint.ToString();
        var e = Assert.Throws<ServerStartupException>(() => Listening.Bind(address));
        Assert.Equal(address, e.Endpoint);
        Assert.Equal(SocketError.AddressAlreadyInUse, e.SocketError);
        Assert.IsType<SocketException>(e.InnerException);
        Assert.StartsWith(
            $"Cannot listen on {address}: the address is in use. Stop", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_addresses_are_bound_or_none()
    {
        await using Listener taken = Assert.Single(Listening.Bind("http://127.0.0.1:0"));
        int free = FreePort();
        string first = $"http://127.0.0.1:{free}";
        var e = Assert.Throws<ServerStartupException>(() => Listening.Bind(first, taken.Endpoint.ToString()));
        Assert.Equal(taken.Endpoint.ToString(), e.Endpoint);

        // Nothing of the failed set listens any more: its first address can be bound.
        await Listening.CloseAsync(Listening.Bind(first));
    }

    [Fact]
    public async Task Localhost_with_its_IPv6_port_taken_fails_as_a_whole()
    {
        Assert.SkipUnless(Listening.HasIPv6, "This machine has no IPv6.");
        await using Listener taken = Assert.Single(Listening.Bind("http://[::1]:0"));
        string address = $"http://localhost:{taken.Endpoint.Port}";
        Assert.Equal(address, Assert.Throws<ServerStartupException>(() => Listening.Bind(address)).Endpoint);
    }

    [Fact]
    public async Task A_restart_while_connections_stand_in_TIME_WAIT_works()
    {
        List<Listener> listeners = Listening.Bind("http://127.0.0.1:0");
        string address = listeners[0].Endpoint.ToString();
        using Peer peer = await Peer.ConnectAsync(address);
        Connection connection = (await listeners[0].AcceptAsync())!;

        // Who closes first keeps the port in TIME_WAIT: the server's side.
        await connection.DisposeAsync();
        Assert.Equal("", await peer.ReceiveAsync());
        peer.Dispose();
        await Listening.CloseAsync(listeners);

        if (OperatingSystem.IsLinux())
            Assert.Contains(
                IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections(),
                c => c.LocalEndPoint.Port == listeners[0].Endpoint.Port && c.State == TcpState.TimeWait);

        await Listening.CloseAsync(Listening.Bind(address));
    }

    [Fact]
    public void An_address_of_another_machine_is_refused_with_advice()
    {
        var e = Assert.Throws<ServerStartupException>(() => Listening.Bind("http://192.0.2.77:0"));
        Assert.Equal(SocketError.AddressNotAvailable, e.SocketError);
        Assert.Contains("this machine has no such address", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_listener_ends_its_pending_accept_and_later_ones()
    {
        Listener listener = Assert.Single(Listening.Bind("http://127.0.0.1:0"));
        ValueTask<Connection?> pending = listener.AcceptAsync();
        Assert.False(pending.IsCompleted);
        await listener.DisposeAsync();
        Assert.Null(await pending);
        Assert.Null(await listener.AcceptAsync());
        Assert.False(listener.HasWaiting);
    }

    [Fact]
    public async Task A_listener_sees_who_waits_in_its_queue()
    {
        await using Listener listener = Assert.Single(Listening.Bind("http://127.0.0.1:0"));
        Assert.False(listener.HasWaiting);
        using Peer peer = await Peer.ConnectAsync(listener.Endpoint.ToString());
        Assert.True(listener.HasWaiting);
        await using Connection? connection = await listener.AcceptAsync();
        Assert.False(listener.HasWaiting);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}

using System.Net;
using System.Net.Sockets;
using Waymark.Tests.Support;
using Waymark.Transport;

namespace Waymark.Tests.Transport;

public sealed class InheritedSocketTests
{
    [Fact]
    public async Task An_inherited_socket_is_served_and_shows_what_it_is_bound_to()
    {
        using Socket parent = Listen(AddressFamily.InterNetwork);
        int descriptor = Listening.Duplicate(parent);
        List<Listener> listeners = Listening.Bind($"fd:{descriptor}");
        int port = ((IPEndPoint)parent.LocalEndPoint!).Port;
        Assert.Equal($"http://127.0.0.1:{port}", listeners[0].Endpoint.ToString());
        using Peer peer = await Peer.ConnectAsync(parent.LocalEndPoint);
        Assert.True(listeners[0].HasWaiting);
        await using Connection? connection = await listeners[0].AcceptAsync();
        Assert.Equal(peer.Socket.LocalEndPoint, connection!.RemoteEndPoint);
        await Listening.CloseAsync(listeners);
        Assert.False(Listening.TryClose(descriptor));
    }

    [Fact]
    public async Task An_inherited_unix_socket_keeps_its_file()
    {
        string path = Listening.NewPath();
        using (var parent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            parent.Bind(new UnixDomainSocketEndPoint(path));
            parent.Listen(4);
            List<Listener> listeners = Listening.Bind($"fd:{Listening.Duplicate(parent)}");
            Assert.Equal("unix:" + path, listeners[0].Endpoint.ToString());
            await Listening.CloseAsync(listeners);
            Assert.True(File.Exists(path));
            using Peer peer = await Peer.ConnectAsync("unix:" + path);
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_closed_listener_leaves_the_shared_socket_as_it_was()
    {
        // Closed while an accept is pending, .NET would leave SO_LINGER on it: every later connection would be reset.
        using Socket parent = Listen(AddressFamily.InterNetwork);
        List<Listener> listeners = Listening.Bind($"fd:{Listening.Duplicate(parent)}");
        ValueTask<Connection?> pending = listeners[0].AcceptAsync();
        Assert.False(pending.IsCompleted);
        await Listening.CloseAsync(listeners);
        Assert.Null(await pending);
        Assert.Null(await listeners[0].AcceptAsync());
        await Listening.CloseAsync(listeners);
        Assert.False(((LingerOption)parent.GetSocketOption(
            SocketOptionLevel.Socket, SocketOptionName.Linger)!).Enabled);

        // Who connects now waits for the next server.
        using Peer peer = await Peer.ConnectAsync(parent.LocalEndPoint!);
        List<Listener> next = Listening.Bind($"fd:{Listening.Duplicate(parent)}");
        await using (Connection? connection = await next[0].AcceptAsync())
            await connection!.SendAsync("here"u8.ToArray());
        Assert.Equal("here", await peer.ReceiveToEndAsync());
        await Listening.CloseAsync(next);
    }

    [Fact]
    public async Task Programs_that_are_started_do_not_inherit_it_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Done on Linux only.");
        using Socket parent = Listen(AddressFamily.InterNetwork);
        int descriptor = Listening.Duplicate(parent);
        Assert.False(Listening.IsKeptFromChildren(descriptor));
        List<Listener> listeners = Listening.Bind($"fd:{descriptor}");
        Assert.True(Listening.IsKeptFromChildren(descriptor));
        await Listening.CloseAsync(listeners);
    }

    [Fact]
    public async Task IPv4_peers_of_a_socket_for_both_families_are_shown_as_IPv4()
    {
        Assert.SkipUnless(Listening.HasIPv6, "This machine has no IPv6.");
        using Socket parent = Listen(AddressFamily.InterNetworkV6);
        List<Listener> listeners = Listening.Bind($"fd:{Listening.Duplicate(parent)}");
        using Peer peer = await Peer.ConnectAsync(
            new IPEndPoint(IPAddress.Loopback, listeners[0].Endpoint.Port));
        await using Connection? connection = await listeners[0].AcceptAsync();
        Assert.Equal(peer.Socket.LocalEndPoint, connection!.RemoteEndPoint);
        Assert.Equal(peer.Socket.RemoteEndPoint, connection.LocalEndPoint);
        await Listening.CloseAsync(listeners);
    }

    [Theory]
    [InlineData("idle", "the socket does not listen")]
    [InlineData("datagram", "it is a socket for datagrams")]
    [InlineData("file", "is not an open socket")]
    public void What_is_no_listening_stream_socket_is_refused_and_left_open(string kind, string cause)
    {
        using var idle = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var datagram = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        idle.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        datagram.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string path = Path.GetTempFileName();
        int descriptor;
        if (kind == "file")
        {
            using var file = File.OpenHandle(path);
            using var holder = new SafeSocketHandle(file.DangerousGetHandle(), ownsHandle: false);
            descriptor = Listening.Duplicate(holder);
        }
        else
        {
            descriptor = Listening.Duplicate(kind == "idle" ? idle : datagram);
        }

        var e = Assert.Throws<ServerStartupException>(() => Listening.Bind($"fd:{descriptor}"));
        Assert.StartsWith($"Cannot listen on fd:{descriptor}: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(cause, e.Message, StringComparison.Ordinal);
        Assert.True(Listening.TryClose(descriptor));
        File.Delete(path);
    }

    [Fact]
    public void A_number_without_a_descriptor_is_refused()
    {
        var e = Assert.Throws<ServerStartupException>(() => Listening.Bind("fd:65535"));
        Assert.Contains("the descriptor is not an open socket. Start", e.Message, StringComparison.Ordinal);
    }

    private static Socket Listen(AddressFamily family)
    {
        var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
        if (family == AddressFamily.InterNetworkV6)
            socket.DualMode = true;
        socket.Bind(new IPEndPoint(
            family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Loopback, 0));
        socket.Listen(16);
        return socket;
    }
}

using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Waymark.Tests.Support;
using Waymark.Transport;
using Waymark.Transport.Sockets;

namespace Waymark.Tests.Transport;

public sealed class SocketListenersTests
{
    private static readonly bool HasIPv6 = Socket.OSSupportsIPv6 && CanBind(IPAddress.IPv6Loopback);

    [Theory]
    [InlineData("http://127.0.0.1:0", "http://127.0.0.1:")]
    [InlineData("http://[::1]:0", "http://[::1]:")]
    [InlineData("http://0.0.0.0:0", "http://0.0.0.0:")]
    [InlineData("http://[::]:0", "http://[::]:")]
    public async Task Port_0_becomes_a_real_port_that_can_be_connected_to(string address, string prefix)
    {
        Assert.SkipUnless(HasIPv6 || !address.Contains('['), "This machine has no IPv6.");
        await using Listener listener = Assert.Single(Bind(address));
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
        Assert.SkipUnless(HasIPv6, "This machine has no IPv6.");
        List<Listener> listeners = Bind(address);
        Assert.Equal(2, listeners.Count);
        int port = listeners[0].Endpoint.Port;
        Assert.Equal($"http://{ipv4}:{port}", listeners[0].Endpoint.ToString());
        Assert.Equal($"http://{ipv6}:{port}", listeners[1].Endpoint.ToString());
        await CloseAsync(listeners);
    }

    [Fact]
    public async Task IPv6_any_takes_no_IPv4()
    {
        Assert.SkipUnless(HasIPv6, "This machine has no IPv6.");
        await using Listener listener = Assert.Single(Bind("http://[::]:0"));
        SocketException e = await Assert.ThrowsAsync<SocketException>(
            () => Peer.ConnectAsync(new IPEndPoint(IPAddress.Loopback, listener.Endpoint.Port)));
        Assert.Equal(SocketError.ConnectionRefused, e.SocketErrorCode);
    }

    [Fact]
    public async Task A_second_listener_on_the_same_port_fails_and_names_the_endpoint()
    {
        await using Listener listener = Assert.Single(Bind("http://127.0.0.1:0"));
        string address = listener.Endpoint.ToString();
        var e = Assert.Throws<ServerStartupException>(() => Bind(address));
        Assert.Equal(address, e.Endpoint);
        Assert.Equal(SocketError.AddressAlreadyInUse, e.SocketError);
        Assert.IsType<SocketException>(e.InnerException);
        Assert.StartsWith($"Cannot listen on {address}: the address is in use. S", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_addresses_are_bound_or_none()
    {
        await using Listener taken = Assert.Single(Bind("http://127.0.0.1:0"));
        int free = FreePort();
        string first = $"http://127.0.0.1:{free}";
        var e = Assert.Throws<ServerStartupException>(() => Bind(first, taken.Endpoint.ToString()));
        Assert.Equal(taken.Endpoint.ToString(), e.Endpoint);

        // Nothing of the failed set listens any more: its first address can be bound.
        await CloseAsync(Bind(first));
    }

    [Fact]
    public async Task Localhost_with_its_IPv6_port_taken_fails_as_a_whole()
    {
        Assert.SkipUnless(HasIPv6, "This machine has no IPv6.");
        await using Listener taken = Assert.Single(Bind("http://[::1]:0"));
        string address = $"http://localhost:{taken.Endpoint.Port}";
        Assert.Equal(address, Assert.Throws<ServerStartupException>(() => Bind(address)).Endpoint);
    }

    [Fact]
    public async Task A_restart_while_connections_stand_in_TIME_WAIT_works()
    {
        List<Listener> listeners = Bind("http://127.0.0.1:0");
        string address = listeners[0].Endpoint.ToString();
        using Peer peer = await Peer.ConnectAsync(address);
        Connection connection = (await listeners[0].AcceptAsync())!;

        // Who closes first keeps the port in TIME_WAIT: the server's side.
        await connection.DisposeAsync();
        Assert.Equal("", await peer.ReceiveAsync());
        peer.Dispose();
        await CloseAsync(listeners);

        if (OperatingSystem.IsLinux())
            Assert.Contains(
                IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections(),
                c => c.LocalEndPoint.Port == listeners[0].Endpoint.Port && c.State == TcpState.TimeWait);

        await CloseAsync(Bind(address));
    }

    [Fact]
    public void An_address_of_another_machine_is_refused_with_advice()
    {
        var e = Assert.Throws<ServerStartupException>(() => Bind("http://192.0.2.77:0"));
        Assert.Equal(SocketError.AddressNotAvailable, e.SocketError);
        Assert.Contains("this machine has no such address", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_local_address_binds_with_its_scope()
    {
        IPAddress? local = LinkLocal();
        Assert.SkipWhen(local is null, "This machine has no link-local address.");
        await using Listener listener = Assert.Single(Bind($"http://[{local}]:0"));
        using Peer peer = await Peer.ConnectAsync(listener.Endpoint.ToEndPoint());
        await using Connection? connection = await listener.AcceptAsync();
        Assert.Equal(local.ScopeId, Assert.IsType<IPEndPoint>(connection!.RemoteEndPoint).Address.ScopeId);
    }

    [Fact]
    public async Task A_unix_socket_has_a_file_while_it_is_open_and_a_stale_file_is_an_error()
    {
        string path = Path.Combine(Path.GetTempPath(), $"wm-{Guid.NewGuid():N}.sock");
        string address = "unix:" + path;
        List<Listener> listeners = Bind(address);
        Assert.Equal(address, listeners[0].Endpoint.ToString());
        Assert.True(File.Exists(path));
        using (await Peer.ConnectAsync(address))
            await (await listeners[0].AcceptAsync())!.DisposeAsync();

        var e = Assert.Throws<ServerStartupException>(() => Bind(address));
        Assert.Equal(SocketError.AddressAlreadyInUse, e.SocketError);
        Assert.Contains("remove the file if no server runs", e.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(path));
        await CloseAsync(listeners);
        Assert.False(File.Exists(path));

        await File.WriteAllTextAsync(path, "", TestContext.Current.CancellationToken);
        Assert.Throws<ServerStartupException>(() => Bind(address));
        Assert.True(File.Exists(path));
        File.Delete(path);
    }

    [Fact]
    public void A_unix_socket_in_a_directory_that_does_not_exist_says_so()
    {
        string path = Path.Combine(Path.GetTempPath(), $"wm-{Guid.NewGuid():N}", "x.sock");
        var e = Assert.Throws<ServerStartupException>(() => Bind("unix:" + path));
        Assert.Contains("the directory does not exist", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_abstract_unix_socket_binds_and_is_gone_afterwards()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Abstract names exist on Linux only.");
        string address = $"unix:@wm-{Guid.NewGuid():N}";
        List<Listener> listeners = Bind(address);
        using (await Peer.ConnectAsync(address))
            await (await listeners[0].AcceptAsync())!.DisposeAsync();

        Assert.Throws<ServerStartupException>(() => Bind(address));
        await CloseAsync(listeners);
        await CloseAsync(Bind(address));
    }

    [Fact]
    public async Task A_closed_listener_ends_its_pending_accept_and_later_ones()
    {
        Listener listener = Assert.Single(Bind("http://127.0.0.1:0"));
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
        await using Listener listener = Assert.Single(Bind("http://127.0.0.1:0"));
        Assert.False(listener.HasWaiting);
        using Peer peer = await Peer.ConnectAsync(listener.Endpoint.ToString());
        Assert.True(listener.HasWaiting);
        await using Connection? connection = await listener.AcceptAsync();
        Assert.False(listener.HasWaiting);
    }

    private static List<Listener> Bind(params string[] addresses)
    {
        List<Endpoint> endpoints = [];
        foreach (string address in addresses)
        {
            Assert.True(Endpoint.TryParse(address, out Endpoint endpoint, out string problem), problem);
            endpoints.Add(endpoint);
        }

        return SocketListeners.Bind(endpoints, backlog: 16);
    }

    private static async Task CloseAsync(List<Listener> listeners)
    {
        foreach (Listener listener in listeners)
            await listener.DisposeAsync();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static bool CanBind(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static IPAddress? LinkLocal() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(i => i.OperationalStatus == OperationalStatus.Up)
        .SelectMany(i => i.GetIPProperties().UnicastAddresses)
        .Select(a => a.Address)
        .FirstOrDefault(a => a.IsIPv6LinkLocal && CanBind(a));
}

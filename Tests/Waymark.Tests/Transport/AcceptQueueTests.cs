using System.Net;
using System.Net.Sockets;
using Waymark.Tests.Support;
using Waymark.Transport;

namespace Waymark.Tests.Transport;

/// <summary>A listener that refuses who is new still gives out who waits.</summary>
public sealed class AcceptQueueTests
{
    [Fact]
    public async Task A_TCP_listener_hears_no_new_handshake_and_gives_out_who_waits()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux filters what reaches a listener.");
        await using Listener listener = Assert.Single(Listening.Bind("http://127.0.0.1:0"));
        using Peer early = await Peer.ConnectAsync(listener.Endpoint.ToEndPoint());
        listener.RefuseNew();
        using var late = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Task connecting = late.ConnectAsync(
            listener.Endpoint.ToEndPoint(), TestContext.Current.CancellationToken).AsTask();

        // What the early one sends still arrives, and the late one stands nowhere.
        await early.SendAsync("early");
        await using Connection? connection = await listener.AcceptAsync();
        byte[] buffer = new byte[16];
        Assert.Equal(5, await connection!.ReceiveAsync(buffer));
        Assert.False(listener.HasWaiting || connecting.IsCompleted);

        // Its next SYN, a second later, meets a closed port: refused, not reset.
        await listener.DisposeAsync();
        var e = await Assert.ThrowsAsync<SocketException>(() => connecting);
        Assert.Equal(SocketError.ConnectionRefused, e.SocketErrorCode);
    }

    [Fact]
    public async Task An_inherited_listener_is_left_open_to_the_others_that_have_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows passes no descriptors on.");
        using var parent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        parent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        parent.Listen(4);
        List<Listener> listeners = Listening.Bind($"fd:{Listening.Duplicate(parent)}");
        listeners[0].RefuseNew();
        using Peer peer = await Peer.ConnectAsync(parent.LocalEndPoint!);
        await Listening.CloseAsync(listeners);
        using Socket accepted = await parent.AcceptAsync(TestContext.Current.CancellationToken);
        Assert.Equal(peer.Socket.LocalEndPoint, accepted.RemoteEndPoint);
    }
}

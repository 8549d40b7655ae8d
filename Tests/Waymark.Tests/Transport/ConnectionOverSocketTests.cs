using System.Net.Sockets;
using System.Text;
using Waymark.Tests.Support;
using Waymark.Transport;
using Waymark.Transport.Listening;

namespace Waymark.Tests.Transport;

/// <summary>What every connection over a socket promises, whichever transport it is.</summary>
public abstract class ConnectionOverSocketTests
{
    private const string Tcp = "http://127.0.0.1:0";
    private readonly byte[] _buffer = new byte[1024];

    public static TheoryData<string> Kinds => OperatingSystem.IsLinux() ? [Tcp, "unix:@"] : [Tcp];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Bytes_go_both_ways_and_the_peers_end_is_a_receive_of_nothing(string kind)
    {
        (Connection connection, Peer peer) = await ConnectAsync(kind);
        ValueTask<int> pending = connection.ReceiveAsync(_buffer);
        Assert.False(pending.IsCompleted);
        await peer.SendAsync("ping");
        Assert.Equal("ping", Text(await pending));
        await connection.SendAsync("pong"u8.ToArray());
        Assert.Equal("pong", await peer.ReceiveAsync());
        peer.Socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await connection.ReceiveAsync(_buffer));
        await EndAsync(connection, peer);
    }

    [Fact]
    public async Task A_send_larger_than_every_buffer_arrives_whole()
    {
        (Connection connection, Peer peer) = await ConnectAsync(Tcp);
        byte[] data = new byte[16 * 1024 * 1024];
        new Random(7).NextBytes(data);
        ValueTask sending = connection.SendAsync(data);
        Assert.False(sending.IsCompleted);

        byte[] received = new byte[data.Length];
        int count = 0;
        while (count < received.Length)
            count += await peer.Socket.ReceiveAsync(
                received.AsMemory(count), TestContext.Current.CancellationToken);

        await sending;
        Assert.True(data.AsSpan().SequenceEqual(received));
        await EndAsync(connection, peer);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task StopReceiving_wakes_a_pending_receive_with_0_and_sends_go_on(string kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not wake a receive at shutdown.");
        (Connection connection, Peer peer) = await ConnectAsync(kind);
        ValueTask<int> pending = connection.ReceiveAsync(_buffer);
        Assert.False(pending.IsCompleted);
        connection.StopReceiving();
        Assert.Equal(0, await pending);
        Assert.Equal(0, await connection.ReceiveAsync(_buffer));
        connection.StopReceiving();
        await connection.SendAsync("late"u8.ToArray());
        Assert.Equal("late", await peer.ReceiveAsync());
        await EndAsync(connection, peer);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task StopReceiving_still_delivers_what_has_come(string kind)
    {
        (Connection connection, Peer peer) = await ConnectAsync(kind);
        await peer.SendAsync("abcdef");
        Assert.Equal("a", Text(await connection.ReceiveAsync(_buffer.AsMemory(0, 1))));
        connection.StopReceiving();
        Assert.Equal("bcdef", Text(await connection.ReceiveAsync(_buffer)));
        Assert.Equal(0, await connection.ReceiveAsync(_buffer));
        await EndAsync(connection, peer);
    }

    [Fact]
    public async Task ShutdownSend_ends_what_the_peer_reads_while_receiving_goes_on()
    {
        (Connection connection, Peer peer) = await ConnectAsync(Tcp);
        connection.ShutdownSend();
        Assert.Equal("", await peer.ReceiveAsync());
        await peer.SendAsync("more");
        Assert.Equal("more", Text(await connection.ReceiveAsync(_buffer)));
        await EndAsync(connection, peer);
    }

    [Fact]
    public async Task Abort_fails_what_is_pending_and_the_peer_sees_a_reset()
    {
        (Connection connection, Peer peer) = await ConnectAsync(Tcp);
        Task<int> receive = connection.ReceiveAsync(_buffer).AsTask();
        Task send = connection.SendAsync(new byte[16 * 1024 * 1024]).AsTask();
        Assert.False(send.IsCompleted);
        connection.Abort();
        await Assert.ThrowsAnyAsync<IOException>(() => receive);
        await Assert.ThrowsAnyAsync<IOException>(() => send);
        await Assert.ThrowsAnyAsync<IOException>(() => connection.ReceiveAsync(_buffer).AsTask());
        await Assert.ThrowsAnyAsync<IOException>(() => connection.SendAsync(_buffer).AsTask());
        connection.Abort();
        connection.StopReceiving();
        connection.ShutdownSend();
        Assert.NotNull(connection.RemoteEndPoint);
        Assert.Equal(SocketError.ConnectionReset, await DrainToErrorAsync(peer));
        await EndAsync(connection, peer);
    }

    [Fact]
    public async Task A_reset_by_the_peer_is_an_IOException_with_its_cause()
    {
        (Connection connection, Peer peer) = await ConnectAsync(Tcp);
        Task<int> receive = connection.ReceiveAsync(_buffer).AsTask();
        peer.Socket.LingerState = new LingerOption(true, 0);
        peer.Socket.Dispose();
        IOException e = await Assert.ThrowsAnyAsync<IOException>(() => receive);
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(e.InnerException).SocketErrorCode);
        await Assert.ThrowsAnyAsync<IOException>(() => connection.SendAsync(_buffer).AsTask());
        await EndAsync(connection, peer);
    }

    [Fact]
    public async Task A_closed_connection_ends_cleanly_for_the_peer()
    {
        (Connection connection, Peer peer) = await ConnectAsync(Tcp);
        await connection.SendAsync("bye"u8.ToArray());
        await connection.DisposeAsync();
        Assert.Equal("bye", await peer.ReceiveToEndAsync());
        peer.Dispose();
    }

    private static async Task<SocketError> DrainToErrorAsync(Peer peer)
    {
        try
        {
            await peer.ReceiveToEndAsync();
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }

    [Fact]
    public async Task A_connection_that_closes_because_its_receive_was_ended_closes_without_a_reset()
    {
        // The receive wakes, and its task closes the connection, while the call that woke it has not returned yet.
        for (int i = 0; i < 100; i++)
        {
            (Connection connection, Peer peer) = await ConnectAsync("http://127.0.0.1:0");
            Task end = EndAsync(connection);
            connection.StopReceiving();
            await end;
            Assert.Equal("", await peer.ReceiveAsync());
            peer.Dispose();
        }

        static async Task EndAsync(Connection connection)
        {
            Assert.Equal(0, await connection.ReceiveAsync(new byte[1]));
            await connection.DisposeAsync();
        }
    }

    private protected abstract Listener Listen(ListeningSocket socket);

    private async Task<(Connection Connection, Peer Peer)> ConnectAsync(string kind)
    {
        if (kind == "unix:@")
            kind += $"wm-{Guid.NewGuid():N}";

        Assert.True(Endpoint.TryParse(kind, out Endpoint endpoint, out string problem), problem);
        await using Listener listener = Listen(ListeningSocket.Bind(endpoint, backlog: 1, new ListenOptions()));
        Peer peer = await Peer.ConnectAsync(listener.Endpoint.ToEndPoint());
        return ((await listener.AcceptAsync())!, peer);
    }

    private static async Task EndAsync(Connection connection, Peer peer)
    {
        await connection.DisposeAsync();
        peer.Dispose();
    }

    private string Text(int count) => Encoding.ASCII.GetString(_buffer, 0, count);
}

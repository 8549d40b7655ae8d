using Waymark.Tests.Support;
using Waymark.Transport;
using Waymark.Transport.Epoll;
using Waymark.Transport.Listening;

namespace Waymark.Tests.Transport;

public sealed class EpollConnectionTests : ConnectionOverSocketTests
{
    [Fact]
    public async Task A_receive_into_nothing_waits_and_takes_nothing()
    {
        (Connection connection, Peer peer) = await ConnectAsync();
        Task<int> waiting = connection.ReceiveAsync(Memory<byte>.Empty).AsTask();
        Assert.False(waiting.IsCompleted);
        await peer.SendAsync("x");
        Assert.Equal(0, await waiting);
        Assert.Equal(0, await connection.ReceiveAsync(Memory<byte>.Empty));
        byte[] buffer = new byte[4];
        Assert.Equal(1, await connection.ReceiveAsync(buffer));
        Task<int> again = connection.ReceiveAsync(Memory<byte>.Empty).AsTask();
        Assert.False(again.IsCompleted);
        await connection.DisposeAsync();
        await Assert.ThrowsAnyAsync<IOException>(() => again);
        peer.Dispose();
    }

    [Fact]
    public async Task A_peer_that_never_pauses_lets_the_others_have_their_turn()
    {
        (Connection connection, Peer peer) = await ConnectAsync();
        await peer.SendAsync(new string('x', 1000));

        // All of it is there: who never had to wait for a turn would end on the thread that it began on.
        Assert.True(await Task.Run(() => ReceiveAllAsync(connection), TestContext.Current.CancellationToken));
        await connection.DisposeAsync();
        peer.Dispose();

        static async Task<bool> ReceiveAllAsync(Connection connection)
        {
            byte[] one = new byte[1];
            for (int i = 0; i < 1000; i++)
                Assert.Equal(1, await connection.ReceiveAsync(one).ConfigureAwait(false));
            return ReactorThread.IsCurrent;
        }
    }

    [Fact]
    public async Task What_waits_is_completed_on_a_thread_of_a_reactor()
    {
        (Connection connection, Peer peer) = await ConnectAsync();
        Task<bool> receiving = ReceiveAsync(connection);
        await peer.SendAsync("x");
        Assert.True(await receiving);
        await connection.DisposeAsync();
        peer.Dispose();

        static async Task<bool> ReceiveAsync(Connection connection)
        {
            await connection.ReceiveAsync(new byte[4]).ConfigureAwait(false);
            return ReactorThread.IsCurrent;
        }
    }

    [Fact]
    public async Task A_closed_connection_that_something_still_waits_on_fails_it()
    {
        (Connection connection, Peer peer) = await ConnectAsync();
        Task<int> receive = connection.ReceiveAsync(new byte[4]).AsTask();
        Task send = connection.SendAsync(new byte[16 * 1024 * 1024]).AsTask();
        await connection.DisposeAsync();
        await Assert.ThrowsAnyAsync<IOException>(() => receive);
        await Assert.ThrowsAnyAsync<IOException>(() => send);
        peer.Dispose();
    }

    private protected override Listener Listen(ListeningSocket socket) => Transports.Epoll(socket);

    private static ListeningSocket Bind()
    {
        Assert.True(Endpoint.TryParse("http://127.0.0.1:0", out Endpoint endpoint, out string problem), problem);
        return ListeningSocket.Bind(endpoint, backlog: 16, new ListenOptions());
    }

    private async Task<(Connection Connection, Peer Peer)> ConnectAsync()
    {
        await using Listener listener = Listen(Bind());
        Peer peer = await Peer.ConnectAsync(listener.Endpoint.ToEndPoint());
        return ((await listener.AcceptAsync())!, peer);
    }
}

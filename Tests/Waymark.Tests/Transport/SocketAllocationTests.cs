using System.Net;
using System.Net.Sockets;
using Waymark.Transport;
using Waymark.Transport.Sockets;

namespace Waymark.Tests.Transport;

/// <summary>Runs alone, because one of its tests counts what the whole process allocates.</summary>
[CollectionDefinition(nameof(SocketAllocationTests), DisableParallelization = true)]
[Collection(nameof(SocketAllocationTests))]
public sealed class SocketAllocationTests
{
    private readonly byte[] _buffer = new byte[1024];

    [Fact]
    public async Task Sends_and_receives_that_complete_at_once_allocate_nothing()
    {
        (Connection connection, Socket peer) = await ConnectAsync();
        byte[] message = "0123456789"u8.ToArray();
        byte[] reply = new byte[64];
        long before = 0;
        for (int i = 0; i < 600; i++)
        {
            if (i == 100)
                before = GC.GetAllocatedBytesForCurrentThread();

            // Blocking calls on the peer's side and loopback's order make each of these complete synchronously.
            peer.Send(message);
            ValueTask<int> receive = connection.ReceiveAsync(_buffer);
            Assert.True(receive.IsCompletedSuccessfully);
            await receive;
            ValueTask send = connection.SendAsync(message);
            Assert.True(send.IsCompletedSuccessfully);
            await send;
            peer.Receive(reply);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        peer.Dispose();
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task Receives_that_wait_allocate_nothing_per_receive()
    {
        const int Batches = 10;
        const int Rounds = 200;
        (Connection connection, Socket peer) = await ConnectAsync();
        Task echo = EchoAsync(connection);
        byte[] message = "0123456789"u8.ToArray();
        byte[] reply = new byte[64];
        long best = long.MaxValue;
        for (int batch = 0; batch < Batches; batch++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Rounds; i++)
            {
                peer.Send(message);
                int count = peer.Receive(reply);

                // Not Assert.Equal, which allocates.
                if (count != message.Length)
                    Assert.Fail($"{count} bytes came back.");
            }

            best = Math.Min(best, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        // The whole process is counted, test runner included, so the quietest batch speaks: one object per receive
        // would be 24 bytes or more each, in every batch.
        Assert.True(best < 24 * Rounds, $"{best} bytes in {Rounds} rounds");
        peer.Shutdown(SocketShutdown.Send);
        await echo;
        peer.Dispose();
        await connection.DisposeAsync();
    }

    private static async Task EchoAsync(Connection connection)
    {
        byte[] buffer = new byte[64];
        while (await connection.ReceiveAsync(buffer) is > 0 and int count)
            await connection.SendAsync(buffer.AsMemory(0, count));
    }

    // Connected without await: once a socket was used asynchronously, .NET makes its blocking calls wait with objects.
    private static async Task<(Connection Connection, Socket Peer)> ConnectAsync()
    {
        await using var listener = SocketListener.Bind(Endpoint.ForIp(IPAddress.Loopback, 0), backlog: 1);
        var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        ConnectBlocking(peer, listener.Endpoint.ToEndPoint());
        return ((await listener.AcceptAsync())!, peer);
    }

    private static void ConnectBlocking(Socket peer, EndPoint endPoint) => peer.Connect(endPoint);
}

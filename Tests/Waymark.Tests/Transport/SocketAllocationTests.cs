using System.Net;
using System.Net.Sockets;
using Waymark.Transport.Sockets;

namespace Waymark.Tests.Transport;

/// <summary>Runs alone, because one of its tests counts what the whole process allocates.</summary>
[CollectionDefinition(nameof(SocketAllocationTests), DisableParallelization = true)]
[Collection(nameof(SocketAllocationTests))]
public sealed class SocketAllocationTests
{
    private readonly byte[] _buffer = new byte[1024];
    private volatile int _waitingCount;

    [Fact]
    public async Task Sends_and_receives_that_complete_at_once_allocate_nothing()
    {
        (Socket socket, Socket peer) = Connect();
        await using var connection = new SocketConnection(socket);
        byte[] message = "0123456789"u8.ToArray();
        byte[] reply = new byte[64];
        long before = 0;
        for (int i = 0; i < 600; i++)
        {
            if (i == 100)
                before = GC.GetAllocatedBytesForCurrentThread();

            // Loopback mostly delivers within the send, but not on a busy machine: wait for the bytes.
            peer.Send(message);
            socket.Poll(-1, SelectMode.SelectRead);
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
    }

    [Fact]
    public async Task Receives_that_wait_allocate_nothing_per_receive()
    {
        const int Batches = 10;
        const int Rounds = 200;
        (Socket socket, Socket peer) = Connect();
        await using var connection = new SocketConnection(socket);
        Task echo = EchoAsync(connection);
        byte[] message = "0123456789"u8.ToArray();
        byte[] reply = new byte[64];
        long best = long.MaxValue;
        for (int batch = 0; batch < Batches; batch++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Rounds; i++)
            {
                // Sent only once the receive waits: one that finds its bytes there already is the other test's.
                var spin = default(SpinWait);
                while (_waitingCount != (batch * Rounds) + i + 1 && !echo.IsFaulted)
                    spin.SpinOnce();

                if (echo.IsFaulted)
                    await echo;

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
    }

    private async Task EchoAsync(SocketConnection connection)
    {
        byte[] buffer = new byte[64];
        int count;
        do
        {
            ValueTask<int> receive = connection.ReceiveAsync(buffer);
            _waitingCount++;
            count = await receive;
            await connection.SendAsync(buffer.AsMemory(0, count));
        }
        while (count > 0);
    }

    // Without await: once a socket was used asynchronously, .NET makes its blocking calls wait with objects.
    private static (Socket Socket, Socket Peer) Connect()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        peer.Connect(listener.LocalEndPoint!);
        return (listener.Accept(), peer);
    }
}

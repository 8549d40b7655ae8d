using System.Net;
using System.Net.Sockets;
using Waymark.Tests.Support;
using Waymark.Transport;
using Waymark.Transport.Listening;

namespace Waymark.Tests.Transport;

public sealed class SendQueueTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_never_reads_makes_the_kernel_hold_little(bool isInherited)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux bounds the unsent bytes of a socket.");
        const int ReceiveBytes = 16 * 1024;
        const int PieceBytes = 16 * 1024;
        using var parent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        parent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        parent.Listen();
        List<Listener> listeners = Listening.Bind(isInherited ? $"fd:{Listening.Duplicate(parent)}" : "http://127.0.0.1:0");
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.ReceiveBufferSize = ReceiveBytes;
        await client.ConnectAsync(listeners[0].Endpoint.ToEndPoint(), TestContext.Current.CancellationToken);
        Connection connection = (await listeners[0].AcceptAsync())!;

        byte[] piece = new byte[PieceBytes];
        long taken = 0;
        ValueTask sending = default;
        for (; taken < 16 * 1024 * 1024 && sending.IsCompletedSuccessfully; taken += PieceBytes)
            sending = connection.SendAsync(piece);
        Assert.False(sending.IsCompleted);

        // Linux doubles what a program asks for as its buffer.
        Assert.InRange(taken, 0, SendQueue.UnsentBytesMax + (2 * ReceiveBytes) + (4 * PieceBytes));
        connection.Abort();
        await Assert.ThrowsAsync<ConnectionLostException>(async () => await sending);
        await connection.DisposeAsync();
        await Listening.CloseAsync(listeners);
    }
}

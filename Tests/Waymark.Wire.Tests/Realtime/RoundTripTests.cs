using System.Net.WebSockets;
using Waymark.TestSupport;

namespace Waymark.Wire.Tests.Realtime;

/// <summary>The base class library's client through real sockets, on each transport, and over TLS.</summary>
public sealed class RoundTripTests
{
    private static readonly int[] Sizes = [0, 1, 125, 126, 65_535, 65_536, 1024 * 1024];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<ServerTransport, bool> Ways
    {
        get
        {
            var ways = new TheoryData<ServerTransport, bool>();
            foreach (bool isTls in (bool[])[false, true])
            {
                ways.Add(ServerTransport.Sockets, isTls);
                if (OperatingSystem.IsLinux())
                    ways.Add(ServerTransport.Epoll, isTls);
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Messages_of_all_sizes_come_back(ServerTransport transport, bool isTls)
    {
        using var pki = new TempPki();
        await using HttpServer server = await SocketServer.StartAsync(transport, isTls ? pki : null);
        using ClientWebSocket client = await SocketServer.ConnectAsync(server, pki);
        Assert.Equal("echo", client.SubProtocol);
        foreach (int size in Sizes)
        {
            foreach (WebSocketMessageType type in (WebSocketMessageType[])
                [WebSocketMessageType.Text, WebSocketMessageType.Binary])
            {
                byte[] message = Message(size, type);
                await client.SendAsync(message.AsMemory(), type, true, Stop);
                Assert.Equal((type, size), await SocketServer.ReceiveAsync(client, message));

                // The same in three frames.
                await client.SendAsync(message.AsMemory(0, size / 3), type, false, Stop);
                await client.SendAsync(message.AsMemory(size / 3, size / 3), type, false, Stop);
                await client.SendAsync(message.AsMemory(size / 3 * 2), type, true, Stop);
                Assert.Equal((type, size), await SocketServer.ReceiveAsync(client, message));
            }
        }

        await client.CloseAsync((WebSocketCloseStatus)3456, "done", Stop);
        Assert.Equal((WebSocketCloseStatus?)3456, client.CloseStatus);
        Assert.Equal(WebSocketState.Closed, client.State);
    }

    [Fact]
    public async Task A_stop_under_many_open_sockets_closes_every_one_with_1001()
    {
        await using HttpServer server = await SocketServer.StartAsync(null);
        var clients = new List<ClientWebSocket>();
        for (int index = 0; index < 100; index++)
            clients.Add(await SocketServer.ConnectAsync(server));
        Task<WebSocketCloseStatus?>[] ends = [.. clients.Select(async client =>
        {
            await client.ReceiveAsync(new byte[10].AsMemory(), Stop);
            WebSocketCloseStatus? status = client.CloseStatus;
            await client.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, Stop);
            return status;
        })];
        await server.StopAsync(TimeSpan.FromSeconds(20));
        Assert.All(await Task.WhenAll(ends), status => Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, status));
        clients.ForEach(client => client.Dispose());
    }

    private static byte[] Message(int size, WebSocketMessageType type)
    {
        byte[] message = new byte[size];
        new Random(size).NextBytes(message);
        if (type == WebSocketMessageType.Text)
        {
            for (int index = 0; index < size; index++)
                message[index] = (byte)(0x20 + (message[index] % 0x5F));
        }

        return message;
    }
}

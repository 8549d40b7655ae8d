using System.Net.WebSockets;

namespace Waymark.Wire.Tests.Realtime;

/// <summary>permessage-deflate (RFC 7692) with the base class library's client, both ways.</summary>
public sealed class CompressionTests
{
    private const int MebiByte = 1024 * 1024;

    private static readonly int[] Sizes = [0, 1, 125, 126, 4096, 65_535, 65_536, MebiByte];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<ServerTransport, int, bool> Ways
    {
        get
        {
            var ways = new TheoryData<ServerTransport, int, bool>();
            for (int bits = 9; bits <= 15; bits++)
            {
                foreach (bool keeps in (bool[])[false, true])
                {
                    ways.Add(ServerTransport.Sockets, bits, keeps);
                    if (OperatingSystem.IsLinux())
                        ways.Add(ServerTransport.Epoll, bits, keeps);
                }
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Messages_of_all_sizes_come_back(ServerTransport transport, int bits, bool keeps)
    {
        await using HttpServer server = await StartAsync(transport, bits, keeps);
        using ClientWebSocket client = await SocketServer.ConnectAsync(server, deflate: Offer(bits, keeps));
        string agreed = Assert.Single(client.HttpResponseHeaders!["Sec-WebSocket-Extensions"]);
        Assert.Equal(!keeps, agreed.Contains("server_no_context_takeover", StringComparison.Ordinal));
        Assert.Equal(!keeps, agreed.Contains("client_no_context_takeover", StringComparison.Ordinal));
        Assert.Equal(bits < 15, agreed.Contains($"server_max_window_bits={bits}", StringComparison.Ordinal));
        Assert.Equal(bits < 15, agreed.Contains($"client_max_window_bits={bits}", StringComparison.Ordinal));
        foreach (int size in Sizes)
        {
            // The large ones take a second for each way: at both ends and in the middle that is enough.
            if (size == MebiByte && bits is not (9 or 12 or 15))
                continue;
            foreach (bool isRandom in (bool[])[false, true])
            {
                byte[] message = Message(size, new Random(size), isRandom);
                await SocketServer.SendAsync(client, message, 1);
                Assert.Equal((WebSocketMessageType.Binary, size), await SocketServer.ReceiveAsync(client, message));
                await SocketServer.SendAsync(client, message, 3);
                Assert.Equal((WebSocketMessageType.Binary, size), await SocketServer.ReceiveAsync(client, message));
            }
        }

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
    }

    [Theory]
    [InlineData(ServerTransport.Sockets, false)]
    [InlineData(ServerTransport.Sockets, true)]
    [InlineData(ServerTransport.Epoll, false)]
    [InlineData(ServerTransport.Epoll, true)]
    public async Task Many_messages_come_back_while_more_are_sent(ServerTransport transport, bool keeps)
    {
        Assert.SkipWhen(transport == ServerTransport.Epoll && !OperatingSystem.IsLinux(), "Epoll is Linux's.");
        int seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        byte[][] messages = [.. Enumerable.Range(0, 1500).Select(_ =>
            Message(random.Next(random.Next(20) == 0 ? 70_000 : 2_000), random, random.Next(3) == 0))];
        int[] frames = [.. messages.Select(_ => 1 + (random.Next(3) == 0 ? random.Next(5) : 0))];
        await using HttpServer server = await StartAsync(transport, 15, keeps);
        using ClientWebSocket client = await SocketServer.ConnectAsync(server, deflate: Offer(15, keeps));
        Task sending = Task.Run(
            async () =>
            {
                for (int index = 0; index < messages.Length; index++)
                    await SocketServer.SendAsync(client, messages[index], frames[index]);
            },
            Stop);
        foreach (byte[] message in messages)
        {
            Assert.Equal(
                (WebSocketMessageType.Binary, message.Length), await SocketServer.ReceiveAsync(client, message));
        }

        await sending;
    }

    /// <summary>What does not compress is larger in its frame than in the program: by the limit's own size.</summary>
    [Theory]
    [InlineData(9, false)]
    [InlineData(15, false)]
    [InlineData(15, true)]
    public async Task A_message_of_exactly_the_limit_that_does_not_compress_comes_back(int bits, bool keeps)
    {
        await using HttpServer server = await StartAsync(ServerTransport.Sockets, bits, keeps);
        using ClientWebSocket client = await SocketServer.ConnectAsync(server, deflate: Offer(bits, keeps));
        byte[] message = Message(MebiByte, new Random(1), isRandom: true);
        await SocketServer.SendAsync(client, message, 1);
        Assert.Equal((WebSocketMessageType.Binary, MebiByte), await SocketServer.ReceiveAsync(client, message));
        await SocketServer.SendAsync(client, new byte[MebiByte + 1], 1);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await EndAsync(client));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_that_is_too_big_once_it_is_inflated_closes_with_1009(bool isOne)
    {
        await using HttpServer server = await StartAsync(ServerTransport.Sockets);
        using ClientWebSocket client = await SocketServer.ConnectAsync(server, deflate: new WebSocketDeflateOptions());

        // 10 MiB of zeros are some 10 KB on the wire.
        byte[] zeros = new byte[10 * 1024 * 1024];
        int first = isOne ? zeros.Length : 1024 * 1024;
        await client.SendAsync(zeros.AsMemory(0, first), WebSocketMessageType.Binary, isOne, Stop);
        if (!isOne)
            await client.SendAsync(zeros.AsMemory(0, 1), WebSocketMessageType.Binary, true, Stop);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await EndAsync(client));
    }

    private static async Task<WebSocketCloseStatus?> EndAsync(ClientWebSocket client)
    {
        byte[] buffer = new byte[64 * 1024];
        while ((await client.ReceiveAsync(buffer.AsMemory(), Stop)).MessageType != WebSocketMessageType.Close)
        {
            // What came before the limit is echoed.
        }

        return client.CloseStatus;
    }

    private static Task<HttpServer> StartAsync(ServerTransport transport, int bits = 15, bool keeps = false) =>
        SocketServer.StartAsync(transport, compression: new WebSocketCompression
        {
            KeepsContext = keeps,
            ServerWindowBits = bits,
            ClientWindowBits = bits,
        });

    private static WebSocketDeflateOptions Offer(int bits, bool keeps) => new()
    {
        ClientMaxWindowBits = bits,
        ServerMaxWindowBits = bits,
        ClientContextTakeover = keeps,
        ServerContextTakeover = keeps,
    };

    /// <summary>Noise, or words of few letters that repeat at distances within and beyond the windows.</summary>
    private static byte[] Message(int size, Random random, bool isRandom)
    {
        byte[] message = new byte[size];
        random.NextBytes(message);
        for (int index = 0; index < size && !isRandom; index++)
        {
            message[index] = index >= 300 && message[index] < 250
                ? message[index - 300]
                : (byte)('a' + (message[index] % 4));
        }

        return message;
    }
}

using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Waymark.TestSupport;
using Waymark.Wire.Tests.Support;

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
        await using HttpServer server = await StartAsync(transport, isTls ? pki : null);
        using ClientWebSocket client = await ConnectAsync(server, pki, isCompressed: false);
        Assert.Equal("echo", client.SubProtocol);
        foreach (int size in Sizes)
        {
            foreach (WebSocketMessageType type in (WebSocketMessageType[])
                [WebSocketMessageType.Text, WebSocketMessageType.Binary])
            {
                byte[] message = Message(size, type);
                await client.SendAsync(message.AsMemory(), type, true, Stop);
                Assert.Equal((type, size), await ReceiveAsync(client, message));

                // The same in three frames.
                await client.SendAsync(message.AsMemory(0, size / 3), type, false, Stop);
                await client.SendAsync(message.AsMemory(size / 3, size / 3), type, false, Stop);
                await client.SendAsync(message.AsMemory(size / 3 * 2), type, true, Stop);
                Assert.Equal((type, size), await ReceiveAsync(client, message));
            }
        }

        await client.CloseAsync((WebSocketCloseStatus)3456, "done", Stop);
        Assert.Equal((WebSocketCloseStatus?)3456, client.CloseStatus);
        Assert.Equal(WebSocketState.Closed, client.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_that_is_too_big_once_it_is_inflated_closes_with_1009(bool isOne)
    {
        using var pki = new TempPki();
        await using HttpServer server = await StartAsync(ServerTransport.Sockets, null);
        using ClientWebSocket client = await ConnectAsync(server, pki, isCompressed: true);

        // 10 MiB of zeros are some 10 KB on the wire.
        byte[] zeros = new byte[10 * 1024 * 1024];
        int first = isOne ? zeros.Length : 1024 * 1024;
        await client.SendAsync(zeros.AsMemory(0, first), WebSocketMessageType.Binary, isOne, Stop);
        if (!isOne)
            await client.SendAsync(zeros.AsMemory(0, 1), WebSocketMessageType.Binary, true, Stop);
        byte[] buffer = new byte[64 * 1024];
        while ((await client.ReceiveAsync(buffer.AsMemory(), Stop)).MessageType != WebSocketMessageType.Close)
        {
            // What came before the limit is echoed.
        }

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, client.CloseStatus);
    }

    [Fact]
    public async Task A_stop_under_many_open_sockets_closes_every_one_with_1001()
    {
        using var pki = new TempPki();
        await using HttpServer server = await StartAsync(null, null);
        var clients = new List<ClientWebSocket>();
        for (int index = 0; index < 100; index++)
            clients.Add(await ConnectAsync(server, pki, isCompressed: false));
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

    /// <summary>An echo, whatever the path; its buffer is small, so that messages come in pieces.</summary>
    private static Task<HttpServer> StartAsync(ServerTransport? transport, TempPki? pki)
    {
        var options = new ServerOptions
        {
            Transport = transport,
            Tls = pki is null ? null : new TlsOptions
            {
                Certificate = TlsCertificate.From(
                    pki.IssueServer(["localhost"], issuer: pki.Intermediate), pki.Intermediate),
                ClientCertificates = ClientCertificates.None,
            },
            IdleGrace = TimeSpan.Zero,
        };
        var sockets = new WebSocketOptions { Subprotocols = ["echo"], Compression = new WebSocketCompression() };
        return new HttpServer(new TestTable(), options)
            .Use(_ => async exchange =>
            {
                if (await WebSockets.AcceptAsync(exchange, sockets) is { } socket)
                    await WireSocket.EchoAsync(socket);
            })
            .StartAsync(pki is null ? "http://127.0.0.1:0" : "https://127.0.0.1:0");
    }

    private static async Task<ClientWebSocket> ConnectAsync(HttpServer server, TempPki pki, bool isCompressed)
    {
        var client = new ClientWebSocket();
        client.Options.AddSubProtocol("echo");
        if (isCompressed)
            client.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        client.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            ((X509Certificate2)certificate!).Issuer == pki.Intermediate.Subject;
        var address = new UriBuilder(server.Endpoints[0]) { Path = "/ws" };
        address.Scheme = address.Scheme == "https" ? "wss" : "ws";
        await client.ConnectAsync(address.Uri, Stop);
        return client;
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

    private static async Task<(WebSocketMessageType Type, int Size)> ReceiveAsync(WebSocket client, byte[] expected)
    {
        byte[] buffer = new byte[expected.Length + 1];
        int size = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await client.ReceiveAsync(buffer.AsMemory(size), Stop);
            size += part.Count;
            if (!part.EndOfMessage)
                continue;
            Assert.True(expected.AsSpan().SequenceEqual(buffer.AsSpan(0, size)));
            return (part.MessageType, size);
        }
    }
}

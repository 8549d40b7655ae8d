using System.Net.WebSockets;
using System.Text;
using Waymark.Generator.Tests.Harness;
using Waymark.Generator.Tests.OpenApi;

namespace Waymark.Generator.Tests.Emit;

/// <summary>[WebSocket]: everything else is bound before the socket is opened.</summary>
public sealed class WebSocketTests
{
    private const string Chat =
        """
        using System.ComponentModel.DataAnnotations;
        using System.Net.WebSockets;
        namespace Shop;
        [Group("/ws")]
        static class Chat
        {
            [WebSocket("/:room", Subprotocols = ["chat", "x"], MessageBytesMax = 100, PingIntervalSeconds = -1,
                CloseTimeoutSeconds = 3, AllowedOrigins = ["https://app.example"], Compresses = true)]
            internal static async Task Join(
                [Length(2, 9)] string room, WebSocket socket, CancellationToken stop, int since = 0,
                [Service] Clock? clock = null)
            {
                byte[] greeting = System.Text.Encoding.UTF8.GetBytes($"{room} {since} {clock is null} {socket.SubProtocol}");
                await socket.SendAsync(greeting, WebSocketMessageType.Text, true, stop);
                Memory<byte> buffer = new byte[1000];
                while (await socket.ReceiveAsync(buffer, stop) is { MessageType: not WebSocketMessageType.Close } part)
                    await socket.SendAsync(buffer[..part.Count], part.MessageType, part.EndOfMessage, stop);
            }

            [WebSocket("/"), WebSocket("/again", FrameBytesMax = 125)]
            internal static ValueTask Once(Exchange exchange, WebSocket exchange2) =>
                exchange2.SendAsync("once"u8.ToArray().AsMemory(), WebSocketMessageType.Text, true, default);
        }

        sealed class Clock;
        """;

    [Fact]
    public void Sockets()
    {
        Dictionary<string, string> files = GeneratorRun.Run(GeneratorRun.Compile(Chat));
        Snapshot.Match(new Dictionary<string, string> { ["Shop.Chat.g.cs"] = files["Shop.Chat.g.cs"] });
    }

    [Theory]
    [InlineData("/ws/den?since=7", "chat", "den 7 True chat")]
    [InlineData("/ws/den", "", "den 0 True ")]
    [InlineData("/ws", "", "once")]
    [InlineData("/ws/again", "", "once")]
    public async Task A_client_talks_with_the_handler(string path, string protocol, string greeting)
    {
        using LoadedTable table = GeneratorRun.Load(Chat);
        await using HttpServer server = await new HttpServer(table.Table).StartAsync("http://127.0.0.1:0");
        using var client = new ClientWebSocket();
        if (protocol.Length > 0)
            client.Options.AddSubProtocol(protocol);
        CancellationToken stop = TestContext.Current.CancellationToken;
        string endpoint = server.Endpoints[0].Replace("http", "ws", StringComparison.Ordinal);
        await client.ConnectAsync(new Uri(endpoint + path), stop);

        Assert.Equal(greeting, await ReceiveAsync(client));
        if (greeting != "once")
        {
            await client.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, true, stop);
            Assert.Equal("hello", await ReceiveAsync(client));
            // Beyond MessageBytesMax.
            await client.SendAsync(new byte[101], WebSocketMessageType.Binary, true, stop);
            Assert.Equal("1009", await ReceiveAsync(client));
        }
        else
        {
            Assert.Equal("1000", await ReceiveAsync(client));
        }
    }

    [Theory]
    [InlineData("GET", "/ws/x", true, "400", "room")]
    [InlineData("GET", "/ws/den?since=x", true, "400", "since")]
    [InlineData("GET", "/ws/den?since=1", false, "426", "")]
    [InlineData("HEAD", "/ws/den", true, "400", "")]
    [InlineData("OPTIONS", "/ws/den", false, "200", "Allow: GET, HEAD, OPTIONS")]
    [InlineData("POST", "/ws/den", false, "405", "")]
    [InlineData("GET", "/ws/den", true, "403", "", "https://elsewhere.example")]
    [InlineData("GET", "/ws/den", true, "101", "", "https://app.example")]
    public async Task What_is_no_socket_is_answered(
        string method, string path, bool asks, string status, string text, string? origin = null)
    {
        using LoadedTable table = GeneratorRun.Load(Chat);
        await using var server = new AnsweringServer(table.Table);

        // Behind the request lies a close frame, so that an open socket ends: a masked one, without a code.
        string answer = await server.SendRawAsync(
            $"{method} {path} HTTP/1.1\r\nHost: x\r\n" + (origin is null ? "" : $"Origin: {origin}\r\n") +
            (asks
                ? "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\u0088\u0080\0\0\0\0"
                : "Connection: close\r\n\r\n"));

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains(text, answer, StringComparison.Ordinal);
    }

    [Fact]
    public void The_document_shows_a_switch_of_protocols()
    {
        string document = Documents.Of(Chat)["paths"]!["/ws/{room}"]!["get"]!["responses"]!.ToJsonString();

        Assert.Contains("\"101\"", document, StringComparison.Ordinal);
        Assert.DoesNotContain("\"204\"", document, StringComparison.Ordinal);
    }

    private static async Task<string> ReceiveAsync(ClientWebSocket client)
    {
        byte[] buffer = new byte[1000];
        WebSocketReceiveResult part = await client.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        return part.MessageType == WebSocketMessageType.Close
            ? ((int)part.CloseStatus!).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : Encoding.UTF8.GetString(buffer, 0, part.Count);
    }
}

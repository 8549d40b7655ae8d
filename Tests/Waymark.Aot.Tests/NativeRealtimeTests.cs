using System.Net.WebSockets;
using System.Text;
using Waymark.TestSupport;

namespace Waymark.Aot.Tests;

/// <summary>Server-sent events and WebSockets in a native binary; Waymark.Wire.Tests has the rest.</summary>
public sealed class NativeRealtimeTests(PublishedRealtime realtime)
{
    // 4.41 MB when this was written, and 6 % to either side: less lacks something, more pulled something in.
    private const long SizeBytesMin = 4_140_000;
    private const long SizeBytesMax = 4_670_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void It_publishes_without_a_trimming_or_AOT_warning() => realtime.AssertCleanNative();

    [Fact]
    public void Its_size_is_in_the_window() =>
        Assert.InRange(new FileInfo(realtime.BinaryPath).Length, SizeBytesMin, SizeBytesMax);

    [Fact]
    public async Task It_streams_events_and_talks_over_a_WebSocket()
    {
        await using RunningServer server =
            await RunningServer.StartAsync([realtime.BinaryPath, "http://127.0.0.1:0"]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ticks?count=2");
        request.Headers.Add("Last-Event-ID", "0");
        using HttpResponseMessage answer = await server.Client.SendAsync(request, Stop);
        string events = await answer.Content.ReadAsStringAsync(Stop);
        Assert.StartsWith("event: tick\nid: 1\nretry: 500\ndata: {\"number\":1,", events, StringComparison.Ordinal);
        Assert.Contains("\nid: 2\n", events, StringComparison.Ordinal);

        using var client = new ClientWebSocket();
        var address = new UriBuilder(server.Addresses[0]) { Scheme = "ws", Path = "/chat/one", Query = "name=Ann" };
        await client.ConnectAsync(address.Uri, Stop);
        Assert.Equal("{\"from\":\"\",\"text\":\"Ann is here\"}", await HearAsync(client));
        await client.SendAsync("hi"u8.ToArray(), WebSocketMessageType.Text, true, Stop);
        Assert.Equal("{\"from\":\"Ann\",\"text\":\"hi\"}", await HearAsync(client));
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
        Assert.Equal(0, await server.TerminateAsync());
    }

    private static async Task<string> HearAsync(ClientWebSocket client)
    {
        byte[] buffer = new byte[4096];
        ValueWebSocketReceiveResult part = await client.ReceiveAsync(buffer.AsMemory(), Stop);
        Assert.True(part.EndOfMessage);
        return Encoding.UTF8.GetString(buffer, 0, part.Count);
    }
}

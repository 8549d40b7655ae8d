using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Waymark.TestSupport;

namespace Waymark.Wire.Tests.Realtime;

/// <summary>Samples/Realtime in a process of its own.</summary>
public sealed class SampleTests : IAsyncLifetime
{
    private RunningServer? _server;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RunningServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        // The same configuration as this test: .../bin/Waymark.Wire.Tests/debug -> .../bin/Realtime/debug
        string own = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string sample = Path.Combine(own, "..", "..", "Realtime", Path.GetFileName(own), "Realtime.dll");
        _server = await RunningServer.StartAsync(["dotnet", Path.GetFullPath(sample), "http://127.0.0.1:0"]);
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, await Server.TerminateAsync());
        Assert.DoesNotContain("failed", Server.Errors, StringComparison.Ordinal);
        await Server.DisposeAsync();
    }

    [Fact]
    public async Task The_page_is_one_file_with_everything_in_it()
    {
        using HttpResponseMessage answer = await Server.Client.GetAsync(new Uri("/", UriKind.Relative), Stop);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        string html = await answer.Content.ReadAsStringAsync(Stop);
        Assert.EndsWith("</html>\n", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_says_everybody_in_the_room_hears()
    {
        using ClientWebSocket ann = await JoinAsync("one", "Ann");
        Assert.Equal(": Ann is here", await HearAsync(ann));
        using ClientWebSocket ben = await JoinAsync("one", "Ben");
        Assert.Equal(": Ben is here", await HearAsync(ann));
        Assert.Equal(": Ben is here", await HearAsync(ben));
        using ClientWebSocket other = await JoinAsync("two", "Cid");
        await ben.SendAsync("hi \"all\""u8.ToArray(), WebSocketMessageType.Text, true, Stop);
        Assert.Equal("Ben: hi \"all\"", await HearAsync(ann));
        Assert.Equal("Ben: hi \"all\"", await HearAsync(ben));
        Assert.Equal(": Cid is here", await HearAsync(other));
        await ben.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
        Assert.Equal(": Ben has left", await HearAsync(ann));
        await ann.SendAsync(new byte[2049], WebSocketMessageType.Binary, true, Stop);
        await ann.ReceiveAsync(new byte[10].AsMemory(), Stop);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, ann.CloseStatus);
    }

    [Fact]
    public async Task The_ticker_goes_on_behind_the_last_id()
    {
        string first = await TicksAsync("?count=2", null);
        Assert.Matches("^event: tick\nid: [0-9]+\nretry: 500\ndata: {\"number\":[0-9]+,\"value\":[0-9.]+}\n\n", first);
        string again = await TicksAsync("?count=3", "0");
        Assert.StartsWith("event: tick\nid: 1\n", again, StringComparison.Ordinal);
        Assert.Contains("\nid: 3\n", again, StringComparison.Ordinal);
        Assert.DoesNotContain("\nid: 4\n", again, StringComparison.Ordinal);
    }

    private async Task<string> TicksAsync(string query, string? lastId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ticks" + query);
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        using HttpResponseMessage answer = await Server.Client.SendAsync(request, Stop);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.ToString());
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private async Task<ClientWebSocket> JoinAsync(string room, string name)
    {
        var client = new ClientWebSocket();
        await client.ConnectAsync(
            new UriBuilder(Server.Addresses[0]) { Scheme = "ws", Path = $"/chat/{room}", Query = $"name={name}" }.Uri,
            Stop);
        return client;
    }

    private static async Task<string> HearAsync(ClientWebSocket client)
    {
        byte[] buffer = new byte[4096];
        ValueWebSocketReceiveResult part = await client.ReceiveAsync(buffer.AsMemory(), Stop);
        Assert.True(part.EndOfMessage);
        JsonNode message = JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, part.Count))!;
        return $"{message["from"]}: {message["text"]}";
    }
}

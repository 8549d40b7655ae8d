using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Connections;
using Waymark.Http;
using Waymark.Http.Parsing;
using Waymark.Routing;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>Answers that come item by item: when they are sent, how they end, who is told.</summary>
public sealed class SequenceTests : IDisposable
{
    private const string Json = "Content-Type: application/json";
    private const string A = "{\n  \"Id\": 1,\n  \"Name\": \"a\"\n}";
    private const string B = "{\n  \"Id\": 2,\n  \"Name\": \"b\"\n}";
    private const string LineA = "{\"Id\":1,\"Name\":\"a\"}\n";
    private const string LineB = "{\"Id\":2,\"Name\":\"b\"}\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Handler Handler = new Router(ScenarioRoutes.Table).HandleAsync;

    private readonly SequenceFeed _feed = new();
    private readonly CancellationTokenSource _abort = new();

    public void Dispose() => _abort.Dispose();

    [Theory]
    [InlineData("array", Json, "[", A, "," + B, "]")]
    [InlineData("lines", "Content-Type: application/x-ndjson", "", LineA, LineB, "")]
    [InlineData("either", "Vary: Accept\r\n" + Json, "[", A, "," + B, "]")]
    public async Task An_item_is_sent_when_the_next_one_is_not_there_yet(
        string path, string fields, string start, string first, string second, string end)
    {
        (ObservedConnection client, Task serving) = Call(path);
        Assert.False(client.HasSend);
        _feed.Writer.TryWrite(new Item(1, "a"));
        Assert.Equal(
            $"HTTP/1.1 200 OK\r\nDate: *\r\n{fields}\r\nTransfer-Encoding: chunked\r\n\r\n{Chunk(start + first)}",
            Engine.HideDates(await client.NextSendAsync()));
        _feed.Writer.TryWrite(new Item(2, "b"));
        Assert.Equal(Chunk(second), await client.NextSendAsync());
        _feed.Writer.Complete();
        Assert.Equal((end.Length > 0 ? Chunk(end) : "") + "0\r\n\r\n", await client.NextSendAsync());
        await EndAsync(serving);
        Assert.False(client.IsAborted);
    }

    [Fact]
    public async Task Items_that_are_there_make_one_answer_with_a_length()
    {
        _feed.Writer.TryWrite(new Item(1, "a"));
        _feed.Writer.TryWrite(new Item(2, "b"));
        _feed.Writer.Complete();
        (ObservedConnection client, Task serving) = Call("lines");
        Assert.EndsWith(
            "Content-Length: 40\r\n\r\n{\"Id\":1,\"Name\":\"a\"}\n{\"Id\":2,\"Name\":\"b\"}\n",
            await client.NextSendAsync(),
            StringComparison.Ordinal);
        await EndAsync(serving);
    }

    [Fact]
    public async Task Many_items_that_are_there_do_not_pile_up()
    {
        for (int id = 0; id < 10_000; id++)
            _feed.Writer.TryWrite(new Item(id, "0123456789"));
        _feed.Writer.Complete();
        (ObservedConnection client, Task serving) = Call("lines");
        await EndAsync(serving);
        int longest = 0;
        while (client.HasSend)
            longest = Math.Max(longest, (await client.NextSendAsync()).Length);
        Assert.InRange(longest, 32 * 1024, 34 * 1024);
    }

    [Fact]
    public async Task An_empty_sequence_is_an_empty_array()
    {
        _feed.Writer.Complete();
        (ObservedConnection client, Task serving) = Call("array");
        Assert.EndsWith("Content-Length: 2\r\n\r\n[]", await client.NextSendAsync(), StringComparison.Ordinal);
        await EndAsync(serving);
    }

    [Fact]
    public async Task No_sequence_is_404()
    {
        (ObservedConnection client, Task serving) = Call("null");
        Assert.StartsWith("HTTP/1.1 404 ", await client.NextSendAsync(), StringComparison.Ordinal);
        await serving.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_source_that_fails_first_is_500()
    {
        (ObservedConnection client, Task serving) = Call("array");
        _feed.Writer.Complete(new InvalidOperationException("secret"));
        string answer = await client.NextSendAsync();
        Assert.StartsWith("HTTP/1.1 500 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
        await EndAsync(serving);
        Assert.False(client.IsAborted);
    }

    [Theory]
    [InlineData("array")]
    [InlineData("lines")]
    [InlineData("events")]
    public async Task A_source_that_fails_later_aborts_and_never_ends_well(string path)
    {
        (ObservedConnection client, Task serving) = Call(path);
        _feed.Writer.TryWrite(new Item(1, "a"));
        await client.NextSendAsync();
        _feed.Writer.Complete(new InvalidOperationException("secret"));
        await EndAsync(serving);
        Assert.True(client.IsAborted);
        while (client.HasSend)
            Assert.DoesNotContain("0\r\n\r\n", await client.NextSendAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_left_stops_the_source_while_it_waits_for_its_next_item()
    {
        (ObservedConnection client, Task serving) = Call("array");
        client.IsGone = true;
        // The send fails while the source waits for a second item: it is told to stop, waited for and disposed.
        _feed.Writer.TryWrite(new Item(1, "a"));
        await EndAsync(serving);
        Assert.True(_feed.IsCancelled);
        Assert.True(client.IsAborted);
    }

    [Fact]
    public async Task A_server_that_gives_up_stops_the_source()
    {
        (ObservedConnection client, Task serving) = Call("array");
        _feed.Writer.TryWrite(new Item(1, "a"));
        await client.NextSendAsync();
        await _abort.CancelAsync();
        await EndAsync(serving);
        Assert.True(_feed.IsCancelled);
        Assert.True(client.IsAborted);
    }

    [Theory]
    [InlineData("array", "application/json")]
    [InlineData("events", "text/event-stream")]
    public async Task HEAD_does_not_ask_the_source(string path, string mediaType)
    {
        (ObservedConnection client, Task serving) = Call(path, "HEAD");
        string answer = await client.NextSendAsync();
        Assert.Contains($"\r\nContent-Type: {mediaType}\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\nTransfer-Encoding: chunked\r\n\r\n", answer, StringComparison.Ordinal);
        await serving.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.False(_feed.Disposed.Task.IsCompleted);
    }

    [Fact]
    public async Task Lines_are_sent_to_who_asks_for_them()
    {
        _feed.Writer.TryWrite(new Item(1, "a"));
        _feed.Writer.Complete();
        (ObservedConnection client, Task serving) = Call("either", fields: "Accept: application/x-ndjson\r\n");
        string answer = await client.NextSendAsync();
        Assert.Contains("\r\nContent-Type: application/x-ndjson\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n{\"Id\":1,\"Name\":\"a\"}\n", answer, StringComparison.Ordinal);
        await EndAsync(serving);
    }

    [Fact]
    public async Task Events_open_at_once_and_come_one_by_one()
    {
        (ObservedConnection client, Task serving) = Call("events");
        Assert.Equal(
            "HTTP/1.1 200 OK\r\nDate: *\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
            + "X-Accel-Buffering: no\r\nTransfer-Encoding: chunked\r\n\r\n",
            Engine.HideDates(await client.NextSendAsync()));
        _feed.Writer.TryWrite(new Item(1, "a"));
        Assert.Equal(
            Chunk("event: item\nid: 1\ndata: {\"Id\":1,\"Name\":\"a\"}\n\n"), await client.NextSendAsync());
        _feed.Writer.Complete();
        Assert.Equal("0\r\n\r\n", await client.NextSendAsync());
        await EndAsync(serving);
    }

    // WHATWG HTML section 9.2.6: what a client makes of the lines.
    [Theory]
    [InlineData("a", null, null, null, "data: a\n\n")]
    [InlineData("", null, null, null, "data: \n\n")]
    [InlineData(" a", null, null, null, "data:  a\n\n")]
    [InlineData("a\nb", null, null, null, "data: a\ndata: b\n\n")]
    [InlineData("a\r\nb\rc\n", null, null, null, "data: a\ndata: b\ndata: c\ndata: \n\n")]
    [InlineData("\r\n\r\n", null, null, null, "data: \ndata: \ndata: \n\n")]
    [InlineData("a\u2028b", null, null, null, "data: a\u00e2\u0080\u00a8b\n\n")]
    [InlineData("x", "tick", "7", 1500, "event: tick\nid: 7\nretry: 1500\ndata: x\n\n")]
    [InlineData("x", null, "", null, "id: \ndata: x\n\n")]
    [InlineData(null, null, null, 0, "retry: 0\n\n")]
    public async Task A_text_event_is_framed(
        string? data, string? type, string? id, int? retryMilliseconds, string body)
    {
        TimeSpan? retry = retryMilliseconds is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
        SequenceRoutes.Feed.Value = new SequenceFeed { Texts = [new SseItem<string>(data!, type, id, retry)] };
        WireAnswer answer = await Engine.PlayAsync(
            "GET /sequence/text-events HTTP/1.1\r\nHost: x\r\n\r\n", handler: Handler);
        Assert.EndsWith("\r\n\r\n" + body, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", ": a\n\n")]
    [InlineData("", ": \n\n")]
    [InlineData("a\ndata: b\r\n\rid: 1", ": a\n: data: b\n: \n: id: 1\n\n")]
    public async Task A_comment_stays_one_whatever_it_holds(string text, string body)
    {
        SequenceRoutes.Feed.Value = new SequenceFeed
        {
            Texts = [SseItem.Comment<string>(text), new SseItem<string>("x") { Comment = text }],
        };
        WireAnswer answer = await Engine.PlayAsync(
            "GET /sequence/text-events HTTP/1.1\r\nHost: x\r\n\r\n", handler: Handler);
        Assert.EndsWith("\r\n\r\n" + body + body[..^1] + "data: x\n\n", answer.Text, StringComparison.Ordinal);
    }

    private static string Chunk(string text) => $"{text.Length:x}\r\n{text}\r\n";

    private (ObservedConnection Client, Task Serving) Call(string path, string method = "GET", string fields = "")
    {
        SequenceRoutes.Feed.Value = _feed;
        var client = new ObservedConnection($"{method} /sequence/{path} HTTP/1.1\r\nHost: x\r\n{fields}\r\n");
        var protocol = new HttpConnectionHandler(
            Handler, new ServerLimits(), TimeProvider.System, NullLogger.Instance, detailedErrors: false,
            TargetRules.Strict);
        return (client, protocol.RunAsync(new ConnectionContext(client, 1, _abort.Token)));
    }

    private async Task EndAsync(Task serving)
    {
        await _feed.Disposed.Task.WaitAsync(Patience);
        await serving.WaitAsync(Patience);
    }
}

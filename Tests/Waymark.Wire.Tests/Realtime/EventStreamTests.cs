using Microsoft.Extensions.Logging;
using Waymark.Routing;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Realtime;

/// <summary>Server-sent events over time: keep-alive comments, clients that leave, clients that come back.</summary>
public class EventStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SequenceFeed _feed = new();

    protected virtual Layer Layer => Layer.Clear;

    [Fact]
    public async Task A_silent_source_sends_a_comment_every_fifteen_seconds()
    {
        await using LiveServer server = await OpenAsync("events");
        await PassUntilAsync(server, 18, Comment);
        _feed.Writer.TryWrite(new Item(1, "a"));
        Assert.Contains("data: {\"Id\":1,\"Name\":\"a\"}", await server.ReceiveAsync(), StringComparison.Ordinal);

        // The time begins anew with each event.
        await PassUntilAsync(server, 18, Comment);
        await PassUntilAsync(server, 18, Comment);
        _feed.Writer.Complete();
        Assert.EndsWith("0\r\n\r\n", await server.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_is_not_silent_for_so_long_sends_no_comment()
    {
        await using LiveServer server = await OpenAsync("events");
        for (int second = 0; second < 40; second += 10)
        {
            server.Pass(10);
            _feed.Writer.TryWrite(new Item(second, "a"));
            Assert.Contains($"data: {{\"Id\":{second}", await server.ReceiveAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_client_that_resets_ends_the_source_within_two_seconds()
    {
        await using LiveServer server = await OpenAsync("events");
        server.Abort();
        server.Pass(2);
        await _feed.Disposed.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(_feed.IsCancelled);
        Assert.DoesNotContain(server.Logger.Events, e => e.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData("", "id: 1")]
    [InlineData("Last-Event-ID: 41\r\n", "id: 42")]
    [InlineData("last-event-id: 41\r\n", "id: 42")]
    [InlineData("Last-Event-ID: x\r\n", "400")]
    public async Task The_last_id_is_bound_like_any_header(string field, string expected)
    {
        WireAnswer answer = await Engine.PlayAsync(
            $"GET /sequence/resumed HTTP/1.1\r\nHost: x\r\n{field}\r\n",
            handler: new Router(ScenarioRoutes.Table).HandleAsync);
        Assert.Contains(expected, answer.Text, StringComparison.Ordinal);
    }

    private const string Comment = "3\r\n:\n\n\r\n";

    private async Task<LiveServer> OpenAsync(string path)
    {
        Handler router = new Router(ScenarioRoutes.Table).HandleAsync;
        LiveServer server = await LiveServer.StartAsync(Layer, exchange =>
        {
            SequenceRoutes.Feed.Value = _feed;
            return router(exchange);
        });
        await server.PostAsync($"GET /sequence/{path} HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Contains("\r\nX-Accel-Buffering: no\r\n", await server.ReceiveAsync(), StringComparison.Ordinal);
        return server;
    }

    /// <summary>Lets time pass until something comes: the wait may begin a little after a send.</summary>
    private static async Task PassUntilAsync(LiveServer server, int seconds, string expected)
    {
        server.Pass(14);
        Task<string> receiving = server.ReceiveAsync();
        for (int second = 14; !receiving.IsCompleted && second < seconds * 100; second++)
        {
            server.Pass(1);
            await Task.Yield();
        }

        Assert.Equal(expected, await receiving);
    }
}

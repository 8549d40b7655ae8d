using Waymark.Routing;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>RFC 9112 section 9 on a server: bursts, half-closed clients, lingering closes, stops, too many.</summary>
public class PersistenceTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private const string Last = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private const int ConnectionEnded = 1005;

    private static readonly Handler Handler = new Router(new TestTable()).HandleAsync;

    protected virtual Layer Layer => Layer.Clear;

    [Fact]
    public async Task A_burst_of_requests_is_answered_by_one_send()
    {
        await using var server = await LiveServer.StartAsync(Layer, Handler);
        await server.SendAsync(string.Concat(Enumerable.Repeat(Get, 10)));
        Assert.Equal(10, (await server.ReceiveAsync()).Split("HTTP/1.1 200 ").Length - 1);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("GET / HTTP/1.1\r\nHo", 1)]
    [InlineData(Get, 2)]
    public async Task A_client_that_has_finished_sending_gets_the_answers_to_what_is_complete(string rest, int answers)
    {
        await using var server = await LiveServer.StartAsync(Layer, Handler);
        await server.PostAsync(Get + rest);
        await server.EndAsync();
        string text = await server.ReceiveAllAsync();
        Assert.Equal(answers, text.Split("HTTP/1.1 200 ").Length - 1);
        Assert.Equal(answers, text.Split("HTTP/1.1 ").Length - 1);
    }

    [Theory]
    [InlineData(Last, "200")]
    [InlineData("GET / HTTP/1.0\r\n\r\n", "200")]
    [InlineData("GET / HTTP/9\r\n\r\n", "400")]
    public async Task Behind_the_last_answer_the_server_reads_on_for_a_second_and_closes(string request, string status)
    {
        await using var server = await LiveServer.StartAsync(Layer, Handler);
        await server.SendAsync(request);
        Assert.StartsWith($"HTTP/1.1 {status} ", await server.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal("", await server.ReceiveAsync());

        // What still comes is taken and thrown away, so that no reset overtakes the answer.
        await server.SendAsync(Get);
        server.Time.Advance(TimeSpan.FromSeconds(0.8));
        await server.SendAsync(Get);
        Assert.Equal(0, server.Logger.CountOf(ConnectionEnded));
        server.Time.Advance(TimeSpan.FromSeconds(0.4));
        await server.Logger.UntilAsync(ConnectionEnded);
        Assert.Equal("", await server.ReceiveAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task One_connection_over_the_limit_gets_503_and_the_others_are_served_on(int max)
    {
        await using var server = await LiveServer.StartAsync(Layer, Handler, connectionsMax: max);
        await server.SendAsync(Get);
        Assert.StartsWith("HTTP/1.1 200 ", await server.ReceiveAsync(), StringComparison.Ordinal);
        for (int more = 1; more < max; more++)
        {
            WireClient other = await server.ConnectAsync();
            await other.SendAsync(Engine.Bytes(Get));
            Assert.StartsWith("HTTP/1.1 200 ", await other.ReceiveAsync(), StringComparison.Ordinal);
        }

        await using (WireClient refused = await server.ConnectAsync())
        {
            string answer = await refused.ReceiveAsync();
            Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
            Assert.Contains("\r\nRetry-After: 1\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
            Assert.Equal("", await refused.ReceiveAsync());
            Assert.True(refused.IsEndTold);
        }

        await server.SendAsync(Get);
        Assert.StartsWith("HTTP/1.1 200 ", await server.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_a_stop_a_silent_connection_stays_for_the_grace_of_2_seconds()
    {
        await using var server = await LiveServer.StartAsync(Layer, Handler);
        await server.SendAsync(Get);
        await server.ReceiveAsync();
        Task<string> rest = server.ReceiveAsync();
        Task<int> stop = server.StopAsync(TimeSpan.FromSeconds(30));
        await server.Time.UntilTimerAsync(TimeSpan.FromSeconds(2));
        server.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(rest.IsCompleted);
        server.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("", await rest);
        Assert.Equal(0, await stop);
    }

    [Theory]
    [InlineData(29.9, "HTTP/1.1 200 ")]
    [InlineData(30.1, "HTTP/1.1 503 ")]
    public async Task A_request_in_flight_has_the_30_seconds_of_the_drain(double seconds, string start)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await LiveServer.StartAsync(Layer, async exchange =>
        {
            entered.SetResult();
            await go.Task.WaitAsync(exchange.RequestAborted);
        });
        await server.PostAsync(Get);
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Task<int> stop = server.StopAsync(TimeSpan.FromSeconds(30));
        await server.Time.UntilTimerAsync(TimeSpan.FromSeconds(2));
        server.Time.Advance(TimeSpan.FromSeconds(2));
        await server.Time.UntilTimerAsync(TimeSpan.FromSeconds(28));
        server.Time.Advance(TimeSpan.FromSeconds(seconds - 2));
        if (seconds < 30)
            go.SetResult();
        string answer = await server.ReceiveAsync();
        Assert.StartsWith(start, answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        await server.EndAsync();
        Assert.Equal(seconds > 30 ? 1 : 0, await stop);
    }
}

/// <summary>The same over TLS.</summary>
public sealed class TlsPersistenceTests : PersistenceTests
{
    protected override Layer Layer => Layer.Tls;
}

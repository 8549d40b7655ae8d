using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Connections;
using Waymark.Http;
using Waymark.Routing;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>What happens while a client waits, is slow or is told to go: a server over the memory transport.</summary>
public class TimeTests : IAsyncLifetime
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private LiveServer _server = null!;

    protected virtual Layer Layer => Layer.Clear;

    public async ValueTask InitializeAsync() =>
        _server = await LiveServer.StartAsync(Layer, new Router(new TestTable()).HandleAsync);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_comes_while_the_client_keeps_its_side_open()
    {
        await _server.SendAsync(Get);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await _server.ReceiveAsync(), StringComparison.Ordinal);
        await _server.SendAsync("GET /json HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.EndsWith("""{"X":1,"Y":1}""", await _server.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_waits_for_100_Continue_gets_it_before_it_sends_its_body()
    {
        await _server.SendAsync("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await _server.ReceiveAsync());
        await _server.SendAsync("abc");
        Assert.EndsWith("\r\n\r\nabc", await _server.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_without_a_byte_is_closed_without_a_word()
    {
        await WaitAsync(9);
        await _server.SendAsync("");
        await WaitAsync(2);
        Assert.Equal("", await _server.ReceiveAsync());
    }

    [Fact]
    public async Task A_drip_does_not_move_the_deadline_of_a_head()
    {
        await _server.SendAsync("GET / ");
        await WaitAsync(6);
        await _server.SendAsync("HTTP/1.1\r\nHost:");
        await WaitAsync(6);
        Assert.StartsWith("HTTP/1.1 408 ", await _server.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal("", await _server.ReceiveAsync());
    }

    [Fact]
    public async Task A_drip_of_a_second_head_has_the_deadline_of_a_head_too()
    {
        await _server.SendAsync(Get);
        await _server.ReceiveAsync();
        await _server.SendAsync("GET / ");
        await WaitAsync(11);
        Assert.StartsWith("HTTP/1.1 408 ", await _server.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_began_behind_another_request_has_the_deadline_of_a_head_too()
    {
        await _server.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / ");
        Assert.StartsWith("HTTP/1.1 200 ", await _server.ReceiveAsync(), StringComparison.Ordinal);
        await WaitAsync(11);
        Assert.StartsWith("HTTP/1.1 408 ", await _server.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_send_that_waits_for_the_client_has_a_deadline()
    {
        Handler handler = new Router(new TestTable()).HandleAsync;
        var protocol = new HttpConnectionHandler(
            handler, new ServerLimits(), _server.Time, NullLogger.Instance, detailedErrors: false);
        StuckClient client = await StuckClient.StartAsync(Layer, protocol, Get, _server.Time);
        await client.SendWaits.WaitAsync(Patience, TestContext.Current.CancellationToken);
        while (client.Context.DeadlineKind != DeadlineKind.Send)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(_server.Time.GetTimestamp() + TimeSpan.FromSeconds(1).Ticks, client.Context.Deadline);
        client.Abort();
        await Assert.ThrowsAnyAsync<IOException>(
            () => client.Serving.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_body_that_stops_is_answered_with_408()
    {
        await _server.SendAsync("POST /len HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
        await WaitAsync(6);
        string answer = await _server.ReceiveAsync();
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unread_body_that_drips_is_waited_for_one_second_in_all()
    {
        await _server.SendAsync("POST /ignore HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\na");
        Assert.StartsWith("HTTP/1.1 200 ", await _server.ReceiveAsync(), StringComparison.Ordinal);
        await WaitAsync(1);
        await _server.SendAsync("a");
        await WaitAsync(1);
        Assert.Equal("", await _server.ReceiveAsync());
    }

    [Fact]
    public async Task An_idle_connection_stays_for_its_time_and_is_closed_without_a_word()
    {
        await _server.SendAsync(Get);
        await _server.ReceiveAsync();
        await WaitAsync(70);
        await _server.SendAsync(Get);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await _server.ReceiveAsync(), StringComparison.Ordinal);
        await _server.StarvedAsync();
        await WaitAsync(76);
        Assert.Equal("", await _server.ReceiveAsync());
    }

    [Fact]
    public async Task During_a_stop_the_next_answer_is_the_last_and_says_so()
    {
        await _server.SendAsync(Get);
        Assert.DoesNotContain("Connection: close", await _server.ReceiveAsync(), StringComparison.Ordinal);
        Task<int> stop = _server.StopAsync(TimeSpan.FromSeconds(30));
        await _server.Time.UntilTimerAsync(TimeSpan.FromSeconds(2));
        await _server.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Contains("Connection: close\r\n", await _server.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal("", await _server.ReceiveAsync());
        await _server.EndAsync();
        Assert.Equal(0, await stop.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    /// <summary>Lets time pass once the server waits.</summary>
    private async Task WaitAsync(int seconds)
    {
        await _server.StarvedAsync();
        _server.Pass(seconds);
    }
}

/// <summary>The same over TLS: limits of time begin behind the handshake, and ends are told by close_notify.</summary>
public sealed class TlsTimeTests : TimeTests
{
    protected override Layer Layer => Layer.Tls;
}

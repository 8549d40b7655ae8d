using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Connections;
using Waymark.Http;
using Waymark.Routing;
using Waymark.Tests.Support;
using Waymark.Transport;
using Waymark.Transport.Memory;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>What happens while a client waits, is slow or is told to go: a server over the memory transport.</summary>
public sealed class TimeTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _time = new();
    private readonly Server _server;
    private readonly MemoryListener _listener;
    private readonly MemoryConnection _client;
    private readonly byte[] _buffer = new byte[64 * 1024];

    public TimeTests()
    {
        Assert.True(Endpoint.TryParse("http://127.0.0.1:0", out Endpoint? endpoint, out _));
        _listener = new MemoryListener(endpoint);
        Handler handler = new Router(new TestTable()).HandleAsync;
        var protocol = new HttpConnectionHandler(handler, new ServerLimits(), _time, NullLogger.Instance, false);
        _server = new Server(
            [new ServedListener(_listener, protocol)],
            new ServerSettings { Time = _time, Logger = NullLogger.Instance });
        _server.Start();
        _client = _listener.Connect();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Abort();
        await _server.StopAsync(TimeSpan.Zero).WaitAsync(Patience);
    }

    [Fact]
    public async Task An_answer_comes_while_the_client_keeps_its_side_open()
    {
        await SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await ReceiveAsync(), StringComparison.Ordinal);
        await SendAsync("GET /json HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.EndsWith("""{"X":1,"Y":1}""", await ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_waits_for_100_Continue_gets_it_before_it_sends_its_body()
    {
        await SendAsync("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await ReceiveAsync());
        await SendAsync("abc");
        Assert.EndsWith("\r\n\r\nabc", await ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_without_a_byte_is_closed_without_a_word()
    {
        await WaitAsync(9);
        await SendAsync("");
        await WaitAsync(2);
        Assert.Equal("", await ReceiveAsync());
    }

    [Fact]
    public async Task A_drip_does_not_move_the_deadline_of_a_head()
    {
        await SendAsync("GET / ");
        await WaitAsync(6);
        await SendAsync("HTTP/1.1\r\nHost:");
        await WaitAsync(6);
        Assert.StartsWith("HTTP/1.1 408 ", await ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal("", await ReceiveAsync());
    }

    [Fact]
    public async Task A_drip_of_a_second_head_has_the_deadline_of_a_head_too()
    {
        await SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        await ReceiveAsync();
        await SendAsync("GET / ");
        await WaitAsync(11);
        Assert.StartsWith("HTTP/1.1 408 ", await ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_began_behind_another_request_has_the_deadline_of_a_head_too()
    {
        await SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / ");
        Assert.StartsWith("HTTP/1.1 200 ", await ReceiveAsync(), StringComparison.Ordinal);
        await WaitAsync(11);
        Assert.StartsWith("HTTP/1.1 408 ", await ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_send_that_waits_for_the_client_has_a_deadline()
    {
        var connection = new StuckConnection(Engine.Bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
        var context = new ConnectionContext(connection, 2, CancellationToken.None);
        Handler handler = new Router(new TestTable()).HandleAsync;
        Task serving = new HttpConnectionHandler(handler, new ServerLimits(), _time, NullLogger.Instance, false)
            .RunAsync(context);
        Assert.Equal(DeadlineKind.Send, context.DeadlineKind);
        Assert.Equal(_time.GetTimestamp() + TimeSpan.FromSeconds(1).Ticks, context.Deadline);
        connection.Abort();
        await Assert.ThrowsAsync<IOException>(
            () => serving.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_body_that_stops_is_answered_with_408()
    {
        await SendAsync("POST /len HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
        await WaitAsync(6);
        string answer = await ReceiveAsync();
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unread_body_that_drips_is_waited_for_one_second_in_all()
    {
        await SendAsync("POST /ignore HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\na");
        Assert.StartsWith("HTTP/1.1 200 ", await ReceiveAsync(), StringComparison.Ordinal);
        await WaitAsync(1);
        await SendAsync("a");
        await WaitAsync(1);
        Assert.Equal("", await ReceiveAsync());
    }

    [Fact]
    public async Task An_idle_connection_stays_for_its_time_and_is_closed_without_a_word()
    {
        await SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        await ReceiveAsync();
        await WaitAsync(70);
        await SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await ReceiveAsync(), StringComparison.Ordinal);
        await _client.WaitUntilPeerIsStarvedAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);
        await WaitAsync(76);
        Assert.Equal("", await ReceiveAsync());
    }

    [Fact]
    public async Task During_a_stop_the_next_answer_is_the_last_and_says_so()
    {
        await SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.DoesNotContain("Connection: close", await ReceiveAsync(), StringComparison.Ordinal);
        Task<int> stop = _server.StopAsync(TimeSpan.FromSeconds(30));
        await _time.UntilTimerAsync(TimeSpan.FromSeconds(2));
        await SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Contains("Connection: close\r\n", await ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal("", await ReceiveAsync());
        await _client.DisposeAsync();
        Assert.Equal(0, await stop.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    /// <summary>Sends, and waits until the server has taken all of it and asks for more, or answers.</summary>
    private async Task SendAsync(string text)
    {
        await _client.SendAsync(Engine.Bytes(text));
        await _client.WaitUntilPeerIsStarvedAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private async Task<string> ReceiveAsync()
    {
        int count = await _client.ReceiveAsync(_buffer).AsTask().WaitAsync(
            Patience, TestContext.Current.CancellationToken);
        return Encoding.Latin1.GetString(_buffer, 0, count);
    }

    /// <summary>Lets time pass once the server waits.</summary>
    private async Task WaitAsync(int seconds)
    {
        await _client.WaitUntilPeerIsStarvedAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);
        for (int second = 0; second < seconds; second++)
            _time.Advance(TimeSpan.FromSeconds(1));
    }
}

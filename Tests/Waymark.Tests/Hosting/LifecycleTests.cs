using System.Net.Sockets;
using Waymark.Connections;
using Waymark.Hosting;
using Waymark.Tests.Support;

namespace Waymark.Tests.Hosting;

/// <summary>Start, drain and stop with the real engine over real sockets; only time is the test's own.</summary>
public sealed class LifecycleTests
{
    private const string AnyPort = "http://127.0.0.1:0";
    private static readonly TimeSpan IdleGrace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ListLogger _logger = new();
    private readonly ManualTimeProvider _time = new();
    private readonly ManualSignals _signals = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task H22_A_request_in_flight_is_answered_and_the_run_ends_with_0()
    {
        HttpServer server = New();
        Task<int> run = server.RunAsync(AnyPort);
        await server.Ready;
        using HttpPeer peer = await HttpPeer.ConnectAsync(server);
        await peer.SendAsync("/5");
        await _entered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        _signals.Send("SIGTERM");
        await _time.UntilTimerAsync(IdleGrace);
        _time.Advance(IdleGrace);
        await _time.UntilTimerAsync(TimeSpan.FromSeconds(28));
        Assert.False(run.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(3));
        string answer = await peer.ReceiveAsync();
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n5", answer, StringComparison.Ordinal);
        peer.Dispose();
        Assert.Equal(0, await run.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Contains("Stopping: SIGTERM; 1 connection(s) open, drain time 00:00:30", Messages(1101));
        Assert.Contains(
            "Stopped after 00:00:05: 1 request(s) on 1 connection(s) in all, 0 aborted", Messages(1102));
    }

    [Fact]
    public async Task H23_A_request_beyond_the_drain_time_is_cancelled_then_reset_and_the_run_ends_with_1()
    {
        HttpServer server = New(new ServerOptions { DrainTimeout = TimeSpan.FromSeconds(5) });
        Task<int> run = server.RunAsync(AnyPort);
        await server.Ready;
        using HttpPeer peer = await HttpPeer.ConnectAsync(server);
        await peer.SendAsync("/60");
        await _entered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        _signals.Send("SIGTERM");
        await _time.UntilTimerAsync(IdleGrace);
        _time.Advance(IdleGrace - TimeSpan.FromTicks(1));
        Assert.Equal(ServerState.IdleGrace, server.State);
        _time.Advance(TimeSpan.FromTicks(1));
        await _logger.UntilAsync(1032);
        Assert.Equal(ServerState.Draining, server.State);
        await _time.UntilTimerAsync(TimeSpan.FromSeconds(5) - IdleGrace);
        Assert.False(_cancelled.Task.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(5) - IdleGrace);
        await _cancelled.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(ServerState.Aborting, server.State);
        await _time.UntilTimerAsync(Server.AbortGrace);
        _time.Advance(Server.AbortGrace);
        Assert.Equal(1, await run.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(SocketError.ConnectionReset, await peer.Peer.ReceiveErrorAsync());
        Assert.Equal(ServerState.Stopped, server.State);
        Assert.StartsWith("Aborted 1 connection(s)", Messages(1030).Single(), StringComparison.Ordinal);
        Assert.Equal(
            [1103, 1101, 1024, 1032, 1033, 1030, 1102],
            _logger.Events.Select(e => e.Id).Where(id => id is 1024 or (>= 1030 and < 1200) and not 1100));
    }

    [Fact]
    public async Task H24_While_it_drains_readiness_is_503_on_old_connections_and_new_ones_are_refused()
    {
        HttpServer server = New();
        await server.StartAsync(AnyPort);
        using HttpPeer slow = await HttpPeer.ConnectAsync(server);
        using HttpPeer prober = await HttpPeer.ConnectAsync(server);
        Assert.StartsWith("HTTP/1.1 200 ", await prober.AskAsync("/health/ready"), StringComparison.Ordinal);
        await slow.SendAsync("/5");
        await _entered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Task stop = server.StopAsync();
        Assert.False(server.IsReady);
        await _time.UntilTimerAsync(IdleGrace);
        var e = await Assert.ThrowsAsync<SocketException>(() => Peer.ConnectAsync(server.Endpoints[0]));
        Assert.Equal(SocketError.ConnectionRefused, e.SocketErrorCode);
        string answer = await prober.AskAsync("/health/ready");
        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Equal("", await prober.ReceiveAsync());
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.EndsWith("5", await slow.ReceiveAsync(), StringComparison.Ordinal);
        slow.Dispose();
        prober.Dispose();
        await stop;
    }

    [Fact]
    public async Task A19_Idle_connections_end_after_the_grace_and_what_is_in_flight_gets_its_answer()
    {
        HttpServer server = New();
        Task<int> run = server.RunAsync(AnyPort);
        await server.Ready;
        using HttpPeer slow = await HttpPeer.ConnectAsync(server);
        await slow.SendAsync("/3");
        var idle = new List<HttpPeer>();
        for (int i = 0; i < 5; i++)
        {
            idle.Add(await HttpPeer.ConnectAsync(server));
            Assert.StartsWith("HTTP/1.1 200 ", await idle[i].AskAsync(), StringComparison.Ordinal);
        }

        await _entered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        _signals.Send("SIGTERM");
        await _time.UntilTimerAsync(IdleGrace);

        // One asks within the grace: it is answered, and told that it was the last time.
        Assert.Contains("\r\nConnection: close\r\n", await idle[0].AskAsync(), StringComparison.Ordinal);
        Assert.All(idle.Skip(1), peer => Assert.False(peer.Peer.Socket.Poll(0, SelectMode.SelectRead)));
        _time.Advance(IdleGrace);
        foreach (HttpPeer peer in idle)
        {
            Assert.Equal("", await peer.ReceiveAsync());
            peer.Dispose();
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("\r\nConnection: close\r\n", await slow.ReceiveAsync(), StringComparison.Ordinal);
        slow.Dispose();
        Assert.Equal(0, await run.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_tells_each_step_of_its_life_and_takes_none_back()
    {
        HttpServer server = New();
        Assert.Equal(ServerState.Created, server.State);
        await server.BindAsync(AnyPort);
        Assert.Equal(ServerState.Bound, server.State);
        Assert.False(server.IsReady || server.Ready.IsCompleted);
        await server.StartAsync();
        await server.Ready;
        Assert.Equal(ServerState.Running, server.State);
        Assert.True(server.IsReady);
        var announced = new TaskCompletionSource<bool>();
        server.Stopping.Register(() => announced.SetResult(server.IsReady));
        await server.StopListeningAsync();
        Assert.Equal(ServerState.NotListening, server.State);
        await server.StopAsync();
        Assert.False(await announced.Task);
        await server.StopListeningAsync();
        Assert.Equal(ServerState.Stopped, server.State);
    }

    [Fact]
    public async Task A_server_that_stops_before_it_runs_is_never_ready()
    {
        HttpServer server = New();
        await Assert.ThrowsAsync<InvalidOperationException>(server.StopListeningAsync);
        await server.BindAsync(AnyPort);
        await server.StopAsync();
        Assert.Equal(ServerState.Stopped, server.State);
        await Assert.ThrowsAsync<TaskCanceledException>(() => server.Ready);
    }

    [Fact]
    public async Task Who_is_connected_is_served_on_after_listening_has_stopped()
    {
        HttpServer server = New();
        await server.StartAsync(AnyPort);
        using HttpPeer peer = await HttpPeer.ConnectAsync(server);
        await peer.AskAsync();
        Assert.StartsWith("HTTP/1.1 200 ", await peer.AskAsync("/stop-listening"), StringComparison.Ordinal);
        Assert.False(server.IsReady);
        await Assert.ThrowsAsync<SocketException>(() => Peer.ConnectAsync(server.Endpoints[0]));
        string answer = await peer.AskAsync();
        Assert.DoesNotContain("Connection: close", answer, StringComparison.Ordinal);
        await using HttpServer next = await New().StartAsync(server.Endpoints[0]);
        using HttpPeer other = await HttpPeer.ConnectAsync(next);
        Assert.StartsWith("HTTP/1.1 200 ", await other.AskAsync(), StringComparison.Ordinal);
        peer.Dispose();
        other.Dispose();
        await server.StopAsync();
        Assert.Equal(1, _logger.CountOf(1107));
    }

    [Fact]
    public async Task A_handler_that_stops_its_server_still_answers()
    {
        HttpServer server = New();
        await server.StartAsync(AnyPort);
        using HttpPeer peer = await HttpPeer.ConnectAsync(server);
        string answer = await peer.AskAsync("/stop");
        Assert.EndsWith("\r\n\r\nstopping", answer, StringComparison.Ordinal);
        peer.Dispose();
        await server.StopAsync();
    }

    private IEnumerable<string> Messages(int id) => _logger.Events.Where(e => e.Id == id).Select(e => e.Message);

    private HttpServer New(ServerOptions? options = null)
    {
        HttpServer? server = null;
        server = new HttpServer(
            new FixedTable(),
            (options ?? new ServerOptions()) with { Logger = _logger, TimeProvider = _time },
            new HostEnvironment
            {
                GetVariable = _ => null,
                GetArguments = () => [],
                Signals = _signals,
                WriteOutput = _ => { },
            });
        return server.Use(_ => exchange => AnswerAsync(server, exchange));
    }

    /// <summary>Answers /N after N seconds; more than 10 of them do not heed their cancellation.</summary>
    private async ValueTask AnswerAsync(HttpServer server, Exchange exchange)
    {
        string path = exchange.Request.Path[1..];
        if (path == "health/ready")
        {
            exchange.Response.StatusCode = server.IsReady ? 200 : 503;
        }
        else if (path == "stop-listening")
        {
            await server.StopListeningAsync();
        }
        else if (path == "stop")
        {
            await server.StopAsync();
            exchange.Response.Write("stopping");
        }
        else if (int.TryParse(path, out int seconds))
        {
            using var registration = exchange.RequestAborted.Register(() => _cancelled.TrySetResult());
            Task delay = Task.Delay(TimeSpan.FromSeconds(seconds), _time, CancellationToken.None);
            _entered.TrySetResult();
            await delay;
            exchange.Response.Write(path);
        }
    }
}

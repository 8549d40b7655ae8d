using System.Net;
using System.Net.Sockets;
using Waymark.Hosting;
using Waymark.Tests.Support;

namespace Waymark.Tests.Background;

/// <summary>Tickers that a server runs: before it listens, beside its requests, and until it stops.</summary>
public sealed class ServerTickerTests
{
    private const string AnyPort = "http://127.0.0.1:0";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ListLogger _logger = new();
    private readonly ManualTimeProvider _time = new();
    private readonly ManualSignals _signals = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A11_With_initial_the_first_tick_comes_before_the_server_listens()
    {
        HttpServer server = New();
        int endpointCount = -1;
        server.AddTicker(new Ticker(TimeSpan.FromSeconds(5)), (_, _) =>
        {
            endpointCount = server.Endpoints.Count;
            return ValueTask.CompletedTask;
        });
        await server.StartAsync(AnyPort);
        Assert.Equal(0, endpointCount);
        Assert.Single(server.Endpoints);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A11_Without_initial_the_first_tick_comes_a_period_after_the_start()
    {
        HttpServer server = New();
        var handler = new Recorder();
        server.AddTicker(new Ticker(TimeSpan.FromSeconds(5), initial: false), handler);
        await server.StartAsync(AnyPort);
        _time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.Equal(["start"], handler.Calls);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["start", "0"], handler.Calls);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A13_A_tick_that_always_throws_is_logged_each_time_and_HTTP_goes_on()
    {
        HttpServer server = New();
        server.AddTicker(
            new Ticker(Second), (number, _) => throw new InvalidDataException($"planted {number}"),
            new TickerOptions { Name = "breaker" });
        await server.StartAsync(AnyPort);
        for (int i = 0; i < 4; i++)
            _time.Advance(Second);
        using (HttpPeer peer = await HttpPeer.ConnectAsync(server))
            Assert.StartsWith("HTTP/1.1 404", await peer.AskAsync(), StringComparison.Ordinal);
        Assert.Equal(
            Enumerable.Range(0, 5).Select(
                n => ($"Tick {n} of breaker failed; the next one comes in its time", $"planted {n}")),
            _logger.Events.Where(e => e.Id == 1600).Select(e => (e.Message, e.Cause!.Message)));
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A14_A_start_that_throws_keeps_the_server_from_listening_and_stops_the_tickers_before()
    {
        int port = FreePort();
        HttpServer server = New();
        var first = new Recorder();
        var failing = new Recorder { OnStart = _ => throw new InvalidDataException("no such file") };
        var last = new Recorder();
        server.AddTicker(new Ticker(Second), first).AddTicker(new Ticker(Second), failing)
            .AddTicker(new Ticker(Second), last);
        var thrown = await Assert.ThrowsAsync<ServerStartupException>(
            () => server.StartAsync($"http://127.0.0.1:{port}"));
        Assert.Equal("Ticker startup failed: Recorder: no such file", thrown.Message);
        Assert.IsType<InvalidDataException>(thrown.InnerException);
        Assert.Empty(thrown.Endpoint);
        Assert.Equal(["start", "0", "stop"], first.Calls);
        Assert.Equal(["start"], failing.Calls);
        Assert.Empty(last.Calls);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        SocketException refused = await Assert.ThrowsAsync<SocketException>(
            () => socket.ConnectAsync(IPAddress.Loopback, port, Stop).AsTask());
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A14_A_ticker_that_does_not_end_holds_up_a_start_that_failed_for_the_drain_time_only()
    {
        var hanging = new Recorder { OnTick = (_, _) => new ValueTask(new TaskCompletionSource().Task) };
        var failing = new Recorder { OnStart = _ => throw new InvalidDataException("no such file") };
        HttpServer server = New();
        server.AddTicker(new Ticker(Second), hanging).AddTicker(new Ticker(Second), failing);
        Task starting = server.StartAsync(AnyPort);
        TimeSpan drain = new ServerOptions().DrainTimeout;
        await _time.UntilTimerAsync(drain);
        _time.Advance(drain - Second);
        Assert.False(starting.IsCompleted);
        _time.Advance(Second);
        var thrown = await Assert.ThrowsAsync<ServerStartupException>(() => starting.WaitAsync(Patience, Stop));
        Assert.Equal("Ticker startup failed: Recorder: no such file", thrown.Message);

        // Told once: the server has nothing to wait for a second time.
        Assert.StartsWith(
            "Recorder is left behind", Assert.Single(_logger.Events, e => e.Id == 1603).Message,
            StringComparison.Ordinal);
        await server.DisposeAsync().AsTask().WaitAsync(Patience, Stop);
        Assert.Single(_logger.Events, e => e.Id == 1603);
    }

    [Fact]
    public async Task An_address_that_cannot_be_listened_on_stops_the_tickers_and_the_start_may_be_tried_again()
    {
        HttpServer server = New();
        var handler = new Recorder();
        server.AddTicker(new Ticker(Second), handler);
        await Assert.ThrowsAsync<OptionsException>(() => server.StartAsync("nonsense"));
        Assert.Equal(["start", "0", "stop"], handler.Calls);
        await server.StartAsync(AnyPort);
        await server.DisposeAsync();
        Assert.Equal(["start", "0", "stop", "start", "0", "stop"], handler.Calls);
    }

    [Fact]
    public async Task A16_SIGTERM_during_a_tick_closes_the_listener_cancels_the_tick_and_waits_for_it()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource();
        var handler = new Recorder
        {
            OnTick = async (_, stop) =>
            {
                await using CancellationTokenRegistration registration = stop.Register(cancelled.SetResult);
                await release.Task;
            },
        };
        HttpServer server = New();
        server.AddTicker(new Ticker(Second), handler);
        Task<int> run = server.RunAsync(AnyPort);
        await server.Ready.WaitAsync(Patience, Stop);
        _signals.Send("SIGTERM");
        await _logger.UntilAsync(1024); // No longer listening.
        await cancelled.Task.WaitAsync(Patience, Stop);
        await _logger.UntilAsync(1102); // HTTP has nothing left to do; only the tick is waited for.
        _time.Advance(Second);
        Assert.False(run.IsCompleted);
        Assert.Equal(["start", "0"], handler.Calls);
        release.SetResult();
        Assert.Equal(0, await run.WaitAsync(Patience, Stop));
        Assert.Equal(["start", "0", "stop"], handler.Calls);
    }

    [Fact]
    public async Task A_tick_that_does_not_end_is_left_behind_after_the_drain_time_and_the_run_ends_with_1()
    {
        var handler = new Recorder { OnTick = (_, _) => new ValueTask(new TaskCompletionSource().Task) };
        HttpServer server = New(TimeSpan.FromSeconds(5));
        server.AddTicker(new Ticker(Second), handler, new TickerOptions { Name = "stuck" });
        Task<int> run = server.RunAsync(AnyPort);
        await server.Ready.WaitAsync(Patience, Stop);
        _signals.Send("SIGTERM");
        await _time.UntilTimerAsync(TimeSpan.FromSeconds(5));
        await _logger.UntilAsync(1102);
        Assert.False(run.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, await run.WaitAsync(Patience, Stop));
        Assert.Equal(["start", "0"], handler.Calls);
        Assert.Equal(
            "stuck is left behind: its last tick did not end within the drain time of 00:00:05",
            Assert.Single(_logger.Events, e => e.Id == 1603).Message);
    }

    [Fact]
    public async Task A_later_stop_with_less_time_shortens_the_wait_for_a_tick()
    {
        HttpServer server = New();
        server.AddTicker(new Ticker(Second), (_, _) => new ValueTask(new TaskCompletionSource().Task));
        await server.StartAsync(AnyPort);
        Task first = server.StopAsync();
        await _logger.UntilAsync(1102);
        await server.StopAsync(TimeSpan.Zero).WaitAsync(Patience, Stop);
        await first.WaitAsync(Patience, Stop);
        Assert.Equal(1, _logger.CountOf(1603));
    }

    [Fact]
    public async Task A_tick_may_stop_its_server()
    {
        HttpServer server = New();
        server.AddTicker(new Ticker(Second, initial: false), async (_, _) => await server.StopAsync());
        Task<int> run = server.RunAsync(AnyPort);
        await server.Ready.WaitAsync(Patience, Stop);
        await _time.UntilTimerAsync(Second);
        _time.Advance(Second);
        Assert.Equal(0, await run.WaitAsync(Patience, Stop));
    }

    [Theory]
    [InlineData("SIGTERM")]
    [InlineData("StopAsync")]
    public async Task A_stop_while_a_ticker_starts_ends_the_run_and_nothing_listens(string how)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new Recorder
        {
            OnStart = async stop =>
            {
                entered.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            },
        };
        HttpServer server = New();
        server.AddTicker(new Ticker(Second), handler);
        Task<int> run = server.RunAsync(AnyPort);
        await entered.Task.WaitAsync(Patience, Stop);
        if (how == "SIGTERM")
            _signals.Send(how);
        else
            await server.StopAsync().WaitAsync(Patience, Stop);
        Assert.Equal(0, await run.WaitAsync(Patience, Stop));
        Assert.Equal(["start"], handler.Calls);
        Assert.Equal(0, _logger.CountOf(1100));
        Assert.Equal(ServerState.Stopped, server.State);
    }

    [Fact]
    public async Task What_a_ticker_does_for_its_end_may_fail_and_the_server_stops_all_the_same()
    {
        HttpServer server = New();
        var handler = new Recorder { OnStop = () => throw new InvalidDataException("planted") };
        server.AddTicker(new Ticker(Second), handler);
        await server.StartAsync(AnyPort);
        await server.StopAsync();
        Assert.Equal("planted", Assert.Single(_logger.Events, e => e.Id == 1602).Cause?.Message);
    }

    [Fact]
    public async Task Tickers_are_added_before_the_start_and_a_ticker_serves_one_purpose()
    {
        HttpServer server = New();
        var ticker = new Ticker(Second);
        server.AddTicker(ticker, static (_, _) => ValueTask.CompletedTask);
        await server.StartAsync(AnyPort);
        Assert.Throws<InvalidOperationException>(() => ticker.TryTick());
        Assert.Throws<InvalidOperationException>(
            () => server.AddTicker(new Ticker(Second), static (_, _) => ValueTask.CompletedTask));
        Assert.True(ticker.Status.IsRunning);
        await server.DisposeAsync();
        Assert.False(ticker.Status.IsRunning);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private HttpServer New(TimeSpan? drain = null) => new(
        new FixedTable(),
        new ServerOptions
        {
            Logger = _logger,
            TimeProvider = _time,
            ShowBanner = false,
            DrainTimeout = drain ?? TimeSpan.FromSeconds(30),
        },
        new HostEnvironment { Signals = _signals, GetArguments = () => [] });
}

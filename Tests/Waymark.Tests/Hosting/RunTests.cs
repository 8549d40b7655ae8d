using System.Runtime.InteropServices;
using Waymark.Connections;
using Waymark.Hosting;
using Waymark.Tests.Support;

namespace Waymark.Tests.Hosting;

public sealed class RunTests
{
    private const string AnyPort = "http://127.0.0.1:0";
    private const int SigTerm = 15;

    private readonly ListLogger _logger = new();
    private readonly ManualTimeProvider _time = new();
    private readonly ManualSignals _signals = new();
    private readonly TaskCompletionSource<string> _banner = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_signal_ends_the_run_with_0_and_the_banner_was_printed()
    {
        HttpServer server = New(LambdaHandler.Echo);
        Task<int> run = server.RunAsync(AnyPort);
        string banner = await BannerAsync();
        RouteInfo[] routes = [new("GET", "/", "Home.Index")];
        Assert.Equal(Banner.Format(server.Endpoints, routes, TextStyle.Plain), banner);
        Assert.True(_signals.IsRegistered);
        _signals.Send("SIGTERM");
        Assert.Equal(0, await run);
        Assert.False(_signals.IsRegistered);
        Assert.Equal(
            [
                "Received SIGTERM",
                "Stopping: SIGTERM; 0 connection(s) open, drain time 00:00:30",
                $"No longer listening on {server.Endpoints[0]}",
                "Stopped after 00:00:00: 0 request(s) on 0 connection(s) in all, 0 aborted",
            ],
            _logger.Events.Select(e => e.Message).Skip(2));
    }

    [Fact]
    public async Task A_request_in_flight_is_waited_for()
    {
        var finish = new TaskCompletionSource();
        var handler = new LambdaHandler(async context =>
        {
            await finish.Task;
            await context.Connection.SendAsync("done"u8.ToArray());
        });
        HttpServer server = New(handler);
        Task<int> run = server.RunAsync(AnyPort);
        await BannerAsync();
        using Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
        await handler.StartedAsync();
        _signals.Send("SIGINT");
        await _time.UntilTimerAsync(TimeSpan.FromSeconds(2));
        Assert.False(run.IsCompleted);
        finish.SetResult();
        Assert.Equal("done", await peer.ReceiveToEndAsync());
        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task What_does_not_end_within_the_drain_time_makes_the_exit_code_1()
    {
        var handler = new LambdaHandler(_ => new TaskCompletionSource().Task);
        HttpServer server = New(handler, new ServerOptions { DrainTimeout = TimeSpan.Zero });
        Task<int> run = server.RunAsync(AnyPort);
        await BannerAsync();
        using Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
        await handler.StartedAsync();
        _signals.Send("SIGTERM");
        await _time.UntilTimerAsync(Server.AbortGrace);
        _time.Advance(Server.AbortGrace);
        Assert.Equal(1, await run);
    }

    [Fact]
    public async Task A18_A_second_signal_ends_the_run_at_once_with_130()
    {
        var handler = new LambdaHandler(_ => new TaskCompletionSource().Task);
        HttpServer server = New(handler);
        Task<int> run = server.RunAsync(AnyPort);
        await BannerAsync();
        using Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
        await handler.StartedAsync();
        _signals.Send("SIGINT");
        await _logger.UntilAsync(1101);
        Assert.False(run.IsCompleted);
        _signals.Send("SIGINT");
        Assert.Equal(130, await run);
        Assert.Equal(1, _logger.CountOf(1104));
    }

    [Fact]
    public async Task A_stop_by_the_program_ends_the_run()
    {
        HttpServer server = New(LambdaHandler.Echo);
        Task<int> run = server.RunAsync(AnyPort);
        await BannerAsync();
        await server.StopAsync();
        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task A_run_that_cannot_bind_gives_the_signals_back_and_prints_nothing()
    {
        await Assert.ThrowsAsync<OptionsException>(() => New(LambdaHandler.Echo).RunAsync("nonsense"));
        Assert.False(_signals.IsRegistered);
        Assert.False(_banner.Task.IsCompleted);
    }

    [Fact]
    public async Task Without_a_banner_nothing_is_printed()
    {
        HttpServer server = New(LambdaHandler.Echo, new ServerOptions { ShowBanner = false });
        Task<int> run = server.RunAsync(AnyPort);
        await _logger.UntilAsync(1100);
        _signals.Send("SIGTERM");
        Assert.Equal(0, await run);
        Assert.False(_banner.Task.IsCompleted);
    }

    [Fact]
    public async Task A23_A_real_SIGTERM_stops_the_server_and_other_handlers_are_called_before_and_after()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        int count = 0;
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();

        // Cancels too, so that the signal that comes after the server's end does not end the test run.
        using var other = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            (Interlocked.Increment(ref count) == 1 ? first : second).TrySetResult();
        });
        HttpServer server = New(LambdaHandler.Echo, null, new PosixSignals());
        Task<int> run = server.RunAsync(AnyPort);
        await BannerAsync();
        Assert.Equal(0, Kill(Environment.ProcessId, SigTerm));
        Assert.Equal(0, await run.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        await first.Task;
        Assert.Equal(0, Kill(Environment.ProcessId, SigTerm));
        await second.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(1, _logger.CountOf(1103));
    }

    [Fact]
    public async Task A_released_registration_hears_no_more_signals()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        var heard = new SemaphoreSlim(0);
        using var other = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            heard.Release();
        });
        int count = 0;
        IDisposable registration = new PosixSignals().Register(_ => Interlocked.Increment(ref count));
        await SendAsync();
        int countBefore = Volatile.Read(ref count);
        registration.Dispose();
        await SendAsync();

        // Handlers are called last registered first, and the other one is the earlier: it is heard after ours.
        Assert.Equal((1, 1), (countBefore, Volatile.Read(ref count)));

        async Task SendAsync()
        {
            Assert.Equal(0, Kill(Environment.ProcessId, SigTerm));
            Assert.True(await heard.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int processId, int signal);

    private Task<string> BannerAsync() =>
        _banner.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    private HttpServer New(LambdaHandler protocol, ServerOptions? options = null, SignalSource? signals = null) => new(
        new FixedTable(new RouteInfo("GET", "/", "Home.Index")),
        (options ?? new ServerOptions()) with { Logger = _logger, TimeProvider = _time },
        new HostEnvironment
        {
            CreateProtocol = (_, _, _, _) => protocol,
            GetVariable = _ => null,
            Signals = signals ?? _signals,
            GetArguments = () => [],
            IsOutputTerminal = () => false,
            WriteOutput = text => _banner.TrySetResult(text),
        });
}

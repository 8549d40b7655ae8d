using Waymark.Tests.Support;

namespace Waymark.Tests.Background;

/// <summary>How a ticker is run and ended, and what it refuses.</summary>
public sealed class TickerUseTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A22_RunAsync_and_TryTick_do_not_mix()
    {
        using var stop = new CancellationTokenSource();
        var ticker = new Ticker(Second, time: _time);
        Task run = ticker.RunAsync(static (_, _) => ValueTask.CompletedTask, stop.Token);
        var mixed = Assert.Throws<InvalidOperationException>(() => ticker.TryTick());
        Assert.StartsWith(
            "This ticker is used by RunAsync, so TryTick needs a ticker of its own", mixed.Message,
            StringComparison.Ordinal);
        await stop.CancelAsync();
        await run;
        Assert.Throws<InvalidOperationException>(() => ticker.TryTick()); // Also when the run is over.
    }

    [Fact]
    public async Task A22_No_two_ways_mix()
    {
        var polled = new Ticker(Second, time: _time);
        Assert.True(polled.TryTick());
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => polled.RunAsync(static (_, _) => ValueTask.CompletedTask, CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(() => FirstOfAsync(polled));

        var looped = new Ticker(Second, time: _time);
        await FirstOfAsync(looped);
        Assert.Throws<InvalidOperationException>(() => looped.TryTick());
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => looped.RunAsync(static (_, _) => ValueTask.CompletedTask, CancellationToken.None));
    }

    [Fact]
    public async Task A22_A_second_run_is_refused_while_the_first_goes_on_and_begins_anew_behind_it()
    {
        using var stop = new CancellationTokenSource();
        var ticker = new Ticker(Second, time: _time);
        var handler = new Recorder();
        Task run = ticker.RunAsync(handler, stop.Token);
        var second = await Assert.ThrowsAsync<InvalidOperationException>(() => ticker.RunAsync(handler, stop.Token));
        Assert.Equal("This ticker runs already: a second run needs a ticker of its own.", second.Message);
        await stop.CancelAsync();
        await run;

        using var stopAgain = new CancellationTokenSource();
        Task runAgain = ticker.RunAsync(handler, stopAgain.Token);
        await stopAgain.CancelAsync();
        await runAgain;
        Assert.Equal(["start", "0", "stop", "start", "0", "stop"], handler.Calls);
    }

    [Fact]
    public async Task A_loop_may_be_left_and_begun_again()
    {
        var ticker = new Ticker(Second, time: _time);
        Assert.Equal(0, await FirstOfAsync(ticker));
        Assert.Equal(0, await FirstOfAsync(ticker));
        Assert.False(ticker.Status.IsRunning);
    }

    [Fact]
    public async Task A_cancelled_run_ends_without_an_error_and_stops_behind_its_last_tick()
    {
        using var stop = new CancellationTokenSource();
        var release = new TaskCompletionSource();
        var handler = new Recorder { OnTick = (_, _) => new ValueTask(release.Task) };
        var ticker = new Ticker(Second, time: _time);
        Task run = ticker.RunAsync(handler, stop.Token);
        await stop.CancelAsync();
        Assert.Equal(new TickerStatus(true, true, TickMode.Fixed, Second, 1, 0, 0), ticker.Status);
        Assert.Equal(["start", "0"], handler.Calls);
        release.SetResult();
        await run;
        Assert.Equal(["start", "0", "stop"], handler.Calls);
        Assert.False(ticker.Status.IsRunning);
    }

    [Fact]
    public async Task A_tick_that_heeds_its_token_is_no_failure()
    {
        using var stop = new CancellationTokenSource();
        var handler = new Recorder
        {
            OnTick = (_, token) => new ValueTask(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token)),
        };
        var ticker = new Ticker(Second, time: _time);
        Task run = ticker.RunAsync(handler, stop.Token);
        await stop.CancelAsync();
        await run;
        Assert.Equal(0, ticker.Status.FailedCount);
    }

    [Fact]
    public async Task Without_a_logger_a_tick_that_fails_ends_the_run_and_the_end_is_called()
    {
        var handler = new Recorder { OnTick = (_, _) => throw new InvalidDataException("planted") };
        var ticker = new Ticker(Second, time: _time);
        await Assert.ThrowsAsync<InvalidDataException>(() => ticker.RunAsync(handler, CancellationToken.None));
        Assert.Equal(["start", "0", "stop"], handler.Calls);
        Assert.Equal(1, ticker.Status.FailedCount);
    }

    [Fact]
    public async Task With_a_logger_a_tick_that_fails_is_survived()
    {
        using var stop = new CancellationTokenSource();
        var logger = new ListLogger();
        var handler = new Recorder { OnTick = (_, _) => throw new InvalidDataException("planted") };
        var ticker = new Ticker(Second, time: _time) { Logger = logger };
        Task run = ticker.RunAsync(handler, stop.Token);
        _time.Advance(Second);
        _time.Advance(Second);
        await stop.CancelAsync();
        await run;
        Assert.Equal(3, logger.CountOf(1600));
        Assert.All(logger.Events, e => Assert.IsType<InvalidDataException>(e.Cause));
        Assert.Equal(3, ticker.Status.FailedCount);
    }

    [Fact]
    public async Task A_start_that_fails_is_followed_by_nothing()
    {
        var handler = new Recorder { OnStart = _ => throw new InvalidDataException("planted") };
        var ticker = new Ticker(Second, time: _time);
        await Assert.ThrowsAsync<InvalidDataException>(() => ticker.RunAsync(handler, CancellationToken.None));
        Assert.Equal(["start"], handler.Calls);
        Assert.False(ticker.Status.IsRunning);
    }

    [Fact]
    public void What_is_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("period", () => new Ticker(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>("period", () => new Ticker(TimeSpan.FromDays(366.1)));
        Assert.Throws<ArgumentOutOfRangeException>("mode", () => new Ticker(Second, (TickMode)3));
        Assert.Equal(TimeSpan.FromDays(366), new Ticker(TimeSpan.FromDays(366)).Period);
    }

    [Fact]
    public async Task A_period_longer_than_timers_can_wait_is_waited_for()
    {
        using var stop = new CancellationTokenSource();
        var handler = new Recorder();
        var ticker = new Ticker(TimeSpan.FromDays(100), initial: false, time: _time);
        Task run = ticker.RunAsync(handler, stop.Token);
        for (int day = 0; day < 100; day++)
        {
            Assert.Equal(["start"], handler.Calls);
            _time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(["start", "0"], handler.Calls);
        await stop.CancelAsync();
        await run;
    }

    private static async Task<long> FirstOfAsync(Ticker ticker)
    {
        await foreach (long number in ticker)
            return number;
        return -1;
    }
}

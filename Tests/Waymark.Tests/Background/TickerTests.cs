using System.Globalization;
using Waymark.Tests.Support;

namespace Waymark.Tests.Background;

public sealed class TickerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();
    private readonly ListLogger _logger = new();

    // Work is how long each tick takes; a single number is the same for all, "x at n" only for tick n.
    public static TheoryData<TickMode, string, string> A20 => new()
    {
        { TickMode.Fixed, "0.2", "0 1 2 3" },
        { TickMode.CatchUp, "0.2", "0 1 2 3" },
        { TickMode.Spaced, "0.2", "0 1.2 2.4 3.6" },
        { TickMode.Fixed, "2.5 at 1", "0 1 3.5 4 5" },
        { TickMode.CatchUp, "2.5 at 1", "0 1 3.5 3.5 4 5" },
        { TickMode.Spaced, "2.5 at 1", "0 1 4.5 5.5" },

        // A tick that ends right on the grid is no late one, and several periods are missed as one is.
        { TickMode.Fixed, "1", "0 1 2 3" },
        { TickMode.CatchUp, "1", "0 1 2 3" },
        { TickMode.Spaced, "1", "0 2 4 6" },
        { TickMode.Fixed, "7.5 at 0", "0 7.5 8 9" },
        { TickMode.CatchUp, "4 at 0", "0 4 4 4 4 5" },
    };

    [Theory]
    [MemberData(nameof(A20))]
    public async Task A20_RunAsync_ticks_by_the_table(TickMode mode, string work, string expected)
    {
        string[] times = expected.Split(' ');
        using var stop = new CancellationTokenSource();
        var ticker = new Ticker(Second, mode, time: _time);
        List<string> seen = [];
        Task run = ticker.RunAsync((number, _) => Tick(number, work, seen, times.Length, stop), stop.Token);
        await DriveAsync(run);
        Assert.Equal(times, seen);
        Assert.Equal(times.Length, ticker.Status.TickCount);
    }

    [Theory]
    [MemberData(nameof(A20))]
    public async Task A20_A_loop_ticks_by_the_table(TickMode mode, string work, string expected)
    {
        string[] times = expected.Split(' ');
        using var stop = new CancellationTokenSource();
        var ticker = new Ticker(Second, mode, time: _time);
        List<string> seen = [];
        async Task LoopAsync()
        {
            await foreach (long number in ticker.WithCancellation(stop.Token))
                await Tick(number, work, seen, times.Length, stop);
        }

        await DriveAsync(LoopAsync());
        Assert.Equal(times, seen);
    }

    // A polled Spaced ticker knows no end of a tick: see the test below.
    public static TheoryData<TickMode, string, string> A20Polled =>
        new(A20.Select(row => row.Data).Where(row => row.Item1 != TickMode.Spaced));

    [Theory]
    [MemberData(nameof(A20Polled))]
    public void A20_TryTick_ticks_by_the_table(TickMode mode, string work, string expected)
    {
        string[] times = expected.Split(' ');
        var ticker = new Ticker(Second, mode, time: _time);
        Assert.Equal(times, Poll(ticker, work, times.Length));
    }

    [Fact]
    public void A_polled_Spaced_ticker_counts_from_where_a_tick_began()
    {
        var ticker = new Ticker(Second, TickMode.Spaced, time: _time);
        Assert.Equal("0 1 3.5 4.5".Split(' '), Poll(ticker, "2.5 at 1", 4));
    }

    [Theory]
    [InlineData(TickMode.Fixed)]
    [InlineData(TickMode.CatchUp)]
    [InlineData(TickMode.Spaced)]
    public async Task Without_initial_the_first_tick_is_a_period_after_the_start(TickMode mode)
    {
        using var stop = new CancellationTokenSource();
        var ticker = new Ticker(Second, mode, initial: false, time: _time);
        _time.Advance(TimeSpan.FromSeconds(3.25)); // What went before the start is of no matter.
        List<string> seen = [];
        await DriveAsync(ticker.RunAsync((number, _) => Tick(number, "0", seen, 2, stop), stop.Token));
        Assert.Equal(["4.25", "5.25"], seen);
    }

    [Fact]
    public void Asking_for_the_next_tick_changes_nothing_and_does_not_start()
    {
        var ticker = new Ticker(Second, initial: false, time: _time);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Second, ticker.UntilNext());
        Assert.False(ticker.Status.IsRunning);
        Assert.False(ticker.TryTick());
        _time.Advance(TimeSpan.FromSeconds(0.75));
        Assert.Equal(TimeSpan.FromSeconds(0.25), ticker.UntilNext());
        Assert.Equal(TimeSpan.Zero, ticker.UntilNext(TimeSpan.FromSeconds(99).Ticks));
        Assert.Equal(TimeSpan.FromSeconds(0.25), ticker.UntilNext());
        Assert.True(ticker.TryTick(TimeSpan.FromSeconds(6).Ticks));
        Assert.False(ticker.TryTick(TimeSpan.FromSeconds(2).Ticks)); // Taken as the last timestamp, 6 s.
        Assert.Equal(Second, ticker.UntilNext());
    }

    [Fact]
    public async Task A_missed_tick_of_the_grid_is_counted_as_skipped()
    {
        using var stop = new CancellationTokenSource();
        var ticker = new Ticker(Second, time: _time);
        await DriveAsync(ticker.RunAsync((number, _) => Tick(number, "4.5 at 1", [], 4, stop), stop.Token));
        Assert.Equal(3, ticker.Status.SkippedCount); // 3, 4 and 5; the one at 2 came at 5.5.
    }

    [Theory]
    [InlineData(6.9, 0)] // The tick that is due at 2 comes at 7.9: 5.9 intervals late.
    [InlineData(7.0, 6)]
    [InlineData(9.2, 8)]
    public async Task A21_More_than_five_intervals_behind_is_said_once_an_episode(double work, int behind)
    {
        using var stop = new CancellationTokenSource();
        var ticker = new Ticker(Second, TickMode.CatchUp, time: _time) { Logger = _logger };
        string text = work.ToString(CultureInfo.InvariantCulture) + " at 1";
        List<string> seen = [];
        await DriveAsync(ticker.RunAsync((number, _) => Tick(number, text, seen, 15, stop), stop.Token));
        Assert.Equal(15, seen.Count);
        string[] warnings = [.. _logger.Events.Where(e => e.Id == 1601).Select(e => e.Message)];
        if (behind == 0)
            Assert.Empty(warnings);
        else
            Assert.Contains($" {behind} intervals behind", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A21_A_second_episode_is_said_again()
    {
        using var stop = new CancellationTokenSource();
        var ticker = new Ticker(Second, TickMode.CatchUp, time: _time) { Logger = _logger };
        await DriveAsync(ticker.RunAsync(
            (number, _) => Tick(number, number is 1 or 20 ? "8" : "0", [], 40, stop), stop.Token));
        Assert.Equal(2, _logger.CountOf(1601));
    }

    [Fact]
    public async Task Nothing_drifts_however_late_ticks_are()
    {
        using var stop = new CancellationTokenSource();
        var ticker = new Ticker(Second, TickMode.CatchUp, time: _time);
        List<string> seen = [];
        await DriveAsync(ticker.RunAsync(
            (number, _) => Tick(number, (number % 7 * 0.3).ToString(CultureInfo.InvariantCulture), seen, 3601, stop),
            stop.Token));
        Assert.Equal("3600", seen[^1]);
    }

    [Fact]
    public async Task Ticks_without_a_period_follow_each_other_and_leave_the_thread_between()
    {
        using var stop = new CancellationTokenSource();
        var ticker = new Ticker(time: _time);
        Task run = ticker.RunAsync((number, _) => Tick(number, "0", [], 100_000, stop), stop.Token);
        Assert.False(run.IsCompleted); // The call came back although every tick was done at once.
        await run.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(100_000, ticker.Status.TickCount);
        var polled = new Ticker(TimeSpan.Zero, time: _time);
        Assert.True(polled.TryTick() && polled.TryTick());
        Assert.Equal(TimeSpan.Zero, polled.UntilNext());
    }

    private static double WorkOf(long number, string work)
    {
        string[] parts = work.Split(" at ");
        bool counts = parts.Length == 1 || number == long.Parse(parts[1], CultureInfo.InvariantCulture);
        return counts ? double.Parse(parts[0], CultureInfo.InvariantCulture) : 0;
    }

    private string Now() => (_time.GetTimestamp() / (double)TimeSpan.TicksPerSecond).ToString(
        CultureInfo.InvariantCulture);

    /// <summary>A tick that takes its time at once, by moving the clock.</summary>
    private ValueTask Tick(long number, string work, List<string> seen, int count, CancellationTokenSource stop)
    {
        Assert.Equal(seen.Count, seen.Count == 0 ? 0 : number);
        seen.Add(Now());
        if (number == count - 1)
            stop.Cancel();
        else
            _time.Advance(TimeSpan.FromSeconds(WorkOf(number, work)));
        return ValueTask.CompletedTask;
    }

    private List<string> Poll(Ticker ticker, string work, int count)
    {
        List<string> seen = [];
        while (seen.Count < count)
        {
            if (ticker.TryTick())
            {
                seen.Add(Now());
                _time.Advance(TimeSpan.FromSeconds(WorkOf(seen.Count - 1, work)));
            }

            _time.Advance(ticker.UntilNext());
        }

        return seen;
    }

    /// <summary>Moves the clock to each next timer until the ticker has ended.</summary>
    private async Task DriveAsync(Task run)
    {
        while (!run.IsCompleted)
        {
            if (!_time.TryAdvanceToNext())
                await Task.Yield();
        }

        await run;
    }
}

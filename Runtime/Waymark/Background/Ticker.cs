using Microsoft.Extensions.Logging;
using Waymark.Background;

namespace Waymark;

/// <summary>Calls something again and again, on time, and never twice at once.</summary>
/// <remarks>
/// A ticker is used in one of four ways, and each begins its own count at 0: <see cref="RunAsync(ITickHandler,
/// CancellationToken)"/>, <c>await foreach (long n in ticker)</c>, <see cref="TryTick"/> in a loop of your own, or
/// <c>HttpServer.AddTicker</c>. What is due when is the matter of its <see cref="TickMode"/>. The grid is counted from
/// the start: 3,600 ticks of a second take 3,600 seconds, however late one of them was.
/// <para>
/// Its timers have the resolution of the runtime's, about a millisecond; a tick comes late by that, never early.
/// </para>
/// <para>Thread safety: every member may be used from any thread.</para>
/// </remarks>
/// <example>
/// <code>
/// var ticker = new Ticker(TimeSpan.FromSeconds(5));
/// await foreach (long number in ticker.WithCancellation(stop))
///     Console.WriteLine(number);
/// </code>
/// </example>
public sealed class Ticker : IAsyncEnumerable<long>
{
    // What the log calls it outside of a server.
    private const string Nameless = "a ticker";
    private const string Running = "This ticker runs already: a second run needs a ticker of its own.";

    private static readonly TimeSpan PeriodMax = TimeSpan.FromDays(366);

    // Timers of the runtime take 49 days at most; a longer wait is several.
    private static readonly TimeSpan WaitMax = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();

    // INVARIANT: under _lock.
    private TickerUse _use;
    private bool _isRunning;
    private CancellationToken _stop;
    private TimeProvider _clock;
    private long _start;
    private long _last;
    private long _failedCount;
    private TickSchedule _schedule;

    /// <summary>Makes a ticker. It does nothing yet.</summary>
    /// <param name="period">
    /// The time between ticks, up to 366 days; null or zero for ticks without a pause between them.
    /// </param>
    /// <param name="mode">When the next tick is due.</param>
    /// <param name="initial">True for a first tick at the start, false for one a period later.</param>
    /// <param name="time">The clock; null for the server's where a server runs it, else the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="period"/> or <paramref name="mode"/> is out of its range.
    /// </exception>
    public Ticker(
        TimeSpan? period = null, TickMode mode = TickMode.Fixed, bool initial = true, TimeProvider? time = null)
    {
        Period = period ?? TimeSpan.Zero;
        ArgumentOutOfRangeException.ThrowIfLessThan(Period, TimeSpan.Zero, nameof(period));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Period, PeriodMax, nameof(period));
        ArgumentOutOfRangeException.ThrowIfLessThan((int)mode, (int)TickMode.Fixed, nameof(mode));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)mode, (int)TickMode.Spaced, nameof(mode));
        Mode = mode;
        IsInitial = initial;
        Time = time;
        _clock = time ?? TimeProvider.System;
        _schedule = new TickSchedule(Period, mode, initial);
    }

    /// <summary>The time between ticks; zero for none.</summary>
    public TimeSpan Period { get; }

    /// <summary>When the next tick is due.</summary>
    public TickMode Mode { get; }

    /// <summary>True where the first tick comes at the start.</summary>
    public bool IsInitial { get; }

    /// <summary>
    /// Where a tick that failed is logged, and one that is far behind. Default null: then the exception of a tick ends
    /// <c>RunAsync</c>, since nobody else would learn of it. A server uses its own logger.
    /// </summary>
    public ILogger? Logger { get; init; }

    /// <summary>What it is doing now.</summary>
    public TickerStatus Status
    {
        get
        {
            lock (_lock)
            {
                return new TickerStatus(
                    _isRunning, _isRunning && _stop.IsCancellationRequested, Mode, Period, _schedule.Count,
                    _schedule.SkippedCount, _failedCount);
            }
        }
    }

    internal TimeProvider? Time { get; }

    /// <summary>Ticks until it is cancelled.</summary>
    /// <remarks>
    /// The first tick begins on the calling thread where it comes at the start. An exception of a tick is logged and
    /// survived with a <see cref="Logger"/>, else it ends the run. A later run begins anew.
    /// </remarks>
    /// <param name="tick">Gets the number of the tick, from 0 on, and the token.</param>
    /// <param name="stop">How it ends; that is no error. A tick that is at work ends first.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tick"/> is null.</exception>
    /// <exception cref="InvalidOperationException">It runs already, or is used in another way.</exception>
    public Task RunAsync(Func<long, CancellationToken, ValueTask> tick, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(tick);
        return RunAsync(new DelegateTickHandler(tick), stop);
    }

    /// <summary>As <see cref="RunAsync(Func{long, CancellationToken, ValueTask}, CancellationToken)"/>, with what
    /// comes before the first tick and after the last.</summary>
    /// <param name="handler">What is called.</param>
    /// <param name="stop">How it ends; that is no error. A tick that is at work ends first.</param>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <exception cref="InvalidOperationException">It runs already, or is used in another way.</exception>
    public async Task RunAsync(ITickHandler handler, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(handler);
        TimeProvider clock = Time ?? TimeProvider.System;
        Enter(TickerUse.Run, clock, stop);
        try
        {
            await handler.StartAsync(stop).ConfigureAwait(false);
            try
            {
                await TickAsync(handler, clock, Logger, Nameless, stop).ConfigureAwait(false);
            }
            finally
            {
                await handler.StopAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Waits for each tick in turn: the body of the loop is the tick.</summary>
    /// <param name="cancellationToken">Ends the loop behind the body that is at work; that is no error.</param>
    /// <exception cref="InvalidOperationException">It runs already, or is used in another way.</exception>
    public async IAsyncEnumerator<long> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        TimeProvider clock = Time ?? TimeProvider.System;
        Enter(TickerUse.Loop, clock, cancellationToken);
        try
        {
            Start();
            while (await WaitAsync(clock, cancellationToken).ConfigureAwait(false))
            {
                yield return Begin(Logger, Nameless);
                End();
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Tells whether a tick is due, and counts it as begun: for loops that wait in their own way.</summary>
    /// <remarks>
    /// The first call is the start. With <see cref="TickMode.CatchUp"/> it says true once for each tick that was
    /// missed. With <see cref="TickMode.Spaced"/> a tick is taken to end where it begins: the period counts from there.
    /// </remarks>
    /// <param name="timestamp">
    /// Now, by <see cref="TimeProvider.GetTimestamp"/> of the ticker's clock; null to ask it. One before the last is
    /// taken as the last.
    /// </param>
    /// <returns>True where the caller is to do the work of a tick.</returns>
    /// <exception cref="InvalidOperationException">It is used in another way.</exception>
    public bool TryTick(long? timestamp = null)
    {
        lock (_lock)
        {
            ThrowIfUsedOtherwise(TickerUse.Poll);
            long now = timestamp ?? _clock.GetTimestamp();
            if (!_isRunning)
            {
                (_isRunning, _start, _last) = (true, now, now);
                _use = TickerUse.Poll;
            }

            _last = Math.Max(_last, now);
            if (_schedule.Due > Elapsed(_last))
                return false;
            Note(_schedule.Begin(Elapsed(_last)), Logger, Nameless);
            return true;
        }
    }

    /// <summary>How long it is until a tick is due: zero where one is. Changes nothing.</summary>
    /// <param name="timestamp">As for <see cref="TryTick"/>.</param>
    public TimeSpan UntilNext(long? timestamp = null)
    {
        lock (_lock)
        {
            long elapsed = _isRunning ? Elapsed(Math.Max(_last, timestamp ?? _clock.GetTimestamp())) : 0;
            return new TimeSpan(Math.Max(0, _schedule.Due - elapsed));
        }
    }

    /// <summary>Takes the ticker for one use; until <see cref="Leave"/> there is no other.</summary>
    internal void Enter(TickerUse use, TimeProvider clock, CancellationToken stop)
    {
        lock (_lock)
        {
            ThrowIfUsedOtherwise(use);
            if (_isRunning)
                throw new InvalidOperationException(Running);
            (_use, _isRunning, _stop, _clock, _failedCount) = (use, true, stop, clock, 0);
            _schedule = new TickSchedule(Period, Mode, IsInitial);
            _start = _last = clock.GetTimestamp();
        }
    }

    /// <summary>Ends what <see cref="Enter"/> began.</summary>
    internal void Leave()
    {
        lock (_lock)
            _isRunning = false;
    }

    /// <summary>Ticks until it is cancelled. Exceptions of ticks are survived where they can be logged.</summary>
    internal async Task TickAsync(
        ITickHandler handler, TimeProvider clock, ILogger? logger, string name, CancellationToken stop)
    {
        Start();
        while (await WaitAsync(clock, stop).ConfigureAwait(false))
        {
            long number = Begin(logger, name);
            try
            {
                await handler.TickAsync(number, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The tick heeded its token, as it should.
            }
            catch (Exception e)
            {
                lock (_lock)
                    _failedCount++;
                if (logger is null)
                    throw;
                TickerLog.TickFailed(logger, number, name, e);
            }

            End();
        }
    }

    /// <summary>Waits until a tick is due.</summary>
    /// <returns>False where the ticker was stopped.</returns>
    private async ValueTask<bool> WaitAsync(TimeProvider clock, CancellationToken stop)
    {
        bool hasYielded = false;
        while (!stop.IsCancellationRequested)
        {
            (TimeSpan left, bool isFirst) = Next();
            if (left > TimeSpan.Zero)
            {
                // Timers know whole milliseconds, and cut off what is beyond: rounded up, they never wake us too early.
                double milliseconds = Math.Ceiling(Math.Min(left.TotalMilliseconds, WaitMax.TotalMilliseconds));
                await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), clock, stop)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                hasYielded = true;
            }
            else if (isFirst || hasYielded)
            {
                return true;
            }
            else
            {
                // Ticks that follow each other at once would keep the caller's thread for ever.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                hasYielded = true;
            }
        }

        return false;
    }

    private void Start()
    {
        lock (_lock)
            _start = _last = _clock.GetTimestamp();
    }

    private (TimeSpan Left, bool IsFirst) Next()
    {
        lock (_lock)
            return (new TimeSpan(_schedule.Due - Elapsed(_clock.GetTimestamp())), _schedule.Count == 0);
    }

    private long Begin(ILogger? logger, string name)
    {
        lock (_lock)
        {
            Note(_schedule.Begin(Elapsed(_clock.GetTimestamp())), logger, name);
            return _schedule.Count - 1;
        }
    }

    private void End()
    {
        lock (_lock)
            _schedule.End(Elapsed(_clock.GetTimestamp()));
    }

    private long Elapsed(long timestamp) => _clock.GetElapsedTime(_start, timestamp).Ticks;

    private static void Note(long intervalsBehind, ILogger? logger, string name)
    {
        if (intervalsBehind > 0 && logger is not null)
            TickerLog.TickerBehind(logger, name, intervalsBehind);
    }

    private void ThrowIfUsedOtherwise(TickerUse use)
    {
        if (_use != TickerUse.None && _use != use)
        {
            throw new InvalidOperationException(
                $"This ticker is used by {Describe(_use)}, so {Describe(use)} needs a ticker of its own: they would "
                + "take each other's ticks.");
        }
    }

    private static string Describe(TickerUse use) => use switch
    {
        TickerUse.Run => "RunAsync",
        TickerUse.Loop => "await foreach",
        TickerUse.Poll => "TryTick",
        _ => "a server",
    };
}

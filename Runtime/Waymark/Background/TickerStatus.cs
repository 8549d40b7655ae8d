namespace Waymark;

/// <summary>What a <see cref="Ticker"/> was doing when it was asked.</summary>
/// <param name="IsRunning">True while <c>RunAsync</c>, an <c>await foreach</c> or a server runs it, and from the first
/// <see cref="Ticker.TryTick"/> on.</param>
/// <param name="IsStopping">True where it runs and has been asked to stop: a last tick may still be at work.</param>
/// <param name="Mode">When the next tick is due.</param>
/// <param name="Period">The time between ticks; zero where one follows the other at once.</param>
/// <param name="TickCount">How many ticks have begun since the start.</param>
/// <param name="SkippedCount">How many ticks of the grid were left out because one before took too long
/// (<see cref="TickMode.Fixed"/>).</param>
/// <param name="FailedCount">How many ticks have thrown.</param>
public readonly record struct TickerStatus(
    bool IsRunning, bool IsStopping, TickMode Mode, TimeSpan Period, long TickCount, long SkippedCount,
    long FailedCount);

using Microsoft.Extensions.Logging;

namespace Waymark.Background;

/// <summary>The log events of this folder: ids 1600 to 1619.</summary>
internal static partial class TickerLog
{
    [LoggerMessage(1600, LogLevel.Error, "Tick {Number} of {Ticker} failed; the next one comes in its time")]
    public static partial void TickFailed(ILogger logger, long number, string ticker, Exception cause);

    [LoggerMessage(1601, LogLevel.Warning,
        "{Ticker} is {IntervalsBehind} intervals behind and catches up: its ticks take longer than its period")]
    public static partial void TickerBehind(ILogger logger, string ticker, long intervalsBehind);

    [LoggerMessage(1602, LogLevel.Error, "What {Ticker} has for its end failed")]
    public static partial void TickerEndFailed(ILogger logger, string ticker, Exception cause);

    [LoggerMessage(1603, LogLevel.Warning,
        "{Ticker} is left behind: its last tick did not end within the drain time of {DrainTimeout}")]
    public static partial void TickerLeftBehind(ILogger logger, string ticker, TimeSpan drainTimeout);

    [LoggerMessage(1604, LogLevel.Debug, "{Ticker} has started")]
    public static partial void TickerStarted(ILogger logger, string ticker);

    [LoggerMessage(1605, LogLevel.Debug, "{Ticker} has ended")]
    public static partial void TickerEnded(ILogger logger, string ticker);

    [LoggerMessage(1606, LogLevel.Error, "A callback on the token of {Ticker} failed while it was stopped")]
    public static partial void CancellationFailed(ILogger logger, string ticker, Exception cause);
}

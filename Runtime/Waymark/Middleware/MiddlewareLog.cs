using System.Net;
using Microsoft.Extensions.Logging;

namespace Waymark.Middleware;

/// <summary>The log events of this folder: ids 1400 to 1499.</summary>
internal static partial class MiddlewareLog
{
    [LoggerMessage(1400, LogLevel.Information,
        "{Method} {Path} answered {Status} with {BodyBytes} bytes in {DurationMs} ms to {RemoteAddress}; "
        + "route {Route}, request {RequestId}")]
    public static partial void Answered(
        ILogger logger, string method, string? path, int status, long bodyBytes, double durationMs,
        IPAddress? remoteAddress, string? route, string? requestId);

    [LoggerMessage(1401, LogLevel.Warning, "The access log cannot be written: its lines are lost until it can")]
    public static partial void AccessLogFailed(ILogger logger, Exception cause);

    [LoggerMessage(1402, LogLevel.Warning, "{Count} line(s) of the access log dropped: its stream takes too little")]
    public static partial void AccessLogDropped(ILogger logger, long count);

    [LoggerMessage(1403, LogLevel.Warning, "The access log is not written to its end: its stream takes nothing")]
    public static partial void AccessLogStuck(ILogger logger);

    [LoggerMessage(1410, LogLevel.Warning, "The health check {Name} fails: {Outcome}")]
    public static partial void CheckFails(ILogger logger, Exception? cause, string name, string outcome);

    [LoggerMessage(1411, LogLevel.Information, "The health check {Name} is well again")]
    public static partial void CheckRecovered(ILogger logger, string name);

    [LoggerMessage(1420, LogLevel.Warning,
        "The instrument {Instrument} of the meter {Meter} is not shown at {Path}: another one of the same name and "
        + "another kind is")]
    public static partial void InstrumentHidden(ILogger logger, string instrument, string meter, string path);

    [LoggerMessage(1421, LogLevel.Warning,
        "{Instrument} has more than {Max} sets of tags: the rest is counted as one, tagged otel_metric_overflow")]
    public static partial void SeriesOverflow(ILogger logger, string instrument, int max);

    [LoggerMessage(1430, LogLevel.Warning, "{Method} {Path} took longer than {Timeout}: its handler was cancelled")]
    public static partial void TimedOut(ILogger logger, string method, string path, TimeSpan timeout);

    [LoggerMessage(1431, LogLevel.Error, "What a handler registered on its token failed when its time was over")]
    public static partial void CancellationFailed(ILogger logger, Exception exception);
}

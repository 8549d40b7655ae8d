using Microsoft.Extensions.Logging;

namespace Waymark.Middleware;

/// <summary>The events of middleware around content and limits: 1620 to 1629.</summary>
internal static partial class MiddlewareLog
{
    [LoggerMessage(1620, LogLevel.Warning, "{Method} {Path} took longer than {Timeout}: its handler was cancelled")]
    public static partial void TimedOut(ILogger logger, string method, string path, TimeSpan timeout);

    [LoggerMessage(1621, LogLevel.Error, "What a handler registered on its token failed when its time was over")]
    public static partial void CancellationFailed(ILogger logger, Exception exception);
}

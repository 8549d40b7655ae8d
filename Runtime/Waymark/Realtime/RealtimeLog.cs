using Microsoft.Extensions.Logging;

namespace Waymark.Realtime;

/// <summary>The events of WebSockets: 1500 to 1519.</summary>
internal static partial class RealtimeLog
{
    [LoggerMessage(1500, LogLevel.Debug, "Connection {Id}: the WebSocket is closed with {Status}: {Reason}")]
    public static partial void Closing(ILogger logger, long id, int status, string? reason);

    [LoggerMessage(1501, LogLevel.Debug, "Connection {Id}: the WebSocket ended without the client's close frame")]
    public static partial void NotClosed(ILogger logger, Exception exception, long id);
}

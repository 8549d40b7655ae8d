using Microsoft.Extensions.Logging;

namespace Waymark.Connections.Tls;

/// <summary>The log events of this folder: ids 1080 to 1089.</summary>
internal static partial class HandshakeLog
{
    [LoggerMessage(1080, LogLevel.Debug, "Connection {Id}: the TLS handshake failed: {Reason}")]
    public static partial void Failed(ILogger logger, long id, string reason);
}

using Microsoft.Extensions.Logging;

namespace Waymark.Middleware;

/// <summary>The events of JWT authentication: 1450 to 1459.</summary>
internal static partial class JwtLog
{
    [LoggerMessage(1450, LogLevel.Debug, "A JWT was refused: {Rejection}")]
    public static partial void Refused(ILogger logger, JwtRejection rejection);

    [LoggerMessage(1451, LogLevel.Error, "The keys for JWTs could not be fetched; those that are known stay")]
    public static partial void FetchFailed(ILogger logger, Exception exception);
}

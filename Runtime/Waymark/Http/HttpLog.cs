using Microsoft.Extensions.Logging;

namespace Waymark.Http;

/// <summary>The events of the HTTP engine: 1300 to 1399.</summary>
internal static partial class HttpLog
{
    [LoggerMessage(1300, LogLevel.Error, "The handler of {Method} {Path} failed")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(1301, LogLevel.Error, "The answer to {Method} {Path} is shorter than its declared length: the connection is aborted")]
    public static partial void AnswerTooShort(ILogger logger, string method, string path);

    [LoggerMessage(1303, LogLevel.Debug, "Connection {Id} broke while a handler used it")]
    public static partial void PeerGone(ILogger logger, Exception exception, long id);

    [LoggerMessage(1304, LogLevel.Error, "What the handler of {Method} {Path} left to be disposed failed at it")]
    public static partial void DisposalFailed(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(1305, LogLevel.Debug, "The handler of {Method} {Path} failed, and the program answered it with {Status}")]
    public static partial void ExceptionAnswered(
        ILogger logger, Exception exception, string method, string path, int status);

    [LoggerMessage(1306, LogLevel.Error, "What the program does with exceptions failed itself, after {Method} {Path}")]
    public static partial void ExceptionHookFailed(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(1307, LogLevel.Debug, "The handler of {Method} {Path} gave up because the server stops")]
    public static partial void HandlerCancelled(ILogger logger, string method, string path);

    [LoggerMessage(1308, LogLevel.Error, "{Parameter} of {Method} {Path} could not be made: code of its type failed")]
    public static partial void ParameterFailed(
        ILogger logger, Exception exception, string parameter, string method, string path);

    [LoggerMessage(1302, LogLevel.Debug, "Connection {Id}: the request is refused with {Status}: {Reason}")]
    public static partial void RequestRefused(ILogger logger, long id, int status, string reason);

    [LoggerMessage(1309, LogLevel.Error, "The handler of {Method} {Path} ended while a read or a write that it began had not: the connection is aborted. Await what is begun")]
    public static partial void LeftBehind(ILogger logger, string method, string path);

    [LoggerMessage(1310, LogLevel.Error, "A callback on a cancellation token failed when the peer of connection {Id} was gone")]
    public static partial void CancellationFailed(ILogger logger, Exception exception, long id);

    [LoggerMessage(1311, LogLevel.Debug, "Limits: {Limits}")]
    public static partial void LimitsInForce(ILogger logger, ServerLimits limits);

    [LoggerMessage(1312, LogLevel.Information, "What answers {Method} {Path} has kept its thread waiting, twice: from now on it runs on the thread pool. An async handler that awaits needs no thread")]
    public static partial void RouteBlocks(ILogger logger, string method, string path);

    [LoggerMessage(1313, LogLevel.Error, "What was to run with the answer to {Method} {Path} failed")]
    public static partial void CallbackFailed(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(1330, LogLevel.Warning, "{Count} request(s) answered 503 since the last such line: as many as may be are being handled and waiting")]
    public static partial void RequestsOverLimit(ILogger logger, long count);
}

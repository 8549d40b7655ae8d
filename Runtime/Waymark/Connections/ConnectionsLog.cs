using System.Net;
using Microsoft.Extensions.Logging;

namespace Waymark.Connections;

/// <summary>The log events of this folder: ids 1000 to 1099.</summary>
internal static partial class ConnectionsLog
{
    [LoggerMessage(1000, LogLevel.Error, "Connection {Id} ended with an error that nothing handled.")]
    public static partial void ConnectionFailed(ILogger logger, long id, Exception cause);

    [LoggerMessage(1001, LogLevel.Debug, "Connection {Id} was lost: {Reason}")]
    public static partial void ConnectionLost(ILogger logger, long id, string reason);

    [LoggerMessage(1002, LogLevel.Debug, "Connection {Id} passed a deadline.")]
    public static partial void ConnectionTimedOut(ILogger logger, long id);

    [LoggerMessage(1003, LogLevel.Debug, "Connection {Id} is reset: its peer takes too little, or it went on for too long after its deadline.")]
    public static partial void ConnectionOverdue(ILogger logger, long id);

    [LoggerMessage(EventId = 1004, Message = "Connection {Id} is new, from {Peer}")]
    public static partial void ConnectionOpened(ILogger logger, LogLevel level, long id, EndPoint? peer);

    [LoggerMessage(EventId = 1005, Message = "Connection {Id}, from {Peer}, handled {Count} request(s) in {Age}: {Reason}")]
    public static partial void ConnectionEnded(
        ILogger logger, LogLevel level, long id, EndPoint? peer, long count, TimeSpan age, string reason);

    [LoggerMessage(1006, LogLevel.Error, "OnConnect failed for connection {Id}, which is therefore refused.")]
    public static partial void AdmissionFailed(ILogger logger, long id, Exception cause);

    [LoggerMessage(1007, LogLevel.Error, "A value that was set on connection {Id} failed to be disposed.")]
    public static partial void DisposalFailed(ILogger logger, long id, Exception cause);

    [LoggerMessage(1008, LogLevel.Warning,
        "Connection {Id} of the trusted proxy {Peer} is reset: it did not begin with a whole and valid prelude of the "
        + "PROXY protocol.")]
    public static partial void PreludeRefused(ILogger logger, long id, EndPoint? peer);

    [LoggerMessage(1010, LogLevel.Warning,
        "{Count} connection(s) refused: the limit of {Max} connections at once is reached.")]
    public static partial void ConnectionsRefused(ILogger logger, int count, int max);

    [LoggerMessage(1020, LogLevel.Debug, "Accepting on {Endpoint} met a passing error: {Reason}")]
    public static partial void AcceptRetried(ILogger logger, string endpoint, string reason);

    [LoggerMessage(1021, LogLevel.Warning,
        "Accepting on {Endpoint} pauses: {Reason} It is tried again until it succeeds; raise the limit of open files "
        + "(ulimit -n) or set MaxConnections if this comes often.")]
    public static partial void AcceptPaused(ILogger logger, string endpoint, string reason);

    [LoggerMessage(1022, LogLevel.Information, "Accepting on {Endpoint} goes on.")]
    public static partial void AcceptResumed(ILogger logger, string endpoint);

    [LoggerMessage(1023, LogLevel.Critical, "Accepting on {Endpoint} has ended with an error.")]
    public static partial void AcceptFailed(ILogger logger, string endpoint, Exception cause);

    [LoggerMessage(1024, LogLevel.Information, "No longer listening on {Endpoint}")]
    public static partial void ListenerClosed(ILogger logger, string endpoint);

    [LoggerMessage(1030, LogLevel.Warning,
        "Aborted {Count} connection(s) that did not end within the drain time of {DrainTimeout}; {ResetCount} of them "
        + "did not heed the cancellation and were reset.")]
    public static partial void ConnectionsAborted(ILogger logger, int count, TimeSpan drainTimeout, int resetCount);

    [LoggerMessage(1032, LogLevel.Information, "The idle grace is over: {Count} connection(s) still open")]
    public static partial void IdleGraceOver(ILogger logger, int count);

    [LoggerMessage(1033, LogLevel.Warning, "The drain time is over: {Count} connection(s) are cancelled")]
    public static partial void DrainOver(ILogger logger, int count);

    [LoggerMessage(1031, LogLevel.Error, "A callback on a cancellation token failed while the server stopped.")]
    public static partial void CancellationFailed(ILogger logger, Exception cause);
}

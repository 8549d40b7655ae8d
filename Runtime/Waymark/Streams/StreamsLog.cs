using System.Net;
using Microsoft.Extensions.Logging;

namespace Waymark.Streams;

/// <summary>The log events of this folder: ids 1700 to 1719.</summary>
internal static partial class StreamsLog
{
    [LoggerMessage(1700, LogLevel.Error, "The handler of connection {Id}, from {Peer}, failed.")]
    public static partial void HandlerFailed(ILogger logger, long id, EndPoint? peer, Exception cause);

    [LoggerMessage(1701, LogLevel.Warning,
        "The handler of connection {Id}, from {Peer}, sent to or received from a client that it had closed.")]
    public static partial void ClosedClientUsed(ILogger logger, long id, EndPoint? peer);

    [LoggerMessage(1702, LogLevel.Warning,
        "OnDisconnectedAsync of connection {Id}, from {Peer}, met a connection that is gone: {Reason}")]
    public static partial void FarewellLost(ILogger logger, long id, EndPoint? peer, string reason);

    [LoggerMessage(1703, LogLevel.Debug, "Connection {Id}, from {Peer}, is closed because it was silent: {Reason}")]
    public static partial void ClientTimedOut(ILogger logger, long id, EndPoint? peer, string reason);

    [LoggerMessage(1704, LogLevel.Warning, "Connection {Id}, from {Peer}, has broken the protocol: {Reason}")]
    public static partial void ProtocolBroken(ILogger logger, long id, EndPoint? peer, string reason);

    [LoggerMessage(1705, LogLevel.Warning,
        "The handler keeps its thread for long and is run on the thread pool from now on. If it waits for something, "
        + "await that; if it computes, this is as it should be.")]
    public static partial void HandlerBlocks(ILogger logger);

    [LoggerMessage(1710, LogLevel.Critical, "A background task of the server has failed: the server stops.")]
    public static partial void BackgroundFailed(ILogger logger, Exception cause);

    [LoggerMessage(1711, LogLevel.Error, "What a handler has for the end of the server failed.")]
    public static partial void StopCallbackFailed(ILogger logger, Exception cause);
}

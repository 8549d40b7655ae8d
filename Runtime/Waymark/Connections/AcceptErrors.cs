using System.Net.Sockets;

namespace Waymark.Connections;

/// <summary>What an accept loop does about an error.</summary>
internal enum AcceptErrorAction
{
    /// <summary>It was about one connection: accept the next.</summary>
    Retry,

    /// <summary>The system is out of something: wait a little, so that the loop does not spin.</summary>
    Pause,

    /// <summary>The listener itself is broken: no accept can ever succeed.</summary>
    Stop,
}

/// <summary>Sorts the errors of accept (accept(2), "Error handling").</summary>
internal static class AcceptErrors
{
    public static AcceptErrorAction Classify(SocketError error) => error switch
    {
        // The connection died in the queue, or Linux passes on an error that already stood on the new socket.
        SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.Interrupted
            or SocketError.WouldBlock or SocketError.TryAgain or SocketError.ProtocolOption
            or SocketError.NetworkDown or SocketError.NetworkUnreachable or SocketError.HostDown
            or SocketError.HostUnreachable or SocketError.TimedOut => AcceptErrorAction.Retry,

        SocketError.NotSocket or SocketError.InvalidArgument or SocketError.OperationNotSupported
            or SocketError.Fault or SocketError.OperationAborted => AcceptErrorAction.Stop,

        // EMFILE, ENFILE, ENOBUFS, ENOMEM; and what is unknown: a server must not die of it, nor spin on it.
        _ => AcceptErrorAction.Pause,
    };
}

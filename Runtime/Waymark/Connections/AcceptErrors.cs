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

/// <summary>Sorts the errors of accept (accept(2), "Error handling" and "ERRORS").</summary>
/// <remarks>
/// There is no spare descriptor to close where descriptors run out, so as to accept one connection only to reset it: who
/// waits in the queue of the kernel is served a moment later, while a reset is a loss. Instead the socket listener
/// leaves the last descriptors to the runtime, and reports EMFILE before they are gone.
/// </remarks>
internal static class AcceptErrors
{
    public static AcceptErrorAction Classify(SocketError error) => error switch
    {
        // The connection died in the queue, a firewall forbids it (EPERM), or Linux passes on an error that already
        // stood on the new socket: ENETDOWN, ENOPROTOOPT, EHOSTDOWN, EHOSTUNREACH, EOPNOTSUPP, ENETUNREACH are to be
        // treated like EAGAIN. EOPNOTSUPP could also tell that the listener is no stream, but then listen had failed.
        SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.Interrupted
            or SocketError.WouldBlock or SocketError.TryAgain or SocketError.ProtocolOption
            or SocketError.NetworkDown or SocketError.NetworkUnreachable or SocketError.HostDown
            or SocketError.HostUnreachable or SocketError.TimedOut or SocketError.AccessDenied
            or SocketError.OperationNotSupported => AcceptErrorAction.Retry,

        // ENOTSOCK, EINVAL (does not listen), EFAULT, EBADF: the listener is closed or never was one.
        SocketError.NotSocket or SocketError.InvalidArgument or SocketError.Fault or SocketError.OperationAborted =>
            AcceptErrorAction.Stop,

        // EMFILE, ENFILE, ENOBUFS, ENOMEM; and what is unknown: a server must not die of it, nor spin on it.
        _ => AcceptErrorAction.Pause,
    };
}

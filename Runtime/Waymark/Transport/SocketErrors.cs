using System.Net.Sockets;

namespace Waymark.Transport;

/// <summary>Tells a lost connection from a mistake of ours.</summary>
internal static class SocketErrors
{
    /// <summary>The exception for a failed receive or send.</summary>
    /// <returns>
    /// A <see cref="ConnectionLostException"/> where the connection is gone; else the system's error as it is.
    /// </returns>
    public static Exception ToException(SocketError error)
    {
        var cause = new SocketException((int)error);
        return IsConnectionLoss(error) ? new ConnectionLostException(cause.Message, cause) : cause;
    }

    /// <summary>The exception for a call on a connection that this side has aborted.</summary>
    public static ConnectionLostException Aborted(Exception? cause = null) =>
        new("The connection was aborted on this side.", cause);

    private static bool IsConnectionLoss(SocketError error) => error
        is SocketError.ConnectionReset
        or SocketError.ConnectionAborted
        or SocketError.Shutdown
        or SocketError.NotConnected
        or SocketError.TimedOut
        or SocketError.NetworkReset
        or SocketError.NetworkDown
        or SocketError.NetworkUnreachable
        or SocketError.HostDown
        or SocketError.HostUnreachable
        or SocketError.OperationAborted
        or SocketError.Interrupted;
}

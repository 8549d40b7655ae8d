using System.Net.Sockets;

namespace Waymark.Transport.Listening;

/// <summary>Words the errors of binding.</summary>
internal static class BindErrors
{
    /// <summary>What stands behind "Cannot listen on ...:", with what to do about it.</summary>
    public static string Describe(Endpoint endpoint, SocketException cause)
    {
        bool isUnix = endpoint.Kind == EndpointKind.Unix;
        return cause.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse when isUnix =>
                "another server listens under this name. Stop it, or choose another name; "
                + "unix:@ lets the kernel pick one.",
            SocketError.AddressAlreadyInUse =>
                "the address is in use. Stop the process that has it (on Linux, ss -ltnp names it) "
                + "or choose another port; port 0 picks a free one.",
            SocketError.AccessDenied when isUnix =>
                "permission denied. The directory must exist and be writable for this user.",
            SocketError.AccessDenied =>
                "permission denied. Ports below 1024 usually need a privilege: choose a higher port "
                + "or grant CAP_NET_BIND_SERVICE.",
            SocketError.AddressNotAvailable when isUnix =>
                "the directory does not exist. Create it, or choose another path.",
            SocketError.AddressNotAvailable =>
                "this machine has no such address. Use an address of one of its interfaces, localhost or *.",
            SocketError.AddressFamilyNotSupported or SocketError.ProtocolFamilyNotSupported =>
                "this machine does not support this kind of address. Use an IPv4 address.",
            _ => $"{cause.Message} ({cause.SocketErrorCode}).",
        };
    }

    /// <summary>What to do about a file where a Unix socket should stand.</summary>
    public static string DescribeFileInTheWay(UnixSocketFileState state) => state switch
    {
        UnixSocketFileState.Live => "another server listens on it. Stop it, or choose another path.",
        UnixSocketFileState.Stale =>
            "a socket file on which nobody listens is in the way, left by a server that crashed. "
            + "Remove the file, or set ListenOptions.RemovesStaleSocket to have such files removed.",
        UnixSocketFileState.Other => "a file that is no socket stands there. Choose another path.",
        _ => "the path is taken. Remove the file if no server runs, or choose another path.",
    };

    /// <summary>
    /// True where an address family is switched off or has no address here, so that the other one will do.
    /// </summary>
    public static bool IsFamilyMissing(SocketError error) => error
        is SocketError.AddressNotAvailable
        or SocketError.AddressFamilyNotSupported
        or SocketError.ProtocolFamilyNotSupported;
}

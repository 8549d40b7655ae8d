using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Waymark.Transport.Epoll;

/// <summary>The errors of Linux (errno-base.h, errno.h of asm-generic) as those of .NET.</summary>
internal static class SystemErrors
{
    public const int Interrupted = 4; // EINTR
    public const int TryAgain = 11; // EAGAIN

    /// <summary>The error of the call before.</summary>
    public static SocketException Last() => ToException(Marshal.GetLastSystemError());

    public static SocketException ToException(int errno) => new((int)ToSocketError(errno));

    public static SocketError ToSocketError(int errno) => errno switch
    {
        1 or 13 => SocketError.AccessDenied, // EPERM, EACCES
        Interrupted => SocketError.Interrupted,
        9 or 22 => SocketError.InvalidArgument, // EBADF, EINVAL
        TryAgain => SocketError.WouldBlock,
        14 => SocketError.Fault,
        23 or 24 => SocketError.TooManyOpenSockets, // ENFILE, EMFILE
        12 or 28 or 105 => SocketError.NoBufferSpaceAvailable, // ENOMEM, ENOSPC, ENOBUFS
        32 or 108 => SocketError.Shutdown, // EPIPE, ESHUTDOWN
        88 => SocketError.NotSocket,
        92 => SocketError.ProtocolOption, // ENOPROTOOPT
        95 => SocketError.OperationNotSupported,
        100 => SocketError.NetworkDown,
        101 => SocketError.NetworkUnreachable,
        102 => SocketError.NetworkReset,
        103 => SocketError.ConnectionAborted,
        104 => SocketError.ConnectionReset,
        107 => SocketError.NotConnected,
        110 => SocketError.TimedOut,
        112 => SocketError.HostDown,
        113 => SocketError.HostUnreachable,
        _ => SocketError.SocketError,
    };
}

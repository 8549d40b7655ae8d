using System.Runtime.InteropServices;

namespace Waymark.Transport.Epoll;

/// <summary>The system calls of the epoll transport (Linux; the numbers are those of x64 and arm64).</summary>
/// <remarks>
/// All arguments are blittable, so that a call is a call. No descriptor here ever blocks a thread but the one that
/// <c>epoll_wait</c> is called on. <c>errno</c> is read with <see cref="Marshal.GetLastSystemError"/> right behind the
/// call that failed.
/// </remarks>
internal static unsafe partial class LibC
{
    public const int EpollCloseOnExec = 0x80000; // EPOLL_CLOEXEC
    public const int EpollAdd = 1; // EPOLL_CTL_ADD
    public const int EpollDelete = 2; // EPOLL_CTL_DEL

    public const int EventCloseOnExec = 0x80000; // EFD_CLOEXEC
    public const int EventNonBlocking = 0x800; // EFD_NONBLOCK

    public const int SocketCloseOnExec = 0x80000; // SOCK_CLOEXEC
    public const int SocketNonBlocking = 0x800; // SOCK_NONBLOCK

    public const int MessagePeek = 0x2; // MSG_PEEK
    public const int MessageNoSignal = 0x4000; // MSG_NOSIGNAL

    public const int ShutdownRead = 0; // SHUT_RD
    public const int ShutdownWrite = 1; // SHUT_WR

    public const int SocketLevel = 1; // SOL_SOCKET
    public const int OptionLinger = 13; // SO_LINGER
    public const int TcpLevel = 6; // IPPROTO_TCP
    public const int OptionNoDelay = 1; // TCP_NODELAY

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl")]
    public static partial int EpollControl(int epoll, int operation, int descriptor, byte* readiness);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    public static partial int EpollWait(int epoll, byte* events, int countMax, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd")]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "read")]
    public static partial nint Read(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write")]
    public static partial nint Write(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "accept4")]
    public static partial int Accept(int listener, byte* address, uint* length, int flags);

    [LibraryImport("libc", EntryPoint = "recv")]
    public static partial nint Receive(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send")]
    public static partial nint Send(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "sendfile")]
    public static partial nint SendFile(int socket, int file, long* offset, nuint length);

    [LibraryImport("libc", EntryPoint = "shutdown")]
    public static partial int Shutdown(int socket, int how);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "getsockname")]
    public static partial int GetSocketName(int socket, byte* address, uint* length);

    [LibraryImport("libc", EntryPoint = "getsockopt")]
    public static partial int GetSocketOption(int socket, int level, int option, byte* value, uint* length);

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    public static partial int SetSocketOption(int socket, int level, int option, byte* value, uint length);
}

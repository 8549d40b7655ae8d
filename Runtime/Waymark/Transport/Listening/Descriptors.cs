using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Waymark.Transport.Listening;

/// <summary>What descriptors need that .NET does not offer.</summary>
internal static partial class Descriptors
{
    private const int SetDescriptorFlags = 2; // F_SETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC
    private const ushort UnixFamily = 1; // AF_UNIX
    private const int FamilyBytes = sizeof(ushort);
    private const int PathBytesMax = 108;
    private const int TryAgain = 11; // EAGAIN
    private const int ConnectionRefused = 111; // ECONNREFUSED
    private const int InProgress = 115; // EINPROGRESS

    /// <summary>Keeps a descriptor from the programs that this one starts. Best effort, on Linux.</summary>
    /// <remarks>
    /// An inherited descriptor has lost this flag, or it would not have been inherited. A child that kept the socket
    /// open would let clients connect after the server has stopped, and nobody would answer. Elsewhere nothing is done:
    /// fcntl takes a variable number of arguments, which not every platform passes as a fixed one.
    /// </remarks>
    public static void KeepFromChildren(int descriptor)
    {
        if (OperatingSystem.IsLinux())
            _ = Control(descriptor, SetDescriptorFlags, CloseOnExec);
    }

    /// <summary>Connects a socket to a path as <c>connect</c> of unix(7) does: on Linux only.</summary>
    /// <returns>
    /// <see cref="SocketError.Success"/>, <see cref="SocketError.WouldBlock"/> or
    /// <see cref="SocketError.ConnectionRefused"/>; <see cref="SocketError.SocketError"/> for everything else.
    /// </returns>
    public static unsafe SocketError ConnectUnix(Socket socket, string path)
    {
        // struct sockaddr_un: the family, then the path with a NUL behind it.
        byte* address = stackalloc byte[FamilyBytes + PathBytesMax];
        var room = new Span<byte>(address, FamilyBytes + PathBytesMax);
        room.Clear();
        BitConverter.TryWriteBytes(room, UnixFamily);
        if (!Encoding.UTF8.TryGetBytes(path, room[FamilyBytes..^1], out int length))
            return SocketError.SocketError;
        if (Connect((int)socket.Handle, address, (uint)(FamilyBytes + length + 1)) == 0)
            return SocketError.Success;
        return Marshal.GetLastPInvokeError() switch
        {
            TryAgain or InProgress => SocketError.WouldBlock,
            ConnectionRefused => SocketError.ConnectionRefused,
            _ => SocketError.SocketError,
        };
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static unsafe partial int Connect(int descriptor, byte* address, uint length);
}

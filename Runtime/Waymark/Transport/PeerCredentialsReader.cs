using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Waymark.Transport;

/// <summary>Asks the kernel for the credentials of a Unix socket's peer.</summary>
internal static class PeerCredentialsReader
{
    private const int SocketLevel = 1; // SOL_SOCKET of Linux
    public const int PeerCredentialsOption = 17; // SO_PEERCRED
    public const int CredentialsBytes = 12; // struct ucred { pid_t pid; uid_t uid; gid_t gid; }

    /// <summary>Reads them.</summary>
    /// <returns>Null for other kinds of sockets, closed ones, and other systems than Linux.</returns>
    public static PeerCredentials? Read(Socket socket)
    {
        if (!OperatingSystem.IsLinux() || socket.AddressFamily != AddressFamily.Unix)
            return null;

        Span<byte> credentials = stackalloc byte[CredentialsBytes];
        try
        {
            if (socket.GetRawSocketOption(SocketLevel, PeerCredentialsOption, credentials) < CredentialsBytes)
                return null;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return null;
        }

        return Parse(credentials);
    }

    /// <summary>Reads what the system has written: <see cref="CredentialsBytes"/> bytes.</summary>
    public static PeerCredentials Parse(ReadOnlySpan<byte> credentials) => new(
        MemoryMarshal.Read<int>(credentials),
        MemoryMarshal.Read<uint>(credentials[4..]),
        MemoryMarshal.Read<uint>(credentials[8..]));
}

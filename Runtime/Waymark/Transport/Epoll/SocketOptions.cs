using System.Net;
using Waymark.Transport.Listening;

namespace Waymark.Transport.Epoll;

/// <summary>Reads and sets what a socket's descriptor offers.</summary>
/// <remarks>
/// SAFETY: everything lies on the stack until the call has returned, and the kernel is told how long it is.
/// </remarks>
internal static unsafe class SocketOptions
{
    /// <summary>Sends segments at once: answers leave in one send per burst, and waiting only delays them.</summary>
    public static void SetNoDelay(int socket)
    {
        int on = 1;

        // Where it fails the peer is gone already; the first receive tells the protocol.
        _ = LibC.SetSocketOption(socket, LibC.TcpLevel, LibC.OptionNoDelay, (byte*)&on, sizeof(int));
    }

    /// <summary>See <see cref="SendQueue"/>.</summary>
    public static void LimitUnsent(int socket)
    {
        int bytes = SendQueue.UnsentBytesMax;

        // Where it fails the kernel's own bound holds.
        _ = LibC.SetSocketOption(socket, LibC.TcpLevel, SendQueue.NotSentLowWater, (byte*)&bytes, sizeof(int));
    }

    /// <summary>Has the close send a reset.</summary>
    public static void LingerForReset(int socket)
    {
        // struct linger { int l_onoff; int l_linger; }
        int* linger = stackalloc int[2] { 1, 0 };
        _ = LibC.SetSocketOption(socket, LibC.SocketLevel, LibC.OptionLinger, (byte*)linger, 2 * sizeof(int));
    }

    /// <summary>The address on our side; null where it cannot be told.</summary>
    public static EndPoint? ReadName(int socket)
    {
        byte* address = stackalloc byte[PeerAddress.StorageBytes];
        uint length = PeerAddress.StorageBytes;
        return LibC.GetSocketName(socket, address, &length) == 0
            ? PeerAddress.ToEndPoint(new ReadOnlySpan<byte>(address, (int)length))
            : null;
    }

    public static bool TryReadTcpInfo(int socket, out TcpInfo info)
    {
        byte* bytes = stackalloc byte[TcpInfo.BytesRead];
        uint length = TcpInfo.BytesRead;
        bool isRead = LibC.GetSocketOption(socket, LibC.TcpLevel, TcpInfo.OptionInfo, bytes, &length) == 0
            && length >= TcpInfo.BytesRead;
        info = isRead ? TcpInfo.Parse(new ReadOnlySpan<byte>(bytes, TcpInfo.BytesRead)) : default;
        return isRead;
    }

    public static PeerCredentials? ReadPeerCredentials(int socket)
    {
        byte* bytes = stackalloc byte[PeerCredentialsReader.CredentialsBytes];
        uint length = PeerCredentialsReader.CredentialsBytes;
        bool isRead = LibC.GetSocketOption(
            socket, LibC.SocketLevel, PeerCredentialsReader.PeerCredentialsOption, bytes, &length) == 0
            && length >= PeerCredentialsReader.CredentialsBytes;
        return isRead ? PeerCredentialsReader.Parse(new ReadOnlySpan<byte>(bytes, (int)length)) : null;
    }
}

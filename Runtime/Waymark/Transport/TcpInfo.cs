using System.Net.Sockets;

namespace Waymark.Transport;

/// <summary>What Linux knows of a TCP connection: <c>struct tcp_info</c> of tcp(7).</summary>
/// <remarks>
/// Reading it takes nothing out of the socket and changes nothing. Elsewhere, and on Unix sockets, there is none.
/// </remarks>
internal readonly struct TcpInfo
{
    private const int ProtocolTcp = 6;
    public const int OptionInfo = 11;
    private const int StateClosed = 7;
    private const int AcknowledgedOffset = 120;
    public const int BytesRead = AcknowledgedOffset + sizeof(long);

    private TcpInfo(int state, long bytesAcknowledged)
    {
        IsClosed = state == StateClosed;
        BytesAcknowledged = bytesAcknowledged;
    }

    /// <summary>True where the connection was reset, or both sides have closed it.</summary>
    public bool IsClosed { get; }

    /// <summary>The bytes that the peer's system has acknowledged; since Linux 4.1.</summary>
    public long BytesAcknowledged { get; }

    /// <summary>Asks the system; from any thread.</summary>
    public static bool TryRead(Socket socket, out TcpInfo info)
    {
        info = default;
        if (!OperatingSystem.IsLinux() || socket.AddressFamily == AddressFamily.Unix)
            return false;
        Span<byte> bytes = stackalloc byte[BytesRead];
        try
        {
            if (socket.GetRawSocketOption(ProtocolTcp, OptionInfo, bytes) < BytesRead)
                return false;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }

        info = Parse(bytes);
        return true;
    }

    /// <summary>Reads what the system has written: <see cref="BytesRead"/> bytes.</summary>
    public static TcpInfo Parse(ReadOnlySpan<byte> bytes) =>
        new(bytes[0], BitConverter.ToInt64(bytes[AcknowledgedOffset..]));
}

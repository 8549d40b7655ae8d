using System.Net.Sockets;

namespace Waymark.Transport.Listening;

/// <summary>Bounds what a client that does not read makes the kernel hold for it.</summary>
/// <remarks>
/// Linux lets the queue of a TCP socket grow up to 4 MB (net.ipv4.tcp_wmem), and takes that much at once from whoever
/// has it to send, whether the client reads or not. Measured with 4,000 clients with small windows that ask for a large
/// answer (slowhttptest -X): 12 ms of kernel time and 3.9 MB for each, until the memory of all TCP sockets was used up,
/// and seconds for the requests of others, which waited for their turn on the thread pool. With this bound: below 1 ms
/// and 0.3 MB, and nobody waits. Bytes that are on their way are not counted, so that the window may grow as large as
/// the network takes; the next send starts while half of the bound is left, which lasts 50 µs at 10 Gbit/s.
/// </remarks>
internal static class SendQueue
{
    /// <summary>How many bytes may wait in the kernel before a send waits, but for what one packet adds.</summary>
    public const int UnsentBytesMax = 128 * 1024;

    // linux/tcp.h: TCP_NOTSENT_LOWAT, since Linux 3.12.
    public const int NotSentLowWater = 25;

    private const int ProtocolTcp = 6;

    /// <summary>Sets the bound on a TCP socket; connections have that of the listener that they came through.</summary>
    public static void Limit(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            socket.SetRawSocketOption(ProtocolTcp, NotSentLowWater, BitConverter.GetBytes(UnsentBytesMax));
        }
        catch (SocketException)
        {
            // Not known to this kernel or sandbox, or the peer is gone already: then its own bound holds.
        }
    }
}

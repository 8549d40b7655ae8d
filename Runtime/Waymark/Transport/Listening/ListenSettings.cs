using System.Net;
using System.Net.Sockets;

namespace Waymark.Transport.Listening;

/// <summary>Sets the options of a socket before it is bound.</summary>
internal static class ListenSettings
{
    // <sys/socket.h> of Linux; .NET has no name for SO_REUSEPORT.
    private const int LinuxSocketLevel = 1;
    private const int LinuxReusePort = 15;

    // The same of macOS and the BSDs.
    private const int BsdSocketLevel = 0xFFFF;
    private const int BsdReusePort = 0x200;

    public static void Apply(Socket socket, Endpoint endpoint, ListenOptions options)
    {
        // An IPv6 socket that also takes IPv4 clashes with the IPv4 one of "*", so only the one address that means
        // every address takes both, and only when it is asked to.
        if (endpoint.AddressFamily == AddressFamily.InterNetworkV6)
            socket.DualMode = options.DualStack && endpoint.Address!.Equals(IPAddress.IPv6Any);
        if (endpoint.Kind != EndpointKind.Ip)
            return;
        SendQueue.Limit(socket);
        if (options.ReusePort)
            SetReusePort(socket);
    }

    private static void SetReusePort(Socket socket)
    {
        ReadOnlySpan<byte> on = BitConverter.GetBytes(1);
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(LinuxSocketLevel, LinuxReusePort, on);
        else
            socket.SetRawSocketOption(BsdSocketLevel, BsdReusePort, on);
    }
}

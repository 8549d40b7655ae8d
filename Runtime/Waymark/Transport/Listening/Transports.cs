using Waymark.Transport.Epoll;
using Waymark.Transport.Sockets;

namespace Waymark.Transport.Listening;

/// <summary>The ways to accept from a listening socket.</summary>
internal static class Transports
{
    /// <summary>What is used where nothing is chosen: epoll on Linux. Tests choose for their whole process.</summary>
    public static Func<ListeningSocket, Listener> Default { get; set; } = Reactors.AreSupported ? Epoll : Sockets;

    /// <summary>Reactors; on Linux.</summary>
    public static Listener Epoll(ListeningSocket socket) => new EpollListener(socket);

    /// <summary>System.Net.Sockets; everywhere.</summary>
    public static Listener Sockets(ListeningSocket socket) => new SocketListener(socket);
}

namespace Waymark;

/// <summary>What carries the connections of a server: <see cref="NetworkServerOptions.Transport"/>.</summary>
public enum ServerTransport
{
    /// <summary>
    /// Linux's epoll: a thread for each processor receives, and runs a handler right where its request came in. A
    /// handler that blocks holds up others for some milliseconds at most; a route that has done so twice runs on the
    /// thread pool from then on.
    /// </summary>
    Epoll,

    /// <summary>System.Net.Sockets, on every system: handlers run on the thread pool.</summary>
    Sockets,
}

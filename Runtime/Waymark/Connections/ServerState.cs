namespace Waymark;

/// <summary>
/// Where a server is in its life. It only ever goes forward; states that have nothing to do are skipped.
/// </summary>
/// <remarks>
/// <code>
/// Created --> Bound --> Running --> Stopping --> IdleGrace --> Draining --> Aborting --> Stopped
///                          |           ^             |             |                       ^
///                          |           |             +-------------+---(all have ended)----+
///                          +-----> NotListening
/// </code>
/// Each step from <see cref="Running"/> on is an event of the log.
/// </remarks>
public enum ServerState
{
    /// <summary>Made; nothing is open.</summary>
    Created,

    /// <summary>Every address is open; connections wait in the kernel.</summary>
    Bound,

    /// <summary>Connections are taken and requests answered: the only state in which the server is ready.</summary>
    Running,

    /// <summary>
    /// After <see cref="NetworkServer.StopListeningAsync"/>: no new connections; those that there are are served as
    /// before.
    /// </summary>
    NotListening,

    /// <summary>
    /// A stop has begun. Who waits in the accept queue is still let in; then the listeners are closed.
    /// </summary>
    Stopping,

    /// <summary>
    /// Nobody listens any more. Each answer says <c>Connection: close</c>; connections without a request may stay for
    /// <see cref="NetworkServerOptions.IdleGrace"/>, since one may be on its way to them.
    /// </summary>
    IdleGrace,

    /// <summary>Connections without a request are closed; requests in flight are waited for.</summary>
    Draining,

    /// <summary>
    /// The drain time is over: <see cref="Exchange.RequestAborted"/> is cancelled, and what remains a second later is
    /// reset.
    /// </summary>
    Aborting,

    /// <summary>Nothing is left: no listener, no connection.</summary>
    Stopped,
}

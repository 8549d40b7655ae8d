namespace Waymark;

/// <summary>Why a client of a <see cref="TcpServer"/> is let go.</summary>
public enum DisconnectReason
{
    /// <summary>The peer has finished sending.</summary>
    PeerClosed,

    /// <summary>The connection broke, or the peer took too little of what it was sent.</summary>
    PeerLost,

    /// <summary>The handler, or somebody else in the program, has closed or aborted it.</summary>
    Closed,

    /// <summary>The handler returned without having received anything: it wants no more of this client.</summary>
    NotReceived,

    /// <summary>A receive of the handler ran out of time, and the handler let the exception pass.</summary>
    TimedOut,

    /// <summary>The peer has broken the protocol, and the handler let the exception pass.</summary>
    ProtocolError,

    /// <summary>The handler has failed.</summary>
    HandlerFailed,

    /// <summary>The server stops.</summary>
    Stopping,
}

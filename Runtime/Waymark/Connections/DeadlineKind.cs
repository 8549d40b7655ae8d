namespace Waymark.Connections;

/// <summary>What is done about a connection whose deadline has passed.</summary>
internal enum DeadlineKind
{
    /// <summary>The pending receive ends; what goes on after that is reset some seconds later.</summary>
    Receive,

    /// <summary>A send waits: the peer is reset where it takes too little (<see cref="SendFloor"/>).</summary>
    Send,

    /// <summary>Somebody wants to know when the peer is gone: it is asked for once a second.</summary>
    Watch,

    /// <summary>Nothing came for a while, which is told once (<see cref="ConnectionContext.Silent"/>).</summary>
    Silence,
}

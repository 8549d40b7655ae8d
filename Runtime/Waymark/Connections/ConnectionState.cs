namespace Waymark;

/// <summary>What a connection is doing.</summary>
/// <remarks>
/// <code>
///          +------------------- another request is there already -------------------+
///          |                                                                        |
///          v                                                                        |
/// New --> Reading --> Processing --> Writing --(nothing to read)--> KeepAlive --> Reading
///  |         |                          |                               |
///  +---------+----------(last)----------+-------------------------------+--> Closing --> Closed
/// </code>
/// Every state may go to <see cref="Closing"/> or, where the connection breaks, to <see cref="Closed"/>. A request that
/// is there whole is read in no time: it may be seen in <see cref="Processing"/> at once.
/// </remarks>
public enum ConnectionState : byte
{
    /// <summary>
    /// Accepted; TLS and <see cref="NetworkServerOptions.OnConnect"/> run, or no byte of a request has come yet.
    /// </summary>
    New,

    /// <summary>Bytes of a request are there, not yet its whole head.</summary>
    Reading,

    /// <summary>The handler runs; it may read the body and send parts of its answer.</summary>
    Processing,

    /// <summary>The handler has ended, and its answer goes out.</summary>
    Writing,

    /// <summary>Waits for the next request.</summary>
    KeepAlive,

    /// <summary>
    /// The last answer is sent, or there is none: what the peer still sends is dropped for a moment.
    /// </summary>
    Closing,

    /// <summary>Closed; what was <see cref="ConnectionInfo.Set">set</see> on it is disposed now or has been.</summary>
    Closed,
}

using Waymark.Transport;

namespace Waymark.Connections;

/// <summary>What a server and the protocol on one of its connections tell each other.</summary>
/// <remarks>
/// The protocol's task writes <see cref="IsIdle"/> and the deadline; the server's sweep and stop read them from other
/// threads and set <see cref="IsStopping"/> and <see cref="HasTimedOut"/>. All of it is advisory: the receive that
/// <see cref="Connection.StopReceiving"/> wakes is what the protocol acts on.
/// </remarks>
internal sealed class ConnectionContext
{
    private const long NoDeadline = long.MaxValue;

    private volatile Connection _connection;
    private volatile bool _isIdle;
    private volatile bool _isStopping;
    private volatile bool _hasTimedOut;
    private long _deadline = NoDeadline;

    public ConnectionContext(Connection connection, long id, CancellationToken abortToken)
    {
        _connection = connection;
        Id = id;
        AbortToken = abortToken;
        Info = new ConnectionInfo(this);
    }

    /// <summary>The connection that the protocol is spoken on: the outermost layer.</summary>
    public Connection Connection => _connection;

    /// <summary>Unique within its server, counted from 1; for logs.</summary>
    public long Id { get; }

    /// <summary>Cancelled when the server's drain time is over: handlers still running should give up.</summary>
    public CancellationToken AbortToken { get; }

    /// <summary>What programs see of the connection.</summary>
    public ConnectionInfo Info { get; }

    /// <summary>True while the protocol waits for the first byte of a next message and owes the peer nothing.</summary>
    public bool IsIdle { get => _isIdle; set => _isIdle = value; }

    /// <summary>True once the server stops: the next answer is the last one and says so.</summary>
    public bool IsStopping { get => _isStopping; set => _isStopping = value; }

    /// <summary>True when a deadline passed and the pending receive was therefore ended.</summary>
    public bool HasTimedOut { get => _hasTimedOut; set => _hasTimedOut = value; }

    /// <summary>The timestamp (of the server's TimeProvider) after which a pending receive is given up.</summary>
    /// <remarks>
    /// Kept to about half a second. A deadline that is still passed some seconds after the receive was ended aborts the
    /// connection, so one that is set before a send ends a peer that does not read.
    /// </remarks>
    public long Deadline => Volatile.Read(ref _deadline);

    /// <summary>Sets the deadline of the receives that follow.</summary>
    public void SetDeadline(long timestamp) => Volatile.Write(ref _deadline, timestamp);

    /// <summary>
    /// Puts a layer (TLS, the PROXY protocol) around the connection, which from now on stands for it and closes it.
    /// </summary>
    /// <remarks>By the connection's own task, before the protocol inside starts.</remarks>
    public void Wrap(Connection outer) => _connection = outer;

    /// <summary>Lets receives wait without limit.</summary>
    public void ClearDeadline() => Volatile.Write(ref _deadline, NoDeadline);
}

using Waymark.Transport;

namespace Waymark.Connections;

/// <summary>What a server and the protocol on one of its connections tell each other.</summary>
/// <remarks>
/// The protocol's task writes <see cref="IsIdle"/> and the deadline; the server's sweep and stop read them from other
/// threads and set <see cref="IsStopping"/> and <see cref="HasTimedOut"/>. All of it is advisory: the receive that
/// <see cref="Connection.StopReceiving"/> wakes is what the protocol acts on.
/// </remarks>
internal sealed partial class ConnectionContext
{
    private volatile Connection _connection;
    private volatile bool _isIdle;
    private volatile bool _isStopping;
    private volatile bool _hasTimedOut;
    private volatile ConnectionState _state;
    private long _requestCount;

    public ConnectionContext(
        Connection connection, long id, CancellationToken abortToken, TimeProvider? time = null)
    {
        _connection = connection;
        Id = id;
        AbortToken = abortToken;
        Time = time ?? TimeProvider.System;
        StartedAt = Time.GetTimestamp();
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

    /// <summary>What <see cref="StartedAt"/> is told by.</summary>
    public TimeProvider Time { get; }

    /// <summary>The timestamp at which the connection was accepted.</summary>
    public long StartedAt { get; }

    /// <summary>
    /// What the connection is doing. Written by its own task, one byte for each step; for others to look at.
    /// </summary>
    public ConnectionState State { get => _state; set => _state = value; }

    /// <summary>How many requests have begun on it.</summary>
    public long RequestCount => Volatile.Read(ref _requestCount);

    /// <summary>Who measures the server's connections; null where nobody does.</summary>
    public IConnectionObserver? Observer { get; init; }

    /// <summary>True where <see cref="Observer"/> has counted it, and so has to count its end.</summary>
    public bool IsCounted { get; set; }

    /// <summary>Why it ends, for the log; null while it does not.</summary>
    public string? EndReason { get; set; }

    /// <summary>True while the protocol waits for the first byte of a next message and owes the peer nothing.</summary>
    public bool IsIdle { get => _isIdle; set => _isIdle = value; }

    /// <summary>True once the server stops: the next answer is the last one and says so.</summary>
    public bool IsStopping { get => _isStopping; set => _isStopping = value; }

    /// <summary>True when a deadline passed and the pending receive was therefore ended.</summary>
    public bool HasTimedOut { get => _hasTimedOut; set => _hasTimedOut = value; }

    /// <summary>Notes that a message is there and its handler runs.</summary>
    /// <returns>How many there have been, this one included.</returns>
    public long BeginRequest()
    {
        // Only the connection's own task counts, so this needs no interlocked addition.
        long count = _requestCount + 1;
        Volatile.Write(ref _requestCount, count);
        _state = ConnectionState.Processing;
        return count;
    }

    /// <summary>
    /// Puts a layer (TLS, the PROXY protocol) around the connection, which from now on stands for it and closes it.
    /// </summary>
    /// <remarks>By the connection's own task, before the protocol inside starts.</remarks>
    public void Wrap(Connection outer) => _connection = outer;
}

using System.Net;
using Waymark.Connections;

namespace Waymark;

/// <summary>The connection that a request came on.</summary>
/// <remarks>
/// One object for all requests of a connection. Thread safety: every member may be used from any thread at any time;
/// what it tells of a connection that others work on may be old when it is read. It may be kept after the connection
/// has ended: it then tells how it ended.
/// </remarks>
public sealed class ConnectionInfo
{
    private readonly ConnectionContext _context;
    private readonly ConnectionValues _values = new();

    internal ConnectionInfo(ConnectionContext context) => _context = context;

    /// <summary>
    /// Unique within its server and those that run with it (<see cref="NetworkServerExtensions.AddServer"/>), counted
    /// from 1 in the order of accepting; the log names it.
    /// </summary>
    public long Id => _context.Id;

    /// <summary>
    /// The peer's address, or the one that a trusted proxy announced by the PROXY protocol; null where the transport
    /// has none.
    /// </summary>
    public EndPoint? RemoteEndPoint => _context.Connection.RemoteEndPoint;

    /// <summary>The address on the server's side; null where the transport has none.</summary>
    public EndPoint? LocalEndPoint => _context.Connection.LocalEndPoint;

    /// <summary>What the TLS handshake has settled; null on a connection without TLS.</summary>
    public TlsInfo? Tls => _context.Connection.Tls;

    /// <summary>
    /// Whose process is at the other end of a Unix socket: its process, user and group, asked of the kernel at each
    /// use. Null for IP, on other systems than Linux, and once the connection is closed.
    /// </summary>
    public PeerCredentials? PeerCredentials => _context.Connection.PeerCredentials;

    /// <summary>What the connection is doing.</summary>
    public ConnectionState State => _context.State;

    /// <summary>How many requests have come on it whose head was whole and valid, the current one included.</summary>
    public long RequestCount => _context.RequestCount;

    /// <summary>How long ago it was accepted, by <see cref="NetworkServerOptions.TimeProvider"/>.</summary>
    public TimeSpan Age => _context.Time.GetElapsedTime(_context.StartedAt);

    /// <summary>What <see cref="Set{T}"/> has put on the connection for this type.</summary>
    /// <returns>Null where there is nothing.</returns>
    /// <typeparam name="T">
    /// The type that it was set as: a value that was set as <c>IUser</c> is not found as <c>User</c>.
    /// </typeparam>
    public T? Get<T>()
        where T : class => _values.Get<T>();

    /// <summary>Puts a value on the connection, one for each type, for all of its requests.</summary>
    /// <remarks>
    /// Lives as long as the connection: when that is closed, an <see cref="IAsyncDisposable"/>, else an
    /// <see cref="IDisposable"/>, is disposed, the last one first; a stop waits for that, and what fails at it is
    /// logged. A value that is replaced is not disposed. Meant for a few types: they are looked through one by one.
    /// </remarks>
    /// <param name="value">The value; null takes away what there is.</param>
    /// <typeparam name="T">The type that <see cref="Get{T}"/> asks for.</typeparam>
    /// <returns>The value before it, which is the caller's from now on; null where there was none.</returns>
    /// <exception cref="ObjectDisposedException">The connection has ended: nobody would dispose the value.</exception>
    /// <example>
    /// <code>
    /// var options = new ServerOptions
    /// {
    ///     OnConnect = (connection, stop) =>
    ///     {
    ///         connection.Set(new Session());
    ///         return ValueTask.FromResult(true);
    ///     },
    /// };
    /// </code>
    /// </example>
    public T? Set<T>(T? value)
        where T : class => _values.Set(value);

    /// <summary>Takes the values one by one, the last that was set first; none can be set from then on.</summary>
    /// <returns>False where there is no more.</returns>
    internal bool TryTakeValue(out object? value) => _values.TryTake(out value);
}

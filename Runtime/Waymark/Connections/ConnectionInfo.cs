using System.Net;
using Waymark.Connections;

namespace Waymark;

/// <summary>The connection that a request came on.</summary>
/// <remarks>One object for all requests of a connection; valid until the connection ends.</remarks>
public sealed class ConnectionInfo
{
    private readonly ConnectionContext _context;

    internal ConnectionInfo(ConnectionContext context) => _context = context;

    /// <summary>Unique within its server, counted from 1 in the order of accepting; the log names it.</summary>
    public long Id => _context.Id;

    /// <summary>
    /// The peer's address, or the one that a trusted proxy announced by the PROXY protocol; null where the transport
    /// has none.
    /// </summary>
    public EndPoint? RemoteEndPoint => _context.Connection.RemoteEndPoint;

    /// <summary>The address on the server's side; null where the transport has none.</summary>
    public EndPoint? LocalEndPoint => _context.Connection.LocalEndPoint;

    /// <summary>
    /// Whose process is at the other end of a Unix socket: its process, user and group, asked of the kernel at each
    /// use. Null for IP, on other systems than Linux, and once the connection is closed.
    /// </summary>
    public PeerCredentials? PeerCredentials => _context.PeerCredentials;
}

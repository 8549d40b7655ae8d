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

    /// <summary>The peer's address; null where the transport has none.</summary>
    public EndPoint? RemoteEndPoint => _context.Connection.RemoteEndPoint;

    /// <summary>The address on the server's side; null where the transport has none.</summary>
    public EndPoint? LocalEndPoint => _context.Connection.LocalEndPoint;
}

using Waymark.Transport;
using Waymark.Transport.Tls;

namespace Waymark.Testing;

/// <summary>A connection in memory as what an HTTP client reads and writes.</summary>
/// <remarks>
/// To dispose of it is to close the connection, as with a socket: an HTTP client gives up a request that way, and a
/// read that is pending then ends.
/// </remarks>
internal sealed class MemoryStreamOf(Connection connection) : ConnectionStream(connection)
{
    private readonly Connection _closed = connection;

    protected override void Dispose(bool disposing)
    {
        ValueTask closing = _closed.DisposeAsync();
        System.Diagnostics.Debug.Assert(closing.IsCompletedSuccessfully, "Nothing in memory has to be waited for.");
        base.Dispose(disposing);
    }
}

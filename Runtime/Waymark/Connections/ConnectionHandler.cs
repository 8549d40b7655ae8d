namespace Waymark.Connections;

/// <summary>A protocol: the one thing to implement to serve connections.</summary>
internal abstract class ConnectionHandler
{
    /// <summary>
    /// Speaks the protocol until the connection is done. The server closes the connection afterwards.
    /// </summary>
    /// <remarks>An exception that leaves this method ends this connection only; it is logged by the server.</remarks>
    public abstract Task RunAsync(ConnectionContext context);
}

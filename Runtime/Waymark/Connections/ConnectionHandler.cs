namespace Waymark.Connections;

/// <summary>A protocol: the one thing to implement to serve connections.</summary>
internal abstract class ConnectionHandler
{
    /// <summary>
    /// Speaks the protocol until the connection is done. The server closes the connection afterwards.
    /// </summary>
    /// <remarks>An exception that leaves this method ends this connection only; it is logged by the server.</remarks>
    public abstract Task RunAsync(ConnectionContext context);

    /// <summary>The protocol that tells a peer of this one that there are too many connections.</summary>
    /// <param name="refusing">Tells it to peers without a layer in between.</param>
    public virtual ConnectionHandler ForRefusal(ConnectionHandler refusing) => refusing;
}

namespace Waymark.Transport;

/// <summary>A bound address that connections come from.</summary>
internal abstract class Listener : IAsyncDisposable
{
    /// <summary>What was bound: port 0 is replaced by the real one.</summary>
    public abstract Endpoint Endpoint { get; }

    /// <summary>
    /// True while a connection stands in the accept queue: a stop takes it before it closes the listener.
    /// </summary>
    /// <remarks>False where a transport cannot tell, and once the listener is closed.</remarks>
    public virtual bool HasWaiting => false;

    /// <summary>
    /// Lets nobody new into the accept queue; who is in it is still accepted. A transport that cannot does nothing.
    /// </summary>
    public virtual void RefuseNew()
    {
    }

    /// <summary>Waits for the next connection.</summary>
    /// <returns>Null once the listener is closed.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">
    /// The accept failed; the accept loop classifies it.
    /// </exception>
    public abstract ValueTask<Connection?> AcceptAsync();

    /// <summary>Stops listening; a pending accept returns null.</summary>
    public abstract ValueTask DisposeAsync();
}

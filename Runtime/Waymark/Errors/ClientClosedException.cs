namespace Waymark;

/// <summary>A packet was sent or asked for on a connection that this side has closed.</summary>
public sealed class ClientClosedException : IOException
{
    internal ClientClosedException()
        : base("The connection was closed on this side: nothing can be sent or received on it any more.")
    {
    }
}

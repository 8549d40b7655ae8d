namespace Waymark.Connections;

/// <summary>Is told what becomes of a server's connections: for measuring. From any thread; must not throw.</summary>
internal interface IConnectionObserver
{
    /// <summary>A connection is served from now on.</summary>
    public void Opened(ConnectionContext context);

    /// <summary>A connection that was <see cref="Opened"/> has ended.</summary>
    public void Closed(ConnectionContext context);

    /// <summary>A connection is not served.</summary>
    /// <param name="reason">A constant of <see cref="ConnectionEnds"/>.</param>
    public void Rejected(string reason);

    /// <summary>A TLS handshake has ended.</summary>
    /// <param name="context">Its connection.</param>
    /// <param name="startedAt">The timestamp of its first step.</param>
    /// <param name="isAgreed">False where it failed.</param>
    public void HandshakeEnded(ConnectionContext context, long startedAt, bool isAgreed);
}

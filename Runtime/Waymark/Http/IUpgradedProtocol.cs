namespace Waymark.Http;

/// <summary>
/// What is spoken on a connection after 101, where it has a way of its own to end: the handler's exception does not
/// reset the connection then, and whoever implements this tells the peer.
/// </summary>
internal interface IUpgradedProtocol
{
    /// <summary>True for an exception that says no more than that the peer is gone or broke the protocol.</summary>
    public bool IsOfPeer(Exception exception);

    /// <summary>Called on the sweep's thread when nothing came for a while; may not block.</summary>
    public void OnSilence();
}

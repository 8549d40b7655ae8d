namespace Waymark.Transport;

/// <summary>Knows what a connection is doing when its code blocks the thread of a transport.</summary>
internal interface ITurnObserver
{
    /// <summary>From another thread, while that code runs: notes what it is, and returns at once.</summary>
    public void OnBlocking();
}

namespace Waymark;

/// <summary>A peer has sent what its protocol does not know: a packet that cannot be read, or is too large.</summary>
/// <remarks>
/// A protocol throws it from <c>TryRead</c>; the handler gets it from <c>ReceiveAsync</c>, where it may answer and, if
/// <see cref="IsResumable"/> says so, receive on.
/// </remarks>
public sealed class StreamProtocolException : Exception
{
    /// <summary>Says what is wrong with a packet.</summary>
    /// <param name="message">A sentence; it may be shown to the peer.</param>
    /// <param name="cause">What found it; null for none.</param>
    public StreamProtocolException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>
    /// True where the next packet can be received: the protocol knows where this one ends. False ends the connection
    /// with the next receive.
    /// </summary>
    public bool IsResumable { get; internal set; }
}

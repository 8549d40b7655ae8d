namespace Waymark;

/// <summary>
/// The peer has left while a packet was waited for: it has finished sending, or the connection broke.
/// </summary>
/// <remarks>
/// An <see cref="OperationCanceledException"/>, since that is what a handler does about it: nothing. It lets the
/// exception pass, its <c>finally</c> blocks run, and the server ends the connection without a log entry above Debug.
/// </remarks>
public sealed class ClientDisconnectedException : OperationCanceledException
{
    internal ClientDisconnectedException(bool isReset, Exception? cause = null)
        : base(isReset ? "The connection broke." : "The peer has finished sending.", cause) => IsReset = isReset;

    /// <summary>True where the connection broke; false where the peer has finished sending in order.</summary>
    public bool IsReset { get; }
}

namespace Waymark;

/// <summary>
/// What a client gets where a handler failed, no answer had started, and neither hook nor mapping answered.
/// </summary>
public enum FaultPolicy : byte
{
    /// <summary>
    /// 500 without a word about the failure; the connection goes on where the request's body was read or is short
    /// enough to be dropped.
    /// </summary>
    Respond500,

    /// <summary>
    /// Nothing: answers to requests before it are sent, then the connection is closed. What the client has sent behind
    /// the request is not looked at.
    /// </summary>
    CloseSilently,
}

namespace Waymark.Http;

/// <summary>What a program has said about when connections end.</summary>
/// <param name="RequestsMax">After this many requests a connection is closed; the last answer says so.</param>
/// <param name="ClosesOnErrorStatus">True to close after an answer from 400 upwards, but 404, 409 and 412.</param>
/// <param name="Faults">What a client gets where a handler failed.</param>
internal sealed record ClosePolicy(
    long RequestsMax = long.MaxValue, bool ClosesOnErrorStatus = false, FaultPolicy Faults = FaultPolicy.Respond500)
{
    public static readonly ClosePolicy Default = new();
}

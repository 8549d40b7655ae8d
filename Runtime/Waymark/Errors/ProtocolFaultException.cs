namespace Waymark;

/// <summary>
/// A protocol of the program has failed with an exception that is no <see cref="StreamProtocolException"/>: an error in
/// the program, not of the peer. Nothing more can be received on the connection.
/// </summary>
public sealed class ProtocolFaultException : Exception
{
    internal ProtocolFaultException(string method, Exception cause)
        : base($"{method} of the protocol has failed: {cause.Message}", cause)
    {
    }
}

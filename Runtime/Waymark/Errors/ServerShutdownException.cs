namespace Waymark;

/// <summary>A server stopped, but not every connection ended within the drain time: the rest was cut off.</summary>
/// <remarks>The server is fully stopped when this is thrown; nothing is left to do but to know it.</remarks>
public sealed class ServerShutdownException : ServerException
{
    internal ServerShutdownException(int remainingConnections)
        : base(
            $"{remainingConnections} connection(s) did not end within the drain time and were cut off. Give StopAsync "
            + "or ServerOptions.DrainTimeout more time, or let handlers watch Exchange.RequestAborted.",
            cause: null) => RemainingConnections = remainingConnections;

    /// <summary>How many connections were cancelled or reset at the end of the drain time; at least 1.</summary>
    public int RemainingConnections { get; }
}

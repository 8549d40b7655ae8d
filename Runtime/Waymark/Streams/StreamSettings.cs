using Microsoft.Extensions.Logging;
using Waymark.Connections;

namespace Waymark.Streams;

/// <summary>What the clients of a server, or one that connects, are told; validated by whoever makes it.</summary>
internal sealed class StreamSettings
{
    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>How many bytes a packet may have, with all of its framing.</summary>
    public required int PacketBytesMax { get; init; }

    /// <summary>How long a receive waits that says nothing else.</summary>
    public required TimeSpan ReceiveTimeout { get; init; }

    /// <summary>How slowly a peer may take what it is sent.</summary>
    public required SendFloor SendFloor { get; init; }

    /// <summary>Whether handlers keep the thread of a transport.</summary>
    public SlowTurns Turns { get; } = new();
}

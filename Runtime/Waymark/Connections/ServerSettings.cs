using Microsoft.Extensions.Logging;

namespace Waymark.Connections;

/// <summary>What a <see cref="Server"/> is told; validated by whoever makes it.</summary>
internal sealed class ServerSettings
{
    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>At which level the beginning and the end of a connection are logged.</summary>
    public LogLevel ConnectionLogLevel { get; init; } = LogLevel.Debug;

    /// <summary>What the tasks of connections start with; null for a context without anything in it.</summary>
    public ExecutionContext? Ambient { get; init; }

    /// <summary>How many connections are served at once; null for no limit.</summary>
    public int? ConnectionsMax { get; init; }

    /// <summary>What a connection over the limit is sent before it is closed.</summary>
    public ReadOnlyMemory<byte> RejectionAnswer { get; init; }

    /// <summary>How long connections with nothing to do may stay once the server stops.</summary>
    public TimeSpan IdleGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Is told of the connections; null where nobody measures them.</summary>
    public IConnectionObserver? Observer { get; init; }

    /// <summary>Numbers the connections.</summary>
    public ConnectionIds Ids { get; init; } = new();

    /// <summary>Where the steps of the server's life are noted.</summary>
    public Lifecycle Lifecycle { get; init; } = new();
}

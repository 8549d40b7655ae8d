using System.Threading.Channels;

namespace Waymark.Transport.Memory;

/// <summary>A listener in memory: a test connects, the accept loop gets the other end.</summary>
internal sealed class MemoryListener(Endpoint endpoint) : Listener
{
    private readonly Channel<Connection> _waiting = Channel.CreateUnbounded<Connection>();

    public override Endpoint Endpoint { get; } = endpoint;

    public override bool HasWaiting => _waiting.Reader.Count > 0;

    /// <summary>Connects.</summary>
    /// <returns>The client's end.</returns>
    /// <exception cref="IOException">The listener is closed.</exception>
    public MemoryConnection Connect()
    {
        (MemoryConnection server, MemoryConnection client) = MemoryConnection.Create();
        return _waiting.Writer.TryWrite(server) ? client : throw new IOException("The listener is closed.");
    }

    public override async ValueTask<Connection?> AcceptAsync() =>
        await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false) && _waiting.Reader.TryRead(out Connection? next)
            ? next
            : null;

    public override ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }
}

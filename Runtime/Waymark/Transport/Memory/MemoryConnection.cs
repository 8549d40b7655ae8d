using System.Net;

namespace Waymark.Transport.Memory;

/// <summary>One end of a connection in memory: no port, no kernel; for tests.</summary>
internal sealed class MemoryConnection : Connection
{
    private readonly MemoryPipe _incoming;
    private readonly MemoryPipe _outgoing;

    private MemoryConnection(MemoryPipe incoming, MemoryPipe outgoing)
    {
        _incoming = incoming;
        _outgoing = outgoing;
    }

    public override EndPoint? RemoteEndPoint => null;

    public override EndPoint? LocalEndPoint => null;

    public override bool IsPeerGone => _incoming.HasFailed;

    /// <summary>Makes both ends of a connection.</summary>
    public static (MemoryConnection Server, MemoryConnection Client) Create()
    {
        var up = new MemoryPipe();
        var down = new MemoryPipe();
        return (new MemoryConnection(up, down), new MemoryConnection(down, up));
    }

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer) => _incoming.ReadAsync(buffer);

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        _outgoing.Write(data.Span);
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends when the other end has received all that was sent, and waits for more.</summary>
    public Task WaitUntilPeerIsStarvedAsync() => _outgoing.WaitUntilStarvedAsync();

    public override void StopReceiving() => _incoming.End();

    public override void ShutdownSend() => _outgoing.End();

    public override void Abort()
    {
        _incoming.Fail("The connection was aborted.");
        _outgoing.Fail("The connection was reset by the peer.");
    }

    public override ValueTask DisposeAsync()
    {
        _outgoing.End();
        _incoming.End();
        return ValueTask.CompletedTask;
    }
}

using System.Net;
using Waymark.Transport;

namespace Waymark.Wire.Tests.Support;

/// <summary>A client that sends a request and takes nothing of the answer.</summary>
internal sealed class StuckConnection(byte[] request) : Connection
{
    private readonly TaskCompletionSource _sending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isGiven;

    public override EndPoint? RemoteEndPoint => null;

    public override EndPoint? LocalEndPoint => null;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        if (_isGiven)
            return new ValueTask<int>(0);
        _isGiven = true;
        request.CopyTo(buffer);
        return new ValueTask<int>(request.Length);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data) => new(_sending.Task);

    public override void StopReceiving()
    {
    }

    public override void ShutdownSend()
    {
    }

    public override void Abort() => _sending.TrySetException(new IOException("The connection was aborted."));

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

using System.Net;
using Waymark.Transport;

namespace Waymark.Tests.Support;

/// <summary>A connection whose peer has an address.</summary>
internal sealed class AddressedConnection(Connection inner, EndPoint remote) : Connection
{
    public override EndPoint? RemoteEndPoint => remote;

    public override EndPoint? LocalEndPoint => inner.LocalEndPoint;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer) => inner.ReceiveAsync(buffer);

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data) => inner.SendAsync(data);

    public override void StopReceiving() => inner.StopReceiving();

    public override void ShutdownSend() => inner.ShutdownSend();

    public override void Abort() => inner.Abort();

    public override ValueTask DisposeAsync() => inner.DisposeAsync();
}

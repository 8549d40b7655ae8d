using System.Net;
using Waymark.Transport;

namespace Waymark.Wire.Tests.Support;

/// <summary>Gives its input once and forgets what is sent; allocates nothing itself.</summary>
internal sealed class DiscardingConnection(byte[] input) : Connection
{
    private int _given;

    public override EndPoint? RemoteEndPoint => null;

    public override EndPoint? LocalEndPoint => null;

    public int SendCount { get; private set; }

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        int count = Math.Min(buffer.Length, input.Length - _given);
        input.AsSpan(_given, count).CopyTo(buffer.Span);
        _given += count;
        return new ValueTask<int>(count);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        SendCount++;
        return ValueTask.CompletedTask;
    }

    public override void StopReceiving()
    {
    }

    public override void ShutdownSend()
    {
    }

    public override void Abort()
    {
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

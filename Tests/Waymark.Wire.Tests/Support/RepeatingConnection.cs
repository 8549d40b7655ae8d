using System.Net;
using Waymark.Transport;

namespace Waymark.Wire.Tests.Support;

/// <summary>Gives the same request again and again, and counts the answers; allocates nothing itself.</summary>
internal sealed class RepeatingConnection(byte[] request, int count) : Connection
{
    private int _given;

    public override EndPoint? RemoteEndPoint => null;

    public override EndPoint? LocalEndPoint => null;

    public int AnswerCount { get; private set; }

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        if (_given++ >= count)
            return new ValueTask<int>(0);
        request.CopyTo(buffer);
        return new ValueTask<int>(request.Length);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        Assert.True(data.Span.StartsWith("HTTP/1.1 "u8));
        AnswerCount++;
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

using System.Net;
using Waymark.Transport;

namespace Waymark.Benchmarks.Parts;

/// <summary>A connection in memory: gives the same request again and again, and takes each answer at once.</summary>
internal sealed class RepeatedRequest(byte[] request, int count) : Connection
{
    private int _given;
    private int _offset;

    public override EndPoint? RemoteEndPoint => null;

    public override EndPoint? LocalEndPoint => null;

    /// <summary>How many answers had the status 200.</summary>
    public int AnswerCount { get; private set; }

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        if (_given == count)
            return new ValueTask<int>(0);
        int length = Math.Min(buffer.Length, request.Length - _offset);
        request.AsSpan(_offset, length).CopyTo(buffer.Span);
        _offset += length;
        if (_offset == request.Length)
            (_offset, _given) = (0, _given + 1);
        return new ValueTask<int>(length);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        if (data.Span.StartsWith("HTTP/1.1 200 "u8))
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

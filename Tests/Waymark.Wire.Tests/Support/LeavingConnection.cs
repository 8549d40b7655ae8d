using System.Net;
using System.Text;
using Waymark.Transport;

namespace Waymark.Wire.Tests.Support;

/// <summary>Sends the beginning of a request, then leaves: with a FIN, or with a reset that sends see too.</summary>
internal sealed class LeavingConnection(ReadOnlyMemory<byte> input, bool resets) : Connection
{
    private readonly MemoryStream _sent = new();
    private int _offset;

    public override EndPoint? RemoteEndPoint => null;

    public override EndPoint? LocalEndPoint => null;

    public bool IsAborted { get; private set; }

    public string Sent => Encoding.Latin1.GetString(_sent.ToArray());

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        if (_offset == input.Length)
            return resets ? ValueTask.FromException<int>(Reset()) : new ValueTask<int>(0);
        int count = Math.Min(buffer.Length, input.Length - _offset);
        input.Slice(_offset, count).CopyTo(buffer);
        _offset += count;
        return new ValueTask<int>(count);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        if (resets && _offset == input.Length)
            return ValueTask.FromException(Reset());
        _sent.Write(data.Span);
        return ValueTask.CompletedTask;
    }

    public override void StopReceiving()
    {
    }

    public override void ShutdownSend()
    {
    }

    public override void Abort() => IsAborted = true;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ConnectionLostException Reset() => new("reset by peer: secret");
}

using System.Net;
using Waymark.Transport;

namespace Waymark.Wire.Tests.Support;

/// <summary>Gives prepared pieces one by one, notes what is sent; everything completes at once.</summary>
internal sealed class ScriptedConnection(IReadOnlyList<ReadOnlyMemory<byte>> pieces) : Connection
{
    private readonly MemoryStream _sent = new();
    private int _index;
    private int _offset;

    public override EndPoint? RemoteEndPoint => PeerEndPoint;

    /// <summary>Where the octets come from.</summary>
    public EndPoint? PeerEndPoint { get; init; }

    public override EndPoint? LocalEndPoint => null;

    public byte[] Sent => _sent.ToArray();

    public int SendCount { get; private set; }

    /// <summary>Gets everything that was sent so far, after each send.</summary>
    public Action<byte[]>? OnSend { get; init; }

    public bool IsAborted { get; private set; }

    public bool IsSendShutDown { get; private set; }

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        if (_index == pieces.Count)
            return new ValueTask<int>(0);
        ReadOnlyMemory<byte> rest = pieces[_index][_offset..];
        int count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        _offset += count;
        if (_offset == pieces[_index].Length)
        {
            _index++;
            _offset = 0;
        }

        return new ValueTask<int>(count);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        Assert.False(IsSendShutDown, "a send behind the shutdown");
        Assert.False(data.IsEmpty, "an empty send");
        _sent.Write(data.Span);
        SendCount++;
        OnSend?.Invoke(Sent);
        return ValueTask.CompletedTask;
    }

    public override void StopReceiving() => _index = pieces.Count;

    public override void ShutdownSend() => IsSendShutDown = true;

    public override void Abort() => IsAborted = true;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

using System.Net;
using Waymark.Fuzz.Engine;
using Waymark.Transport;

namespace Waymark.Fuzz.Targets;

/// <summary>Gives an input in pieces and keeps what is sent; everything completes at once.</summary>
internal sealed class ScriptedConnection(byte[] input, int[] ends) : Connection
{
    private readonly MemoryStream _sent = new();
    private int _piece;
    private int _offset;
    private bool _isShutDown;

    public override EndPoint? RemoteEndPoint => null;

    public override EndPoint? LocalEndPoint => null;

    public byte[] Sent => _sent.ToArray();

    public bool IsAborted { get; private set; }

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        while (_piece < ends.Length && _offset == ends[_piece])
            _piece++;
        if (_piece == ends.Length)
            return new ValueTask<int>(0);
        int count = Math.Min(buffer.Length, ends[_piece] - _offset);
        input.AsMemory(_offset, count).CopyTo(buffer);
        _offset += count;
        return new ValueTask<int>(count);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        if (_isShutDown || IsAborted || data.IsEmpty)
            throw new OracleException("a send of nothing, or behind the end");
        _sent.Write(data.Span);
        return ValueTask.CompletedTask;
    }

    public override void StopReceiving() => _piece = ends.Length;

    public override void ShutdownSend() => _isShutDown = true;

    public override void Abort() => IsAborted = true;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

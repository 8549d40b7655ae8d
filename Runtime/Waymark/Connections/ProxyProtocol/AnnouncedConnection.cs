using System.Net;
using Microsoft.Win32.SafeHandles;
using Waymark.Buffers;
using Waymark.Transport;

namespace Waymark.Connections.ProxyProtocol;

/// <summary>
/// A connection whose addresses are those that a proxy announced, and that first gives what came behind the prelude.
/// </summary>
internal sealed class AnnouncedConnection : ConnectionLayer
{
    private readonly IPEndPoint? _source;
    private readonly IPEndPoint? _destination;

    // INVARIANT: null once everything in it was given out; _start <= _end otherwise.
    private byte[]? _block;
    private int _start;
    private readonly int _end;

    /// <param name="inner">The connection to the proxy.</param>
    /// <param name="prelude">What the proxy announced.</param>
    /// <param name="block">A block of the pool, which is this object's from now on.</param>
    /// <param name="filled">How many bytes of it have come, the prelude first.</param>
    public AnnouncedConnection(Connection inner, ProxyPrelude prelude, byte[] block, int filled)
        : base(inner)
    {
        _source = prelude.Source;
        _destination = prelude.Destination;
        _block = block;
        _start = prelude.Length;
        _end = filled;
        if (_start == _end)
            ReturnBlock();
    }

    public override EndPoint? RemoteEndPoint => _source ?? Inner.RemoteEndPoint;

    public override EndPoint? LocalEndPoint => _destination ?? Inner.LocalEndPoint;

    // What is sent passes through as it is.
    public override bool SendsFiles => Inner.SendsFiles;

    public override ValueTask<int> SendFileAsync(SafeFileHandle file, long offset, int length) =>
        Inner.SendFileAsync(file, offset, length);

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        if (_block is null)
            return Inner.ReceiveAsync(buffer);

        int count = Math.Min(buffer.Length, _end - _start);
        _block.AsMemory(_start, count).CopyTo(buffer);
        _start += count;
        if (_start == _end)
            ReturnBlock();
        return new ValueTask<int>(count);
    }

    public override ValueTask DisposeAsync()
    {
        ReturnBlock();
        return base.DisposeAsync();
    }

    private void ReturnBlock()
    {
        if (_block is { } block)
        {
            _block = null;
            BlockPool.Return(block);
        }
    }
}

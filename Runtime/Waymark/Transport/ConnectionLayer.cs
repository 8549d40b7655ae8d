using System.Net;

namespace Waymark.Transport;

/// <summary>A connection around another one: what a layer does not do itself, the inner one does.</summary>
internal abstract class ConnectionLayer(Connection inner) : Connection
{
    /// <summary>The connection that this one stands around, and closes.</summary>
    public Connection Inner { get; } = inner;

    public override EndPoint? RemoteEndPoint => Inner.RemoteEndPoint;

    public override EndPoint? LocalEndPoint => Inner.LocalEndPoint;

    public override long BytesTaken => Inner.BytesTaken;

    public override bool IsPeerGone => Inner.IsPeerGone;

    public override PeerCredentials? PeerCredentials => Inner.PeerCredentials;

    public override TlsInfo? Tls => Inner.Tls;

    // A layer may hold bytes that the connection inside has given it.
    public override bool WaitsForFree => false;

    public override ITurnObserver? Observer { get => Inner.Observer; set => Inner.Observer = value; }

    public override void Start(IThreadPoolWorkItem work) => Inner.Start(work);

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer) => Inner.ReceiveAsync(buffer);

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data) => Inner.SendAsync(data);

    public override void StopReceiving() => Inner.StopReceiving();

    public override void ShutdownSend() => Inner.ShutdownSend();

    public override void Abort() => Inner.Abort();

    public override ValueTask DisposeAsync() => Inner.DisposeAsync();
}

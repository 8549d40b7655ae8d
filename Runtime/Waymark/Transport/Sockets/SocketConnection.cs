using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Waymark.Transport.Sockets;

/// <summary>A connection over a System.Net.Sockets socket: TCP or Unix domain, on every platform.</summary>
/// <remarks>
/// Sends and receives allocate nothing. <see cref="StopReceiving"/> is shutdown(SHUT_RD): on Linux and macOS it wakes a
/// pending receive with 0, and what already stands in the receive queue is still read first. Windows does not wake the
/// receive; there the abort that follows some seconds later ends it.
/// </remarks>
internal sealed class SocketConnection : Connection
{
    private readonly Socket _socket;
    private readonly SocketReceive _receive = new();
    private readonly SocketSend _send = new();
    private volatile bool _isAborted;

    public SocketConnection(Socket socket)
    {
        _socket = socket;

        // Accepting has already read the peer's address. It is kept, since a socket forgets it when it is closed.
        RemoteEndPoint = Unmap(socket.RemoteEndPoint);
    }

    public override EndPoint? RemoteEndPoint { get; }

    public override EndPoint? LocalEndPoint
    {
        get
        {
            try
            {
                return Unmap(_socket.LocalEndPoint);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return null;
            }
        }
    }

    public override long BytesTaken => TcpInfo.TryRead(_socket, out TcpInfo info) ? info.BytesAcknowledged : -1;

    public override bool IsPeerGone => TcpInfo.TryRead(_socket, out TcpInfo info) && info.IsClosed;

    public override PeerCredentials? PeerCredentials => PeerCredentialsReader.Read(_socket);

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        Debug.Assert(buffer.Length > 0, "A receive into nothing would look like the peer's end.");
        try
        {
            return _receive.StartAsync(_socket, buffer);
        }
        catch (ObjectDisposedException cause)
        {
            return ValueTask.FromException<int>(SocketErrors.Aborted(cause));
        }
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        try
        {
            return _send.StartAsync(_socket, data);
        }
        catch (ObjectDisposedException cause)
        {
            return ValueTask.FromException(SocketErrors.Aborted(cause));
        }
    }

    public override void StopReceiving() => Shutdown(SocketShutdown.Receive);

    public override void ShutdownSend() => Shutdown(SocketShutdown.Send);

    public override void Abort()
    {
        if (_isAborted)
            return;

        _isAborted = true;
        try
        {
            // Linger on with 0 seconds makes close send a reset and drop what is unsent (socket(7), RFC 9293 3.10.5).
            _socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Already closed or reset: there is nothing left to abort.
        }

        _socket.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        lock (_receive)
            _socket.Dispose();

        _receive.Dispose();
        _send.Dispose();
        return ValueTask.CompletedTask;
    }

    // A socket that takes both families shows IPv4 as ::ffff:a.b.c.d, which nobody compares with.
    private static EndPoint? Unmap(EndPoint? endPoint) => endPoint is IPEndPoint { Address.IsIPv4MappedToIPv6: true } ip
        ? new IPEndPoint(ip.Address.MapToIPv4(), ip.Port)
        : endPoint;

    private void Shutdown(SocketShutdown how)
    {
        try
        {
            // INVARIANT: no shutdown runs while the socket is disposed. .NET would take it for a blocked call and break
            // the connection to end it, so that the peer sees a reset: the shutdown wakes the receive, whose task
            // closes the connection, before the shutdown has returned.
            lock (_receive)
                _socket.Shutdown(how);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The peer has reset the connection, or it is closed: what was asked for is already so.
        }
    }
}

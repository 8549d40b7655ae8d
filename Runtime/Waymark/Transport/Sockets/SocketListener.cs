using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Waymark.Transport.Sockets;

/// <summary>A listening socket.</summary>
/// <remarks>
/// No address options are set here: .NET sets SO_REUSEADDR for TCP on Unix, which lets a restarted server bind while
/// old connections stand in TIME_WAIT but refuses an address on which another socket listens. A Unix socket's file is
/// removed when the listener is disposed; one that was there before is an error, since it may belong to a running
/// server.
/// </remarks>
internal sealed class SocketListener : Listener
{
    private readonly Socket _socket;
    private readonly bool _isTcp;
    private volatile bool _isClosed;
    private bool _isShortOfDescriptors;

    private SocketListener(Socket socket, Endpoint endpoint)
    {
        _socket = socket;
        _isTcp = endpoint.Kind == EndpointKind.Ip;
        Endpoint = endpoint;
    }

    public override Endpoint Endpoint { get; }

    public override bool HasWaiting
    {
        get
        {
            try
            {
                return !_isClosed && _socket.Poll(0, SelectMode.SelectRead);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <summary>Binds one socket and listens.</summary>
    /// <param name="endpoint">One that stands for one socket.</param>
    /// <param name="backlog">
    /// How many connections may wait to be accepted; the kernel caps it (net.core.somaxconn).
    /// </param>
    /// <exception cref="SocketException">The address cannot be listened on; nothing is left open.</exception>
    public static SocketListener Bind(Endpoint endpoint, int backlog)
    {
        Debug.Assert(endpoint.Kind is EndpointKind.Ip or EndpointKind.Unix);
        ProtocolType protocol = endpoint.Kind == EndpointKind.Ip ? ProtocolType.Tcp : ProtocolType.Unspecified;
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, protocol);
        try
        {
            // An IPv6 socket that also takes IPv4 would show its peers as ::ffff:a.b.c.d, and would clash with "*".
            if (endpoint.AddressFamily == AddressFamily.InterNetworkV6)
                socket.DualMode = false;

            socket.Bind(endpoint.ToEndPoint());
            socket.Listen(backlog);
            Endpoint bound = socket.LocalEndPoint is IPEndPoint ip ? Endpoint.ForIp(ip.Address, ip.Port) : endpoint;
            return new SocketListener(socket, bound);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override async ValueTask<Connection?> AcceptAsync()
    {
        if (_isShortOfDescriptors && !DescriptorRoom.HasRoom())
            throw DescriptorRoom.Exhausted();
        Socket socket;
        try
        {
            socket = await _socket.AcceptAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (_isClosed && e is SocketException or ObjectDisposedException)
        {
            return null;
        }

        try
        {
            // Answers leave in one send per burst, so Nagle's algorithm could only delay them.
            if (_isTcp)
                socket.NoDelay = true;
        }
        catch (SocketException)
        {
            // The peer is gone already (macOS says so here); the first receive tells the protocol.
        }

        _isShortOfDescriptors = DescriptorRoom.IsShort(socket);
        return new SocketConnection(socket);
    }

    public override void RefuseNew()
    {
        if (_isTcp)
            AcceptQueue.Shut(_socket);
    }

    public override ValueTask DisposeAsync()
    {
        _isClosed = true;
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}

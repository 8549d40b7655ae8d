using System.Net;
using System.Net.Sockets;

/// <summary>Waits for the data connection of one client.</summary>
/// <remarks>
/// It listens on the address that the client has reached, and takes no one from another address than the client's: who
/// only guesses the port gets nothing (RFC 2577 section 8).
/// </remarks>
internal sealed class DataListener : IDisposable
{
    private readonly Socket _socket;
    private readonly IPAddress _peer;

    public DataListener(IPAddress local, IPAddress peer)
    {
        _peer = peer;
        _socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(new IPEndPoint(local, 0));
            _socket.Listen(4);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public async ValueTask<Socket> AcceptAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Socket accepted = await _socket.AcceptAsync(cancellation);
            if (accepted.RemoteEndPoint is IPEndPoint remote && remote.Address.Equals(_peer))
                return accepted;
            accepted.Dispose();
        }
    }

    public void Dispose() => _socket.Dispose();
}

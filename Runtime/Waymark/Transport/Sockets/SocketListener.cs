using System.Net.Sockets;
using Waymark.Transport.Listening;

namespace Waymark.Transport.Sockets;

/// <summary>Accepts through System.Net.Sockets.</summary>
internal sealed class SocketListener(ListeningSocket socket) : Listener
{
    private readonly PendingAccept _accept = new(socket.Socket);
    private bool _isShortOfDescriptors;

    public override Endpoint Endpoint => socket.Endpoint;

    public override bool HasWaiting => socket.HasWaiting;

    public override async ValueTask<Connection?> AcceptAsync()
    {
        if (_isShortOfDescriptors && !DescriptorRoom.HasRoom())
            throw DescriptorRoom.Exhausted();
        Socket? accepted;
        try
        {
            accepted = await _accept.AcceptAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (socket.IsClosed && e is SocketException or ObjectDisposedException)
        {
            return null;
        }

        if (accepted is null)
            return null;

        try
        {
            // Answers leave in one send per burst, so Nagle's algorithm could only delay them.
            if (socket.IsTcp)
                accepted.NoDelay = true;
            if (socket.IsTcp && socket.IsInherited)
                SendQueue.Limit(accepted);
        }
        catch (SocketException)
        {
            // The peer is gone already (macOS says so here); the first receive tells the protocol.
        }

        _isShortOfDescriptors = DescriptorRoom.IsShort((int)accepted.Handle);
        return new SocketConnection(accepted);
    }

    public override void RefuseNew() => socket.RefuseNew();

    public override async ValueTask DisposeAsync()
    {
        socket.BeginClose();
        await _accept.EndAsync().ConfigureAwait(false);
        socket.Dispose();
    }
}

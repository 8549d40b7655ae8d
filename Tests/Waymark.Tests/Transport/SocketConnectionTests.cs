using Waymark.Transport;
using Waymark.Transport.Listening;

namespace Waymark.Tests.Transport;

public sealed class SocketConnectionTests : ConnectionOverSocketTests
{
    private protected override Listener Listen(ListeningSocket socket) => Transports.Sockets(socket);
}

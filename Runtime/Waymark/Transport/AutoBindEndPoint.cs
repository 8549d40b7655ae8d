using System.Net;
using System.Net.Sockets;

namespace Waymark.Transport;

/// <summary>
/// A Unix address without a name: binding to it makes Linux choose an abstract one (unix(7), "Autobind feature").
/// </summary>
/// <remarks><see cref="UnixDomainSocketEndPoint"/> refuses an empty name.</remarks>
internal sealed class AutoBindEndPoint : EndPoint
{
    // sizeof(sa_family_t): the family alone, no byte of a name.
    private const int FamilyBytes = 2;

    public static readonly AutoBindEndPoint Instance = new();

    // Any endpoint can make another one from what the kernel says; this one's own name does not matter.
    private static readonly UnixDomainSocketEndPoint Maker = new("/");

    private AutoBindEndPoint()
    {
    }

    public override AddressFamily AddressFamily => AddressFamily.Unix;

    public override SocketAddress Serialize() => new(AddressFamily.Unix, FamilyBytes);

    public override EndPoint Create(SocketAddress socketAddress) => Maker.Create(socketAddress);
}

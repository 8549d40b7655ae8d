using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Waymark.Transport.Epoll;

/// <summary>A socket address as the kernel gives it (ip(7), ipv6(7)), in a connection and not on the heap.</summary>
/// <remarks>Most programs never ask who their peers are: an object is made when one does.</remarks>
internal struct PeerAddress
{
    /// <summary>Room for any address: <c>struct sockaddr_storage</c>.</summary>
    public const int StorageBytes = 128;

    private const ushort FamilyIPv4 = 2; // AF_INET
    private const ushort FamilyIPv6 = 10; // AF_INET6
    private const int IPv4Bytes = 4;
    private const int IPv6Bytes = 16;
    private const int PortOffset = 2;
    private const int IPv4Offset = 4;
    private const int IPv6Offset = 8;
    private const int ScopeOffset = 24;
    private const int Bytes = 28; // struct sockaddr_in6

    private Octets _octets;

    /// <summary>Keeps an address of TCP; of other families it keeps nothing.</summary>
    public static PeerAddress Of(ReadOnlySpan<byte> address)
    {
        var peer = default(PeerAddress);
        Span<byte> octets = peer._octets;
        address[..Math.Min(address.Length, Bytes)].CopyTo(octets);
        return peer;
    }

    /// <summary>Reads an address of any family.</summary>
    /// <param name="address">What the kernel wrote, as long as it says.</param>
    public static EndPoint ToEndPoint(ReadOnlySpan<byte> address)
    {
        if (address.Length >= IPv4Offset + IPv4Bytes && Of(address).ToEndPoint() is { } ip)
            return ip;

        // A Unix socket, most often one without a name: its address ends behind the family.
        int length = Math.Max(address.Length, sizeof(ushort));
        var native = new SocketAddress(AddressFamily.Unix, Math.Max(length, 2));
        for (int i = sizeof(ushort); i < address.Length; i++)
            native[i] = address[i];
        return new UnixDomainSocketEndPoint("/").Create(native);
    }

    /// <summary>The address; null where it is none of TCP. IPv4 that came to an IPv6 socket is IPv4.</summary>
    public readonly IPEndPoint? ToEndPoint()
    {
        ReadOnlySpan<byte> octets = _octets;
        int port = BinaryPrimitives.ReadUInt16BigEndian(octets[PortOffset..]);
        switch (MemoryMarshal.Read<ushort>(octets))
        {
            case FamilyIPv4:
                return new IPEndPoint(new IPAddress(octets.Slice(IPv4Offset, IPv4Bytes)), port);
            case FamilyIPv6:
                uint scope = MemoryMarshal.Read<uint>(octets[ScopeOffset..]);
                var address = new IPAddress(octets.Slice(IPv6Offset, IPv6Bytes), scope);
                return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port);
            default:
                return null;
        }
    }

    [InlineArray(Bytes)]
    private struct Octets
    {
#pragma warning disable IDE0044, IDE0051 // The compiler reads this field through the inline array.
        private byte _first;
#pragma warning restore IDE0044, IDE0051
    }
}

using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Waymark;

/// <summary>Who shares a limit.</summary>
/// <remarks>Immutable and safe for use by any number of threads.</remarks>
public sealed class RateLimitPartition
{
    private readonly Func<Exchange, PartitionKey> _keyOf;

    private RateLimitPartition(Func<Exchange, PartitionKey> keyOf) => _keyOf = keyOf;

    /// <summary>
    /// Each client address has its own: an IPv4 address, or a network of 64 bits of IPv6, since a household has no
    /// fewer. It is <see cref="Request.RemoteEndPoint"/>: behind a proxy, put <see cref="ForwardedHeaders"/> around, or
    /// all clients are one. What has no address (Unix sockets) is one.
    /// </summary>
    public static RateLimitPartition ByAddress { get; } = new(static exchange =>
        exchange.Request.RemoteEndPoint is IPEndPoint peer ? KeyOf(peer.Address) : PartitionKey.None);

    /// <summary>
    /// Each <see cref="Exchange.User"/> has its own, by name; who is not known counts by address. Put authentication
    /// around.
    /// </summary>
    public static RateLimitPartition ByUser { get; } = new(static exchange =>
        exchange.User is { } user ? PartitionKey.Of(user.Name) : ByAddress.KeyOf(exchange));

    /// <summary>All clients share one.</summary>
    public static RateLimitPartition Everyone { get; } = new(static _ => PartitionKey.None);

    /// <summary>
    /// Each value of a header field has its own; requests without it count by address. Only for fields that are
    /// verified before: who makes up a value for each request is not limited.
    /// </summary>
    /// <param name="name">The field's name.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    public static RateLimitPartition ByHeader(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return new(exchange => exchange.Request.Headers.TryGet(bytes, out ReadOnlySpan<byte> value)
            ? PartitionKey.Of(Encoding.Latin1.GetString(value))
            : ByAddress.KeyOf(exchange));
    }

    /// <summary>Each key that a function gives has its own; null counts by address.</summary>
    /// <param name="key">Called for each request.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public static RateLimitPartition By(Func<Exchange, string?> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(exchange => key(exchange) is { } text ? PartitionKey.Of(text) : ByAddress.KeyOf(exchange));
    }

    internal PartitionKey KeyOf(Exchange exchange) => _keyOf(exchange);

    internal static PartitionKey KeyOf(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        if (!address.TryWriteBytes(octets, out int length))
            return PartitionKey.None;
        if (length == 4)
            return new PartitionKey(1, BinaryPrimitives.ReadUInt32BigEndian(octets), null);
        return address.IsIPv4MappedToIPv6
            ? new PartitionKey(1, BinaryPrimitives.ReadUInt32BigEndian(octets[12..]), null)
            : new PartitionKey(2, BinaryPrimitives.ReadUInt64BigEndian(octets), null);
    }
}

/// <summary>Whose limiter it is.</summary>
/// <param name="Kind">0 for everyone, 1 for IPv4, 2 for IPv6, 3 for a text.</param>
/// <param name="Address">The address, or what of it counts.</param>
/// <param name="Text">The text.</param>
internal readonly record struct PartitionKey(byte Kind, ulong Address, string? Text)
{
    public static PartitionKey None => default;

    public static PartitionKey Of(string text) => new(3, 0, text);

    // Seeded, unlike that of a record: clients choose their addresses within their networks.
    public override int GetHashCode() => HashCode.Combine(Kind, Address, Text);
}

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Waymark.Buffers;
using Waymark.Transport;

namespace Waymark.Connections.ProxyProtocol;

/// <summary>Reads the prelude of the PROXY protocol, versions 1 and 2: a pure function over what has come.</summary>
/// <remarks>
/// Source: "The PROXY protocol, Versions 1 and 2" of HAProxy (doc/proxy-protocol.txt), here called P.
/// <code>
/// v1 = "PROXY " ( ( "TCP4" / "TCP6" ) SP source SP destination SP port SP port / "UNKNOWN" *any ) CRLF
///      ; 107 octets at most
/// v2 = signature(12) version-and-command(1) family-and-transport(1) length(2) address-block *TLV
/// </code>
/// Where the proxy speaks for itself (LOCAL), or names a kind of address that is not TCP over IP (UNKNOWN, UNSPEC, UDP,
/// Unix), the real addresses count. TLVs are skipped.
/// </remarks>
internal static class PreludeParser
{
    /// <summary>
    /// The longest prelude that is taken. P asks for 107 (v1) and 232 (v2 without TLVs) at least; the rest is room for
    /// TLVs.
    /// </summary>
    public const int BytesMax = 4096;

    private const int Version1BytesMax = 107;
    private const int Version2HeadBytes = 16;
    private const int Version2 = 0x20;
    private const int CommandLocal = 0;
    private const int CommandProxy = 1;
    private const int TcpOverIPv4 = 0x11;
    private const int TcpOverIPv6 = 0x21;
    private const int IPv4BlockBytes = 12;
    private const int IPv6BlockBytes = 36;

    private static ReadOnlySpan<byte> Version1Start => "PROXY "u8;

    private static ReadOnlySpan<byte> Version2Start => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Reads a prelude.</summary>
    /// <param name="bytes">All that has come of the connection.</param>
    /// <param name="prelude">What it says, where the result is Done.</param>
    public static PreludeResult Parse(ReadOnlySpan<byte> bytes, out ProxyPrelude prelude)
    {
        prelude = default;
        if (bytes.IsEmpty)
            return PreludeResult.NeedMore;

        bool isText = bytes[0] == Version1Start[0];
        ReadOnlySpan<byte> start = isText ? Version1Start : Version2Start;
        int common = Math.Min(bytes.Length, start.Length);
        if (!bytes[..common].SequenceEqual(start[..common]))
            return PreludeResult.Rejected;
        if (bytes.Length < start.Length)
            return PreludeResult.NeedMore;

        return isText ? ParseVersion1(bytes, out prelude) : ParseVersion2(bytes, out prelude);
    }

    private static PreludeResult ParseVersion1(ReadOnlySpan<byte> bytes, out ProxyPrelude prelude)
    {
        prelude = default;
        ReadOnlySpan<byte> window = bytes.Length > Version1BytesMax ? bytes[..Version1BytesMax] : bytes;

        // P 2.1: the line ends with CRLF, and a CR or LF alone is not tolerated.
        int end = window.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0 || (end == window.Length - 1 && window[end] == '\r'))
            return bytes.Length < Version1BytesMax ? PreludeResult.NeedMore : PreludeResult.Rejected;
        if (window[end] == '\n' || window[end + 1] != '\n')
            return PreludeResult.Rejected;

        ReadOnlySpan<byte> rest = window[Version1Start.Length..end];
        int length = end + 2;
        if (rest.StartsWith("UNKNOWN"u8) && (rest.Length == 7 || rest[7] == ' '))
        {
            prelude = new ProxyPrelude(length, null, null);
            return PreludeResult.Done;
        }

        ReadOnlySpan<byte> protocol = Next(ref rest);
        AddressFamily family = protocol.SequenceEqual("TCP4"u8) ? AddressFamily.InterNetwork
            : protocol.SequenceEqual("TCP6"u8) ? AddressFamily.InterNetworkV6
            : AddressFamily.Unknown;
        ReadOnlySpan<byte> source = Next(ref rest);
        ReadOnlySpan<byte> destination = Next(ref rest);
        ReadOnlySpan<byte> sourcePort = Next(ref rest);
        if (!TryRead(source, sourcePort, family, out IPEndPoint? from)
            || !TryRead(destination, rest, family, out IPEndPoint? to))
            return PreludeResult.Rejected;

        prelude = new ProxyPrelude(length, from, to);
        return PreludeResult.Done;
    }

    private static PreludeResult ParseVersion2(ReadOnlySpan<byte> bytes, out ProxyPrelude prelude)
    {
        prelude = default;
        if (bytes.Length > 12 && (bytes[12] & 0xF0) != Version2)
            return PreludeResult.Rejected;
        if (bytes.Length < Version2HeadBytes)
            return PreludeResult.NeedMore;

        int command = bytes[12] & 0x0F;
        int kind = bytes[13];
        int length = Version2HeadBytes + BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        if (command > CommandProxy || length > BytesMax || (command == CommandProxy && !IsKnown(kind)))
            return PreludeResult.Rejected;

        int blockBytes = kind switch
        {
            TcpOverIPv4 => IPv4BlockBytes,
            TcpOverIPv6 => IPv6BlockBytes,
            _ => 0,
        };
        if (command == CommandLocal)
            blockBytes = 0; // P 2.2: the block is to be dropped, its family ignored.
        if (length < Version2HeadBytes + blockBytes)
            return PreludeResult.Rejected;
        if (bytes.Length < length)
            return PreludeResult.NeedMore;

        prelude = blockBytes == 0 ? new ProxyPrelude(length, null, null) : ReadBlock(bytes, length, blockBytes);
        return PreludeResult.Done;
    }

    /// <summary>
    /// P 2.2: the high four bits are UNSPEC, INET, INET6 or UNIX, the low ones UNSPEC, STREAM or DGRAM; others are
    /// reserved.
    /// </summary>
    private static bool IsKnown(int kind) => kind >> 4 <= 3 && (kind & 0x0F) <= 2;

    private static ProxyPrelude ReadBlock(ReadOnlySpan<byte> bytes, int length, int blockBytes)
    {
        ReadOnlySpan<byte> block = bytes.Slice(Version2HeadBytes, blockBytes);
        int addressBytes = (blockBytes - 4) / 2;
        ReadOnlySpan<byte> ports = block[(2 * addressBytes)..];
        return new ProxyPrelude(
            length,
            new IPEndPoint(new IPAddress(block[..addressBytes]), BinaryPrimitives.ReadUInt16BigEndian(ports)),
            new IPEndPoint(
                new IPAddress(block.Slice(addressBytes, addressBytes)),
                BinaryPrimitives.ReadUInt16BigEndian(ports[2..])));
    }

    /// <summary>Cuts off what stands before the next space; all of it where there is none.</summary>
    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        int space = rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = space < 0 ? rest : rest[..space];
        rest = space < 0 ? default : rest[(space + 1)..];
        return word;
    }

    private static bool TryRead(
        ReadOnlySpan<byte> address, ReadOnlySpan<byte> port, AddressFamily family, out IPEndPoint? endPoint)
    {
        endPoint = null;

        // P 2.1: a port is a decimal number without zeros in front.
        bool isPadded = port.Length > 1 && port[0] == '0';
        if (port.Length is 0 or > 5 || isPadded || !Ascii.TryParseDigits(port, out long number) || number > 65_535)
            return false;
        if (!AddressText.TryParse(address, out IPAddress? read) || read.AddressFamily != family)
            return false;

        endPoint = new IPEndPoint(read, (int)number);
        return true;
    }
}

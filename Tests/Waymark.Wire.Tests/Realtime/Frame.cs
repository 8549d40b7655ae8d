using System.Buffers.Binary;
using System.Text;

namespace Waymark.Wire.Tests.Realtime;

/// <summary>One WebSocket frame as octets: RFC 6455 section 5.2. A string is Latin-1, an octet a character.</summary>
internal sealed record Frame(int Opcode, string Payload, bool IsFinal = true)
{
    public const int Text = 1;
    public const int Binary = 2;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    private static readonly byte[] Key = [0x37, 0xFA, 0x21, 0x3D];

    /// <summary>The handshake that every test opens with.</summary>
    public const string Ask =
        "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    /// <summary>A masked frame, as a client sends it.</summary>
    public static string Of(int opcode, string payload, bool isFinal = true) => Raw(
        (isFinal ? 0x80 : 0) | opcode, payload);

    /// <summary>A close frame with a code.</summary>
    public static string Closing(int status, string reason = "") =>
        Of(Close, $"{(char)(status >> 8)}{(char)(status & 0xFF)}{reason}");

    /// <summary>A masked frame with any first octet, and a length written as wide as asked.</summary>
    public static string Raw(int first, string payload, int lengthOctets = 0)
    {
        var text = new StringBuilder(Head(first, payload.Length, lengthOctets));
        for (int index = 0; index < payload.Length; index++)
            text.Append((char)(payload[index] ^ Key[index % 4]));
        return text.ToString();
    }

    /// <summary>The head of a masked frame alone.</summary>
    public static string Head(int first, long length, int lengthOctets = 0)
    {
        if (lengthOctets == 0)
            lengthOctets = length < 126 ? 1 : length <= ushort.MaxValue ? 2 : 8;
        Span<byte> wide = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(wide, length);
        int marked = lengthOctets switch { 1 => (int)length, 2 => 126, _ => 127 };
        string extended = lengthOctets == 1 ? "" : Encoding.Latin1.GetString(wide[^lengthOctets..]);
        return $"{(char)first}{(char)(0x80 | marked)}{extended}{Encoding.Latin1.GetString(Key)}";
    }

    /// <summary>Takes the first frame of what a server has sent; null where it is not whole.</summary>
    public static Frame? Take(ref string octets)
    {
        if (octets.Length < 2)
            return null;
        Assert.True(octets[1] < 0x80, "a server does not mask");
        int length = octets[1];
        int start = 2;
        if (length >= 126)
        {
            start = length == 126 ? 4 : 10;
            if (octets.Length < start)
                return null;
            length = octets[2..start].Aggregate(0, (sum, octet) => (sum << 8) | octet);
        }

        if (octets.Length < start + length)
            return null;
        var frame = new Frame(octets[0] & 0x7F, octets.Substring(start, length), (octets[0] & 0x80) != 0);
        octets = octets[(start + length)..];
        return frame;
    }

    /// <summary>The opcode, and the code of a close frame.</summary>
    public override string ToString() => Opcode == Close
        ? Payload.Length < 2 ? "close" : $"close {(Payload[0] << 8) | Payload[1]} {Payload[2..]}".TrimEnd()
        : $"{Kind} {Payload}";

    private string Kind => Opcode switch
    {
        Text => "text",
        Binary => "binary",
        Ping => "ping",
        Pong => "pong",
        _ => $"{Opcode:x}",
    };
}

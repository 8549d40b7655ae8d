using System.Net.WebSockets;

namespace Waymark.Realtime;

/// <summary>Looks at the headers of the frames that pass, for what the base class library does not check.</summary>
/// <remarks>
/// <code>
///   0               1               2 ..            masking key (4)
///  +-+-+-+-+-------+-+-------------+-----------------------------+
///  |F|R|R|R| opcode|M| payload len | none, 16 or 64 bits of length|
///  |I|S|S|S|  (4)  |A|     (7)     |                             |
///  |N|V|V|V|       |S|             |                             |
///  | |1|2|3|       |K|             |                             |
///  +-+-+-+-+-------+-+-------------+-----------------------------+
/// </code>
/// RFC 6455 section 5.2. Opcodes, reserved bits, fragmentation, control frames over 125 octets, UTF-8 and close codes
/// are the library's to refuse, and tests hold it to that. It has no limit for a frame or a message, takes a length
/// that is written longer than it need be and RSV1 on a control frame where compression is agreed on, and waits for
/// four octets more before it refuses a frame without a mask.
/// </remarks>
/// <param name="frameBytesMax">The largest content of a frame.</param>
/// <param name="messageBytesMax">The largest content of a message's frames together.</param>
internal struct FrameScanner(int frameBytesMax, int messageBytesMax)
{
    private const int FinBit = 0x80;
    private const int CompressedBit = 0x40;
    private const int ControlBit = 0x08;
    private const int MaskBit = 0x80;
    private const int Wide16 = 126;
    private const int Wide64 = 127;
    private const int MaskOctets = 4;

    private int _headerIndex;
    private int _lengthEnd;
    private byte _first;
    private ulong _length;
    private long _left;
    private long _messageBytes;
    private bool _isCompressed;

    /// <summary>What the peer is told; 0 while there is nothing wrong.</summary>
    public WebSocketCloseStatus Violation { get; private set; }

    /// <summary>Why, in ASCII, shorter than 124 octets.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Looks at what came.</summary>
    /// <returns>How much of it may be passed on: less than all where something is wrong.</returns>
    public int Scan(ReadOnlySpan<byte> bytes)
    {
        int index = 0;
        while (index < bytes.Length && Violation == 0)
        {
            if (_left > 0)
            {
                int count = (int)Math.Min(_left, bytes.Length - index);
                _left -= count;
                index += count;
                continue;
            }

            // The octet that shows what is wrong is not passed on, so that nobody else can refuse it first.
            TakeHeader(bytes[index]);
            if (Violation == 0)
                index++;
        }

        return index;
    }

    private void TakeHeader(byte octet)
    {
        if (_headerIndex == 0)
        {
            _first = octet;
            _length = 0;
        }
        else if (_headerIndex == 1)
        {
            // The library would wait for the octets of a mask first.
            if ((octet & MaskBit) == 0)
                Refuse(WebSocketCloseStatus.ProtocolError, "A client masks its frames.");
            int length = octet & ~MaskBit;
            _lengthEnd = length switch { Wide16 => 4, Wide64 => 10, _ => 2 };
            if (_lengthEnd == 2)
                _length = (ulong)length;
        }
        else if (_headerIndex < _lengthEnd)
        {
            _length = (_length << 8) | octet;
        }

        _headerIndex++;
        if (_headerIndex == _lengthEnd && Violation == 0)
            CheckLength();
        if (_headerIndex >= 2 && _headerIndex == _lengthEnd + MaskOctets)
        {
            _headerIndex = _lengthEnd = 0;
            _left = (long)_length;
        }
    }

    private void CheckLength()
    {
        bool isControl = (_first & ControlBit) != 0;
        if ((_lengthEnd == 4 && _length < Wide16) || (_lengthEnd == 10 && _length <= ushort.MaxValue))
            Refuse(WebSocketCloseStatus.ProtocolError, "A length must be written as short as can be.");
        else if (_length > long.MaxValue)
            Refuse(WebSocketCloseStatus.ProtocolError, "A length has 63 bits.");
        else if (isControl && (_first & CompressedBit) != 0)
            Refuse(WebSocketCloseStatus.ProtocolError, "A control frame is not compressed.");
        else if (!isControl)
            CheckLimits();
    }

    private void CheckLimits()
    {
        // Opcode 0 goes on with the message; what a compressed one grows to is counted behind the decompression.
        if ((_first & 0x0F) != 0)
        {
            _messageBytes = 0;
            _isCompressed = (_first & CompressedBit) != 0;
        }

        // A content that does not compress grows: the limit is meant for what the client's program sends.
        if (_length > (ulong)(_isCompressed ? DeflateBound(frameBytesMax) : frameBytesMax))
        {
            Refuse(WebSocketCloseStatus.MessageTooBig, $"A frame has at most {frameBytesMax} bytes.");
            return;
        }

        _messageBytes += (long)_length;
        if (_messageBytes > messageBytesMax && !_isCompressed)
            Refuse(WebSocketCloseStatus.MessageTooBig, $"A message has at most {messageBytesMax} bytes.");
        if ((_first & FinBit) != 0)
            _messageBytes = 0;
    }

    /// <summary>
    /// How long a content may become by deflate: zlib's bound for windows under 15 bits, the wider one, with room for
    /// the empty blocks of a few flushes.
    /// </summary>
    private static long DeflateBound(long bytes) => bytes + (bytes >> 3) + (bytes >> 8) + (bytes >> 9) + 64;

    private void Refuse(WebSocketCloseStatus status, string reason)
    {
        Violation = status;
        Reason = reason;
    }
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Waymark;

/// <summary>RESP2 as a server speaks it: requests in, values out.</summary>
/// <remarks>
/// A request is an array of bulk strings; or a line, for people with a terminal, which is made such an array. What
/// breaks the format cannot be gone on behind: its message is what Redis says.
/// </remarks>
/// <param name="wordsMax">How many words a request may have.</param>
internal sealed class RespProtocol(int wordsMax = 1024) : IStreamProtocol<CommandLine, RespValue>
{
    public bool TryRead(ref StreamInput input, [MaybeNullWhen(false)] out CommandLine packet)
    {
        packet = default;
        ReadOnlySpan<byte> unread = input.Unread;

        // Nothing is advanced over before a request is whole: what is thrown here ends the connection.
        int start = 0;
        while (start < unread.Length)
        {
            ReadOnlySpan<byte> request = unread[start..];
            int length;
            byte[]? line = null;
            if (request[0] == '*')
            {
                if (!TryFindArray(request, out length, out bool isEmpty))
                    return false;
                if (isEmpty)
                {
                    start += length;
                    continue;
                }
            }
            else
            {
                length = request.IndexOf((byte)'\n') + 1;
                if (length == 0)
                    return false;
                line = InlineCommand.ToArray(request[..length], wordsMax);
                if (line is null)
                {
                    start += length;
                    continue;
                }
            }

            packet = new CommandLine(line ?? input.UnreadMemory.Slice(start, length), RespSyntax.Instance);
            input.Advance(start + length);
            return true;
        }

        // What asks for nothing is answered with nothing.
        input.Advance(start);
        return false;
    }

    public void Write(RespValue packet, IBufferWriter<byte> output) => packet.WriteTo(output);

    private bool TryFindArray(ReadOnlySpan<byte> request, out int length, out bool isEmpty)
    {
        isEmpty = false;
        if (!RespSyntax.ReadHeader(request, out long count, out length))
            return false;
        if (count < 0 || count > wordsMax)
            throw new StreamProtocolException("invalid multibulk length");
        isEmpty = count == 0;
        for (int index = 0; index < count; index++)
        {
            if (length == request.Length)
                return false;
            if (request[length] != '$')
                throw new StreamProtocolException($"expected '$', got '{Show(request[length])}'");
            if (!RespSyntax.ReadHeader(request[length..], out long octetCount, out int headerLength))
                return false;
            if (octetCount is < 0 or > int.MaxValue)
                throw new StreamProtocolException("invalid bulk length");
            long end = length + headerLength + octetCount;
            if (end + 2 > request.Length)
            {
                // One that is wrong already need not come whole.
                if (end < request.Length && request[(int)end] != '\r')
                    ThrowUnended();
                return false;
            }

            if (!request.Slice((int)end, 2).SequenceEqual("\r\n"u8))
                ThrowUnended();
            length = (int)end + 2;
        }

        return true;
    }

    [DoesNotReturn]
    private static void ThrowUnended() => throw new StreamProtocolException("expected CRLF behind a bulk string");

    private static string Show(byte octet) => octet is > 0x20 and < 0x7F
        ? ((char)octet).ToString() : string.Create(CultureInfo.InvariantCulture, $"\\x{octet:x2}");
}

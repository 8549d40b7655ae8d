using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Connections;
using Waymark.Fuzz.Engine;
using Waymark.Http;

namespace Waymark.Fuzz.Targets;

/// <summary>What the client of a WebSocket sends, to a handler that sends it back: RFC 6455, RFC 7692.</summary>
internal sealed class FrameTarget : FuzzTarget
{
    private const string Ask =
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n";

    private const int Close = 8;
    private const int Pong = 10;

    private static readonly WebSocketOptions Plain = new() { FrameBytesMax = 300, MessageBytesMax = 400 };
    private static readonly WebSocketOptions Deflated = Plain with { Compression = new WebSocketCompression() };

    private readonly HttpConnectionHandler _protocol;
    private readonly byte[] _buffer = new byte[97];
    private WebSocketOptions _options = Plain;

    public FrameTarget() => _protocol = new HttpConnectionHandler(
        EchoAsync, new ServerLimits(), TimeProvider.System, NullLogger.Instance, detailedErrors: false);

    public override string Name => "frame";

    public override IReadOnlyList<byte[]> Seeds { get; } = All(
        Frame(0x81, "hello") + Frame(0x82, new string('a', 200)) + Frame(0x88, "\u0003\u00E8bye"),
        Frame(0x01, "a") + Frame(0x89, "ping") + Frame(0x00, "b") + Frame(0x80, "") + Frame(0x8A, "") + Frame(0x88, ""),
        Frame(0xC1, "\u00F2\u0048\u00CD\u00C9\u00C9\u0007\0") + Frame(0x88, "\u0003\u00E9"), // RFC 7692.
        Frame(0x81, "\u00C3") + Frame(0x81, "x"), "\u0081\u0001a", Frame(0x91, "a"),
        Frame(0x02, new string('a', 299)) + Frame(0x80, new string('b', 101)));

    public override IReadOnlyList<byte[]> Words { get; } = All(
        Frame(0x81, "a"), Frame(0x01, "a"), Frame(0x00, "a"), Frame(0x80, "a"), Frame(0x82, ""), Frame(0x89, "p"),
        Frame(0x88, "\u0003\u00E8"), Frame(0x88, "\u000F\u00A0x"), Frame(0xC2, "\0"), Frame(0x41, "\u00F2\u0048"),
        "\u0081\u00FE", "\u0082\u00FF\0\0\0\0\0\0", "\u0001\u002D", "\u00C3\u00A9", "\u00ED\u00A0\u0080", "\0\0\0\0",
        "\u00FF", "\u0080", "\u00FD", "\u00FE");

    public override long StepsMax(int length) => 100_000 + (6_000L * length);

    public override void Run(byte[] input, Random random)
    {
        _options = random.Next(2) == 0 ? Plain : Deflated;
        string whole = Play(input, [input.Length]);
        int one = random.Next(input.Length + 1);
        int other = random.Next(input.Length + 1);
        Check(Play(input, [Math.Min(one, other), Math.Max(one, other), input.Length]) == whole,
            $"the answers depend on the split: {one} and {other}");
        if (input.Length <= 300 && random.Next(8) == 0)
            Check(Play(input, [.. Enumerable.Range(1, input.Length)]) == whole, "the answers depend on the split");
    }

    private static string Frame(int first, string payload)
    {
        string length = payload.Length < 126 ? $"{(char)(0x80 | payload.Length)}"
            : $"\u00FE{(char)(payload.Length >> 8)}{(char)(payload.Length & 0xFF)}";
        return $"{(char)first}{length}\0\0\0\0{payload}";
    }

    /// <returns>What came back: whole messages, pongs, and the code of the close frame.</returns>
    private string Play(byte[] input, int[] ends)
    {
        byte[] all = [.. Bytes(Ask), .. input];
        var connection = new ScriptedConnection(all, [Ask.Length, .. ends.Select(static end => Ask.Length + end)]);
        Task served = _protocol.RunAsync(new ConnectionContext(connection, 1, CancellationToken.None));
        Check(served.IsCompleted, "the connection waits for what cannot come");
        served.GetAwaiter().GetResult();
        Check(!connection.IsAborted, "the connection is reset");
        string sent = Encoding.Latin1.GetString(connection.Sent);
        int head = sent.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        return Read(connection.Sent.AsSpan(head));
    }

    private static string Read(ReadOnlySpan<byte> sent)
    {
        var messages = new List<string>();
        var pongs = new List<string>();
        string message = "";
        while (true)
        {
            Check(sent.Length >= 2, "the answers end without a close frame");
            int opcode = sent[0] & 0x0F;
            bool isFinal = (sent[0] & 0x80) != 0;
            int start = sent[1] == 126 ? 4 : 2;
            int length = sent[1] == 126 ? (sent[2] << 8) | sent[3] : sent[1];
            Check(length <= 200 && sent.Length >= start + length, "a frame is torn, masked or too long");
            ReadOnlySpan<byte> payload = sent[start..(start + length)];
            sent = sent[(start + length)..];
            if (opcode == Close)
            {
                Check(sent.IsEmpty, "something follows the close frame");
                Check(length >= 2, "a close frame has no code");
                return $"{string.Join(',', messages)} {string.Join(',', pongs)} {(payload[0] << 8) | payload[1]}";
            }

            Check(opcode is <= 2 or Pong, "an unknown kind of frame is sent");
            if (opcode == Pong)
            {
                pongs.Add(Convert.ToHexString(payload));
                continue;
            }

            // How a message is cut follows how it came.
            message += Convert.ToHexString(payload);
            if (!isFinal)
                continue;
            messages.Add(message);
            message = "";
        }
    }

    private async ValueTask EchoAsync(Exchange exchange)
    {
        if (await WebSockets.AcceptAsync(exchange, _options) is not { } socket)
            return;
        Memory<byte> buffer = _buffer;
        while (await socket.ReceiveAsync(buffer, default) is { MessageType: not WebSocketMessageType.Close } part)
        {
            // Uncompressed, so that what is read does not depend on where it was cut.
            WebSocketMessageFlags flags = WebSocketMessageFlags.DisableCompression
                | (part.EndOfMessage ? WebSocketMessageFlags.EndOfMessage : WebSocketMessageFlags.None);
            await socket.SendAsync(buffer[..part.Count], part.MessageType, flags, default);
        }
    }
}

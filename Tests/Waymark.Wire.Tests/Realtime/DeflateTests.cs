using System.Net.WebSockets;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Realtime;

/// <summary>RFC 7692 section 7.2.3, octet by octet: every way to write a compressed message.</summary>
public sealed class DeflateTests
{
    private const int Compressed = 0x40;
    private const string Hello = "\u00F2\u0048\u00CD\u00C9\u00C9\u0007\u0000";

    private const int Octets = 500;

    public static TheoryData<string, string, string> Examples => new()
    {
        { "one frame", Frame.Raw(0x81 | Compressed, Hello), "Hello" }, // 7.2.3.1
        { "two frames", Frame.Raw(0x41, Hello[..3]) + Frame.Raw(0x80, Hello[3..]), "Hello" },
        { "a ping between", Frame.Raw(0x41, Hello[..3]) + Frame.Of(9, "") + Frame.Raw(0x80, Hello[3..]), "Hello" },
        { "twice", Frame.Raw(0xC1, Hello) + Frame.Raw(0xC1, Hello), "HelloHello" }, // 7.2.3.2, without context
        { "with context", Frame.Raw(0xC1, Hello) + Frame.Raw(0xC1, "\u00F2\u0000\u0011\u0000\u0000"), "HelloHello" },
        { "stored", Frame.Raw(0xC1, "\u0000\u0005\u0000\u00FA\u00FFHello\u0000"), "Hello" }, // 7.2.3.3
        {
            "two blocks", // 7.2.3.5
            Frame.Raw(0xC1, "\u00F2\u0048\u0005\u0000\u0000\u0000\u00FF\u00FF\u00CA\u00C9\u00C9\u0007\u0000"), "Hello"
        },
        { "nothing", Frame.Raw(0xC1, "\u0000"), "" }, // 7.2.3.6
        { "not compressed", Frame.Of(1, "Hello") + Frame.Raw(0xC1, Hello) + Frame.Of(1, "!"), "HelloHello!" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_examples_of_the_RFC_are_read(string what, string frames, string text)
    {
        foreach (bool isOctetByOctet in (bool[])[false, true])
        {
            await using WireSocket socket = await OpenAsync(what == "with context", new WebSocketOptions());
            if (isOctetByOctet)
            {
                foreach (char octet in frames)
                    await socket.PostAsync($"{octet}");
            }
            else
            {
                await socket.PostAsync(frames);
            }

            await socket.PostAsync(Frame.Closing(1000));
            string all = "";
            Frame? last = null;
            for (Frame? frame; (frame = await socket.ReceiveAsync()) is not null; last = frame)
            {
                if (frame.Opcode <= Frame.Text)
                    all += frame.Payload;
            }

            Assert.Equal(text, all);
            Assert.Equal("close 1000", $"{last}");
            Assert.Empty(socket.Complaints);
        }
    }

    [Theory]
    [InlineData("a block of a kind that is not", "\u0006")]
    [InlineData("a distance before the start", "\u0002\u0003\u0002\u0000")]
    [InlineData("a stored block whose lengths differ", "\u0000\u0005\u0000\u00FA\u00FEHello\u0000")]
    [InlineData("a final block", "\u00F3\u0048\u00CD\u00C9\u00C9\u0007\u0000\u0000")] // 7.2.3.4; not the library's.
    public async Task What_does_not_inflate_closes_with_1002(string what, string payload)
    {
        await using WireSocket socket = await OpenAsync(keeps: false, new WebSocketOptions());
        await socket.PostAsync(Frame.Raw(0xC2, payload));
        Assert.True(await socket.ReceiveAllAsync() == "close 1002 The frames cannot be read.", what);
        Assert.Empty(socket.Complaints);
    }

    [Theory]
    [InlineData(Octets + 126, "close 1000")]
    [InlineData(Octets + 127, "close 1000")] // 62 + 1 + 0 by zlib's bound, and 64.
    [InlineData(Octets + 128, "close 1009 A frame has at most 500 bytes.")]
    public async Task A_frame_of_a_compressed_message_may_be_larger_by_what_deflate_adds(int length, string close)
    {
        var options = new WebSocketOptions { FrameBytesMax = Octets, MessageBytesMax = Octets };
        await using WireSocket socket = await OpenAsync(keeps: false, options);
        await socket.PostAsync(Frame.Raw(0xC2, Stored(length)) + Frame.Closing(1000));
        Assert.EndsWith(close, await socket.ReceiveAllAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_without_an_end_and_without_content_holds_nothing()
    {
        await using WireSocket socket = await OpenAsync(
            keeps: false, new WebSocketOptions { MessageBytesMax = Octets });
        await socket.PostAsync(Frame.Raw(0x42, "\0\0\0\u00FF\u00FF"));
        for (int count = 0; count < 1000; count++)
            await socket.PostAsync(Frame.Raw(0x00, "\0\0\0\u00FF\u00FF"));
        await socket.PostAsync(Frame.Raw(0x80, Hello) + Frame.Closing(1000));
        Assert.Equal("close 1000", (await socket.ReceiveAllAsync())[^10..]);
    }

    /// <summary>Some 500 octets in a stored block, and as many empty blocks as it takes to make that long.</summary>
    private static string Stored(int length)
    {
        int count = Octets - 4;
        while ((length - count - 6) % 5 != 0)
            count++;
        string block = $"\0{(char)(count & 0xFF)}\u0001{(char)(~count & 0xFF)}\u00FE{new string('a', count)}";
        string empty = string.Concat(Enumerable.Repeat("\0\0\0\u00FF\u00FF", (length - count - 6) / 5));
        return block + empty + "\0";
    }

    private static Task<WireSocket> OpenAsync(bool keeps, WebSocketOptions options)
    {
        options = options with { Compression = new WebSocketCompression { KeepsContext = keeps } };
        return WireSocket.OpenAsync(
            Layer.Clear,
            async socket =>
            {
                byte[] buffer = new byte[4096];
                while (await socket.ReceiveAsync(buffer.AsMemory(), default) is
                    { MessageType: not WebSocketMessageType.Close } part)
                {
                    await socket.SendAsync(
                        buffer.AsMemory(0, part.Count), part.MessageType, Flags(part.EndOfMessage), default);
                }
            },
            options,
            Frame.Ask.Replace(
                "Host: x\r\n",
                "Host: x\r\nSec-WebSocket-Extensions: permessage-deflate\r\n",
                StringComparison.Ordinal));
    }

    // Not compressed, so that the test can read it.
    private static WebSocketMessageFlags Flags(bool isEnd) =>
        WebSocketMessageFlags.DisableCompression
        | (isEnd ? WebSocketMessageFlags.EndOfMessage : 0);
}

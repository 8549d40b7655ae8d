using System.Net.WebSockets;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Realtime;

/// <summary>RFC 6455 sections 5 to 8, octet by octet: what an echo answers to frames right and wrong.</summary>
/// <remarks>The comments name the cases of the Autobahn test suite that ask the same.</remarks>
public class FramingTests
{
    private const string Unclosed = "The connection ended without a close frame.";

    protected virtual Layer Layer => Layer.Clear;

    public static TheoryData<string, string, string> Frames => new()
    {
        // 1.1, 1.2, 2.1, 2.2: lengths are in RoundTripTests; here an empty one of each kind.
        { "empty text", Frame.Of(1, ""), "text" },
        { "empty binary", Frame.Of(2, ""), "binary" },
        { "empty ping", Frame.Of(9, ""), "pong" },
        { "ping with content", Frame.Of(9, "abc"), "pong abc" },
        { "pong that nobody asked for", Frame.Of(10, "abc"), "" }, // 2.7
        {
            "ping between fragments", // 5.6
            Frame.Of(1, "a", false) + Frame.Of(9, "p") + Frame.Of(0, "b"),
            "text a, pong p, 0 b"
        },
        { "UTF-8 in pieces", Frame.Of(1, "\u00C3", false) + Frame.Of(0, "\u00A9"), "text \u00C3, 0 \u00A9" }, // 6.2
    };

    public static TheoryData<string, string, int> Broken => new()
    {
        { "unmasked", "\u0081\u0001a", 1002 }, // Section 5.1.
        { "RSV1", Frame.Raw(0xC1, "a"), 1002 }, // 3.1 to 3.7
        { "RSV2", Frame.Raw(0xA1, "a"), 1002 },
        { "RSV3", Frame.Raw(0x91, "a"), 1002 },
        { "RSV1 on a ping", Frame.Raw(0xC9, "a"), 1002 },
        { "opcode 3", Frame.Of(3, ""), 1002 }, // 4.1
        { "opcode 7", Frame.Of(7, "a"), 1002 },
        { "opcode 11", Frame.Of(11, ""), 1002 }, // 4.2
        { "opcode 15", Frame.Of(15, "a"), 1002 },
        { "ping of 126", Frame.Of(9, new string('a', 126)), 1002 }, // 2.5
        { "close of 126", Frame.Of(8, "\x03\xE8" + new string('a', 124)), 1002 }, // 7.3.6
        { "fragmented ping", Frame.Of(9, "a", false), 1002 }, // 5.1
        { "fragmented close", Frame.Of(8, "", false), 1002 },
        { "continuation of nothing", Frame.Of(0, "a"), 1002 }, // 5.9
        { "text within a message", Frame.Of(1, "a", false) + Frame.Of(1, "b"), 1002 }, // 5.18
        { "length of 125 in 16 bits", Frame.Raw(0x81, new string('a', 125), 2), 1002 }, // Section 5.2, "minimal".
        { "length of 65,535 in 64 bits", Frame.Raw(0x82, new string('a', 65_535), 8), 1002 },
        { "length of 64 bits", Frame.Head(0x82, long.MinValue, 8), 1002 },
        { "frame too big", Frame.Head(0x82, 1001), 1009 }, // 9
        { "message too big", Frame.Of(2, new string('a', 1000), false) + Frame.Head(0x80, 1), 1009 },
        { "bad UTF-8", Frame.Of(1, "\xFF"), 1007 }, // 6.3
        { "UTF-8 cut off", Frame.Of(1, "\xC3"), 1007 },
        { "surrogate", Frame.Of(1, "\xED\xA0\x80"), 1007 },
        { "bad UTF-8 in pieces", Frame.Of(1, "\xC3", false) + Frame.Of(0, "a"), 1007 },
        { "close of one octet", Frame.Of(8, "a"), 1002 }, // 7.3.2
        { "close 999", Frame.Closing(999), 1002 }, // 7.9
        { "close 1004", Frame.Closing(1004), 1002 },
        { "close 1005", Frame.Closing(1005), 1002 },
        { "close 1006", Frame.Closing(1006), 1002 },
        { "close 1015", Frame.Closing(1015), 1002 },
        { "close 1016", Frame.Closing(1016), 1002 },
        { "close 2999", Frame.Closing(2999), 1002 },
        { "close 5000", Frame.Closing(5000), 1002 },
        { "bad UTF-8 in a close", Frame.Closing(1000, "\xFF"), 1002 }, // 7.5.1; 1007 is for messages: section 7.4.1.
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public async Task What_is_right_is_answered(string what, string frames, string answer)
    {
        await using WireSocket socket = await WireSocket.OpenEchoAsync(Layer);
        await socket.PostAsync(frames + Frame.Closing(1000));
        string expected = (answer.Length == 0 ? "" : answer + ", ") + "close 1000";
        Assert.Equal(expected, (await socket.ReceiveAllAsync()).Replace(" ,", ",", StringComparison.Ordinal));
        Assert.True(!socket.Complaints.Any(), what);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_wrong_closes_with_its_code(string what, string frames, int code)
    {
        WebSocketException? thrown = null;
        await using WireSocket socket = await OpenAsync(e => thrown = e);
        await socket.PostAsync(frames);
        string all = await socket.ReceiveAllAsync();
        Assert.Matches($"(^|, )close {code}( [^,]*)?$", all);
        Assert.True(thrown is not null, what);
        Assert.Empty(socket.Complaints);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_wrong_is_wrong_octet_by_octet(string what, string frames, int code)
    {
        if (frames.Length > 1000)
            return;
        await using WireSocket socket = await OpenAsync(_ => { });
        foreach (char octet in frames)
            await socket.PostAsync(octet.ToString());
        Assert.Matches($"(^|, )close {code}( [^,]*)?$", await socket.ReceiveAllAsync());
        Assert.True(!socket.Complaints.Any(), what);
    }

    [Fact]
    public async Task The_first_of_two_mistakes_counts()
    {
        await using WireSocket socket = await OpenAsync(_ => { });
        await socket.PostAsync(Frame.Of(1, "\xFF") + Frame.Head(0x82, 1001));
        Assert.StartsWith("close 1007", await socket.ReceiveAllAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1003)]
    [InlineData(1011)]
    [InlineData(1014)]
    [InlineData(3000)]
    [InlineData(4999)]
    public async Task A_close_is_answered_with_its_own_code(int code)
    {
        await using WireSocket socket = await WireSocket.OpenEchoAsync(Layer);
        await socket.PostAsync(Frame.Closing(code, "bye"));
        Assert.Equal($"close {code}", await socket.ReceiveAllAsync());
    }

    [Fact]
    public async Task A_close_without_a_code_is_answered_with_1000()
    {
        await using WireSocket socket = await WireSocket.OpenEchoAsync(Layer);
        await socket.PostAsync(Frame.Of(8, "") + Frame.Of(1, "too late"));
        Assert.Equal("close 1000", await socket.ReceiveAllAsync());
    }

    [Fact]
    public async Task Exactly_the_limits_pass()
    {
        await using WireSocket socket = await OpenAsync(_ => { });
        string frame = new('a', 500);
        await socket.PostAsync(
            Frame.Of(2, frame, false) + Frame.Of(0, frame) + Frame.Of(2, frame + frame)
            + Frame.Of(9, new string('p', 125)) + Frame.Closing(1000));
        Assert.Equal($"2000, pong {new string('p', 125)}, close 1000", await WithoutContentAsync(socket));
    }

    [Fact]
    public async Task An_end_without_a_close_frame_is_told_with_one()
    {
        await using WireSocket socket = await WireSocket.OpenEchoAsync(Layer);
        await socket.Server.EndAsync();
        Assert.Equal($"close 1002 {Unclosed}", await socket.ReceiveAllAsync());
        Assert.Empty(socket.Complaints);
    }

    private Task<WireSocket> OpenAsync(Action<WebSocketException> seen) => WireSocket.OpenAsync(
        Layer,
        async socket =>
        {
            try
            {
                await WireSocket.EchoAsync(socket);
            }
            catch (WebSocketException e)
            {
                seen(e);
                Assert.Equal(WebSocketState.Aborted, socket.State);
                throw;
            }
        },
        new WebSocketOptions { FrameBytesMax = 1000, MessageBytesMax = 1000 });

    private static async Task<string> WithoutContentAsync(WireSocket socket)
    {
        int bytes = 0;
        var rest = new List<string>();
        while (await socket.ReceiveAsync() is { } frame)
        {
            if (frame.Opcode <= Frame.Binary)
                bytes += frame.Payload.Length;
            else
                rest.Add(frame.ToString());
        }

        return $"{bytes}, {string.Join(", ", rest)}";
    }
}

/// <summary>The same over TLS.</summary>
public sealed class TlsFramingTests : FramingTests
{
    protected override Layer Layer => Layer.Tls;
}

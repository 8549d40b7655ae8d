using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waymark.Tests.Streams;

/// <summary>The protocols that come with the library, by every cut of what they read.</summary>
public sealed partial class ProtocolTests
{
    [Theory]
    [InlineData(LineEnding.LineFeed, "a\nbc\r\n\n€\nrest", "a|bc||€|")]
    [InlineData(LineEnding.CarriageReturnLineFeed, "a\r\nb\nc\r\n\r\n\r\r\nrest", "a|b\nc||\r|")]
    [InlineData(LineEnding.CarriageReturn, "a\r\nb\r\rrest", "a|\nb||")]
    public void Lines_are_cut_at_their_ends(LineEnding ending, string bytes, string lines)
    {
        Assert.Equal(
            lines, ReadInEveryCut(new LineProtocol(ending), Encoding.UTF8.GetBytes(bytes), line => line + "|"));
        Assert.Equal(lines, ReadInEveryCut(
            new Utf8LineProtocol(ending), Encoding.UTF8.GetBytes(bytes),
            line => Encoding.UTF8.GetString(line.Span) + "|"));
    }

    [Fact]
    public void Bytes_without_an_end_are_looked_at_once()
    {
        var input = new StreamInput(new byte[1000]);
        Assert.False(new LineProtocol().TryRead(ref input, out _));
        Assert.Equal((1000, 0), (input.Examined, input.Taken));
        input = new StreamInput(new byte[1000]);
        Assert.False(new LineProtocol(LineEnding.CarriageReturnLineFeed).TryRead(ref input, out _));
        Assert.Equal(999, input.Examined);
    }

    [Fact]
    public void Lines_have_an_encoding()
    {
        var latin = new LineProtocol(encoding: Encoding.Latin1);
        Assert.Equal("é|", ReadInEveryCut(latin, [0xE9, (byte)'\n'], line => line + "|"));
        Assert.Equal([0xE9, (byte)'\n'], Written(latin, "é"));
        Assert.Throws<EncoderFallbackException>(() => Written(latin, "€"));
        Assert.Throws<ArgumentException>(() => new LineProtocol(encoding: Encoding.Unicode));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LineProtocol((LineEnding)3));
    }

    [Theory]
    [InlineData(LineEnding.LineFeed, "a\nb", true)]
    [InlineData(LineEnding.LineFeed, "a\rb", false)]
    [InlineData(LineEnding.CarriageReturnLineFeed, "a\r\nb", true)]
    [InlineData(LineEnding.CarriageReturnLineFeed, "a\nb", false)]
    [InlineData(LineEnding.CarriageReturn, "a\rb", true)]
    public void A_line_that_would_be_two_is_not_written(LineEnding ending, string line, bool isRefused)
    {
        var protocol = new LineProtocol(ending);
        if (isRefused)
            Assert.Throws<ArgumentException>(() => Written(protocol, line));
        else
            Assert.StartsWith(line, Encoding.UTF8.GetString(Written(protocol, line)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LengthPrefix.OneByte, new byte[] { 2, 7, 8, 0, 1 }, "7,8||")]
    [InlineData(LengthPrefix.TwoBytesBigEndian, new byte[] { 0, 2, 7, 8, 0, 0, 0 }, "7,8||")]
    [InlineData(LengthPrefix.TwoBytesLittleEndian, new byte[] { 2, 0, 7, 8, 0, 0, 1 }, "7,8||")]
    [InlineData(LengthPrefix.FourBytesBigEndian, new byte[] { 0, 0, 0, 2, 7, 8, 0, 0, 0, 0, 0 }, "7,8||")]
    [InlineData(LengthPrefix.FourBytesLittleEndian, new byte[] { 2, 0, 0, 0, 7, 8, 0, 0, 0, 0, 9 }, "7,8||")]
    public void Lengths_stand_before_their_packets(LengthPrefix prefix, byte[] bytes, string packets)
    {
        var protocol = new LengthPrefixedProtocol(prefix);
        Assert.Equal(packets, ReadInEveryCut(protocol, bytes, packet => string.Join(',', packet.ToArray()) + "|"));
        byte[] written = [.. Written(protocol, new byte[] { 7, 8 }), .. Written(protocol, default)];
        Assert.Equal(bytes[..^1], written);
    }

    [Fact]
    public void A_length_over_the_limit_is_refused_when_it_has_come_and_the_packet_is_passed_over()
    {
        var input = new StreamInput(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 1, 2 }, packetBytesMax: 64);
        StreamProtocolException? thrown = null;
        try
        {
            new LengthPrefixedProtocol().TryRead(ref input, out _);
        }
        catch (StreamProtocolException e)
        {
            thrown = e;
        }

        Assert.Equal("A packet of 4294967295 bytes is larger than 64 with its length.", thrown?.Message);
        Assert.Equal((6, 4294967293L), (input.Taken, input.ToSkip));
    }

    [Fact]
    public void A_packet_that_its_length_cannot_tell_is_not_written()
    {
        Assert.Throws<ArgumentException>(
            () => Written(new LengthPrefixedProtocol(LengthPrefix.OneByte), new byte[256]));
        Assert.Equal(256, Written(new LengthPrefixedProtocol(LengthPrefix.OneByte), new byte[255]).Length);
    }

    [Fact]
    public void Json_stands_in_lines_and_empty_ones_are_passed_over()
    {
        var protocol = new JsonLinesProtocol<Point, Point>(PointJson.Default.Point, PointJson.Default.Point);
        Assert.Equal(
            "1,2|3,4|",
            ReadInEveryCut(
                protocol, "{\"X\":1,\"Y\":2}\r\n\n{\"X\":3,\"Y\":4}\n{\"X\":5"u8.ToArray(),
                point => $"{point.X},{point.Y}|"));
        Assert.Equal("{\"X\":1,\"Y\":2}\n", Encoding.UTF8.GetString(Written(protocol, new Point(1, 2))));
    }

    [Theory]
    [InlineData("{\"X\":}")]
    [InlineData("null")]
    [InlineData("{\"X\":\"a\"}")]
    public void A_line_that_is_no_value_is_refused_and_taken(string line)
    {
        var protocol = new JsonLinesProtocol<Point, Point>(PointJson.Default.Point, PointJson.Default.Point);
        var input = new StreamInput(Encoding.UTF8.GetBytes(line + "\nnext"));
        bool isRefused = false;
        try
        {
            protocol.TryRead(ref input, out _);
        }
        catch (StreamProtocolException)
        {
            isRefused = true;
        }

        Assert.True(isRefused);
        Assert.Equal(line.Length + 1, input.Taken);
    }

    [Fact]
    public void Json_that_would_be_several_lines_is_refused_at_once()
    {
        var context = new PointJson(new JsonSerializerOptions { WriteIndented = true });
        Assert.Throws<ArgumentException>(
            () => new JsonLinesProtocol<Point, Point>(PointJson.Default.Point, context.Point));
    }

    [Fact]
    public void Structs_are_taken_as_they_lie_in_memory()
    {
        var protocol = new FixedStructProtocol<Sample, Sample>();
        byte[] bytes = [.. Written(protocol, new Sample(1, 2)), .. Written(protocol, new Sample(3, 4)), 9];
        Assert.Equal(7 * 2 + 1, bytes.Length);
        Assert.Equal("1,2|3,4|", ReadInEveryCut(protocol, bytes, sample => $"{sample.Id},{sample.Value}|"));
    }

    /// <summary>Reads all packets, for every place at which the bytes may be cut into two pieces.</summary>
    private static string ReadInEveryCut<T>(IStreamProtocol<T, T> protocol, byte[] bytes, Func<T, string> show)
    {
        string? first = null;
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            var all = new StringBuilder();
            int taken = 0;
            int examined = 0;
            foreach (int end in new[] { cut, bytes.Length })
            {
                while (true)
                {
                    var input = new StreamInput(bytes.AsMemory(taken, end - taken)) { Examined = examined };
                    bool isRead = protocol.TryRead(ref input, out T? packet);
                    if (isRead)
                        all.Append(show(packet!));
                    taken += input.Taken;
                    examined = input.Examined;
                    if (!isRead)
                        break;
                }
            }

            Assert.Equal(first ??= all.ToString(), all.ToString());
        }

        return first!;
    }

    private static byte[] Written<T>(IStreamProtocol<T, T> protocol, T packet)
    {
        var writer = new ArrayBufferWriter<byte>();
        protocol.Write(packet, writer);
        return writer.WrittenSpan.ToArray();
    }

    internal sealed record Point(int X, int Y);

    [JsonSerializable(typeof(Point))]
    private sealed partial class PointJson : JsonSerializerContext;

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct Sample(int Id, short Value)
    {
        private readonly byte _flags = 0;

        public int Length => _flags;
    }
}

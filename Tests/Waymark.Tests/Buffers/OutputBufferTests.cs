using System.Text;
using Waymark.Buffers;

namespace Waymark.Tests.Buffers;

/// <summary>Room that is reserved and fitted later never loses or doubles a byte around it.</summary>
public sealed class OutputBufferTests
{
    private const int Room = 10;

    [Theory]
    [InlineData("", "", "body")]
    [InlineData("", "head", "body")]
    [InlineData("", "a-head-longer-than-its-room", "body")]
    [InlineData("before|", "head", "body")]
    [InlineData("before|", "ten-bytes!", "body")]
    [InlineData("before|", "a-head-longer-than-its-room", "body")]
    [InlineData("before|", "a-head-longer-than-its-room", "")]
    public void Fitted_room_stands_between_what_was_before_and_what_is_behind(string before, string head, string body)
    {
        using var output = new OutputBuffer();
        output.Write(Bytes(before));
        OutputBuffer.Mark mark = output.Reserve(Room);
        output.Write(Bytes(body));
        Bytes(head).CopyTo(output.Fit(mark, Room, head.Length));
        output.Write("|after"u8);
        Assert.Equal(before + head + body + "|after", TextOf(output));
        Assert.Equal(before.Length + head.Length + body.Length + 6, output.Length);
    }

    [Fact]
    public void Many_answers_of_random_sizes_come_out_in_order()
    {
        const int seed = 20261121;
        var random = new Random(seed);
        using var output = new OutputBuffer();
        var expected = new StringBuilder();
        for (int answer = 0; answer < 2_000; answer++)
        {
            string head = new((char)('A' + (answer % 26)), random.Next(0, 40));
            string body = new((char)('a' + (answer % 26)), random.Next(0, 3) == 0
                ? random.Next(0, 20_000)
                : random.Next(0, 200));
            OutputBuffer.Mark mark = output.Reserve(Room);
            foreach (byte[] piece in Bytes(body).Chunk(777))
                output.Write(piece);
            Bytes(head).CopyTo(output.Fit(mark, Room, head.Length));
            expected.Append(head).Append(body);
        }

        Assert.True(expected.ToString() == TextOf(output), $"seed {seed}");
        Assert.True(output.SegmentCount > 1, "the sizes reach across blocks");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(1_000_000)]
    public void Truncated_bytes_are_gone_and_the_others_stay(int dropped)
    {
        using var output = new OutputBuffer();
        output.Write("kept"u8);
        OutputBuffer.Mark mark = output.Position;
        foreach (byte[] piece in new byte[dropped].Chunk(9_999))
            output.Write(piece);
        output.Truncate(mark);
        output.Write("|after"u8);
        Assert.Equal("kept|after", TextOf(output));
    }

    [Fact]
    public void After_a_clear_it_starts_anew()
    {
        using var output = new OutputBuffer();
        output.Write(new byte[500_000]);
        output.Clear();
        Assert.Equal(0, output.SegmentCount);
        output.Write("new"u8);
        Assert.Equal("new", TextOf(output));
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private static string TextOf(OutputBuffer output)
    {
        var text = new StringBuilder();
        for (int index = 0; index < output.SegmentCount; index++)
            text.Append(Encoding.ASCII.GetString(output.GetSegment(index).Span));
        return text.ToString();
    }
}

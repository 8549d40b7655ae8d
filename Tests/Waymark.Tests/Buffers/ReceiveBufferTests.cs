using System.Text;
using Waymark.Buffers;

namespace Waymark.Tests.Buffers;

/// <summary>The head stays where it is while a body moves on behind it.</summary>
public sealed class ReceiveBufferTests
{
    private const int HeadBytesMax = 64 * 1024;

    [Fact]
    public void What_is_filled_is_unread_until_it_is_consumed()
    {
        using var buffer = new ReceiveBuffer();
        Fill(buffer, "abcdef");
        buffer.Consume(2);
        Assert.Equal("cdef", Unread(buffer));
        Fill(buffer, "gh");
        Assert.Equal("cdefgh", Unread(buffer));
    }

    [Fact]
    public void A_head_grows_up_to_the_limit_and_no_further()
    {
        using var buffer = new ReceiveBuffer();
        int total = 0;
        while (buffer.TryMakeRoom(HeadBytesMax))
        {
            buffer.Free.Span.Fill((byte)'h');
            total += buffer.Free.Length;
            buffer.Fill(buffer.Free.Length);
        }

        Assert.InRange(total, HeadBytesMax, 2 * HeadBytesMax);
        Assert.Equal(total, buffer.UnreadLength);
    }

    [Fact]
    public void A_held_head_keeps_its_bytes_while_a_long_body_passes()
    {
        const int seed = 4711;
        var random = new Random(seed);
        using var buffer = new ReceiveBuffer();
        for (int round = 0; round < 50; round++)
        {
            string head = new((char)('A' + (round % 26)), random.Next(1, 6_000));
            Fill(buffer, head);
            byte[] block = buffer.Block;
            int start = buffer.UnreadOffset;
            buffer.Consume(head.Length);
            buffer.Hold();
            for (int passed = 0; passed < 100_000;)
            {
                Assert.True(buffer.TryMakeRoom(ReceiveBuffer.ReadAheadBytesMax), $"seed {seed}, round {round}");
                int count = Math.Min(buffer.Free.Length, random.Next(1, 5_000));
                buffer.Free.Span[..count].Fill((byte)'b');
                buffer.Fill(count);
                Assert.Equal(buffer.UnreadLength, buffer.Unread.Count((byte)'b'));
                buffer.Consume(buffer.UnreadLength);
                passed += count;
            }

            Assert.Equal(head, Encoding.ASCII.GetString(block, start, head.Length));
            buffer.Release();
            Assert.Equal(0, buffer.UnreadLength);
        }
    }

    private static void Fill(ReceiveBuffer buffer, string text)
    {
        ReadOnlySpan<byte> rest = Encoding.ASCII.GetBytes(text);
        while (!rest.IsEmpty)
        {
            Assert.True(buffer.TryMakeRoom(HeadBytesMax));
            int count = Math.Min(rest.Length, buffer.Free.Length);
            rest[..count].CopyTo(buffer.Free.Span);
            buffer.Fill(count);
            rest = rest[count..];
        }
    }

    private static string Unread(ReceiveBuffer buffer) => Encoding.ASCII.GetString(buffer.Unread);
}

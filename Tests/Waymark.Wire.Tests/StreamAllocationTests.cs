using System.Text;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>What a packet of raw TCP costs the library in memory: nothing.</summary>
public sealed class StreamAllocationTests
{
    // Fewer than are handed out in a row: then all of it runs on this thread. Half of them need what a connection has.
    private const int PacketCount = 120;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_echoed_packet_allocates_nothing(bool isSentAtOnce)
    {
        Measure(PacketCount, isSentAtOnce);
        long least = Enumerable.Range(0, 3).Min(
            _ => Measure(PacketCount, isSentAtOnce) - Measure(PacketCount / 2, isSentAtOnce));
        Assert.Equal(0, least);
    }

    private static long Measure(int count, bool isSentAtOnce)
    {
        var connection = new DiscardingConnection(
            Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("abc\n", count))));
        (long bytes, long packetCount) = StreamMeasuring.Measure(
            connection, new Utf8LineProtocol(), new Echo(isSentAtOnce));
        Assert.Equal((count, isSentAtOnce ? count : 1), (packetCount, connection.SendCount));
        return bytes;
    }

    private sealed class Echo(bool isSentAtOnce) : StreamHandler<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>
    {
        protected internal override async ValueTask HandleAsync(
            StreamClient<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> client, CancellationToken stop)
        {
            while (true)
            {
                ReadOnlyMemory<byte> line = await client.ReceiveAsync(stop);
                if (isSentAtOnce)
                    await client.SendAsync(line, stop);
                else
                    client.Write(line);
            }
        }
    }
}

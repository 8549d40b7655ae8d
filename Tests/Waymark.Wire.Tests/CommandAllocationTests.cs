using System.Text;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>What a line costs the library and the generated code in memory: nothing; and all answers are one
/// send.</summary>
public sealed class CommandAllocationTests
{
    // So few that they come with the first receive: then none has to be waited for. Half of them need what a connection
    // has.
    private const int LineCount = 60;

    [Theory]
    [InlineData("PING\n", "PONG\n", 0)]
    [InlineData("add 7\n", "", 7)]
    [InlineData("  ADD  -7   2\r\n", "", -5)]
    [InlineData("SIZE a b c\n", "large\n", 0)]
    [InlineData("soon abc\n", "a\n", 0)]
    [InlineData("\n", "", 0)]
    public void A_line_allocates_nothing(string line, string answer, int added)
    {
        Measure(line, answer, added, LineCount);
        long least = Enumerable.Range(0, 3).Min(_ =>
            Measure(line, answer, added, LineCount) - Measure(line, answer, added, LineCount / 2));
        Assert.Equal(0, least);
    }

    private static long Measure(string line, string answer, int added, int count)
    {
        var connection = new DiscardingConnection(
            Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, count))));
        var commands = new CountedCommands();
        (long bytes, long packetCount) = StreamMeasuring.Measure(connection, new CommandLineProtocol(), commands);
        Assert.Equal(count, packetCount);
        Assert.Equal(added * count, commands.Last.Sum);
        Assert.Equal(answer.Length == 0 ? 0 : 1, connection.SendCount);
        return bytes;
    }
}

using Waymark.Answers;

namespace Waymark.Tests.Answers;

/// <summary>Which bytes a Range field asks for: RFC 9110 section 14.</summary>
public sealed class RangeSetTests
{
    private const string Whole = "whole";
    private const string None = "none";

    [Theory]
    [InlineData("", Whole)]
    [InlineData("Range: bytes=0-0", "0-0")]
    [InlineData("Range: bytes=0-99", "0-99")]
    [InlineData("Range: bytes=0-100", "0-99")]
    [InlineData("Range: bytes=99-", "99-99")]
    [InlineData("Range: bytes=100-", None)]
    [InlineData("Range: bytes=100-200", None)]
    [InlineData("Range: bytes=-1", "99-99")]
    [InlineData("Range: bytes=-100", "0-99")]
    [InlineData("Range: bytes=-101", "0-99")]
    [InlineData("Range: bytes=-0", None)]
    [InlineData("Range: bytes=0-18446744073709551616", "0-99")]
    [InlineData("Range: bytes=18446744073709551616-", None)]
    [InlineData("Range: bytes=-99999999999999999999", "0-99")]
    [InlineData("Range: BYTES=1-2", "1-2")]
    // Several, in the order they were asked for; what overlaps or touches is one.
    [InlineData("Range: bytes=0-1,4-5", "0-1 4-5")]
    [InlineData("Range: bytes=90-, 0-1 ,,\t50-50,", "90-99 0-1 50-50")]
    [InlineData("Range: bytes=0-5,3-9", "0-9")]
    [InlineData("Range: bytes=0-5,6-9", "0-9")]
    [InlineData("Range: bytes=6-9,0-5", "0-9")]
    [InlineData("Range: bytes=0-5,7-9", "0-5 7-9")]
    [InlineData("Range: bytes=0-1,8-9,4-5,1-8", "0-9")]
    [InlineData("Range: bytes=40-49,0-9,20-29,5-24", "40-49 0-29")]
    [InlineData("Range: bytes=0-0,0-0,0-0", "0-0")]
    [InlineData("Range: bytes=200-,0-1", "0-1")]
    [InlineData("Range: bytes=200-,-0", None)]
    // What is wrong counts as absent.
    [InlineData("Range: bytes=5-4", Whole)]
    [InlineData("Range: bytes=0-1,5-4", Whole)]
    [InlineData("Range: bytes=", Whole)]
    [InlineData("Range: bytes=,", Whole)]
    [InlineData("Range: bytes=-", Whole)]
    [InlineData("Range: bytes=a-b", Whole)]
    [InlineData("Range: bytes=+1-2", Whole)]
    [InlineData("Range: bytes=1 -2", Whole)]
    [InlineData("Range: bytes=1", Whole)]
    [InlineData("Range: bytes = 0-1", Whole)]
    [InlineData("Range: bytes:0-1", Whole)]
    [InlineData("Range: lines=0-1", Whole)]
    [InlineData("Range: bytes=0-1|Range: bytes=2-3", Whole)]
    [InlineData("Range: ", Whole)]
    public void A_field_asks_for_ranges(string lines, string expected) =>
        Assert.Equal(expected, Show(RangeSet.Read(HeaderText.Read(lines), 100)));

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, false)]
    [InlineData(17, true)]
    public void More_than_16_ranges_are_the_whole(int count, bool isWhole)
    {
        IEnumerable<string> specs = Enumerable.Range(0, count).Select(at => $"{at * 4}-{at * 4}");
        string field = "Range: bytes=" + string.Join(',', specs);
        Assert.Equal(isWhole, RangeSet.Read(HeaderText.Read(field), 100) is null);
    }

    [Fact]
    public void An_empty_file_has_no_ranges_to_give() =>
        Assert.Null(RangeSet.Read(HeaderText.Read("Range: bytes=0-9"), 0));

    [Fact]
    public void Merging_keeps_exactly_the_bytes_that_were_asked_for()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int round = 0; round < 2000; round++)
        {
            var wanted = new bool[60];
            var specs = new List<string>();
            for (int count = random.Next(1, 12); count > 0; count--)
            {
                int first = random.Next(60);
                int last = Math.Min(59, first + random.Next(12));
                specs.Add($"{first}-{last}");
                Array.Fill(wanted, true, first, last - first + 1);
            }

            var given = new bool[60];
            List<ByteRange> ranges = RangeSet.Read(HeaderText.Read("Range: bytes=" + string.Join(',', specs)), 60)!;
            foreach (ByteRange range in ranges)
            {
                for (long at = range.Start; at < range.End; at++)
                {
                    Assert.False(given[at], $"seed {seed}: {string.Join(',', specs)} gives {at} twice");
                    given[at] = true;
                }
            }

            Assert.True(wanted.SequenceEqual(given), $"seed {seed}: {string.Join(',', specs)}");
        }
    }

    private static string Show(List<ByteRange>? ranges) => ranges switch
    {
        null => Whole,
        [] => None,
        _ => string.Join(' ', ranges.Select(range => $"{range.Start}-{range.End - 1}")),
    };
}

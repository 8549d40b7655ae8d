using System.Text;
using Waymark.Http.Parsing;

namespace Waymark.Tests.Http.Parsing;

public sealed class DotSegmentRemoverTests
{
    private const int RoundCount = 20_000;

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/.", "/")]
    [InlineData("/./", "/")]
    [InlineData("/..", "/")]
    [InlineData("/../", "/")]
    [InlineData("/../../a", "/a")]
    [InlineData("/a/./b", "/a/b")]
    [InlineData("/a/.", "/a/")]
    [InlineData("/a/../b", "/b")]
    [InlineData("/a/..", "/")]
    [InlineData("/a/b/..", "/a/")]
    [InlineData("/a/b/../", "/a/")]
    [InlineData("/a/b/../..", "/")]
    [InlineData("/a/../../../b", "/b")]
    [InlineData("/a//../b", "/a/b")]
    [InlineData("//..", "/")]
    [InlineData("//", "//")]
    [InlineData("/./a", "/a")]
    [InlineData("/.//a", "//a")]
    [InlineData("/...", "/...")]
    [InlineData("/.../..", "/")]
    [InlineData("/a/..b/b..", "/a/..b/b..")]
    [InlineData("/..%2Fa", "/..%2Fa")]
    [InlineData("/a/b/c/./../../g", "/a/g")] // RFC 3986 section 5.2.4
    public void Dot_segments_are_removed(string path, string expected)
    {
        Assert.Equal(expected, Remove(path));
        Assert.Equal(expected, RemoveAsTheRfcSays(path));
    }

    [Theory]
    [InlineData("/a", false)]
    [InlineData("/...", false)]
    [InlineData("/.a/b./..c", false)]
    [InlineData("/%2e%2e%2F", false)]
    [InlineData("/%252e", false)]
    [InlineData("/.", true)]
    [InlineData("/..", true)]
    [InlineData("/a/%2e/b", true)]
    [InlineData("/a/.%2E/b", true)]
    [InlineData("/a/%2e%2E", true)]
    public void A_dot_segment_is_found_however_it_is_written(string path, bool expected) =>
        Assert.Equal(expected, DotSegmentRemover.IsNeeded(Encoding.ASCII.GetBytes(path)));

    [Fact]
    public void The_one_pass_and_the_RFCs_steps_agree_on_random_paths()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int round = 0; round < RoundCount; round++)
        {
            string path = "/" + new string(random.GetItems("//..a".AsSpan(), random.Next(14)));
            string actual = Remove(path);
            Assert.True(RemoveAsTheRfcSays(path) == actual, $"seed {seed}: {path} became {actual}");
            Assert.False(DotSegmentRemover.IsNeeded(Encoding.ASCII.GetBytes(actual)), $"seed {seed}: {path}");
        }
    }

    private static string Remove(string path)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(path);
        return Encoding.ASCII.GetString(bytes, 0, DotSegmentRemover.Remove(bytes));
    }

    /// <summary>RFC 3986 section 5.2.4, step 2, letter by letter.</summary>
    private static string RemoveAsTheRfcSays(string input)
    {
        string output = "";
        while (input.Length > 0)
        {
            if (input.StartsWith("/./", StringComparison.Ordinal))
            {
                input = input[2..]; // B
            }
            else if (input == "/.")
            {
                input = "/";
            }
            else if (input.StartsWith("/../", StringComparison.Ordinal) || input == "/..")
            {
                input = "/" + (input.Length > 4 ? input[4..] : ""); // C
                output = output[..Math.Max(0, output.LastIndexOf('/'))];
            }
            else
            {
                int next = input.IndexOf('/', 1); // E
                next = next < 0 ? input.Length : next;
                output += input[..next];
                input = input[next..];
            }
        }

        return output;
    }
}

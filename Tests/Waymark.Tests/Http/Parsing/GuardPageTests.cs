using Waymark.Http.Parsing;
using Waymark.TestSupport;

namespace Waymark.Tests.Http.Parsing;

/// <summary>The parser reads no octet behind its input: the next page is not mapped.</summary>
public sealed class GuardPageTests
{
    [Fact]
    public void No_read_goes_beyond_the_end_of_the_input()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The guarded page is Linux's.");
        using var page = new GuardedPage();
        foreach (string input in HeadRows.Accepted.Concat(HeadRows.Refused.Select(row => row.Input)))
            ParseEveryPrefix(HeadRows.Bytes(input), page);
    }

    private static void ParseEveryPrefix(byte[] bytes, GuardedPage page)
    {
        var grown = new RequestHead(2);
        grown.Reset();
        for (int length = 0; length <= bytes.Length; length++)
        {
            ReadOnlySpan<byte> prefix = page.Place(bytes.AsSpan(0, length));
            var head = new RequestHead(2);
            head.Reset();
            ParseResult result = RequestParser.Parse(prefix, HeadRows.Limits, ref head);
            Assert.True(result != ParseResult.Done || head.HeadBytes <= length);
            if (RequestParser.Parse(prefix, HeadRows.Limits, ref grown) != ParseResult.NeedMore)
                break;
        }
    }
}

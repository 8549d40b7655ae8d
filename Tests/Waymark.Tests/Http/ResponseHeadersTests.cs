using System.Text;
using Waymark.Http;

namespace Waymark.Tests.Http;

/// <summary>The fields of an answer.</summary>
public sealed class ResponseHeadersTests
{
    [Fact]
    public void Added_fields_stand_in_their_order_and_a_set_one_replaces_all_of_its_name()
    {
        var headers = new ResponseHeaders();
        headers.Add("A", "1");
        headers.Add("B", "2");
        headers.Add("a", "3");
        Assert.Equal("A: 1\r\nB: 2\r\na: 3\r\n", Lines(headers));
        headers.Set("A", "4");
        Assert.Equal("B: 2\r\nA: 4\r\n", Lines(headers));
        Assert.True(headers.Contains("b"u8));
        Assert.True(headers.Remove("b"u8));
        Assert.False(headers.Remove("b"u8));
        Assert.Equal("A: 4\r\n", Lines(headers));
        Assert.Equal(1, headers.Count);
    }

    [Fact]
    public void A_hundred_long_fields_are_kept_whole()
    {
        var headers = new ResponseHeaders();
        string value = new('v', 300);
        for (int index = 0; index < 100; index++)
            headers.Add($"F{index}", value);
        Assert.Equal(string.Concat(Enumerable.Range(0, 100).Select(index => $"F{index}: {value}\r\n")), Lines(headers));
    }

    [Fact]
    public void Text_is_sent_as_UTF_8()
    {
        var headers = new ResponseHeaders();
        headers.Add("A", "\u00e9");
        Assert.Equal("A: \u00e9\r\n", Lines(headers));
    }

    [Theory]
    [InlineData("A B", "x")]
    [InlineData("A", "x\ry")]
    [InlineData("A", "\u0001")]
    [InlineData("Trailer", "x")]
    [InlineData("upgrade", "x")]
    [InlineData("Keep-Alive", "x")]
    public void What_may_not_be_sent_is_refused_and_changes_nothing(string name, string value)
    {
        var headers = new ResponseHeaders();
        headers.Add("Kept", "1");
        Assert.Throws<ArgumentException>(() => headers.Add(name, value));
        Assert.Throws<ArgumentException>(() => headers.Set(name, value));
        Assert.Equal("Kept: 1\r\n", Lines(headers));
    }

    [Fact]
    public void After_the_start_nothing_can_be_changed()
    {
        var headers = new ResponseHeaders { IsReadOnly = true };
        Assert.Throws<InvalidOperationException>(() => headers.Add("A", "1"));
        Assert.Throws<InvalidOperationException>(() => headers.Remove("A"u8));
    }

    private static string Lines(ResponseHeaders headers) => Encoding.UTF8.GetString(headers.Lines);
}

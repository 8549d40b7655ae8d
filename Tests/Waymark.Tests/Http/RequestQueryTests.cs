using System.Text;
using Waymark.Http;

namespace Waymark.Tests.Http;

/// <summary>The query as pairs.</summary>
public sealed class RequestQueryTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a=1", "a=1")]
    [InlineData("a=1&b=2&a=3", "a=1,b=2,a=3")]
    [InlineData("a&b=&=c", "a=,b=,=c")]
    [InlineData("&&a=1&&", "a=1")]
    [InlineData("a=b=c", "a=b=c")]
    [InlineData("%61+b=%2B+%26", "a b=+ &")]
    [InlineData("k=%C3%A9", "k=\u00e9")]
    public void Pairs_are_read_and_decoded_once(string raw, string expected)
    {
        var pairs = new List<string>();
        foreach (var pair in new RequestQuery(Encoding.ASCII.GetBytes(raw)))
            pairs.Add($"{pair.Key}={pair.Value}");
        Assert.Equal(expected, string.Join(',', pairs));
    }

    [Theory]
    [InlineData("a=1&b=2&a=3", "a", "1")]
    [InlineData("a=1", "A", null)]
    [InlineData("+=1&%2B=2", "+", "2")]
    [InlineData("+=1&%2B=2", " ", "1")]
    [InlineData("%2561=1", "%2561", null)]
    [InlineData("%61=1", "a", "1")]
    [InlineData("a+b=1", "a b", "1")]
    [InlineData("a%2Bb=1", "a+b", "1")]
    [InlineData("b", "b", "")]
    [InlineData("", "a", null)]
    public void The_first_pair_of_a_key_counts(string raw, string key, string? value)
    {
        Assert.Equal(value, new RequestQuery(Encoding.ASCII.GetBytes(raw))[key]);
    }
}

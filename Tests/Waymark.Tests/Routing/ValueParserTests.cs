using System.Text;
using Waymark.Routing;

namespace Waymark.Tests.Routing;

public sealed class ValueParserTests
{
    [Theory]
    [InlineData("5", 5)]
    [InlineData("-5", -5)]
    [InlineData("007", 7)]
    [InlineData("%35", 5)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("-2147483648", int.MinValue)]
    [InlineData("2147483648", null)]
    [InlineData("-2147483649", null)]
    [InlineData("", null)]
    [InlineData("-", null)]
    [InlineData("+5", null)]
    [InlineData(" 5", null)]
    [InlineData("5 ", null)]
    [InlineData("5a", null)]
    [InlineData("5.0", null)]
    [InlineData("--5", null)]
    [InlineData("%2535", null)]
    [InlineData("%205", null)]
    [InlineData("5%", null)]
    public void An_int_is_the_whole_text(string text, int? expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(expected, ValueParser.TryParse(bytes, out int value) ? value : null);
        Assert.Equal(expected, ValueParser.TryParseQuery(bytes, out int queried) ? queried : null);
    }

    [Theory]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("%2D1", -1L)]
    [InlineData("9223372036854775808", null)]
    [InlineData("-9223372036854775809", null)]
    [InlineData("+1", null)]
    [InlineData("", null)]
    public void A_long_is_the_whole_text(string text, long? expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(expected, ValueParser.TryParse(bytes, out long value) ? value : null);
        Assert.Equal(expected, ValueParser.TryParseQuery(bytes, out long queried) ? queried : null);
    }

    [Theory]
    [InlineData("00112233-4455-6677-8899-aabbccddeeFF", true)]
    [InlineData("00112233445566778899aabbccddeeff", true)]
    [InlineData("%30%30112233445566778899aabbccddeeff", true)]
    [InlineData("{00112233-4455-6677-8899-aabbccddeeff}", false)]
    [InlineData("00112233-4455-6677-8899-aabbccddeef", false)]
    [InlineData("0011223344556677-8899-aabbccddeeff--", false)]
    [InlineData("", false)]
    public void A_guid_has_hyphens_in_their_places_or_none(string text, bool isGuid)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(isGuid, ValueParser.TryParse(bytes, out Guid value));
        Assert.Equal(isGuid, ValueParser.TryParseQuery(bytes, out Guid _));
        if (isGuid)
            Assert.Equal(new Guid("00112233-4455-6677-8899-aabbccddeeff"), value);
    }
}

using Waymark.Answers;

namespace Waymark.Tests.Answers;

public sealed class CodingFieldTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("Accept-Encoding: br", 1000)]
    [InlineData("Accept-Encoding: gzip, deflate, BR", 1000)]
    [InlineData("Accept-Encoding: gzip", 0)]
    [InlineData("Accept-Encoding: br;q=0", 0)]
    [InlineData("Accept-Encoding: br;q=0.000, *", 0)]
    [InlineData("Accept-Encoding: *", 1000)]
    [InlineData("Accept-Encoding: *;q=0.5", 500)]
    [InlineData("Accept-Encoding: *;q=0, br;q=0.25", 250)]
    [InlineData("Accept-Encoding: gzip;q=1.0 , br ; q=0.8", 800)]
    [InlineData("Accept-Encoding: gzip|Accept-Encoding: br", 1000)]
    [InlineData("Accept-Encoding: br;q=2", 0)]
    [InlineData("Accept-Encoding: br;level=3", 0)]
    [InlineData("Accept-Encoding: brr, xbr", 0)]
    [InlineData("Accept-Encoding: ,,;q=1,", 0)]
    [InlineData("Accept: br", 0)]
    public void A_coding_has_its_own_weight_or_that_of_the_star(string lines, int weight) =>
        Assert.Equal(weight, CodingField.WeightOf(HeaderText.Read(lines), "br"u8));
}

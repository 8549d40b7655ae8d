using Waymark.Generator.Templates;

namespace Waymark.Generator.Tests.Templates;

public sealed class TemplateRelationsTests
{
    [Theory]
    [InlineData("/users/me", "/users/:id")]
    [InlineData("/users/:id", "/users/*rest")]
    [InlineData("/v:x", "/:x")]
    [InlineData("/v1:x", "/v:x.json")]
    [InlineData("/:x.json", "/:x")]
    [InlineData("/:x.tar.gz", "/:x.gz")]
    [InlineData("/a/:x", "/:x/b")]
    [InlineData("/foo/*rest", "/:a/baz")]
    [InlineData("/a/b/:c", "/a/:b/c")]
    [InlineData("/a/b/*rest", "/a/*rest")]
    [InlineData("/a/", "/a/*rest?")]
    [InlineData("/:x<int>", "/:x")]
    [InlineData("/:x<int>", "/:x<long>")]
    [InlineData("/:x<range(1,9)>", "/:x<int>")]
    [InlineData("/:x.", "/:x<int>")]
    [InlineData("/:x<int>-:y<int>", "/:x<int>-:y")]
    [InlineData("/:x<int,sku>", "/:x<sku>")]
    public void The_left_one_is_tried_first(string left, string right)
    {
        Assert.True(PatternOrder.Compare(Pattern(left), Pattern(right)) < 0);
        Assert.True(PatternOrder.Compare(Pattern(right), Pattern(left)) > 0);
    }

    [Theory]
    [InlineData("/:a", "/:b")]
    [InlineData("/:a-:b", "/:a.:b")]
    [InlineData("/:a.json", "/:a-data")]
    [InlineData("/*a", "/*b?")]
    [InlineData("/:a<int>", "/:b<hex>")]
    [InlineData("/:a<int>", "/:b<int>")]
    [InlineData("/:a<sku>", "/:b<int>")]
    public void Neither_is_more_specific(string left, string right) =>
        Assert.Equal(0, PatternOrder.Compare(Pattern(left), Pattern(right)));

    [Theory]
    [InlineData("/:a", "/:b", "/x")]
    [InlineData("/a", "/a", "/a")]
    [InlineData("/a", "/b", null)]
    [InlineData("/a", "/a/", null)]
    [InlineData("/users/:id", "/:kind/me", "/users/me")]
    [InlineData("/:a-:b", "/:a.:b", "/x-.x")]
    [InlineData("/:a.json", "/:a-data", null)]
    [InlineData("/*a", "/:b/:c", "/x/x")]
    [InlineData("/*a", "/", null)]
    [InlineData("/*a?", "/", "/")]
    [InlineData("/*a", "/*b?", "/x")]
    [InlineData("/a/*rest", "/a/b/", "/a/b/")]
    [InlineData("/a", "/a/*rest", null)]
    public void A_witness_matches_both_or_there_is_none(string left, string right, string? expected)
    {
        string? witness = TemplateRelations.FindWitness(Pattern(left), Pattern(right), isCaseInsensitive: false);

        Assert.Equal(expected is null, witness is null);
        Assert.Equal(expected?.Length, witness?.Length);
        if (witness is not null)
        {
            Assert.Equal(0, Matched(left, witness));
            Assert.Equal(0, Matched(right, witness));
        }
    }

    private static int Matched(string template, string path) =>
        new Matching.SpecificationTwin([new Matching.RouteRow("GET", template)], new()).Match(path, ["GET"])[0].Routes
            .Select(found => found.Route).FirstOrDefault(-1);

    private static PathPattern Pattern(string template) =>
        PathPattern.Of(TemplateParser.Parse(template), TableOptions.Default).First();
}

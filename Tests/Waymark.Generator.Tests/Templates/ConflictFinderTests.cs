using Waymark.Generator.Templates;

namespace Waymark.Generator.Tests.Templates;

public sealed class ConflictFinderTests
{
    [Theory]
    [InlineData("GET /a", "")]
    [InlineData("GET /a, GET /a", "0-1 /a")]
    [InlineData("GET /a, POST /a", "")]
    [InlineData("GET /:a, GET /:b", "0-1 /x")]
    [InlineData("GET /users/me, GET /users/:id", "")]
    [InlineData("GET /:a/x, GET /:b/y", "")]
    [InlineData("GET /:a/x, GET /:b/:c", "")]
    [InlineData("GET /:a?, GET /", "0-1 /")]
    [InlineData("GET /a/:x?, GET /a", "0-1 /a")]
    [InlineData("GET /a/:x?, GET /a/:y", "0-1 /a/x")]
    [InlineData("GET /*a, GET /*b?", "0-1 /x")]
    [InlineData("GET /*a?, GET /", "")]
    [InlineData("GET /:a.json, GET /:b-data", "")]
    [InlineData("GET /:a-:b/x, GET /:a.:b/x, GET /:a-:b/y", "0-1 /x-.x/x")]
    [InlineData("GET /a, POST /b, GET /a, GET /a", "0-2 /a, 0-3 /a, 2-3 /a")]
    [InlineData("GET /%41, GET /A", "0-1 /A")]
    public void Conflicts_are_found_in_pairs_with_a_witness(string routes, string expected)
    {
        Assert.Equal(expected, Find(routes, TableOptions.Default));
    }

    [Theory]
    [InlineData("GET /:a<int>, GET /:b<int>", "0-1 /0")]
    [InlineData("GET /:a<int>, GET /:b<alpha>", "")]
    [InlineData("GET /:a<int>, GET /:b<long>", "")]
    [InlineData("GET /:a<int>, GET /:b<hex>", "0-1 /0")]
    [InlineData("GET /:a<int>, GET /:b", "")]
    [InlineData("GET /:a<range(1,9)>, GET /:b<range(10,99)>", "")]
    [InlineData("GET /:a<range(1,9)>, GET /:b<range(9,99)>", "0-1 /9")]
    [InlineData("GET /:a<min(5)>, GET /:b<max(4)>", "")]
    [InlineData("GET /:a<in(x|y)>, GET /:b<in(y|z)>", "0-1 /y")]
    [InlineData("GET /:a<in(x|y)>, GET /:b<in(z)>", "")]
    [InlineData("GET /:a<in(x)>, GET /:b<in(x|z)>", "")]
    [InlineData("GET /:a<re([a-c]+)>, GET /:b<re([c-e]+)>", "0-1 /c")]
    [InlineData("GET /:a<re([a-c]+)>, GET /:b<re([d-e]+)>", "")]
    [InlineData("GET /:a<guid>, GET /:b<len(32,36)>", "")]
    [InlineData("GET /:a<len(1,3)>, GET /:b<len(3,5)>", "0-1 /xxx")]
    [InlineData("GET /:a<len(255)>, GET /:b<bool>", "")]
    [InlineData("GET /:a<int,min(5)>, GET /:b<min(5),int>", "0-1 /5")]
    [InlineData("GET /:a<sku>, GET /:b<int>", "0-1 /0")]
    [InlineData("GET /:a<sku>, GET /:b<sku>", "0-1 /x")]
    [InlineData("GET /:a<sku,int>, GET /:b<sku>", "")]
    [InlineData("GET /:a<int>-:b, GET /:a<alpha>-:b", "")]
    [InlineData("GET /:a<re(x-y)>-:b, GET /:a-:b<alpha>", "")]
    [InlineData("GET /:a<alpha>.x, GET /:b<alpha>.y", "")]
    [InlineData("GET /:a<re(.*/.*)>, GET /:b<re(.*%.*)>", "0-1 /%25%2F")]
    [InlineData("GET /:a<re(%C3)>, GET /:b<alpha>", "")]
    public void Constraints_are_compared_as_languages(string routes, string expected) =>
        Assert.Equal(expected, Find(routes, TableOptions.Default));

    [Theory]
    [InlineData("GET /:a-:b 1, GET /:a.:b", "")]
    [InlineData("GET /:a-:b, GET /:a.:b 2", "")]
    [InlineData("GET /:a-:b 1, GET /:a.:b 1", "0-1 /x-.x Ambiguous")]
    [InlineData("GET /:a 1, GET /:b", "0-1 /x Alike")]
    [InlineData("GET /:a<int> 1, GET /:b<hex>", "")]
    [InlineData("GET /:a-:b/x 1, GET /:a.:b/x 2, GET /:a-:b/y 3", "0-1 /x-.x/x RanksCross")]
    [InlineData("GET /:a<alpha>/x, GET /:b<len(3)>/x, GET /:c<alpha>/y 1", "0-1 /xxx/x RanksCross")]
    [InlineData("GET /:a-:b/x 1, POST /:a.:b/x 2", "")]
    public void Ranks_decide_where_nothing_else_does(string routes, string expected) =>
        Assert.Equal(
            expected, Find(routes, TableOptions.Default, isKindShown: expected.Contains(' ', StringComparison.Ordinal)
            && expected.Split(' ').Length > 2));

    [Theory]
    [InlineData("* /a, GET /a", "")]
    [InlineData("* /a, * /a", "0-1 /a")]
    [InlineData("* /:a-:b, GET /:a.:b", "0-1 /x-.x")]
    [InlineData("* /:a-:b, TRACE /:a.:b", "")]
    [InlineData("GET /:a-:b, HEAD /:a-:b", "")]
    [InlineData("GET /:a-:b, HEAD /:a.:b", "0-1 /x-.x")]
    [InlineData("PROPFIND /:a-:b, GET /:a.:b", "")]
    [InlineData("PROPFIND /:a-:b, PROPFIND /:a.:b", "0-1 /x-.x")]
    public void A_route_for_every_method_conflicts_with_each_but_on_its_own_template(string routes, string expected) =>
        Assert.Equal(expected, Find(routes, TableOptions.Default));

    [Theory]
    [InlineData("GET /a, GET /a/", TrailingSlashMode.Strict, false, "")]
    [InlineData("GET /a, GET /a/", TrailingSlashMode.Redirect308, false, "")]
    [InlineData("GET /a, GET /a/", TrailingSlashMode.Ignore, false, "0-1 /a")]
    [InlineData("GET /a/:x?, GET /a/", TrailingSlashMode.Ignore, false, "0-1 /a")]
    [InlineData("GET /a/*x?, GET /a", TrailingSlashMode.Ignore, false, "0-1 /a")]
    [InlineData("GET /Users, GET /users", TrailingSlashMode.Strict, false, "")]
    [InlineData("GET /Users, GET /users", TrailingSlashMode.Strict, true, "0-1 /users")]
    [InlineData("GET /:a.Json, GET /:b.json", TrailingSlashMode.Strict, true, "0-1 /x.json")]
    public void Options_of_the_table_change_what_is_alike(
        string routes, object trailingSlash, bool isCaseInsensitive, string expected) =>
        Assert.Equal(expected, Find(routes, new TableOptions((TrailingSlashMode)trailingSlash, isCaseInsensitive)));

    private static string Find(string routes, TableOptions options, bool isKindShown = false)
    {
        List<ProvenRoute> parsed = routes.Split(", ")
            .Select(route => route.Split(' '))
            .Select(parts => new ProvenRoute(
                parts[0],
                TemplateParser.Parse(parts[1]),
                parts.Length < 3 ? 0 : int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture)))
            .ToList();
        Assert.All(parsed, route => Assert.Empty(route.Template.Problems));
        return string.Join(", ", ConflictFinder.Find(parsed, options).Select(conflict =>
            $"{conflict.First}-{conflict.Second} {conflict.Witness}{(isKindShown ? $" {conflict.Kind}" : "")}"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Pairs_are_those_that_comparing_every_pair_finds(int seed)
    {
        List<ProvenRoute> routes = Matching.RouteSets.Random(seed, 700, Matching.Language.Today)
            .Rows.ConvertAll(row => new ProvenRoute(row.Method, TemplateParser.Parse(row.Template), 0));
        var expected = new List<(int, int)>();
        for (int left = 0; left < routes.Count; left++)
        {
            for (int right = left + 1; right < routes.Count; right++)
            {
                if (IsConflict(routes[left], routes[right]))
                    expected.Add((left, right));
            }
        }

        Assert.NotEmpty(expected);
        Assert.Equal(
            expected,
            ConflictFinder.Find(routes, TableOptions.Default)
                .Select(conflict => (conflict.First, conflict.Second)));
    }

    private static bool IsConflict(ProvenRoute left, ProvenRoute right) =>
        PathPattern.Of(left.Template, TableOptions.Default).Any(first =>
            PathPattern.Of(right.Template, TableOptions.Default).Any(second =>
                IsVerbShared(left.Verb, right.Verb, first.Equals(second))
                && PatternOrder.Compare(first, second) == 0
                && TemplateRelations.FindWitness(first, second, isCaseInsensitive: false) is not null));

    private static bool IsVerbShared(string left, string right, bool isSamePattern) =>
        left == right || (!isSamePattern && ((left, right) is ("GET", "HEAD") or ("HEAD", "GET")));
}

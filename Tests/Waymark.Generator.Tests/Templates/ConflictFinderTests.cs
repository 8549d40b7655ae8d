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
        List<(string, Template)> parsed = routes.Split(", ")
            .Select(route => route.Split(' '))
            .Select(parts => (parts[0], TemplateParser.Parse(parts[1])))
            .ToList();

        string found = string.Join(", ", ConflictFinder.Find(parsed)
            .Select(conflict => $"{conflict.First}-{conflict.Second} {conflict.Witness}"));

        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Pairs_are_those_that_comparing_every_pair_finds(int seed)
    {
        List<(string Verb, Template Template)> routes = Matching.RouteSets.Random(new Random(seed), 700)
            .ConvertAll(route => (route.Verb, TemplateParser.Parse(route.Template)));
        var expected = new List<(int, int)>();
        for (int left = 0; left < routes.Count; left++)
        {
            for (int right = left + 1; right < routes.Count; right++)
            {
                if (routes[left].Verb == routes[right].Verb && IsConflict(routes[left].Template,
                    routes[right].Template))
                    expected.Add((left, right));
            }
        }

        Assert.NotEmpty(expected);
        Assert.Equal(expected, ConflictFinder.Find(routes).Select(conflict => (conflict.First, conflict.Second)));
    }

    private static bool IsConflict(Template left, Template right) => PathPattern.Of(left).Any(first =>
        PathPattern.Of(right)
        .Any(second => TemplateRelations.CompareRank(first, second) == 0
            && TemplateRelations.FindWitness(first, second) is not null));
}

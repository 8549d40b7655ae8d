using Waymark.Analyzers.Reach;
using Waymark.Generator.Templates;
using Waymark.Generator.Tests.Matching;

namespace Waymark.Analyzers.Tests;

/// <summary>
/// WM1011 over a language so small that every path can be tried: what the search says is true, and nothing is missed.
/// </summary>
public sealed class ReachSearchTests
{
    private const int SetsPerSeed = 150;

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "BREW"];

    /// <summary>No template tells <c>d</c> from any other text that it does not name.</summary>
    private static readonly string[] Words = ["a", "b", "c", "d", ""];

    private static readonly string[] Paths =
    [
        .. Words.Select(one => $"/{one}"),
        .. Words.SelectMany(one => Words.Select(two => $"/{one}/{two}")),
        .. Words.SelectMany(one => Words.SelectMany(two => Words.Select(three => $"/{one}/{two}/{three}"))),
    ];

    private static readonly string[] Segments =
        ["a", "a", "b", "b", ":_#<in(a|b)>", ":_#<in(b|c)>", ":_#<in(a|b|c)>", ":_#<in(b)>", ":_#<in(a)>", ":_#"];

    private static readonly string[] Ends = ["", "", "", "", "/", "/*_r", "/*_r?", "/:_o<in(a|b)>?"];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    public void A_route_is_reported_if_and_only_if_no_path_goes_to_it(int seed, int rankMax)
    {
        var random = new Random(seed);
        int reported = 0;
        int several = 0;
        for (int number = 0; number < SetsPerSeed; number++)
        {
            List<RouteRow> rows = Draw(random, rankMax);
            List<ProvenRoute> routes = rows.ConvertAll(Proven);
            var tree = new PatternTree(routes, Generator.Templates.TableOptions.Default);
            var search = new ReachSearch(tree, routes, new SegmentAlgebra(isCaseInsensitive: false));
            Dictionary<int, HashSet<int>> winners = TryAll(rows);
            for (int route = 0; route < rows.Count; route++)
            {
                string label = $"seed {seed}, set {number}: {string.Join(", ", rows)}: {rows[route]}";
                List<SortedSet<int>?> takers =
                    [.. tree.Patterns.Where(pattern => pattern.Route == route).Select(search.FindTakers)];
                bool isTaken = !takers.Contains(null);
                Assert.True(isTaken == !winners[route].Contains(route), label);
                if (!isTaken)
                    continue;
                var named = takers.SelectMany(set => set!).ToHashSet();
                Assert.True(IsCovered(rows, route, named), label);
                reported++;
                several += named.Count > 1 ? 1 : 0;
            }
        }

        // Enough of each kind to mean something.
        Assert.InRange(reported, 10, int.MaxValue);
        Assert.InRange(several, 2, int.MaxValue);
    }

    /// <summary>Who answers the paths that each route matches, for the methods that it answers.</summary>
    private static Dictionary<int, HashSet<int>> TryAll(List<RouteRow> rows)
    {
        var all = new SpecificationTwin(rows, new Generator.Tests.Matching.TableOptions());
        List<SpecificationTwin> single = rows.ConvertAll(
            row => new SpecificationTwin([row], new Generator.Tests.Matching.TableOptions()));
        Dictionary<int, HashSet<int>> winners =
            Enumerable.Range(0, rows.Count).ToDictionary(route => route, _ => new HashSet<int>());
        foreach (string path in Paths)
        {
            List<TwinOutcome> outcomes = all.Match(path, Methods);
            for (int route = 0; route < rows.Count; route++)
            {
                List<TwinOutcome> own = single[route].Match(path, Methods);
                for (int method = 0; method < Methods.Length; method++)
                {
                    if (own[method].Routes.Count > 0)
                        winners[route].UnionWith(outcomes[method].Routes.Select(found => found.Route));
                }
            }
        }

        return winners;
    }

    /// <summary>What a route answers, one of the others would answer as well, and each of them some of it.</summary>
    private static bool IsCovered(List<RouteRow> rows, int route, HashSet<int> others)
    {
        var own = new SpecificationTwin([rows[route]], new Generator.Tests.Matching.TableOptions());
        List<SpecificationTwin> takers = [.. others.Select(
            other => new SpecificationTwin([rows[other]], new Generator.Tests.Matching.TableOptions()))];
        var used = new HashSet<SpecificationTwin>();
        foreach (string path in Paths)
        {
            foreach (string method in Methods)
            {
                if (own.Match(path, [method])[0].Routes.Count == 0)
                    continue;
                List<SpecificationTwin> able = takers.FindAll(taker => taker.Match(path, [method])[0].Routes.Count > 0);
                used.UnionWith(able);
                if (able.Count == 0)
                    return false;
            }
        }

        return used.Count == takers.Count;
    }

    /// <summary>A random set without conflicts.</summary>
    private static List<RouteRow> Draw(Random random, int rankMax)
    {
        var rows = new List<RouteRow>();
        for (int count = random.Next(3, 9); count > 0; count--)
        {
            int captures = 0;
            string template = string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ =>
                "/" + RouteSets.Pick(random, Segments).Replace("#", $"{captures++}", StringComparison.Ordinal)));
            var row = new RouteRow(
                RouteSets.Pick(random, ["GET", "GET", "GET", "HEAD", "POST", "*"]),
                template + RouteSets.Pick(random, Ends),
                rankMax > 0 && random.Next(3) == 0 ? random.Next(1, rankMax) : 0);
            List<RouteRow> longer = [.. rows, row];
            if (ConflictFinder.Find(longer.ConvertAll(Proven), Generator.Templates.TableOptions.Default).Count == 0)
                rows = longer;
        }

        return rows;
    }

    private static ProvenRoute Proven(RouteRow row) => new(row.Method, TemplateParser.Parse(row.Template), row.Rank);
}

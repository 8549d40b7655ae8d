using Waymark.CompilerServices;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Matching;

/// <summary>The emitted matcher against its linear twin.</summary>
public sealed class MatcherTests
{
    private const int PathsPerSet = 500;

    private static readonly Verbs[] AllVerbs =
        [Verbs.None, Verbs.Get, Verbs.Head, Verbs.Post, Verbs.Put, Verbs.Delete, Verbs.Patch, Verbs.Options];

    [Theory]
    [InlineData("github.txt", 203)]
    [InlineData("gplus.txt", 13)]
    [InlineData("parse.txt", 26)]
    [InlineData("static.txt", 157)]
    public void Known_route_sets_match_as_their_twin_does(string file, int count)
    {
        List<(string, string)> routes = RouteSets.Read(file);
        using LoadedTable table = GeneratorRun.Load(RouteSets.Source(routes));

        Assert.Equal(count, table.Table.Routes.Count);
        Compare(table, seed: 20250101);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 12)]
    [InlineData(3, 30)]
    [InlineData(4, 30)]
    [InlineData(5, 60)]
    [InlineData(6, 60)]
    [InlineData(7, 60)]
    [InlineData(8, 120)]
    [InlineData(9, 120)]
    [InlineData(10, 250)]
    [InlineData(11, 400)]
    [InlineData(12, 400)]
    public void Random_route_sets_match_as_their_twin_does(int seed, int count)
    {
        List<(string, string)> routes = RouteSets.Random(new Random(seed), count);
        using LoadedTable table = GeneratorRun.Load(RouteSets.Source(routes));

        Compare(table, seed);
    }

    private static void Compare(LoadedTable table, int seed)
    {
        var random = new Random(seed);
        var twin = new LinearTwin(table.Table.Routes);
        int found = 0;
        for (int count = 0; count < PathsPerSet; count++)
        {
            string path = RouteSets.PathNear(random, table.Table.Routes[random.Next(
                table.Table.Routes.Count)].Template);
            foreach (Verbs verb in AllVerbs)
            {
                MatchOutcome expected = twin.Match(path, verb);
                MatchOutcome actual = table.Match(path, verb, twin.CaptureCounts);
                Assert.True(
                    expected == actual,
                    $"seed {seed}, {verb} {path}: expected {Show(expected, table)}, was {Show(actual, table)}");
                found += actual.Route >= 0 ? 1 : 0;
            }
        }

        // Paths that all miss, or all hit, would prove little.
        Assert.InRange(found, PathsPerSet / 10, (PathsPerSet * AllVerbs.Length) - (PathsPerSet / 10));
    }

    private static string Show(MatchOutcome outcome, LoadedTable table) => outcome.Route < 0
        ? $"no route, Allow {outcome.Allow}"
        : $"{table.Table.Routes[outcome.Route]} with {outcome.Captures}";
}

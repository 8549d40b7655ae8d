using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Matching;

/// <summary>The emitted matcher against its twin.</summary>
public sealed class MatcherTests
{
    private const Language Whole = Language.Constraints | Language.Tokens | Language.Rank | Language.Options
        | Language.ManyCaptures | Language.NonAscii;

    private const int ComparisonsMin = 200_000;
    private const int PathsPerSet = 1_300;

    private static readonly string[] Known = ["github.txt", "gplus.txt", "parse.txt", "static.txt"];

    private static readonly string[] Methods =
        ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW", "PROPFIND", "PURGE", "M-SEARCH", "TRACE"];

    [Fact]
    public void Every_set_matches_as_its_twin_does()
    {
        List<RouteSet> sets = [.. Known.Select(RouteSets.Read), RouteSets.Backtracking()];
        int[] counts = [5, 12, 30, 30, 60, 60, 60, 60, 90, 90, 120, 120, 120, 160, 160, 250, 400];
        sets.AddRange(counts.Select((count, index) => RouteSets.Random(index + 1, count, Whole)));

        var tallies = new Tally[sets.Count];
        Parallel.For(0, sets.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, index =>
            tallies[index] = Compare(sets[index]));

        Tally all = tallies.Aggregate((left, right) => left + right);
        Assert.True(all.Hits + all.Refusals + all.Misses + all.Redirects >= ComparisonsMin, all.ToString());
        Assert.True(all.Hits > ComparisonsMin / 10, all.ToString());
        Assert.True(all.Refusals > ComparisonsMin / 10, all.ToString());
        Assert.True(all.Misses > ComparisonsMin / 10, all.ToString());
        Assert.True(all.Redirects > 0, all.ToString());
    }

    [Theory]
    [InlineData("github.txt", 203)]
    [InlineData("gplus.txt", 13)]
    [InlineData("parse.txt", 26)]
    [InlineData("static.txt", 157)]
    public void No_route_of_a_known_set_is_left_out(string file, int count)
    {
        using LoadedTable table = GeneratorRun.Load(RouteSets.Source(RouteSets.Read(file)));
        Assert.Equal(count, table.Table.Routes.Count);
    }

    /// <summary>The twin alone, so that what is not spoken yet is at least drawn and judged.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_twin_understands_every_set_of_the_whole_language(int seed)
    {
        RouteSet set = RouteSets.Random(seed, 200, Whole);
        var twin = new SpecificationTwin(set.Rows, set.Options);
        var paths = new PathDraft(new Random(seed), hasRules: true);
        int own = 0;
        for (int index = 0; index < set.Rows.Count; index++)
        {
            TwinOutcome found = twin.Match(paths.Near(set.Rows[index].Template), [set.Rows[index].Method])[0];
            own += found.Routes.Any(route => route.Route == index) ? 1 : 0;
        }

        Assert.InRange(own, set.Rows.Count / 5, set.Rows.Count);
        Assert.Contains(set.Rows, row => row.Template.Contains('<', StringComparison.Ordinal));
        Assert.Contains(set.Rows, row => row.Method == "*" && row.Rank != 0);
        Assert.Contains(set.Rows, row => Pattern.CountCaptures(row.Template) > 8);
    }

    private static Tally Compare(RouteSet set)
    {
        (LoadedTable table, List<RouteRow> rows) = Load(set);
        using LoadedTable loaded = table;
        var twin = new SpecificationTwin(rows, set.Options);
        List<int> captures = rows.ConvertAll(row => Pattern.CountCaptures(row.Template));
        var random = new Random(set.Seed);
        var paths = new PathDraft(random, rows.Exists(row => row.Template.Contains('<', StringComparison.Ordinal)));
        var tally = new Tally(0, 0, 0, 0);
        for (int count = 0; count < PathsPerSet; count++)
        {
            string path = paths.Near(RouteSets.Pick(random, rows).Template);
            List<TwinOutcome> wanted = twin.Match(path, Methods);
            for (int index = 0; index < Methods.Length; index++)
            {
                MatchOutcome actual = table.Match(path, Methods[index], captures);
                if (!IsAlike(wanted[index], actual, rows))
                    Assert.Fail(Explain(set, path, Methods[index], wanted[index], actual, rows));
                tally += Tally.Of(actual);
            }

            // The explanation reads the tree as text: a third opinion, too slow to be asked every time.
            if (count % 8 == 0 && path.All(char.IsAscii))
                CheckExplanation(table, captures, path, Methods[count / 8 % Methods.Length]);
        }

        return tally;
    }

    private static void CheckExplanation(LoadedTable table, List<int> captures, string path, string method)
    {
        MatchOutcome actual = table.Match(path, method, captures);
        string[] lines = table.Explain(path, method).Split('\n');
        string expected = actual.Route < 0
            ? actual.IsElsewhere ? "=> 308: "
                : !table.IsKnown(method) ? "=> 501: "
                : actual.Allow.Count == 0 ? "=> 404: "
                : method == "OPTIONS" ? "=> 200: " : "=> 405: "
            : $"=> {table.Table.Routes[actual.Route].Method} {table.Table.Routes[actual.Route].Template} ";
        Assert.StartsWith(expected, lines[^1], StringComparison.Ordinal);
        string values = string.Join('|', System.Text.RegularExpressions.Regex
            .Matches(lines[^1], "(?<= = \")[^\"]*(?=\"(, |$))").Select(match => match.Value));
        Assert.Equal(actual.Captures, actual.Route < 0 ? "" : values);
    }

    /// <summary>The table of a set without its conflicts.</summary>
    /// <remarks>A rank counts for a whole branch, so routes that are left out may no longer lend theirs.</remarks>
    private static (LoadedTable Table, List<RouteRow> Rows) Load(RouteSet set)
    {
        LoadedTable table = GeneratorRun.Load(RouteSets.Source(set));
        List<RouteRow> rows = [.. table.Table.Routes.Select(route => RouteSets.RowOf(set, route.Handler))];
        if (rows.Count == set.Rows.Count || !rows.Exists(row => row.Rank != 0))
            return (table, rows);
        table.Dispose();
        return Load(set with { Rows = rows });
    }

    private static bool IsAlike(TwinOutcome wanted, MatchOutcome actual, List<RouteRow> rows)
    {
        // Two that nothing orders would be a conflict that was not found, if not for HEAD by GET and for any method.
        // One route can meet a path twice: "/:a-:b?" reads "/x--" as x- and nothing, or as x and -.
        if (wanted.Routes.DistinctBy(found => found.Route).GroupBy(found => rows[found.Route].Method).Any(alike =>
            alike.Count() > 1))
            return false;
        if (wanted.Routes.Count > 0)
            return wanted.Routes.Contains((actual.Route, actual.Captures));

        // What "any method" adds to Allow is seen on TRACE alone and nowhere specified.
        return actual.Route < 0 && actual.IsElsewhere == wanted.IsElsewhere
            && (wanted.Allow.Contains("*") || wanted.Allow.SetEquals(actual.Allow));
    }

    private static string Explain(
        RouteSet set, string path, string method, TwinOutcome wanted, MatchOutcome actual, List<RouteRow> rows)
    {
        string Show(int route, string captures) => route < 0 ? "none" : $"{rows[route]} with {captures}";
        string routes = string.Join(" or ", wanted.Routes.Select(found => Show(found.Route, found.Captures)));
        return $"{set.Name} seed {set.Seed} of {set.Rows.Count}, {set.Options}: {method} {path}\n"
            + $"wanted {routes}, Allow {string.Join(',', wanted.Allow.Order())}, redirect {wanted.IsElsewhere}\n"
            + $"was {Show(actual.Route, actual.Captures)}, Allow {string.Join(',', actual.Allow.Order())}, "
            + $"redirect {actual.IsElsewhere}";
    }

    private sealed record Tally(int Hits, int Refusals, int Misses, int Redirects)
    {
        public static Tally Of(MatchOutcome outcome) => outcome.Route >= 0 ? new(1, 0, 0, 0)
            : outcome.IsElsewhere ? new(0, 0, 0, 1) : outcome.Allow.Count > 0 ? new(0, 1, 0, 0) : new(0, 0, 1, 0);

        public static Tally operator +(Tally left, Tally right) => new(
            left.Hits + right.Hits, left.Refusals + right.Refusals, left.Misses + right.Misses,
            left.Redirects + right.Redirects);
    }
}

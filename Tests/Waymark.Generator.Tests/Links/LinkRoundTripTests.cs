using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Waymark.Generator.Tests.Harness;
using Waymark.Generator.Tests.Matching;

namespace Waymark.Generator.Tests.Links;

/// <summary>A link leads to its route, which reads back the values that it was made of.</summary>
public sealed class LinkRoundTripTests
{
    private const int RoundTripsMin = 20_000;
    private const int LinksPerRoute = 40;

    private const Language Whole = Language.Constraints | Language.Tokens | Language.Rank | Language.Options
        | Language.ManyCaptures | Language.NonAscii;

    private static readonly string[] Pieces =
        ["a", "b", "-", ".", "--", "x.json", "/", "%", "%2F", " ", "?", "#", "&", "+", "\u00e9", "\U0001f600", "{", "|",
            "\"", "\\", ":", "@", "~", "'", "AB", "v1", "\u0001", "\u007f"];

    [Fact]
    public void A_link_leads_to_its_route_with_its_values()
    {
        List<RouteSet> sets = [RouteSets.Read("github.txt"), RouteSets.Read("gplus.txt"), RouteSets.Backtracking()];
        sets.AddRange(Enumerable.Range(1, 8).Select(seed => RouteSets.Random(seed + 500, 40 + (seed * 15), Whole)));
        var all = new Tally();
        foreach (RouteSet set in sets)
            Walk(set, all);

        Assert.True(all.Arrived >= RoundTripsMin, all.ToString());
        Assert.True(all.Refused > 500, all.ToString());
        Assert.True(all.TakenOver > 0, all.ToString());
        // Most links lead where they should: routes that nothing reaches would show here.
        Assert.True(all.TakenOver < all.Arrived / 4, all.ToString());
    }

    private static void Walk(RouteSet set, Tally tally)
    {
        using LoadedTable table = GeneratorRun.Load(RouteSets.Source(set));
        List<RouteRow> rows = [.. table.Table.Routes.Select(route => RouteSets.RowOf(set, route.Handler))];
        List<int> captures = rows.ConvertAll(row => Pattern.CountCaptures(row.Template));
        var twin = new SpecificationTwin(rows, set.Options);
        Type links = table.Routes.GetNestedType("Links")!.GetNestedType("H")!;
        var random = new Random(set.Seed);
        for (int route = 0; route < rows.Count; route++)
        {
            MethodInfo method = links.GetMethod(table.Table.Routes[route].Handler["H.".Length..])!;
            var alone = new SpecificationTwin([rows[route]], set.Options);
            string verb = rows[route].Method == "*" ? "PUT" : rows[route].Method;
            for (int count = 0; count < LinksPerRoute; count++)
            {
                string?[] values = Draw(random, rows[route].Template);
                string what = $"{set.Name} seed {set.Seed} of {set.Rows.Count}, {set.Options}: {rows[route]} with " +
                    string.Join(" | ", values.Select(value => value ?? "null"));
                string? path = Make(method, values);
                if (path is null)
                {
                    Assert.False(
                        !IsAmbiguous(rows[route].Template, values)
                            && IsCarried(alone, verb, rows[route].Template, values),
                        "Refused: " + what);
                    tally.Refused++;
                    continue;
                }

                Assert.True(Reads(alone.Match(path, [verb])[0], 0, values), $"{what}: {path}");
                MatchOutcome found = table.Match(path, verb, captures);
                TwinOutcome wanted = twin.Match(path, [verb])[0];
                if (!wanted.Routes.Any(one => one.Route == route))
                {
                    Assert.NotEqual(route, found.Route);
                    tally.TakenOver++;
                    continue;
                }

                Assert.True(found.Route == route, $"{what}: {path} was {found.Route}");
                Assert.True(IsAlike(found.Captures, values), $"{what}: {path} was {found.Captures}");
                tally.Arrived++;
            }
        }
    }

    /// <summary>The link as text; null where its values are refused.</summary>
    private static string? Make(MethodInfo method, string?[] values)
    {
        try
        {
            return method.Invoke(null, values)!.ToString()!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is ArgumentException)
        {
            return null;
        }
    }

    private static string?[] Draw(Random random, string template) => [.. Captured().Matches(template)
        .Where(match => match.Value != "::")
        .Select(match => match.Value.EndsWith('?') && random.Next(3) == 0
            ? null
            : DrawValue(random, match.Groups["rules"].Value))];

    private static string DrawValue(Random random, string rules)
    {
        string[] fitting = rules.Length == 0
            ? []
            : [.. Matching.Constraints.Accepted(rules).Where(Matching.Constraints.Sample.Contains)];
        return fitting.Length > 0 && random.Next(12) > 0
            ? RouteSets.Pick(random, fitting)
            : string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => RouteSets.Pick(random, Pieces)));
    }

    /// <summary>Whether a path written in the plainest way carries the values: then a link must, too.</summary>
    private static bool IsCarried(SpecificationTwin alone, string verb, string template, string?[] values)
    {
        int depth = 0;
        string path = Pattern.Canonical(Captured().Replace(template, match =>
        {
            if (match.Value == "::")
                return ":";
            string value = values[depth++] ?? "";
            return match.Value[0] == '*'
                ? string.Join('/', value.Split('/').Select(Encode))
                : Encode(value);
        }));
        if (values.Length > 0 && values[^1] is null && template.Contains("/:", StringComparison.Ordinal)
            && path.Length > 1 && Regex.IsMatch(template, "/:\\w+(<[^<>]*>)?\\?$"))
            path = path[..^1];
        return !Regex.IsMatch(path, "/\\.\\.?(/|$)") && Reads(alone.Match(path, [verb])[0], 0, values);
    }

    /// <summary>RFC 3986 section 3.3: what is no pchar is percent-encoded.</summary>
    private static string Encode(string value)
    {
        var text = new StringBuilder();
        foreach (byte octet in Encoding.UTF8.GetBytes(value))
        {
            bool isKept = char.IsAsciiLetterOrDigit((char)octet) || "-._~!$&'()*+,;=:@".Contains((char)octet);
            text.Append(isKept ? ((char)octet).ToString() : $"%{octet:X2}");
        }

        return text.ToString();
    }

    private static bool Reads(TwinOutcome outcome, int route, string?[] values) =>
        outcome.Routes.Any(found => found.Route == route && IsAlike(found.Captures, values));

    private static bool IsAlike(string captures, string?[] values) => values.Length == 0
        || captures.Split('|').Select(Uri.UnescapeDataString).SequenceEqual(values.Select(value => value ?? ""));

    /// <summary>
    /// An optional value that ends with the literal before it: "/:a-:b?" reads "/x-y-" as x-y and nothing.
    /// </summary>
    private static bool IsAmbiguous(string template, string?[] values)
    {
        Match match = Regex.Match(template, ":\\w+(<[^<>]*>)?(?<before>[^/:<>]+|::):\\w+(<[^<>]*>)?\\?$");
        return match.Success && values[^1]?.Contains(match.Groups["before"].Value[^1]) == true;
    }

    private static Regex Captured() => new("::|[:*]\\w+(<(?<rules>[^<>]*)>)?\\??");

    private sealed class Tally
    {
        public int Arrived { get; set; }

        public int Refused { get; set; }

        public int TakenOver { get; set; }

        public override string ToString() => $"{Arrived} arrived, {Refused} refused, {TakenOver} taken over";
    }
}

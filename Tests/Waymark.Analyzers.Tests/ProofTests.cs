using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Analyzers.Tests.Harness;
using Waymark.Generator.Tests.Matching;
// The rules have types of these names.
using RandomSet = Waymark.Generator.Tests.Matching.RouteSet;
using TwinOptions = Waymark.Generator.Tests.Matching.TableOptions;

namespace Waymark.Analyzers.Tests;

/// <summary>
/// What WM1010, WM1011 and WM1012 say about random routes holds in the specification's slow, obvious twin.
/// </summary>
public sealed partial class ProofTests
{
    private const Language Whole =
        Language.Constraints | Language.Tokens | Language.Rank | Language.Options | Language.NonAscii;

    private const int PathsPerRoute = 4;

    private static readonly string[] Crowded =
    [
        "a", "b", "ab", "a-b", "users", "v1.b", ":_#<in(a|b|ab)>", ":_#<in(a-b|users|café)>", ":_#<int>", ":_#<long>",
        ":_#<range(1,100)>", ":_#<alpha>", ":_#<alnum>", "v:_a#<int>.:_b#<in(a|b|ab)>", "v:_a#<long>.:_b#<alpha>",
    ];

    /// <summary>Whatever is drawn, one route is among them that gets no request.</summary>
    private static readonly RouteRow[] Known =
        [new("DELETE", "/known/a"), new("DELETE", "/known/:_0<in(a|b)>"), new("DELETE", "/known/b")];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PURGE"];

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    public async Task What_is_said_about_random_routes_is_true(int seed, bool isMounted)
    {
        Proof proof = isMounted ? await MountAsync(seed) : await AnalyseAsync(Draw(seed, Whole));
        foreach (Claim claim in proof.Claims)
        {
            string label = $"seed {seed}: {claim.Id} {claim.Message}";
            if (claim.Id is "WM1010" or "WM1018" or "WM5010")
                CheckConflict(proof, claim, label);
            else if (claim.Id == "WM1012")
                CheckOverlap(proof, claim, label);
        }

        CheckPaths(proof, seed);
        Assert.Contains(proof.Claims, claim => claim.Id is "WM1010" or "WM1018" or "WM5010");
        Assert.Contains(proof.Claims, claim => claim.Id is "WM1011");
        Assert.Contains(proof.Claims, claim => claim.Id is "WM1012");
    }

    /// <summary>Both routes match the witness with one method.</summary>
    private static void CheckConflict(Proof proof, Claim claim, string label)
    {
        string witness = WitnessOf(claim);
        foreach (int other in claim.Others)
        {
            if (other == claim.Others[0])
                Assert.True(Methods.Any(method => new[] { claim.Route, other }.All(
                    route => Alone(proof, [route]).Match(witness, [method])[0].Routes.Count > 0)), label);
        }
    }

    /// <summary>Of the two the named one goes first, and the other one never answers the witness.</summary>
    private static void CheckOverlap(Proof proof, Claim claim, string label)
    {
        string witness = WitnessOf(claim);
        int first = claim.Others.Single();
        string own = proof.Rows[claim.Route].Method;
        string method = own == "*" ? proof.Rows[first].Method : own;
        method = method == "*" ? "GET" : method;
        List<int> pair = [first, claim.Route];
        Assert.All(pair, route =>
            Assert.True(Alone(proof, [route]).Match(witness, [method])[0].Routes.Count > 0, label));
        Assert.True(
            Alone(proof, pair).Match(witness, [method])[0].Routes.Select(found => found.Route).Distinct()
                .SequenceEqual([0]),
            label);
        Assert.True(
            proof.Kept.Match(witness, [method])[0].Routes.All(found => proof.KeptRows[found.Route] != claim.Route),
            label);
    }

    /// <summary>
    /// Paths near all templates: none goes to a route that was said to get none, and what ties was said to conflict.
    /// </summary>
    private static void CheckPaths(Proof proof, int seed)
    {
        var paths = new PathDraft(new Random(seed), hasRules: true);
        var all = Alone(proof, [.. Enumerable.Range(0, proof.Rows.Count)]);
        ILookup<int, Claim> unreached =
            proof.Claims.Where(claim => claim.Id == "WM1011").ToLookup(claim => claim.Route);
        for (int row = 0; row < proof.Rows.Count; row++)
        {
            SpecificationTwin? alone = unreached.Contains(row) ? Alone(proof, [row]) : null;
            for (int count = alone is null ? PathsPerRoute : 8 * PathsPerRoute; count > 0; count--)
            {
                string path = paths.Near(proof.Rows[row].Template);
                // A path of 8 KiB is as good as a short one here.
                if (path.Length > 200)
                    continue;
                List<TwinOutcome> outcomes = all.Match(path, Methods);
                for (int method = 0; method < Methods.Length; method++)
                {
                    CheckTies(proof, outcomes[method], $"seed {seed}: {Methods[method]} {path}");
                    if (alone is null || alone.Match(path, [Methods[method]])[0].Routes.Count == 0)
                        continue;
                    Claim claim = unreached[row].Single();
                    string label = $"seed {seed}: {path}: {claim.Message}";
                    Assert.True(proof.Kept.Match(path, [Methods[method]])[0].Routes.All(
                        found => proof.KeptRows[found.Route] != row), label);
                    Assert.True(
                        Alone(proof, claim.Others).Match(path, [Methods[method]])[0].Routes.Count > 0, label);
                }
            }
        }
    }

    private static void CheckTies(Proof proof, TwinOutcome outcome, string label)
    {
        foreach (IGrouping<string, int> tied in outcome.Routes.Select(found => found.Route).Distinct()
            .GroupBy(route => proof.Rows[route].Method))
        {
            // Of a set that ties, the first stays.
            Assert.True(tied.Count(proof.KeptRows.Contains) <= 1, $"{label} ties {string.Join(", ", tied)}");
        }
    }

    /// <summary>Random routes, and some in a language so small that they get into each other's way.</summary>
    private static RandomSet Draw(int seed, Language language)
    {
        var random = new Random(seed);
        RandomSet set = RouteSets.Random(seed, 100, language);
        IEnumerable<RouteRow> crowded = Enumerable.Range(0, 70).Select(_ => new RouteRow(
            RouteSets.Pick(random, ["GET", "GET", "GET", "POST", "HEAD", "*"]),
            string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(place =>
                "/" + RouteSets.Pick(random, Crowded).Replace("#", $"{place}", StringComparison.Ordinal)))));
        return set with
        {
            Rows =
            [
                .. crowded.Concat(set.Rows).DistinctBy(row => (row.Method, row.Template)).OrderBy(_ => random.Next()),
                .. Known,
            ],
        };
    }

    private static async Task<Proof> AnalyseAsync(RandomSet set)
    {
        Solution solution = Harness.Project.Create([RouteSets.Source(set)], OutputKind.DynamicallyLinkedLibrary);
        return Proof.Of(set.Rows, set.Options, await Harness.Project.AnalyseAsync(solution));
    }

    /// <summary>Own routes below the prefix that a library's are mounted at.</summary>
    private static async Task<Proof> MountAsync(int seed)
    {
        // A user's constraint of a library is another one than that of the host, which the twin does not know.
        RandomSet set = Draw(seed, Language.Constraints);
        List<RouteRow> rows = set.Rows.FindAll(row => !row.Template.Contains("sku", StringComparison.Ordinal));
        var mounted = new RandomSet("library", seed, rows[..60], set.Options);
        Proof alone = await AnalyseAsync(mounted);
        mounted = mounted with { Rows = alone.KeptRows.ConvertAll(row => mounted.Rows[row]) };
        List<RouteRow> own = rows[60..].ConvertAll(row => row with { Template = "/m" + row.Template });
        string source = RouteSets.Source(mounted).Replace("class H", "class L", StringComparison.Ordinal);
        MetadataReference library = Library.Compile("Billing", "[assembly: ExportRoutes]\n" + source);
        Solution solution = Harness.Project.Create(
            ["[assembly: Mount<Billing.Routes>(\"/m\")]\n" + RouteSets.Source(set with { Rows = own })],
            OutputKind.DynamicallyLinkedLibrary,
            libraries: [library]);
        IEnumerable<RouteRow> below = mounted.Rows.Select(
            row => row with { Template = "/m" + (row.Template == "/" ? "" : row.Template) });
        return Proof.Of([.. own, .. below], set.Options, await Harness.Project.AnalyseAsync(solution), own.Count);
    }

    private static SpecificationTwin Alone(Proof proof, List<int> routes) =>
        new([.. routes.Select(route => proof.Rows[route])], proof.Options);

    private static string WitnessOf(Claim claim) => WitnessPattern().Match(claim.Message).Groups[1].Value;

    [GeneratedRegex("both match ([^ ]+),")]
    private static partial Regex WitnessPattern();

    [GeneratedRegex("\\((H|L)\\.R([0-9]+)[ )]")]
    private static partial Regex LabelPattern();

    /// <summary>One diagnostic: the route that it is about, and the others that it names or points at.</summary>
    private sealed record Claim(string Id, string Message, int Route, List<int> Others);

    /// <summary>All that was said about a set of routes.</summary>
    private sealed record Proof(
        List<RouteRow> Rows, TwinOptions Options, List<Claim> Claims, List<int> KeptRows, SpecificationTwin Kept)
    {
        public static Proof Of(
            List<RouteRow> rows, TwinOptions options, List<Diagnostic> diagnostics, int ownCount = int.MaxValue)
        {
            List<Claim> claims = [.. diagnostics
                .Where(diagnostic => diagnostic.Id is "WM1010" or "WM1011" or "WM1012" or "WM1018" or "WM5010")
                .Select(diagnostic => ClaimOf(diagnostic, ownCount))];
            HashSet<int> dropped = [.. claims
                .Where(claim => claim.Id is "WM1010" or "WM1018" or "WM5010").Select(claim => claim.Route)];
            List<int> kept = [.. Enumerable.Range(0, rows.Count).Where(row => !dropped.Contains(row))];
            return new Proof(
                rows, options, claims, kept, new SpecificationTwin([.. kept.Select(row => rows[row])], options));
        }

        private static Claim ClaimOf(Diagnostic diagnostic, int ownCount)
        {
            string message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
            List<int> named = [.. LabelPattern().Matches(message).Select(match =>
                int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)
                + (match.Groups[1].Value == "L" ? ownCount : 0))];
            int route = RouteAt(diagnostic.Location) ?? named[0];
            // What the message does not name stands at an additional location, but for rows of a mount.
            return new Claim(
                diagnostic.Id, message, route,
                [.. named.Concat(diagnostic.AdditionalLocations.Select(RouteAt).OfType<int>())
                    .Distinct().Where(other => other != route)]);
        }

        private static int? RouteAt(Location location) => location.SourceTree!
            .GetRoot(TestContext.Current.CancellationToken).FindNode(location.SourceSpan)
            .FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
            ? int.Parse(method.Identifier.Text.AsSpan(1), CultureInfo.InvariantCulture)
            : null;
    }
}

using System.Text;
using Waymark.CompilerServices;
using Waymark.Generator.Tests.Harness;
using Waymark.TestSupport;

namespace Waymark.Generator.Tests.Matching;

/// <summary>
/// The fast matcher, its path right before a page that is not mapped, against the one that reads through spans.
/// </summary>
public sealed class CheckedMatcherTests
{
    private const int PathsPerSet = 400;

    private const Language Whole = Language.Constraints | Language.Tokens | Language.Rank | Language.Options
        | Language.ManyCaptures | Language.NonAscii;

    private static readonly Verbs[] Asked =
        [Verbs.Get, Verbs.Head, Verbs.Post, Verbs.Options, Verbs.Trace, Verbs.FirstCustom, Verbs.Unknown];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(101, 40)]
    [InlineData(102, 90)]
    [InlineData(103, 200)]
    [InlineData(104, 200)]
    public void Both_matchers_find_the_same_on_every_prefix_of_a_path(int seed, int count)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The guarded page is Linux's.");
        RouteSet set = seed == 0 ? RouteSets.Read("github.txt") : RouteSets.Random(seed, count, Whole);
        string source = RouteSets.Source(set);
        using LoadedTable fast = GeneratorRun.Load(source);
        using LoadedTable slow = GeneratorRun.LoadWith([("WaymarkCheckedMatcher", "true")], source);
        using var page = new GuardedPage();
        var random = new Random(seed);
        var paths = new PathDraft(random, hasRules: true);
        int found = 0;
        for (int number = 0; number < PathsPerSet; number++)
        {
            byte[] path = Encoding.Latin1.GetBytes(paths.Near(RouteSets.Pick(random, set.Rows).Template));
            for (int length = Math.Max(0, path.Length - 40); length <= path.Length; length++)
            {
                ReadOnlySpan<byte> prefix = page.Place(path.AsSpan(0, length));
                found += Compare(fast.Table, slow.Table, prefix, Asked[number % Asked.Length]);
            }
        }

        Assert.True(found > PathsPerSet / 4, $"seed {seed}: {found} found");
    }

    private static int Compare(RouteTable fast, RouteTable slow, ReadOnlySpan<byte> path, Verbs verb)
    {
        RouteMatch actual = default;
        RouteMatch expected = default;
        int route = fast.Match(path, verb, ref actual);
        string shown = Encoding.Latin1.GetString(path);
        Assert.True(slow.Match(path, verb, ref expected) == route, $"{verb} {shown}");
        Assert.True(expected.Allow == actual.Allow && expected.Redirect == actual.Redirect, $"{verb} {shown}");
        if (route < 0)
            return 0;
        for (int depth = 0; depth < Pattern.CountCaptures(fast.Routes[route].Template); depth++)
            Assert.True(expected.Slice(path, depth).SequenceEqual(actual.Slice(path, depth)), $"{verb} {shown}");
        return 1;
    }
}

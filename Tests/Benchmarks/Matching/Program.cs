using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Routing;
using Waymark;
using Waymark.Benchmarks.Matching;
using Waymark.CompilerServices;

// matching [--quick]: the table of all sets. matching --first <set> <waymark|aspnet>: microseconds to make the table
// and to match once in a fresh process.
if (args is ["--first", var name, var side])
{
    double time = FirstMatch.Measure(RouteSet.All.Single(set => set.Name == name), side);
    Console.WriteLine(time.ToString(CultureInfo.InvariantCulture));
    return;
}

bool isQuick = args.Contains("--quick");
string runtime = RuntimeFeature.IsDynamicCodeSupported ? "JIT" : "native";
foreach (RouteSet set in RouteSet.All)
{
    RouteTable table = set.Table();
    var aspNet = new AspNetMatcher(table);
    WarmUp(table, aspNet);
    Print(set.Name, "hits", table, aspNet, Probe.Hits(table));
    if (set.Name.StartsWith("github", StringComparison.Ordinal))
    {
        Print(set.Name, "hits, shuffled", table, aspNet, Probe.Shuffled(table));
        Print(set.Name, "404", table, aspNet, Probe.Misses(table));
        Print(set.Name, "405", table, aspNet, Probe.WrongVerbs(table));
        Print(set.Name, "hits, escapes", table, aspNet, Probe.Encoded(table));
    }

    double ourFirst = FirstMatch.Run(set.Name, FirstMatch.Ours);
    double theirFirst = FirstMatch.Run(set.Name, FirstMatch.Theirs);
    Console.WriteLine(FormattableString.Invariant(
        $"| {runtime} | {set.Name} | first match, us | 1 | {ourFirst:N0} | | {theirFirst:N0} | | |"));
}

void Print(string set, string work, RouteTable table, AspNetMatcher aspNet, Probe[] probes)
{
    foreach (Probe probe in probes)
        Check(table, aspNet, probe);
    Figures[] figures = Measurement.Interleave(
        [() => MatchAll(table, probes), () => MatchAllTheirs(aspNet, probes)],
        probes.Length,
        isQuick ? 3 : 11,
        TimeSpan.FromMilliseconds(isQuick ? 20 : 100));
    (Figures ours, Figures theirs) = (figures[0], figures[1]);
    string what = FormattableString.Invariant($"{runtime} | {set} | {work} | {probes.Length:N0}");
    string ratio = FormattableString.Invariant($"{theirs.Median / ours.Median:F1}{(ours.IsNoisy ? " noisy" : "")}");
    Console.WriteLine($"| {what} | {Show(ours)} | {Show(theirs)} | {ratio} |");
}

// A second and a half on each side, once a set: its methods have not run yet, and compiling them in two steps takes the
// runtime longer than the warm-up of one measurement; ASP.NET Core compiles its jump tables in the background as well.
static void WarmUp(RouteTable table, AspNetMatcher aspNet)
{
    Probe[] probes = Probe.Shuffled(table);
    Measurement.Interleave(
        [() => MatchAll(table, probes), () => MatchAllTheirs(aspNet, probes)],
        probes.Length,
        rounds: 8,
        TimeSpan.FromMilliseconds(100));
}

static string Show(Figures figures) => FormattableString.Invariant(
    $"{figures.Median:F1} ({figures.Min:F1}-{figures.Max:F1}) | {figures.Bytes:F0}");

// One match object for all, as a connection has: the table resets what it must.
static int MatchAll(RouteTable table, Probe[] probes)
{
    RouteMatch match = default;
    int sum = 0;
    foreach (Probe probe in probes)
        sum += table.Match(probe.Path, probe.Verb, ref match);
    return sum;
}

static int MatchAllTheirs(AspNetMatcher aspNet, Probe[] probes)
{
    int found = 0;
    foreach (Probe probe in probes)
        found += aspNet.Match(probe) is null ? 0 : 1;
    return found;
}

// What both sides answer must be the same route, or no route: else the figures compare nothing.
static void Check(RouteTable table, AspNetMatcher aspNet, Probe probe)
{
    RouteMatch match = default;
    int route = table.Match(probe.Path, probe.Verb, ref match);
    string? ours = route < 0 ? null : table.Routes[route].Template;
    string? theirs = (aspNet.Match(probe) as RouteEndpoint)?.RoutePattern.RawText;
    string? expected = route < 0 ? null : AspNetMatcher.TemplateOf(table.Routes[route]);
    if (ours != probe.Template || theirs != expected)
    {
        throw new InvalidOperationException(
            $"{probe.Method} {probe.DecodedPath}: expected {probe.Template}, ours {ours}, theirs {theirs}");
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Waymark.CompilerServices;

namespace Waymark.Benchmarks.Matching;

/// <summary>What the first match of a process costs: microseconds from nothing to the first answer.</summary>
/// <remarks>Ours makes the table; theirs builds the pipeline as well, as a server does at its start.</remarks>
internal static class FirstMatch
{
    public const string Ours = "waymark";
    public const string Theirs = "aspnet";

    private const int RunCount = 3;

    /// <summary>The median of fresh processes of this program; the first one may find a cold disk.</summary>
    public static double Run(string set, string side)
    {
        double[] times = [.. Enumerable.Range(0, RunCount).Select(_ => RunOnce(set, side)).Order()];
        return times[RunCount / 2];
    }

    /// <summary>Measures in this process, which must have matched nothing so far.</summary>
    public static double Measure(RouteSet set, string side)
    {
        // Made by hand: reading the set's paths would warm up what is to be measured.
        var probe = new Probe(
            Encoding.ASCII.GetBytes(set.FirstPath), Verbs.Get, new PathString(set.FirstPath), "GET", null);
        RouteTable? routes = side == Theirs ? set.Table() : null;
        _ = routes?.Routes.Count;
        long begun = Stopwatch.GetTimestamp();
        bool isFound = routes is null ? MatchOurs(set, probe) : new AspNetMatcher(routes).Match(probe) is not null;
        double time = Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
        return isFound ? time : throw new InvalidOperationException($"{set.Name} has no route for {set.FirstPath}.");
    }

    private static bool MatchOurs(RouteSet set, Probe probe)
    {
        RouteMatch match = default;
        return set.Table().Match(probe.Path, probe.Verb, ref match) >= 0;
    }

    private static double RunOnce(string set, string side)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["--first", set, side])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        return double.Parse(process.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
    }
}

using System.Text;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using Waymark.Benchmarks.RouteSets;
using Waymark.CompilerServices;

namespace Waymark.Benchmarks.Parts;

/// <summary>The emitted matcher: one path of each route, captures filled, in an order without pattern.</summary>
/// <remarks>Beside ASP.NET Core's it is measured by Matching, in turn.</remarks>
public partial class MatcherBenchmark
{
    private const int Paths = 203;

    private static readonly RouteTable Github203 = Github.Table;
    private static readonly RouteTable Github1015 = Github5.Table;

    private readonly (byte[] Path, Verbs Verb)[] _paths203 = Fill(Github203);
    private readonly (byte[] Path, Verbs Verb)[] _paths1015 = Fill(Github1015);

    /// <summary>203 routes.</summary>
    [Benchmark(OperationsPerInvoke = Paths)]
    public int Routes203() => Match(Github203, _paths203);

    /// <summary>1,015 routes; as many paths as above, of all of them.</summary>
    [Benchmark(OperationsPerInvoke = Paths)]
    public int Routes1015() => Match(Github1015, _paths1015);

    private static int Match(RouteTable table, (byte[] Path, Verbs Verb)[] paths)
    {
        RouteMatch match = default;
        int sum = 0;
        for (int index = 0; index < Paths; index++)
            sum += table.Match(paths[index].Path, paths[index].Verb, ref match);
        return sum;
    }

    private static (byte[] Path, Verbs Verb)[] Fill(RouteTable table)
    {
        (byte[], Verbs)[] paths = [.. table.Routes.Select(route => (
            Encoding.ASCII.GetBytes(CapturePattern().Replace(route.Template, "hello-world")),
            Enum.Parse<Verbs>(route.Method, ignoreCase: true)))];
        new Random(20250101).Shuffle(paths);
        return paths;
    }

    [GeneratedRegex("[:*][A-Za-z0-9_]+")]
    private static partial Regex CapturePattern();
}

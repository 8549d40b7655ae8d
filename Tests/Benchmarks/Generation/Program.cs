using System.Diagnostics;
using System.Globalization;
using Waymark.Benchmarks.Generation;

// generation [--quick]: the table. generation --profile <seconds> <routes>: cold runs until the time is over, for a
// profiler to look at.
if (args is ["--profile", var seconds, var count])
{
    Profile(
        TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)),
        int.Parse(count, CultureInfo.InvariantCulture));
    return;
}

bool isQuick = args.Contains("--quick");
Sample first = GeneratorBenchmark.Cold(1000);
for (int run = 0; run < (isQuick ? 2 : 30); run++)
    GeneratorBenchmark.Cold(1000);

Console.WriteLine("| routes | work | ms, median (min-max) | MB allocated | budget ms |");
Console.WriteLine("|---|---|---|---|---|");
Print(1000, "first run in the process, code not yet compiled", Timing.Of([first]).ToString(), "");
int[] sizes = isQuick ? [0, 100, 1000] : [0, 100, 1000, 10_000];
foreach (int routeCount in sizes)
{
    int repetitions = isQuick ? 3 : routeCount > 1000 ? 5 : 15;
    foreach ((string work, Timing timing) in GeneratorBenchmark.Measure(routeCount, repetitions))
        Print(routeCount, work, timing.ToString(), Budget(routeCount, work));
    if (routeCount > 0)
        await PrintAnalyzersAsync(routeCount, routeCount > 1000 ? 1 : Math.Min(repetitions, 5));
}

static async Task PrintAnalyzersAsync(int routeCount, int repetitions)
{
    // The compiler binds the whole project each time, which takes seconds: a size warms up the next.
    var runs = new List<(Sample Whole, Sample Own)>();
    for (int run = 0; run < repetitions; run++)
        runs.Add(await AnalyzerBenchmark.RunAsync(routeCount));
    Print(routeCount, "analyzers, own time", Timing.Of(runs.Select(run => run.Own)).ToString(), "");
    Print(routeCount, "analyzers, with the compiler's part", Timing.Of(runs.Select(run => run.Whole)).ToString(), "");
}

static void Print(int routeCount, string work, string timing, string budget) =>
    Console.WriteLine(FormattableString.Invariant($"| {routeCount:N0} | {work} | {timing} | {budget} |"));

// Set for 1,000 routes in 100 files beside 400 plain files, and for a project without routes.
static string Budget(int routeCount, string work) => (routeCount, work) switch
{
    (0, "cold" or "unrelated edit") => "2",
    (1000, "cold") => "60",
    (1000, "no-op") => "1",
    (1000, "unrelated edit") => "25-35",
    _ => "",
};

static void Profile(TimeSpan time, int routeCount)
{
    var samples = new List<Sample>();
    for (long begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < time;)
        samples.Add(GeneratorBenchmark.Cold(routeCount));
    Console.WriteLine(FormattableString.Invariant(
        $"{samples.Count} cold runs: {Timing.Of(samples)}"));
}

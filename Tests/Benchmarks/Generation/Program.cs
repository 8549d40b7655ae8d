using System.Diagnostics;
using System.Globalization;
using Waymark.Benchmarks.Generation;

// generation [--quick]: the table. generation --analyzers: its rows about the analyzers at 1,000 routes. generation
// --profile <seconds> <routes>: cold runs until the time is over, for a profiler to look at.
if (args is ["--profile", var seconds, var count])
{
    Profile(
        TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)),
        int.Parse(count, CultureInfo.InvariantCulture));
    return;
}

if (args.Contains("--analyzers"))
{
    PrintHead();
    await PrintAnalyzersAsync(1000, repetitions: 11, warmUps: 10);
    return;
}

bool isQuick = args.Contains("--quick");
Sample first = GeneratorBenchmark.Cold(1000);
for (int run = 0; run < (isQuick ? 2 : 30); run++)
    GeneratorBenchmark.Cold(1000);

PrintHead();
Print(1000, "first run in the process, code not yet compiled", Timing.Of([first]).ToString(), "");
int[] sizes = isQuick ? [0, 100, 1000] : [0, 100, 1000, 10_000];
foreach (int routeCount in sizes)
{
    int repetitions = isQuick ? 3 : routeCount > 1000 ? 5 : 15;
    foreach ((string work, Timing timing) in GeneratorBenchmark.Measure(routeCount, repetitions))
        Print(routeCount, work, timing.ToString(), Budget(routeCount, work));
    if (routeCount > 0)
        await PrintAnalyzersAsync(routeCount, isQuick ? 1 : routeCount > 1000 ? 2 : 11, isQuick ? 0 : 10);
}

// In turn with the generator, which they are measured by: at most 1.5 times its cold run. Both are warmed up alike.
static async Task PrintAnalyzersAsync(int routeCount, int repetitions, int warmUps)
{
    var cold = new List<Sample>();
    var runs = new List<(Sample Whole, Sample Own)>();
    for (int run = routeCount > 1000 ? 0 : -warmUps; run < repetitions; run++)
    {
        Sample generator = GeneratorBenchmark.Cold(routeCount);
        (Sample Whole, Sample Own) analyzers = await AnalyzerBenchmark.RunAsync(routeCount);
        if (run < 0)
            continue;
        cold.Add(generator);
        runs.Add(analyzers);
    }

    Timing own = Timing.Of(runs.Select(run => run.Own));
    Timing generated = Timing.Of(cold);
    Print(routeCount, "cold, in turn with the analyzers", generated.ToString(), "");
    Print(routeCount, "analyzers, own time", own.ToString(), "1.5 x cold");
    Print(routeCount, "analyzers, with the compiler's part", Timing.Of(runs.Select(run => run.Whole)).ToString(), "");
    Print(routeCount, "analyzers, times cold: medians (minima)", FormattableString.Invariant(
        $"{own.Median / generated.Median:N2} ({own.Min / generated.Min:N2}) | "), "1.5");
}

static void PrintHead()
{
    Console.WriteLine("| routes | work | ms, median (min-max) | MB allocated | budget ms |");
    Console.WriteLine("|---|---|---|---|---|");
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

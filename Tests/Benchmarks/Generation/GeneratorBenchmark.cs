using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Generator;

namespace Waymark.Benchmarks.Generation;

/// <summary>Milliseconds of one run of the generator, over a project and over edits of it.</summary>
/// <remarks>
/// A run is RunGenerators alone: neither parsing nor the compilation of what is generated. Cold is a new driver over a
/// new compilation, so that symbols are bound within it. An edit starts from the same driver each time (a driver never
/// changes) and meets a compilation that nobody has looked at.
/// </remarks>
internal static class GeneratorBenchmark
{
    private static readonly (string Name, string File, string From, string To)[] Edits =
    [
        ("unrelated edit", SampleProject.PlainFile, "Total += amount;", "Total += amount * 1;"),
        ("body edit", SampleProject.RouteFile, "Remove(int id) { }", "Remove(int id) { _ = id; }"),
        ("route added", SampleProject.RouteFile, "    private static int Count",
            "    [Get(\"/added\")] public static void Added() { }\n    private static int Count"),
    ];

    /// <summary>One cold run.</summary>
    public static Sample Cold(int routeCount) => Run(CreateDriver(), SampleProject.Compile(routeCount)).Sample;

    /// <summary>All works on a project of this size.</summary>
    public static IEnumerable<(string Work, Timing Timing)> Measure(int routeCount, int repetitions)
    {
        yield return ("cold", Timing.Of(repetitions, () => Cold(routeCount)));
        CSharpCompilation compilation = SampleProject.Compile(routeCount);
        GeneratorDriver driver = Run(CreateDriver(), compilation).Driver;
        AssertGenerated(driver, routeCount);
        yield return ("no-op", Timing.Of(repetitions, () => Run(driver, compilation).Sample));
        foreach ((string name, string file, string from, string to) in Edits)
        {
            if (routeCount == 0 && file == SampleProject.RouteFile)
                continue;
            yield return (name, Timing.Of(repetitions, () =>
                Run(driver, SampleProject.Edit(compilation, file, from, to)).Sample));
        }
    }

    /// <summary>The compilation with all that was generated.</summary>
    public static Compilation Generate(CSharpCompilation compilation)
    {
        CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        return updated;
    }

    /// <summary>
    /// What parsing and earlier runs left behind is not to be collected on the next run's clock: without this a third
    /// of a cold run was the collector's.
    /// </summary>
    public static void CollectGarbage()
    {
#pragma warning disable RS0030 // Banned in product code; here it keeps the clock clean.
        GC.Collect();
#pragma warning restore RS0030
    }

    private static CSharpGeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(
        [new RouteGenerator().AsSourceGenerator()], parseOptions: new CSharpParseOptions(LanguageVersion.CSharp12));

    private static (GeneratorDriver Driver, Sample Sample) Run(GeneratorDriver driver, Compilation compilation)
    {
        CollectGarbage();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        double begun = ThreadClock.Milliseconds;
        GeneratorDriver after = driver.RunGenerators(compilation);
        double milliseconds = ThreadClock.Milliseconds - begun;
        return (after, new Sample(milliseconds, (GC.GetAllocatedBytesForCurrentThread() - allocated) / 1e6));
    }

    // A generator that stops at an error is fast: two files for each class (thunks and links), the frame of the links
    // and the table, or nothing is measured.
    private static void AssertGenerated(GeneratorDriver driver, int routeCount)
    {
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        int expected = routeCount == 0 ? 0 : (routeCount / SampleProject.RoutesPerFile * 2) + 2;
        if (result.Exception is not null || result.GeneratedSources.Length != expected)
        {
            throw new InvalidOperationException(
                $"{result.GeneratedSources.Length} files instead of {expected}. {result.Exception}");
        }
    }
}

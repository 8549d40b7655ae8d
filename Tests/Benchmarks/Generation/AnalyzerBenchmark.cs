using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Waymark.Benchmarks.Generation;

/// <summary>Milliseconds that the rules take over a project whose routes have been generated.</summary>
internal static class AnalyzerBenchmark
{
    /// <summary>
    /// The process's time of the whole call, in which the compiler binds the project too, and the rules' own share.
    /// </summary>
    public static async Task<(Sample Whole, Sample Own)> RunAsync(int routeCount)
    {
        Compilation compilation = GeneratorBenchmark.Generate(SampleProject.Compile(routeCount));
        var analyzer = new TimedAnalyzer();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            // What fails is not fast: it would be a diagnostic, and the rules silent.
            onAnalyzerException: static (exception, _, _) => throw new InvalidOperationException("A rule.", exception),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false);
        var analysis = new CompilationWithAnalyzers(compilation, [analyzer], options);
        GeneratorBenchmark.CollectGarbage();
        TimeSpan begun = Environment.CpuUsage.TotalTime;
        ImmutableArray<Diagnostic> diagnostics = await analysis.GetAnalyzerDiagnosticsAsync();
        double whole = (Environment.CpuUsage.TotalTime - begun).TotalMilliseconds;
        // Of ten handlers one does not read a part of its path (WM2024): without these the rules have not run.
        if (diagnostics.Length != routeCount / SampleProject.RoutesPerFile
            || diagnostics.Any(diagnostic => diagnostic.Id != "WM2024"))
        {
            throw new InvalidOperationException($"{diagnostics.Length} diagnostics. {diagnostics.FirstOrDefault()}");
        }

        return (new Sample(whole, double.NaN), new Sample(analyzer.Milliseconds, double.NaN));
    }
}

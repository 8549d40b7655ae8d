using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Diagnostics.Telemetry;
using Waymark.Analyzers;

namespace Waymark.Benchmarks.Generation;

/// <summary>Milliseconds that the rules take over a project whose routes have been generated.</summary>
internal static class AnalyzerBenchmark
{
    /// <summary>
    /// The time of the whole call, in which the compiler binds the project too, and the analyzer's own share of it.
    /// </summary>
    public static async Task<(Sample Whole, Sample Own)> RunAsync(int routeCount)
    {
        Compilation compilation = GeneratorBenchmark.Generate(SampleProject.Compile(routeCount));
        var analyzer = new RouteAnalyzer();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: null,
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: true);
        var analysis = new CompilationWithAnalyzers(compilation, [analyzer], options);
        long begun = Stopwatch.GetTimestamp();
        ImmutableArray<Diagnostic> diagnostics = await analysis.GetAnalyzerDiagnosticsAsync();
        double whole = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        if (!diagnostics.IsEmpty)
            throw new InvalidOperationException(diagnostics[0].ToString());
        AnalyzerTelemetryInfo telemetry = await analysis.GetAnalyzerTelemetryInfoAsync(analyzer, default);
        double own = telemetry.ExecutionTime.TotalMilliseconds;
        return (new Sample(whole, double.NaN), new Sample(own, double.NaN));
    }
}

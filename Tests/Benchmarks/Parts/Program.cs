using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

// parts [--quick] [BenchmarkDotNet's own arguments]: all parts, or those of --filter *Parser*. --quick runs each once.
bool isQuick = args.Contains("--quick");
string[] rest = [.. args.Where(arg => arg != "--quick")];
if (!rest.Contains("--filter") && !rest.Contains("--list"))
    rest = [.. rest, "--filter", "*"];

// In this process: a process of its own for each benchmark would build projects of BenchmarkDotNet's under our rules.
Job job = (isQuick ? Job.Dry : Job.Default.WithWarmupCount(8).WithIterationCount(15)
        .WithIterationTime(TimeInterval.FromMilliseconds(200)))
    .WithToolchain(InProcessEmitToolchain.Instance);
ManualConfig config = ManualConfig.CreateEmpty()
    .AddJob(job)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddExporter(MarkdownExporter.GitHub)
    .AddLogger(ConsoleLogger.Default)
    .WithArtifactsPath(Path.Combine(Environment.CurrentDirectory, "artifacts", "parts"))
    .WithOptions(ConfigOptions.JoinSummary);
Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest, config)];
return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success))
    ? 0
    : 1;

using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Benchmarks.Generation;
using Waymark.Generator;

namespace Waymark.Benchmarks.Parts;

/// <summary>The generator on 1,000 routes, in the project that Generation measures in more ways.</summary>
public class GeneratorBenchmark
{
    private CSharpCompilation _parsed = null!;
    private CSharpCompilation _edited = null!;
    private GeneratorDriver _warm = null!;

    /// <summary>Parses the project, and prepares an edit of a file without routes.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _parsed = SampleProject.Compile(1000);
        _edited = SampleProject.Edit(_parsed, SampleProject.PlainFile, "Total += amount;", "Total += amount * 1;");
        _warm = Run(CreateDriver(), _parsed);
        GeneratorRunResult result = _warm.GetRunResult().Results.Single();
        if (result.Exception is not null || result.GeneratedSources.Length < 100)
            throw new InvalidOperationException($"{result.GeneratedSources.Length} files. {result.Exception}");
    }

    /// <summary>A new driver over a compilation whose symbols nobody has bound yet.</summary>
    [Benchmark]
    public GeneratorDriver Cold() => Run(CreateDriver(), _parsed.Clone());

    /// <summary>A driver that has seen the project, after an edit elsewhere.</summary>
    [Benchmark]
    public GeneratorDriver UnrelatedEdit() => Run(_warm, _edited.Clone());

    private static CSharpGeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(
        [new RouteGenerator().AsSourceGenerator()], parseOptions: new CSharpParseOptions(LanguageVersion.CSharp12));

    private static GeneratorDriver Run(GeneratorDriver driver, Compilation compilation) =>
        driver.RunGenerators(compilation);
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Waymark.Generator.Tests.Harness;

/// <summary>Runs the generator over sources in memory, as a project with default settings for net9.0 would.</summary>
internal static class GeneratorRun
{
    /// <summary>The language version that emitted code must not exceed (WM6002).</summary>
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp12);

    private static readonly ImmutableArray<MetadataReference> References = FindReferences();

    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.Threading; " +
        "global using System.Threading.Tasks; global using Waymark;";

    public static CSharpCompilation Compile(params string[] sources) => CSharpCompilation.Create(
        "Emitted" + Guid.NewGuid().ToString("N"),
        sources.Prepend(Usings).Select((source, index) => Parse(source, $"File{index}.cs")),
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 9999,
            nullableContextOptions: NullableContextOptions.Enable));

    public static SyntaxTree Parse(string source, string path) =>
        CSharpSyntaxTree.ParseText(source, ParseOptions, path, System.Text.Encoding.UTF8);

    public static GeneratorDriver CreateDriver(params (string Key, string Value)[] properties) =>
        CSharpGeneratorDriver.Create(
        [new RouteGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        optionsProvider: new BuildProperties(properties),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None,
            trackIncrementalGeneratorSteps: true));

    /// <summary>Every generated file by its hint name. The generator itself must not report or throw.</summary>
    public static Dictionary<string, string> Run(CSharpCompilation compilation, params (string Key,
        string Value)[] properties)
    {
        GeneratorRunResult result = CreateDriver(properties).RunGenerators(compilation).GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        Assert.Empty(result.Diagnostics);
        return result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());
    }

    /// <summary>Runs the generator, compiles everything with warnings as errors and loads it.</summary>
    public static LoadedTable Load(params string[] sources) => LoadWith([], sources);

    /// <summary>The same with MSBuild properties.</summary>
    public static LoadedTable LoadWith((string Key, string Value)[] properties, params string[] sources)
    {
        CSharpCompilation compilation = Compile(sources);
        CreateDriver(properties).RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        return LoadedTable.Load(updated);
    }

    private static ImmutableArray<MetadataReference> FindReferences()
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return Directory.EnumerateFiles(runtime, "System*.dll")
            .Append(typeof(RouteTable).Assembly.Location)
            .Where(IsManaged)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToImmutableArray();
    }

    private static bool IsManaged(string path)
    {
        using var reader = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(path));
        return reader.HasMetadata;
    }

    /// <summary>The MSBuild properties that a generator can see.</summary>
    private sealed class BuildProperties((string Key, string Value)[] properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(properties);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options((string Key, string Value)[] properties) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(
                true)] out string? value)
            {
                value = Array.Find(properties, property => "build_property." + property.Key == key).Value;
                return value is not null;
            }
        }
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Generator;

namespace Waymark.Analyzers.Tests.Harness;

/// <summary>Another assembly, with the generator's files in it, for a project to reference.</summary>
internal static class Library
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    /// <summary>Compiles a source in memory; the root namespace is the name.</summary>
    public static MetadataReference Compile(string name, string source)
    {
        Compilation compilation = CSharpCompilation.Create(
            name,
            new[] { Project.GlobalUsings, source }.Select(text => CSharpSyntaxTree.ParseText(text, ParseOptions)),
            Project.References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        compilation = compilation.AddSyntaxTrees(
            Generate(compilation).Select(file => CSharpSyntaxTree.ParseText(file.Text, ParseOptions, file.Name)));
        using var assembly = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted =
            compilation.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return MetadataReference.CreateFromImage(assembly.ToArray());
    }

    /// <summary>The generator's files for a compilation.</summary>
    public static IEnumerable<(string Name, string Text)> Generate(Compilation compilation)
    {
        GeneratorRunResult result = CSharpGeneratorDriver
            .Create(
                [new RouteGenerator().AsSourceGenerator()],
                parseOptions: ParseOptions,
                optionsProvider: new RootNamespace(compilation.AssemblyName!))
            .RunGenerators(compilation, TestContext.Current.CancellationToken)
            .GetRunResult()
            .Results.Single();
        Assert.Null(result.Exception);
        return result.GeneratedSources.Select(source => (source.HintName, source.SourceText.ToString()));
    }

    /// <summary>The MSBuild property that says where an exported table lives.</summary>
    private sealed class RootNamespace(string name) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(name);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options(string name) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(
                string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = key == "build_property.RootNamespace" ? name : null;
                return value is not null;
            }
        }
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Baseline;

namespace Waymark.Analyzers.Tests.Harness;

/// <summary>A project of sources that reference the real library, in a workspace of its own.</summary>
internal static class Project
{
    /// <summary>What a project with implicit usings has, and the library's own namespace.</summary>
    public const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Waymark;
        """;

    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
                || Path.GetFileName(path) is "Waymark.dll" or "mscorlib.dll" or "netstandard.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly IEnumerable<KeyValuePair<string, ReportDiagnostic>> RulesThatAreOff =
    [
        .. new RouteAnalyzer().SupportedDiagnostics
            .Where(descriptor => !descriptor.IsEnabledByDefault)
            .Select(descriptor => KeyValuePair.Create(descriptor.Id, ReportDiagnostic.Info)),
    ];

    /// <summary>Makes the solution; documents are named File0.cs, File1.cs and so on.</summary>
    /// <param name="sources">One per document.</param>
    /// <param name="output">A program or a library.</param>
    /// <param name="hasGlobalUsings">Whether the project has those of the SDK and of the library.</param>
    /// <param name="libraries">What it references beside the library (see <see cref="Library"/>).</param>
    public static Solution Create(
        IEnumerable<string> sources,
        OutputKind output,
        bool hasGlobalUsings = true,
        IEnumerable<MetadataReference>? libraries = null)
    {
        var id = ProjectId.CreateNewId();
#pragma warning disable CA2000 // The solution keeps its workspace; nothing in it holds more than memory.
        Solution solution = new AdhocWorkspace().CurrentSolution
#pragma warning restore CA2000
            .AddProject(id, "Shop", "Shop", LanguageNames.CSharp)
            .WithProjectParseOptions(id, new CSharpParseOptions(LanguageVersion.Preview))
            .WithProjectCompilationOptions(
                id, new CSharpCompilationOptions(
                    output,
                    nullableContextOptions: NullableContextOptions.Enable,
                    // A rule that is off by default is tested as one that somebody turned on.
                    specificDiagnosticOptions: RulesThatAreOff))
            .AddMetadataReferences(id, References.Concat(libraries ?? []));
        int number = 0;
        foreach (string source in sources)
            solution = solution.AddDocument(DocumentId.CreateNewId(id), $"File{number++}.cs", source);
        return hasGlobalUsings
            ? solution.AddDocument(DocumentId.CreateNewId(id), "Usings.cs", GlobalUsings)
            : solution;
    }

    /// <summary>The same project in another version of C#.</summary>
    public static Solution InLanguage(Solution solution, LanguageVersion version) =>
        solution.WithProjectParseOptions(solution.ProjectIds.Single(), new CSharpParseOptions(version));

    /// <summary>The same project with a file of the API that was shipped.</summary>
    public static Solution WithShippedApi(Solution solution, string text) => solution.AddAdditionalDocument(
        DocumentId.CreateNewId(solution.ProjectIds.Single()), ApiBaseline.FileName, text,
        filePath: ApiBaseline.FileName);

    /// <summary>The analyzer's diagnostics in the order of the documents, then of the text.</summary>
    public static async Task<List<Diagnostic>> AnalyseAsync(Solution solution)
    {
        Compilation compilation = await CompileAsync(solution);
        ImmutableArray<Diagnostic> diagnostics = await compilation
            .WithAnalyzers([new RouteAnalyzer()], solution.Projects.Single().AnalyzerOptions)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id.StartsWith("AD", StringComparison.Ordinal));
        return
        [
            .. diagnostics
                .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Ids of the compiler's errors, in order and once each.</summary>
    public static async Task<string> CompilerErrorsAsync(Solution solution)
    {
        Compilation compilation = await CompileAsync(solution);
        return string.Join(' ', compilation
            .GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.Id)
            .Distinct()
            .Order(StringComparer.Ordinal));
    }

    /// <summary>The same project with the generator's files in it, as a compiler sees it.</summary>
    public static async Task<Solution> GenerateAsync(Solution solution)
    {
        ProjectId id = solution.ProjectIds.Single();
        foreach ((string name, string text) in Library.Generate(await CompileAsync(solution)))
            solution = solution.AddDocument(DocumentId.CreateNewId(id), name, text, filePath: name);
        return solution;
    }

    private static async Task<Compilation> CompileAsync(Solution solution) =>
        (await solution.Projects.Single().GetCompilationAsync(TestContext.Current.CancellationToken))!;
}

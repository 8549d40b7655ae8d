using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Generator.Tests.Harness;
using Waymark.TestSupport;
using Waymark.Testing;

namespace Waymark.Generator.Tests.Documentation;

/// <summary>
/// The C# in the README and in pages of the documentation compiles as programs of their own, warnings as errors.
/// </summary>
public sealed partial class SnippetTests
{
    // What the SDK adds for every project, beyond what the harness has already.
    private const string ImplicitUsings =
        "global using System.IO; global using System.Linq; global using System.Net.Http;";

    // Proven by a test of its own, with what comes before and after each change: RefactoringPageTests.
    private const string RefactoringPage = "docs/refactorings.md";

    // The README and every page with C#.
    private static readonly string[] Pages =
    [
        "README.md",
        .. Repository.Files("docs", ".md").Where(page => page != RefactoringPage && SnippetsOf(page).Any()),
    ];

    // What a page may need beyond the library: the other packages, a framework for tests, and the log.
    private static readonly MetadataReference[] OtherReferences =
    [
        MetadataReference.CreateFromFile(typeof(RateLimitAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(NativeApp).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Microsoft.Extensions.Logging.ILogger).Assembly.Location),
        .. new[] { "xunit.v3.assert", "xunit.v3.common", "xunit.v3.core", "Microsoft.Bcl.AsyncInterfaces" }
            .Select(name => MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, name + ".dll"))),
        MetadataReference.CreateFromFile(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "netstandard.dll")),
    ];

    // One version stands for another that an assembly was built with: the SDK switches this off for every project.
    private static readonly Dictionary<string, ReportDiagnostic> UnifiedVersions =
        new() { ["CS1701"] = ReportDiagnostic.Suppress };

    public static TheoryData<string> SnippetPages => new(Pages);

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/diagnostics/WM1010.md")]
    [InlineData("docs/guide/routing.md")]
    [InlineData("docs/testing.md")]
    [InlineData("docs/tutorial.md")]
    [InlineData("docs/middleware/attributes.md")]
    [InlineData("docs/realtime/websocket-routes.md")]
    public void A_page_holds_a_snippet(string page) => Assert.Contains(page, Pages);

    [Theory]
    [MemberData(nameof(SnippetPages))]
    public void The_snippets_of_a_page_compile(string page) =>
        Assert.All(SnippetsOf(page), snippet => Assert.Equal("", Compile(snippet)));

    [Fact]
    public void A_snippet_with_a_mistake_is_found()
    {
        Assert.Contains("CS0103", Compile("System.Console.WriteLine(nowhere);"), StringComparison.Ordinal);
    }

    private static string Compile(string snippet) => string.Join(
        '\n', Build(snippet).GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error));

    /// <summary>A program that references the libraries of the page about them, or one of these.</summary>
    private static Compilation Build(string snippet)
    {
        bool isLibrary = IsLibrary(snippet);
        // Directives of a program in one file are for the SDK, not for the compiler.
        CSharpCompilation compilation = GeneratorRun.Compile(DirectivePattern().Replace(snippet, ""))
            .AddReferences(isLibrary ? [] : Libraries())
            .AddReferences(OtherReferences)
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(ImplicitUsings, GeneratorRun.ParseOptions))
            .WithOptions(new CSharpCompilationOptions(
                IsProgram(snippet) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                generalDiagnosticOption: ReportDiagnostic.Error,
                specificDiagnosticOptions: UnifiedVersions,
                nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver
            .Create(
                [new RouteGenerator().AsSourceGenerator(), JsonGenerator.Create()],
                parseOptions: GeneratorRun.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        return updated;
    }

    /// <summary>The snippets of a page, but for those that a page of a diagnostic shows as wrong.</summary>
    private static IEnumerable<string> SnippetsOf(string page)
    {
        string text = File.ReadAllText(Repository.PathOf(page));
        if (page.StartsWith("docs/diagnostics/", StringComparison.Ordinal))
            text = MistakePattern().Replace(text, "");
        return SnippetPattern().Matches(text).Select(match => match.Groups["code"].Value);
    }

    private static bool IsProgram(string snippet) =>
        CSharpSyntaxTree.ParseText(snippet, GeneratorRun.ParseOptions).GetRoot()
            .ChildNodes().OfType<GlobalStatementSyntax>().Any();

    private static bool IsLibrary(string snippet) => snippet.Contains("ExportRoutes", StringComparison.Ordinal);

    private static IEnumerable<MetadataReference> Libraries() => SnippetPattern()
        .Matches(File.ReadAllText(Repository.PathOf("docs/guide/modules.md")))
        .Select(match => match.Groups["code"].Value)
        .Where(IsLibrary)
        .Select(snippet => Build(snippet).ToMetadataReference());

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex SnippetPattern();

    [GeneratedRegex("^#:.*\n", RegexOptions.Multiline)]
    private static partial Regex DirectivePattern();

    // The section of a diagnostic with what it reports, or of a suppression with what others report.
    [GeneratedRegex("^## (Wrong|Why)$.*?(?=^## |\\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex MistakePattern();
}

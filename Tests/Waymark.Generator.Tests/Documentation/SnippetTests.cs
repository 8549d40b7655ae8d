using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Generator.Tests.Harness;
using Waymark.TestSupport;

namespace Waymark.Generator.Tests.Documentation;

/// <summary>
/// The C# in the README and in pages of the documentation compiles as programs of their own, warnings as errors.
/// </summary>
public sealed partial class SnippetTests
{
    // What the SDK adds for every project, beyond what the harness has already.
    private const string ImplicitUsings =
        "global using System.IO; global using System.Linq; global using System.Net.Http;";

    // Every page that tells how to write a program.
    private static readonly string[] Pages =
    [
        "README.md",
        "docs/background.md",
        .. new[] { "docs/middleware", "docs/realtime", "docs/testing" }
            .Where(folder => Directory.Exists(Repository.PathOf(folder)))
            .SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*.md"))
            .Select(file => Path.GetRelativePath(Repository.PathOf("."), file))
            .Where(page => SnippetsOf(page).Any())
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> SnippetPages => new(Pages);

    [Theory]
    [InlineData("README.md")]
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

    /// <summary>A program that references the libraries of the README, or one of these.</summary>
    private static Compilation Build(string snippet)
    {
        bool isLibrary = IsLibrary(snippet);
        CSharpCompilation compilation = GeneratorRun.Compile(snippet)
            .AddReferences(isLibrary ? [] : Libraries())
            .AddReferences(MetadataReference.CreateFromFile(typeof(RateLimitAttribute).Assembly.Location))
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(ImplicitUsings, GeneratorRun.ParseOptions))
            .WithOptions(new CSharpCompilationOptions(
                isLibrary ? OutputKind.DynamicallyLinkedLibrary : OutputKind.ConsoleApplication,
                generalDiagnosticOption: ReportDiagnostic.Error,
                nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver
            .Create(
                [new RouteGenerator().AsSourceGenerator(), JsonGenerator.Create()],
                parseOptions: GeneratorRun.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        return updated;
    }

    private static IEnumerable<string> SnippetsOf(string page) =>
        SnippetPattern().Matches(File.ReadAllText(Repository.PathOf(page))).Select(match => match.Groups["code"].Value);

    private static bool IsLibrary(string snippet) => snippet.Contains("ExportRoutes", StringComparison.Ordinal);

    private static IEnumerable<MetadataReference> Libraries() => SnippetPattern()
        .Matches(File.ReadAllText(Repository.PathOf("README.md")))
        .Select(match => match.Groups["code"].Value)
        .Where(IsLibrary)
        .Select(snippet => Build(snippet).ToMetadataReference());

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex SnippetPattern();
}

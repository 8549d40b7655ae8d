using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Waymark.Analyzers.Tests.Harness;
using Waymark.CodeFixes.Editing;

namespace Waymark.Analyzers.Tests;

/// <summary>
/// What <c>dotnet format</c> does: it asks each provider about the first diagnostic of the analyzer, whatever its id,
/// and then for all of the provider's id, with the key of what was offered or none.
/// </summary>
public sealed class DotnetFormatTests
{
    private const string Source = """
        static class A
        {
            [Get("x")] internal static string First() => "";
            [Get("/:id/:name")] internal static string Find() => "";
            [Get("/hidden")] private static string Hidden() => "";
        }
        """;

    [Theory]
    [InlineData("WM1001", "[Get(\"/x\")]")]
    [InlineData("WM2001", "Find(string id, string name)")]
    [InlineData("WM2031", "internal static string Hidden()")]
    public async Task A_provider_fixes_its_own_diagnostics_whichever_it_is_asked_about(string id, string mended)
    {
        Solution solution = Harness.Project.Create([Source], OutputKind.DynamicallyLinkedLibrary);
        List<Diagnostic> diagnostics = await Harness.Project.AnalyseAsync(solution);
        Assert.Equal("WM1001", diagnostics[0].Id);
        EditFixProvider provider = Fix.Providers.Single(candidate => candidate.FixableDiagnosticIds[0] == id);
        Document document = solution.GetDocument(diagnostics[0].Location.SourceTree)!;
        var offered = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(
            document, diagnostics[0], (action, _) => offered.Add(action), TestContext.Current.CancellationToken));
        Assert.Equal(id == "WM1001" ? 1 : 0, offered.Count);

        CodeAction? all = await provider.GetFixAllProvider().GetFixAsync(new FixAllContext(
            document, provider, FixAllScope.Solution, offered.FirstOrDefault()?.EquivalenceKey!, [id],
            new Known(diagnostics), TestContext.Current.CancellationToken));

        Assert.NotNull(all);
        ApplyChangesOperation changes = (await all.GetOperationsAsync(TestContext.Current.CancellationToken))
            .OfType<ApplyChangesOperation>().Single();
        string text = (await changes.ChangedSolution.GetDocument(document.Id)!
            .GetTextAsync(TestContext.Current.CancellationToken)).ToString();
        Assert.Contains(mended, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WM1008", "WM1008.spell", "<sku>", "<itn>", "Write 'int'")]
    [InlineData("WM1008", "WM1008.method", "<sku>", "<itn>", "Write a method for the constraint 'sku'")]
    [InlineData("WM1009", null, "<re([)>", "<range(9,1)>", "Write 'range(1,9)'")]
    public async Task Fixing_all_is_called_after_the_first_diagnostic_that_it_mends(
        string id, string? key, string first, string second, string title)
    {
        string source = $$"""
            static class A
            {
                [Get("/a/:a{{first}}")] internal static string First(string a) => a;
                [Get("/b/:b{{second}}")] internal static string Second(int b) => $"{b}";
            }
            """;
        Solution solution = Harness.Project.Create([source], OutputKind.DynamicallyLinkedLibrary);
        List<Diagnostic> diagnostics = await Harness.Project.AnalyseAsync(solution);
        EditFixProvider provider = Fix.Providers.Single(item => item.FixableDiagnosticIds[0] == id);

        CodeAction? all = await provider.GetFixAllProvider().GetFixAsync(new FixAllContext(
            solution.GetDocument(diagnostics[0].Location.SourceTree)!, provider, FixAllScope.Project, key!, [id],
            new Known(diagnostics), TestContext.Current.CancellationToken));

        Assert.Equal(title, all?.Title);
    }

    private sealed class Known(List<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(
            Microsoft.CodeAnalysis.Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(
            Document document, CancellationToken cancellationToken) =>
            GetAllDiagnosticsAsync(document.Project, cancellationToken);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(
            Microsoft.CodeAnalysis.Project project, CancellationToken cancellationToken) =>
            GetAllDiagnosticsAsync(project, cancellationToken);
    }
}

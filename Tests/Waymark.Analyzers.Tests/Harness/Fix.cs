using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Waymark.CodeFixes;
using Waymark.CodeFixes.Editing;

namespace Waymark.Analyzers.Tests.Harness;

/// <summary>Applies code fixes and looks at what became of the sources.</summary>
internal static class Fix
{
    public static readonly ImmutableArray<EditFixProvider> Providers =
    [
        .. typeof(TemplateStartFixProvider).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(EditFixProvider)))
            .Select(type => (EditFixProvider)Activator.CreateInstance(type)!),
    ];

    /// <summary>
    /// The fix turns the first source into the second, which compiles and no longer shows the diagnostic; fixing all of
    /// its diagnostics at once gives the same as fixing one after the other, until none is left.
    /// </summary>
    public static Task YieldsAsync(
        string key, string[] before, string[] after, string compilerErrors = "", bool hasGlobalUsings = true) =>
        YieldsAsync(
            key, Project.Create(before, Verify.OutputOf(before), hasGlobalUsings), before, after, compilerErrors);

    /// <summary>The same for a project with the generator's files in it.</summary>
    public static async Task YieldsGeneratedAsync(string key, string[] before, string[] after) =>
        await YieldsAsync(
            key, await Project.GenerateAsync(Project.Create(before, Verify.OutputOf(before))), before, after, "");

    /// <summary>The same for a project that references other assemblies.</summary>
    public static Task YieldsAcrossAsync(
        string key, MetadataReference[] libraries, string[] before, string[] after) =>
        YieldsAsync(
            key, Project.Create(before, Verify.OutputOf(before), libraries: libraries), before, after, "");

    private static async Task YieldsAsync(
        string key, Solution solution, string[] before, string[] after, string compilerErrors)
    {
        Assert.Contains(key[..6], (await Project.AnalyseAsync(solution)).Select(diagnostic => diagnostic.Id));

        Solution all = await ApplyAllAsync(solution, key);
        Assert.Equal(after, await TextsAsync(all, before.Length));
        Assert.Equal(compilerErrors, await Project.CompilerErrorsAsync(all));
        Assert.DoesNotContain(key[..6], (await Project.AnalyseAsync(all)).Select(diagnostic => diagnostic.Id));
        Assert.Equal(after, await TextsAsync(await ApplyEachAsync(solution, key), before.Length));
    }

    /// <summary>What becomes of one source when all diagnostics are fixed at once that can be.</summary>
    public static async Task<string> AllAsync(string key, string source) => (await TextsAsync(
        await ApplyAllAsync(Project.Create([source], Verify.OutputOf([source])), key), 1))[0];

    /// <summary>The keys of the fixes that are offered for the first diagnostic of an id.</summary>
    public static async Task<List<string>> OffersAsync(string id, params string[] sources) =>
        [.. (await OfferedAsync(id, sources)).Select(action => action.EquivalenceKey!)];

    /// <summary>What the menu shows for the first diagnostic of an id.</summary>
    public static async Task<List<string>> TitlesAsync(string id, string source) =>
        [.. (await OfferedAsync(id, [source])).Select(action => action.Title)];

    private static async Task<List<CodeAction>> OfferedAsync(string id, string[] sources)
    {
        Solution solution = Project.Create(sources, Verify.OutputOf(sources));
        Diagnostic diagnostic = (await Project.AnalyseAsync(solution)).First(candidate => candidate.Id == id);
        return await ActionsAsync(solution, diagnostic);
    }

    private static async Task<Solution> ApplyEachAsync(Solution solution, string key)
    {
        for (int round = 0; round < 20; round++)
        {
            Diagnostic? next = (await Project.AnalyseAsync(solution)).Find(diagnostic => diagnostic.Id == key[..6]);
            if (next is null)
                return solution;
            CodeAction? action = (await ActionsAsync(solution, next))
                .Find(candidate => candidate.EquivalenceKey == key);
            Assert.NotNull(action);
            solution = await ChangeAsync(action);
        }

        throw new InvalidOperationException($"{key} does not come to an end.");
    }

    private static async Task<Solution> ApplyAllAsync(Solution solution, string key)
    {
        EditFixProvider provider = Providers.Single(candidate => candidate.FixableDiagnosticIds[0] == key[..6]);
        List<Diagnostic> diagnostics = await Project.AnalyseAsync(solution);
        var context = new FixAllContext(
            solution.Projects.Single(), provider, FixAllScope.Project, key, provider.FixableDiagnosticIds,
            new Known(diagnostics.FindAll(diagnostic => diagnostic.Id == key[..6])),
            TestContext.Current.CancellationToken);
        CodeAction? action = await provider.GetFixAllProvider().GetFixAsync(context);
        Assert.NotNull(action);
        return await ChangeAsync(action);
    }

    private static async Task<List<CodeAction>> ActionsAsync(Solution solution, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        Document document = solution.GetDocument(diagnostic.Location.SourceTree)!;
        foreach (EditFixProvider provider in Providers.Where(item => item.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            await provider.RegisterCodeFixesAsync(new CodeFixContext(
                document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        }

        return actions;
    }

    private static async Task<Solution> ChangeAsync(CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations =
            await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    private static async Task<List<string>> TextsAsync(Solution solution, int count)
    {
        var texts = new List<string>();
        for (int number = 0; number < count; number++)
        {
            Document document = solution.Projects.Single().Documents.Single(item => item.Name == $"File{number}.cs");
            texts.Add((await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
        }

        return texts;
    }

    private sealed class Known(List<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(
            Microsoft.CodeAnalysis.Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(
            Document document, CancellationToken cancellationToken) => Task.FromResult(diagnostics.Where(
                diagnostic => diagnostic.Location.SourceTree!.FilePath == document.FilePath));

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(
            Microsoft.CodeAnalysis.Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Refactorings;

namespace Waymark.Analyzers.Tests.Harness;

/// <summary>
/// Applies refactorings at the cursor, <c>$$</c> in one of the sources, and looks at what became of them.
/// </summary>
internal sealed class Refactor
{
    public static readonly ImmutableArray<RefactoringProvider> Providers =
    [
        .. typeof(RefactoringProvider).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(RefactoringProvider)))
            .Select(type => (RefactoringProvider)Activator.CreateInstance(type)!),
    ];

    private const string Cursor = "$$";

    /// <summary>What the project references beside the library.</summary>
    public MetadataReference[] Libraries { get; init; } = [];

    /// <summary>Whether the project has the global usings of the SDK and of the library.</summary>
    public bool HasGlobalUsings { get; init; } = true;

    /// <summary>True where the files of the generator are in the project, as they are in an editor.</summary>
    public bool IsGenerated { get; init; }

    /// <summary>True where the routes are the same before and after, down to their bindings.</summary>
    public bool KeepsRoutes { get; init; }

    /// <summary>Errors of the compiler's afterwards: what another generator would have written.</summary>
    public string CompilerErrors { get; init; } = "";

    /// <summary>True where the same can be done elsewhere in the sources as well.</summary>
    public bool HasMore { get; init; }

    /// <summary>
    /// The refactoring turns the first sources into the second ones, which compile and show no error of ours (advice is
    /// about what stood there before); done once, it is not offered again.
    /// </summary>
    public async Task YieldsAsync(string key, string[] before, string[] after)
    {
        (Solution solution, DocumentId document, int position) = await CreateAsync(before);
        CodeAction? action = (await ActionsAsync(solution, document, position))
            .Find(candidate => candidate.EquivalenceKey == key);
        Assert.NotNull(action);
        Solution changed = await ChangeAsync(action);

        Assert.Equal(after, await TextsAsync(changed, before.Length));
        Solution built = IsGenerated ? await RegenerateAsync(changed) : changed;
        Assert.Equal(CompilerErrors, await Project.CompilerErrorsAsync(built));
        Assert.Empty((await Project.AnalyseAsync(built))
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString()));
        if (KeepsRoutes)
            Assert.Equal(await RoutesAsync(solution), await RoutesAsync(changed));
        if (!HasMore)
            Assert.DoesNotContain(key, await KeysAnywhereAsync(built, before.Length));
    }

    /// <summary>The same for one source.</summary>
    public Task YieldsAsync(string key, string before, string after) => YieldsAsync(key, [before], [after]);

    /// <summary>The keys of what is offered at the cursor.</summary>
    public async Task<List<string>> OffersAsync(params string[] sources) =>
        [.. (await OfferedAsync(sources)).Select(action => action.EquivalenceKey!)];

    /// <summary>What the menu shows at the cursor.</summary>
    public async Task<List<string>> TitlesAsync(params string[] sources) =>
        [.. (await OfferedAsync(sources)).Select(action => action.Title)];

    /// <summary>What a refactoring makes of a source without a cursor, at each place where it is offered.</summary>
    public async Task<List<string>> ResultsAsync(string key, string source)
    {
        (Solution solution, DocumentId document, _) = await CreateAsync([Cursor + source]);
        SyntaxNode root = (await solution.GetDocument(document)!
            .GetSyntaxRootAsync(TestContext.Current.CancellationToken))!;
        var results = new List<string>();
        foreach (SyntaxToken token in root.DescendantTokens().Where(token => token.Span.Length > 0))
        {
            foreach (CodeAction action in await ActionsAsync(solution, document, token.SpanStart))
            {
                if (action.EquivalenceKey == key)
                    results.AddRange(await TextsAsync(await ChangeAsync(action), 1));
            }
        }

        return results;
    }

    private async Task<List<CodeAction>> OfferedAsync(string[] sources)
    {
        (Solution solution, DocumentId document, int position) = await CreateAsync(sources);
        return await ActionsAsync(solution, document, position);
    }

    private async Task<(Solution Solution, DocumentId Document, int Position)> CreateAsync(string[] sources)
    {
        int file = Array.FindIndex(sources, source => source.Contains(Cursor, StringComparison.Ordinal));
        Assert.True(file >= 0, "No source holds the cursor.");
        int position = sources[file].IndexOf(Cursor, StringComparison.Ordinal);
        string[] texts = [.. sources.Select(source => source.Replace(Cursor, "", StringComparison.Ordinal))];
        Solution solution = Project.Create(texts, Verify.OutputOf(texts), HasGlobalUsings, Libraries);
        if (IsGenerated)
            solution = await Project.GenerateAsync(solution);
        Document document = solution.Projects.Single().Documents.Single(item => item.Name == $"File{file}.cs");
        return (solution, document.Id, position);
    }

    private static async Task<Solution> RegenerateAsync(Solution solution)
    {
        foreach (Document document in solution.Projects.Single().Documents)
        {
            if (document.Name.EndsWith(".g.cs", StringComparison.Ordinal))
                solution = solution.RemoveDocument(document.Id);
        }

        return await Project.GenerateAsync(solution);
    }

    private static async Task<HashSet<string>> KeysAnywhereAsync(Solution solution, int count)
    {
        var keys = new HashSet<string>();
        for (int number = 0; number < count; number++)
        {
            Document document = solution.Projects.Single().Documents.Single(item => item.Name == $"File{number}.cs");
            SyntaxNode root = (await document.GetSyntaxRootAsync(TestContext.Current.CancellationToken))!;
            foreach (SyntaxToken token in root.DescendantTokens().Where(token => token.Span.Length > 0))
            {
                keys.UnionWith((await ActionsAsync(solution, document.Id, token.SpanStart))
                    .Select(action => action.EquivalenceKey!));
            }
        }

        return keys;
    }

    private static async Task<List<CodeAction>> ActionsAsync(Solution solution, DocumentId document, int position)
    {
        var actions = new List<CodeAction>();
        var context = new CodeRefactoringContext(
            solution.GetDocument(document)!, new TextSpan(position, 0), actions.Add,
            TestContext.Current.CancellationToken);
        foreach (RefactoringProvider provider in Providers)
            await provider.ComputeRefactoringsAsync(context);
        return actions;
    }

    private static async Task<Solution> ChangeAsync(CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations =
            await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    private static async Task<List<string>> RoutesAsync(Solution solution)
    {
        Compilation compilation =
            (await solution.Projects.Single().GetCompilationAsync(TestContext.Current.CancellationToken))!;
        List<string> routes = [.. RouteSet.Of(compilation).All.Select(entry => entry.Route.ToString())];
        Assert.NotEmpty(routes);
        return routes;
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
}

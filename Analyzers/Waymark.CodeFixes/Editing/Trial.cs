using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FindSymbols;
using Waymark.Analyzers;

namespace Waymark.CodeFixes.Editing;

/// <summary>Tells what would become of a project before an edit is offered: by a fix or by a refactoring.</summary>
internal static class Trial
{
    /// <summary>
    /// True where a change adds no error of the compiler to the documents that it touches, and nothing is wrong with a
    /// route of their projects that was not wrong before.
    /// </summary>
    /// <remarks>
    /// What a change needs beside (WM3001: a JSON type that no context lists) is seen to by who makes the change.
    /// </remarks>
    public static Task<bool> HoldsAsync(Solution before, Solution after, CancellationToken stop) =>
        HoldsAsync(before, after, [], stop);

    /// <summary>
    /// True where the edits mend the diagnostics, break nothing, and add none of our errors to the documents.
    /// </summary>
    /// <param name="targets">The diagnostics, all with one id.</param>
    /// <param name="edits">What mends them, perhaps.</param>
    /// <param name="uncovered">Errors of ours that do not count.</param>
    /// <param name="isEmitted">Whether the project has to emit, if it did before.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task<bool> MendsAsync(
        IReadOnlyList<FixTarget> targets,
        IReadOnlyList<SourceEdit> edits,
        IReadOnlyList<string> uncovered,
        bool isEmitted,
        CancellationToken stop)
    {
        Solution before = targets[0].Document.Project.Solution;
        Solution after = await SourceEdit.ApplyAsync(before, edits, stop).ConfigureAwait(false);
        List<DocumentId> places = [.. targets.Select(target => target.Document.Id)];
        if (!await HoldsAsync(before, after, places, stop).ConfigureAwait(false))
            return false;
        List<DocumentId> documents = [.. edits.Select(edit => edit.Document).Concat(places).Distinct()];
        Findings old = await Findings.OfAsync(before, documents, stop).ConfigureAwait(false);
        Findings now = await Findings.OfAsync(after, documents, stop).ConfigureAwait(false);
        string id = targets[0].Diagnostic.Id;
        int mended = targets.Select(target => (target.Document.Id, target.Span)).Distinct().Count();
        return now.Count(id) <= old.Count(id) - mended
            && now.ErrorsBeside(id).Except(uncovered).All(other => now.Count(other) <= old.Count(other))
            && (!isEmitted || await EmitsAsync(before, after, targets[0].Document.Project.Id, stop)
                .ConfigureAwait(false));
    }

    /// <summary>False where the project emits before and does not afterwards.</summary>
    /// <remarks>
    /// Some errors come up only where the compiler writes the code of a method (CS4007: a span that an await would have
    /// to keep). It gets there only in a project without other errors: of one that has some, nothing is known.
    /// </remarks>
    private static async Task<bool> EmitsAsync(
        Solution before, Solution after, ProjectId project, CancellationToken stop) =>
        await EmitsAsync(after, project, stop).ConfigureAwait(false)
        || !await EmitsAsync(before, project, stop).ConfigureAwait(false);

    private static async Task<bool> EmitsAsync(Solution solution, ProjectId project, CancellationToken stop)
    {
        Compilation? compilation =
            await solution.GetProject(project)!.GetCompilationAsync(stop).ConfigureAwait(false);
        using var output = new MemoryStream();
        return compilation?.Emit(output, cancellationToken: stop).Success == true;
    }

    /// <summary>True where code that somebody wrote calls a method, or makes a delegate of it.</summary>
    public static async Task<bool> IsCalledAsync(FixTarget target, IMethodSymbol method, CancellationToken stop)
    {
        IEnumerable<ReferencedSymbol> found = await SymbolFinder
            .FindReferencesAsync(method, target.Document.Project.Solution, stop).ConfigureAwait(false);
        return found.SelectMany(symbol => symbol.Locations).Any(place => place.Document is not SourceGeneratedDocument);
    }

    /// <summary>The same with documents that are looked at whether they change or not.</summary>
    private static async Task<bool> HoldsAsync(
        Solution before, Solution after, IEnumerable<DocumentId> others, CancellationToken stop)
    {
        List<ProjectChanges> projects = [.. after.GetChanges(before).GetProjectChanges()];
        foreach (DocumentId id in projects.SelectMany(project => project.GetChangedDocuments()).Union(others))
        {
            Dictionary<string, int> known = await ErrorsOfAsync(before, id, stop).ConfigureAwait(false);
            Dictionary<string, int> found = await ErrorsOfAsync(after, id, stop).ConfigureAwait(false);
            if (found.Any(error => !known.TryGetValue(error.Key, out int count) || count < error.Value))
                return false;
        }

        foreach (ProjectChanges project in projects)
        {
            if (await CountProblemsAsync(project.NewProject, stop).ConfigureAwait(false)
                > await CountProblemsAsync(project.OldProject, stop).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<Dictionary<string, int>> ErrorsOfAsync(
        Solution solution, DocumentId id, CancellationToken stop)
    {
        SemanticModel? model = solution.GetDocument(id) is { } document
            ? await document.GetSemanticModelAsync(stop).ConfigureAwait(false)
            : null;
        return model is null
            ? []
            : model.GetDiagnostics(cancellationToken: stop)
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .GroupBy(diagnostic => diagnostic.Id)
                .ToDictionary(group => group.Key, group => group.Count());
    }

    private static async Task<int> CountProblemsAsync(Project project, CancellationToken stop)
    {
        if (await project.GetCompilationAsync(stop).ConfigureAwait(false) is not { } compilation)
            return 0;
        var routes = RouteSet.Of(compilation);
        return routes.All.Sum(entry => entry.Problems.Count
            + (routes.Conflicts.Of(entry) is null ? 0 : 1) + (routes.LinkProblemOf(entry) is null ? 0 : 1));
    }

    /// <summary>What the rules say of some documents.</summary>
    private sealed record Findings(ImmutableArray<Diagnostic> Ours)
    {
        public int Count(string id) => Ours.Count(diagnostic => diagnostic.Id == id);

        public IEnumerable<string> ErrorsBeside(string id) => Ours
            .Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error && diagnostic.Id != id)
            .Select(diagnostic => diagnostic.Id)
            .Distinct();

        public static async Task<Findings> OfAsync(
            Solution solution, IReadOnlyList<DocumentId> documents, CancellationToken stop)
        {
            ImmutableArray<Diagnostic>.Builder ours = ImmutableArray.CreateBuilder<Diagnostic>();
            foreach (IGrouping<ProjectId, DocumentId> inProject in documents.GroupBy(document => document.ProjectId))
            {
                Project project = solution.GetProject(inProject.Key)!;
                if (await project.GetCompilationAsync(stop).ConfigureAwait(false) is not { } compilation)
                    continue;
                CompilationWithAnalyzers analysis =
                    compilation.WithAnalyzers([new RouteAnalyzer()], project.AnalyzerOptions);
                foreach (DocumentId id in inProject)
                {
                    if (await project.GetDocument(id)!.GetSyntaxTreeAsync(stop).ConfigureAwait(false) is { } tree)
                    {
                        ours.AddRange(await analysis
                            .GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), null, stop)
                            .ConfigureAwait(false));
                    }
                }
            }

            return new Findings(ours.ToImmutable());
        }
    }
}

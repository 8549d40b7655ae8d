using Microsoft.CodeAnalysis;
using Waymark.Analyzers;

namespace Waymark.CodeFixes.Refactorings;

/// <summary>Tries a change out before it is offered.</summary>
internal static class Soundness
{
    /// <summary>
    /// True where a change of a project adds no error to the documents that it touches, and nothing is wrong with a
    /// route that was not wrong before.
    /// </summary>
    /// <remarks>
    /// What a change needs beside (WM3001: a JSON type that no context lists) is seen to by who makes the change.
    /// </remarks>
    public static async Task<bool> HoldsAsync(Project before, Solution changed, CancellationToken stop)
    {
        if (changed.GetProject(before.Id) is not { } after)
            return false;
        foreach (ProjectChanges changes in changed.GetChanges(before.Solution).GetProjectChanges())
        {
            foreach (DocumentId id in changes.GetChangedDocuments())
            {
                Dictionary<string, int> known = await ErrorsOfAsync(before.Solution, id, stop).ConfigureAwait(false);
                Dictionary<string, int> found = await ErrorsOfAsync(changed, id, stop).ConfigureAwait(false);
                foreach (KeyValuePair<string, int> error in found)
                {
                    if (!known.TryGetValue(error.Key, out int count) || count < error.Value)
                        return false;
                }
            }
        }

        return await CountProblemsAsync(after, stop).ConfigureAwait(false)
            <= await CountProblemsAsync(before, stop).ConfigureAwait(false);
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
}

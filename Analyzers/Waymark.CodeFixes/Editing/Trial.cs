using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FindSymbols;
using Waymark.Analyzers;

namespace Waymark.CodeFixes.Editing;

/// <summary>Tells what would become of a project before an edit is offered.</summary>
internal static class Trial
{
    /// <summary>
    /// True where the edits mend the diagnostics, add no error of the compiler to the documents, and none of ours.
    /// </summary>
    public static async Task<bool> MendsAsync(
        IReadOnlyList<FixTarget> targets, IReadOnlyList<SourceEdit> edits, CancellationToken stop)
    {
        Solution before = targets[0].Document.Project.Solution;
        Solution after = await SourceEdit.ApplyAsync(before, edits, stop).ConfigureAwait(false);
        List<DocumentId> documents =
            [.. edits.Select(edit => edit.Document).Concat(targets.Select(target => target.Document.Id)).Distinct()];
        Findings old = await Findings.OfAsync(before, documents, stop).ConfigureAwait(false);
        Findings now = await Findings.OfAsync(after, documents, stop).ConfigureAwait(false);
        string id = targets[0].Diagnostic.Id;
        int mended = targets.Select(target => (target.Document.Id, target.Span)).Distinct().Count();
        return now.CompilerErrors <= old.CompilerErrors
            && now.Count(id) <= old.Count(id) - mended
            && now.ErrorsBeside(id).All(other => now.Count(other) <= old.Count(other));
    }

    /// <summary>True where code that somebody wrote calls a method, or makes a delegate of it.</summary>
    public static async Task<bool> IsCalledAsync(FixTarget target, IMethodSymbol method, CancellationToken stop)
    {
        IEnumerable<ReferencedSymbol> found = await SymbolFinder
            .FindReferencesAsync(method, target.Document.Project.Solution, stop).ConfigureAwait(false);
        return found.SelectMany(symbol => symbol.Locations).Any(place => place.Document is not SourceGeneratedDocument);
    }

    /// <summary>What is wrong with some documents.</summary>
    private sealed record Findings(int CompilerErrors, ImmutableArray<Diagnostic> Ours)
    {
        public int Count(string id) => Ours.Count(diagnostic => diagnostic.Id == id);

        public IEnumerable<string> ErrorsBeside(string id) => Ours
            .Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error && diagnostic.Id != id)
            .Select(diagnostic => diagnostic.Id)
            .Distinct();

        public static async Task<Findings> OfAsync(
            Solution solution, IReadOnlyList<DocumentId> documents, CancellationToken stop)
        {
            int errors = 0;
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
                    if (await project.GetDocument(id)!.GetSyntaxTreeAsync(stop).ConfigureAwait(false) is not { } tree)
                        continue;
                    SemanticModel model = compilation.GetSemanticModel(tree);
                    errors += model.GetDiagnostics(cancellationToken: stop)
                        .Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
                    ours.AddRange(await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, null, stop)
                        .ConfigureAwait(false));
                }
            }

            return new Findings(errors, ours.ToImmutable());
        }
    }
}

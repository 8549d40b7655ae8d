using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Waymark.CodeFixes.Editing;

/// <summary>Mends all diagnostics of a scope in one step.</summary>
/// <remarks>
/// The batch fixer drops one of two insertions at the same place, such as two parameters of one method or two
/// attributes of one JSON context: here a fix sees all its diagnostics of a project together.
/// </remarks>
internal sealed class EditFixAllProvider : FixAllProvider
{
    public static readonly EditFixAllProvider Instance = new();

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        CancellationToken stop = fixAllContext.CancellationToken;
        if (fixAllContext.CodeFixProvider is not EditFixProvider provider)
            return null;
        Solution solution = fixAllContext.Solution;
        IEnumerable<Project> projects = fixAllContext.Scope == FixAllScope.Solution
            ? solution.Projects
            : [fixAllContext.Project];
        var targets = new List<List<FixTarget>>();
        foreach (Project project in projects)
            targets.Add(await FindTargetsAsync(fixAllContext, project, stop).ConfigureAwait(false));
        IEnumerable<EditFix> fixes = provider.Fixes
            .Where(fix => fixAllContext.CodeActionEquivalenceKey is not { } key || fix.Key == key);
        if (await FindFirstAsync(fixes, targets.SelectMany(list => list), stop).ConfigureAwait(false)
            is not var (fix, first))
        {
            return null;
        }

        return CodeAction.Create(
            fix.TitleOf(first),
            async token =>
            {
                Solution current = solution;
                foreach (List<FixTarget> list in targets)
                    current = await fix.ApplyAsync(current, list, token).ConfigureAwait(false);
                return current;
            },
            fix.Key);
    }

    /// <summary>
    /// What a menu would show on top, and at which diagnostic: `dotnet format` names no fix (see
    /// <see cref="EditFixProvider"/>), and the first diagnostic may be one that nothing mends.
    /// </summary>
    private static async Task<(EditFix Fix, FixTarget Target)?> FindFirstAsync(
        IEnumerable<EditFix> fixes, IEnumerable<FixTarget> targets, CancellationToken stop)
    {
        foreach (FixTarget target in targets)
        {
            foreach (EditFix fix in fixes)
            {
                if ((await fix.FindEditsAsync(target, stop).ConfigureAwait(false)).Count > 0)
                    return (fix, target);
            }
        }

        return null;
    }

    private static async Task<List<FixTarget>> FindTargetsAsync(
        FixAllContext context, Project project, CancellationToken stop)
    {
        ImmutableArray<Diagnostic> diagnostics = context.Scope == FixAllScope.Document && context.Document is { } only
            ? await context.GetDocumentDiagnosticsAsync(only).ConfigureAwait(false)
            : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
        var targets = new List<FixTarget>();
        foreach (Diagnostic diagnostic in diagnostics
            .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            if (project.GetDocument(diagnostic.Location.SourceTree) is { } document
                && await FixTarget.FindAsync(document, diagnostic, stop).ConfigureAwait(false) is { } target)
            {
                targets.Add(target);
            }
        }

        return targets;
    }
}

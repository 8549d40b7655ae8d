using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Waymark.CodeFixes.Editing;

/// <summary>One way to mend a diagnostic.</summary>
/// <remarks>Holds no state. Finds its edits for many diagnostics at once, so that those of one method agree.</remarks>
internal abstract class EditFix
{
    /// <summary>Tells the fix apart from others of the same diagnostic; the same for all its diagnostics.</summary>
    public abstract string Key { get; }

    /// <summary>What the menu shows.</summary>
    public abstract string TitleOf(FixTarget target);

    /// <summary>The edits that mend the diagnostic; none where this fix does not apply.</summary>
    public abstract Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop);

    /// <summary>The edits for diagnostics of one project that are mended together.</summary>
    public virtual async Task<IReadOnlyList<SourceEdit>> FindAllEditsAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        var edits = new List<SourceEdit>();
        foreach (FixTarget target in targets)
            edits.AddRange(await FindEditsAsync(target, stop).ConfigureAwait(false));
        return edits;
    }

    protected static Task<IReadOnlyList<SourceEdit>> Edits(params SourceEdit[] edits) =>
        Task.FromResult<IReadOnlyList<SourceEdit>>(edits);

    /// <summary>The diagnostics of one method together, with it; those of anything else are left out.</summary>
    protected static IEnumerable<MethodTargets> ByMethod(IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        foreach (IGrouping<(DocumentId, TextSpan?), FixTarget> inMethod in
            targets.GroupBy(target => (target.Document.Id, target.Method?.Span)))
        {
            FixTarget first = inMethod.First();
            if (first.Method is { } method && first.Model.GetDeclaredSymbol(method, stop) is { } symbol)
                yield return new MethodTargets(first, method, symbol, [.. inMethod]);
        }
    }

    /// <summary>Applies the fix to diagnostics of one project.</summary>
    public async Task<Solution> ApplyAsync(
        Solution solution, IReadOnlyList<FixTarget> targets, CancellationToken stop) =>
        await SourceEdit.ApplyAsync(
            solution, await FindAllEditsAsync(targets, stop).ConfigureAwait(false), stop).ConfigureAwait(false);
}

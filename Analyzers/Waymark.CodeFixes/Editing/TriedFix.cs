namespace Waymark.CodeFixes.Editing;

/// <summary>
/// A fix that depends on code which it does not read: it is tried, and offered only where the result compiles and no
/// longer shows the diagnostic.
/// </summary>
internal abstract class TriedFix : EditFix
{
    /// <summary>The edits that may mend the diagnostics of one project; none where that is certain not to be.</summary>
    protected abstract Task<IReadOnlyList<SourceEdit>> ProposeAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop);

    public sealed override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        FindAllEditsAsync([target], stop);

    public sealed override async Task<IReadOnlyList<SourceEdit>> FindAllEditsAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        if (targets.Count == 0)
            return [];
        IReadOnlyList<SourceEdit> edits = await ProposeAsync(targets, stop).ConfigureAwait(false);
        if (edits.Count > 0 && await Trial.MendsAsync(targets, edits, stop).ConfigureAwait(false))
            return edits;
        if (targets.Count == 1)
            return [];

        // Some of them cannot be mended: those that can are.
        var mendable = new List<FixTarget>();
        foreach (FixTarget target in targets)
        {
            if ((await FindAllEditsAsync([target], stop).ConfigureAwait(false)).Count > 0)
                mendable.Add(target);
        }

        return mendable.Count == 0 ? [] : await ProposeAsync(mendable, stop).ConfigureAwait(false);
    }
}

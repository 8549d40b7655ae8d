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

    /// <summary>
    /// Errors of ours that may be there afterwards: they were there before, behind the one that is mended.
    /// </summary>
    protected virtual IReadOnlyList<string> Uncovers => [];

    /// <summary>
    /// True where what is wrong with the result may show only when it is emitted: an <c>await</c> beside references.
    /// </summary>
    protected virtual bool IsEmitted => false;

    public sealed override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        FindAllEditsAsync([target], stop);

    public sealed override async Task<IReadOnlyList<SourceEdit>> FindAllEditsAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop) =>
        (await MendAsync([.. targets], stop).ConfigureAwait(false)).Edits;

    /// <summary>Those that can be mended together, and the edits that do it.</summary>
    /// <remarks>
    /// Where some cannot be mended, each half is tried for itself: of n diagnostics one alone costs 2 log n trials, and
    /// not n.
    /// </remarks>
    private async Task<(List<FixTarget> Targets, IReadOnlyList<SourceEdit> Edits)> MendAsync(
        List<FixTarget> targets, CancellationToken stop)
    {
        if (targets.Count == 0)
            return ([], []);
        IReadOnlyList<SourceEdit> edits = await TryAsync(targets, stop).ConfigureAwait(false);
        if (edits.Count > 0)
            return (targets, edits);
        if (targets.Count == 1)
            return ([], []);

        int half = targets.Count / 2;
        (List<FixTarget> Targets, IReadOnlyList<SourceEdit> Edits) first =
            await MendAsync(targets.GetRange(0, half), stop).ConfigureAwait(false);
        (List<FixTarget> Targets, IReadOnlyList<SourceEdit> Edits) second =
            await MendAsync(targets.GetRange(half, targets.Count - half), stop).ConfigureAwait(false);
        if (first.Targets.Count == 0 || second.Targets.Count == 0)
            return first.Targets.Count == 0 ? second : first;
        List<FixTarget> both = [.. first.Targets, .. second.Targets];
        edits = await TryAsync(both, stop).ConfigureAwait(false);
        // What each half does for itself, the two may not do together: then one of them is done.
        return edits.Count > 0 ? (both, edits) : first;
    }

    private async Task<IReadOnlyList<SourceEdit>> TryAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        IReadOnlyList<SourceEdit> edits = await ProposeAsync(targets, stop).ConfigureAwait(false);
        return edits.Count > 0
            && await Trial.MendsAsync(targets, edits, Uncovers, IsEmitted, stop).ConfigureAwait(false)
                ? edits
                : [];
    }
}

using Microsoft.CodeAnalysis;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Refactorings;

/// <summary>A change that keeps what the program does.</summary>
/// <remarks>
/// Holds no state. Proposes nothing where it is not certain: what cannot be shown to be right is left to its author.
/// </remarks>
internal abstract class Refactoring
{
    /// <summary>What can be done at the cursor, the likeliest first.</summary>
    public abstract Task<IReadOnlyList<Proposal>> FindAsync(CursorTarget target, CancellationToken stop);

    protected static IReadOnlyList<Proposal> None { get; } = [];

    /// <summary>The proposal to make edits; none where they would break something.</summary>
    protected static async Task<IReadOnlyList<Proposal>> ProposeAsync(
        CursorTarget target, string key, string title, IReadOnlyList<SourceEdit> edits, CancellationToken stop)
    {
        if (edits.Count == 0)
            return None;
        Solution changed = await SourceEdit.ApplyAsync(target.Solution, edits, stop).ConfigureAwait(false);
        return await Trial.HoldsAsync(target.Solution, changed, stop).ConfigureAwait(false)
            ? [new Proposal(key, title, changed)]
            : None;
    }
}

/// <summary>What a refactoring offers.</summary>
/// <param name="Key">Tells it apart from others.</param>
/// <param name="Title">What the menu shows.</param>
/// <param name="Changed">What becomes of the sources.</param>
internal sealed record Proposal(string Key, string Title, Solution Changed);

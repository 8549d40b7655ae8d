using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Refactorings;

/// <summary>Offers refactorings at the cursor.</summary>
public abstract class RefactoringProvider : CodeRefactoringProvider
{
    private readonly Refactoring[] _refactorings;

    private protected RefactoringProvider(params Refactoring[] refactorings) => _refactorings = refactorings;

    /// <inheritdoc/>
    public sealed override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        CancellationToken stop = context.CancellationToken;
        // What a generator wrote is not its author's to change.
        if (context.Document is SourceGeneratedDocument
            || await EditTarget.FindAsync(context.Document, stop).ConfigureAwait(false) is not { } place)
        {
            return;
        }

        var target = new CursorTarget(place.Document, place.Root, place.Text, place.Model, context.Span);
        foreach (Refactoring refactoring in _refactorings)
        {
            foreach (Proposal proposal in await refactoring.FindAsync(target, stop).ConfigureAwait(false))
            {
                context.RegisterRefactoring(
                    CodeAction.Create(proposal.Title, _ => Task.FromResult(proposal.Changed), proposal.Key));
            }
        }
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Handlers;

/// <summary>WM7001: makes a class with commands partial, and those around it.</summary>
internal sealed class MakePartial : EditFix
{
    public override string Key => "WM7001.partial";

    public override string TitleOf(FixTarget target) => "Make the class partial";

    public override async Task<IReadOnlyList<SourceEdit>> FindAllEditsAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop) =>
        // Two classes in one that is not partial find that one twice.
        [.. (await base.FindAllEditsAsync(targets, stop).ConfigureAwait(false)).Distinct()];

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        // Only the name of a class is marked where the word is what is missing.
        SyntaxNode marked = target.Root.FindNode(target.Span, getInnermostNodeForTie: true);
        if (marked is not TypeDeclarationSyntax declaration || declaration.TypeParameterList is not null)
            return Edits();
        return Task.FromResult<IReadOnlyList<SourceEdit>>(
        [
            .. declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
                .Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))
                .Select(type => target.Insert(type.Keyword.SpanStart, "partial ")),
        ]);
    }
}

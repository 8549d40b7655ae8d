using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;
using Waymark.CodeFixes.Links;

namespace Waymark.CodeFixes.Refactorings;

/// <summary>Puts the link to a route in the place of a path that is written out.</summary>
internal sealed class ReplaceUrl : Refactoring
{
    public const string Key = "link.replace";

    public override async Task<IReadOnlyList<Proposal>> FindAsync(CursorTarget target, CancellationToken stop)
    {
        ExpressionSyntax? path = target.Tokens.Select(PathAt).FirstOrDefault(found => found is not null);
        if (path is null)
            return None;
        string? called = CalledBy(target.Model, path);
        foreach (SourceEdit edit in LinkReplacement.Find(target, path))
        {
            IReadOnlyList<Proposal> proposals = await ProposeAsync(
                target, Key, $"Replace by the link '{edit.Text}'", [edit], stop).ConfigureAwait(false);
            if (proposals.Count > 0
                && await IsSameCallAsync(target, edit, proposals[0], called, stop).ConfigureAwait(false))
            {
                return proposals;
            }
        }

        return None;
    }

    private static ExpressionSyntax? PathAt(SyntaxToken token) => token.Parent switch
    {
        LiteralExpressionSyntax literal => literal,
        InterpolatedStringExpressionSyntax interpolated => interpolated,
        InterpolatedStringTextSyntax { Parent: InterpolatedStringExpressionSyntax interpolated } => interpolated,
        _ => null,
    };

    /// <summary>A link may choose another overload than a string does.</summary>
    private static async Task<bool> IsSameCallAsync(
        CursorTarget target, SourceEdit edit, Proposal proposal, string? called, CancellationToken stop)
    {
        if (called is null)
            return true;
        Document document = proposal.Changed.GetDocument(target.Document.Id)!;
        return await EditTarget.FindAsync(document, stop).ConfigureAwait(false) is { } changed
            && changed.Root.FindToken(edit.Span.Start).Parent?.FirstAncestorOrSelf<ArgumentSyntax>() is { } argument
            && CalledBy(changed.Model, argument.Expression) == called;
    }

    private static string? CalledBy(SemanticModel model, ExpressionSyntax path) =>
        path.Parent is ArgumentSyntax { Parent.Parent: { } call }
            ? model.GetSymbolInfo(call).Symbol?.ToDisplayString()
            : null;
}

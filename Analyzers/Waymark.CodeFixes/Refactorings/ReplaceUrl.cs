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
        if (await LinkReplacement.FindAsync(target, path, stop).ConfigureAwait(false) is not { } edit)
            return None;
        Solution changed = await SourceEdit.ApplyAsync(target.Solution, [edit], stop).ConfigureAwait(false);
        return [new Proposal(Key, $"Replace by the link '{edit.Text}'", changed)];
    }

    private static ExpressionSyntax? PathAt(SyntaxToken token) => token.Parent switch
    {
        LiteralExpressionSyntax literal => literal,
        InterpolatedStringExpressionSyntax interpolated => interpolated,
        InterpolatedStringTextSyntax { Parent: InterpolatedStringExpressionSyntax interpolated } => interpolated,
        _ => null,
    };
}

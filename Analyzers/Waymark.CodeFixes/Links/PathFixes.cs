using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Links;

/// <summary>WM4002: replaces a path by the link that makes it.</summary>
internal sealed class UseLink : EditFix
{
    public override string Key => "WM4002.link";

    public override string TitleOf(FixTarget target) => $"Write '{target.Suggestion}'";

    public override async Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        target.Root.FindNode(target.Span, getInnermostNodeForTie: true) is ExpressionSyntax path
        && await LinkReplacement.FindAsync(target, path, stop).ConfigureAwait(false) is { } edit
            ? [edit]
            : [];
}

/// <summary>WM4003: gives a path the spelling of the closest route.</summary>
internal sealed class SpellPath : EditFix
{
    public override string Key => "WM4003.spell";

    public override string TitleOf(FixTarget target) => $"Change to \"{target.Suggestion}\"";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        // An escape in the literal is another text than its value.
        int start = target.Marked.IndexOf(target.Name, StringComparison.Ordinal);
        return start < 0 || target.Suggestion.Length == 0
            ? Edits()
            : Edits(target.Replace(
                new TextSpan(target.Span.Start + start, target.Name.Length), target.Suggestion));
    }
}

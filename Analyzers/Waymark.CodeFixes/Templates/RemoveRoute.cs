using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Templates;

/// <summary>Takes a route attribute away and leaves the method.</summary>
internal abstract class RemoveRoute(string key) : EditFix
{
    public sealed override string Key => key;

    public sealed override string TitleOf(FixTarget target) => "Remove the route";

    public sealed override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        target.Root.FindNode(target.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeSyntax>()
            is { Parent: AttributeListSyntax list } attribute
            ? Edits(target.Replace(SpanOf(attribute, list), ""))
            : Edits();

    private static TextSpan SpanOf(AttributeSyntax attribute, AttributeListSyntax list)
    {
        int index = list.Attributes.IndexOf(attribute);
        if (index > 0)
            return TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End);
        if (list.Attributes.Count > 1)
            return TextSpan.FromBounds(attribute.SpanStart, list.Attributes[1].SpanStart);
        // With the space or line break behind it; a comment there stays.
        SyntaxToken next = list.CloseBracketToken.GetNextToken();
        bool isAlone = list.CloseBracketToken.TrailingTrivia.Concat(next.LeadingTrivia)
            .All(trivia => string.IsNullOrWhiteSpace(trivia.ToString()));
        return TextSpan.FromBounds(list.SpanStart, isAlone ? next.SpanStart : list.Span.End);
    }
}

/// <summary>WM1010: removes a route that another one answers alike.</summary>
internal sealed class RemoveConflict() : RemoveRoute("WM1010.remove");

/// <summary>WM1011: removes a route that gets no request.</summary>
internal sealed class RemoveUnreachable() : RemoveRoute("WM1011.remove");

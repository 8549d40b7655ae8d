using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Templates;

/// <summary>Takes a route attribute away and leaves the method.</summary>
internal abstract class RemoveRoute(string key) : EditFix
{
    public sealed override string Key => key;

    public sealed override string TitleOf(FixTarget target) => "Remove the route";

    public sealed override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        target.Root.FindNode(target.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeSyntax>()
            is { } attribute
            ? Edits(target.Replace(AttributeText.SpanToRemove(attribute, target.Text), ""))
            : Edits();
}

/// <summary>WM1010: removes a route that another one answers alike.</summary>
internal sealed class RemoveConflict() : RemoveRoute("WM1010.remove");

/// <summary>WM1011: removes a route that gets no request.</summary>
internal sealed class RemoveUnreachable() : RemoveRoute("WM1011.remove");

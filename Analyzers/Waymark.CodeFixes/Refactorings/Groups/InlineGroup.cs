using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;

namespace Waymark.CodeFixes.Refactorings.Groups;

/// <summary>Writes the prefix of a class into its templates and removes the <c>[Group]</c>.</summary>
internal sealed class InlineGroup : Refactoring
{
    public const string Key = "group.inline";

    public override async Task<IReadOnlyList<Proposal>> FindAsync(CursorTarget target, CancellationToken stop)
    {
        TypeDeclarationSyntax? declaration = target.Type ?? GroupRefactorings.GroupedTypeAt(target);
        if (declaration is null || target.Model.GetDeclaredSymbol(declaration, stop) is not INamedTypeSymbol type
            || GroupPiece.FindGroup(type) is not { } group
            || GroupPiece.FindAll(type, target.Solution, stop) is not { Count: > 0 } pieces
            || GroupPiece.Of(group, RouteReader.PrefixOf(group), target.Solution, stop) is not { } stated
            || stated.Template.Problems.Count > 0 || stated.Template.HasTrailingSlash)
        {
            return None;
        }

        string prefix = stated.Value;
        var edits = new List<SourceEdit>();
        foreach (GroupPiece piece in prefix == "/" ? [] : pieces)
        {
            // A lone slash names the prefix's own path.
            if (piece.ReplaceStart(piece.Value == "/" ? 1 : 0, prefix) is not { } edit)
                return None;
            edits.Add(edit);
        }

        if (group.ApplicationSyntaxReference?.GetSyntax(stop) is not AttributeSyntax attribute
            || target.Solution.GetDocument(attribute.SyntaxTree) is not { } document)
        {
            return None;
        }

        SourceText text = await document.GetTextAsync(stop).ConfigureAwait(false);
        edits.Add(new SourceEdit(document.Id, AttributeText.SpanToRemove(attribute, text), ""));
        return await ProposeAsync(target, Key, $"Inline the group '{prefix}'", edits, stop).ConfigureAwait(false);
    }
}

/// <summary>What both refactorings of groups ask.</summary>
internal static class GroupRefactorings
{
    /// <summary>The type whose <c>[Group]</c> the cursor is on.</summary>
    public static TypeDeclarationSyntax? GroupedTypeAt(CursorTarget target) =>
        target.Attribute is { Parent.Parent: TypeDeclarationSyntax type } attribute
        && target.IsOfLibrary(attribute, name => name == "GroupAttribute")
            ? type
            : null;
}

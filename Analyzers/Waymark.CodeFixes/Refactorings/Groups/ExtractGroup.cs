using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.CodeFixes.Refactorings.Groups;

/// <summary>Moves what all templates of a class begin with into a <c>[Group]</c> of the class.</summary>
/// <remarks>
/// Whole segments only. A catch-all or an optional part stays where it is: nothing can follow it. So does what a
/// template needs to keep its last slash, because <c>/</c> behind a prefix names the prefix's own path.
/// </remarks>
internal sealed class ExtractGroup : Refactoring
{
    public const string Key = "group.extract";
    public const string LiteralKey = "group.extract.literal";

    public override async Task<IReadOnlyList<Proposal>> FindAsync(CursorTarget target, CancellationToken stop)
    {
        TypeDeclarationSyntax? declaration =
            target.Type ?? target.Method?.Parent as TypeDeclarationSyntax ?? GroupRefactorings.GroupedTypeAt(target);
        if (declaration is null || target.Model.GetDeclaredSymbol(declaration, stop) is not INamedTypeSymbol type
            || GroupPiece.FindAll(type, target.Solution, stop) is not { Count: > 1 } pieces)
        {
            return None;
        }

        int shared = CountShared(pieces);
        int literal = Math.Min(shared, CountLiteral(pieces[0]));
        var proposals = new List<Proposal>();
        if (shared > 0)
            await AddAsync(shared, Key).ConfigureAwait(false);
        if (literal > 0 && literal < shared)
            await AddAsync(literal, LiteralKey).ConfigureAwait(false);
        return proposals;

        async Task AddAsync(int segments, string key) => proposals.AddRange(
            await ProposeAsync(target, declaration, type, pieces, segments, key, stop).ConfigureAwait(false));
    }

    private static async Task<IReadOnlyList<Proposal>> ProposeAsync(
        CursorTarget target,
        TypeDeclarationSyntax declaration,
        INamedTypeSymbol type,
        IReadOnlyList<GroupPiece> pieces,
        int segments,
        string key,
        CancellationToken stop)
    {
        string prefix = PrefixOf(pieces[0].Template, segments);
        var edits = new List<SourceEdit>();
        foreach (GroupPiece piece in pieces)
        {
            string rest = piece.Value.Length == prefix.Length ? "/" : "";
            if (piece.ReplaceStart(prefix.Length, rest) is not { } edit)
                return None;
            edits.Add(edit);
        }

        if (GroupPiece.FindGroup(type) is not { } group)
        {
            edits.AddRange(Declare(target, declaration, prefix));
            return await ProposeAsync(
                target, key, $"Extract the group '{prefix}'", edits, stop).ConfigureAwait(false);
        }

        string present = RouteReader.PrefixOf(group);
        if (GroupPiece.Of(group, present, target.Solution, stop) is not { } stated
            || stated.Template.Problems.Count > 0 || stated.Template.HasTrailingSlash
            || (present == "/" ? stated.ReplaceStart(1, prefix) : stated.Append(prefix)) is not { } extended)
        {
            return None;
        }

        edits.Add(extended);
        return await ProposeAsync(
            target, key, $"Move '{prefix}' into the group of '{type.Name}'", edits, stop).ConfigureAwait(false);
    }

    private static IEnumerable<SourceEdit> Declare(
        CursorTarget target, TypeDeclarationSyntax declaration, string prefix)
    {
        int position = declaration.Modifiers.Count > 0
            ? declaration.Modifiers[0].SpanStart
            : declaration.Keyword.SpanStart;
        string space = target.IsFirstOnLine(position)
            ? Usings.NewlineOf(target) + target.IndentationAt(position)
            : " ";
        if (Usings.Add(target, position, "GroupAttribute", KnownNames.RouteNamespace) is { } import)
            yield return import;
        yield return target.Insert(position, $"[Group({LiteralText.Quote(prefix)})]{space}");
    }

    private static string PrefixOf(Template template, int segments)
    {
        EquatableArray<Part> parts = template.Segments[segments - 1].Parts;
        return template.Text.Substring(0, parts[parts.Count - 1].Start + parts[parts.Count - 1].Length);
    }

    private static int CountShared(IReadOnlyList<GroupPiece> pieces)
    {
        int count = pieces.Min(CountMovable);
        for (int index = 0; index < count; index++)
        {
            string first = pieces[0].Template.TextOf(pieces[0].Template.Segments[index]);
            if (pieces.Any(piece => piece.Template.TextOf(piece.Template.Segments[index]) != first))
                return index;
        }

        return count;
    }

    private static int CountMovable(GroupPiece piece)
    {
        Template template = piece.Template;
        int count = template.Segments.Count - (template.HasTrailingSlash || piece.IsPrefix ? 1 : 0);
        for (int index = 0; index < count; index++)
        {
            if (template.Segments[index].Parts.Any(part => part.IsOptional || part.Kind == PartKind.CatchAll))
                return index;
        }

        return count;
    }

    private static int CountLiteral(GroupPiece piece)
    {
        int count = 0;
        foreach (Segment segment in piece.Template.Segments)
        {
            if (segment.Parts.Any(part => part.Kind != PartKind.Literal))
                break;
            count++;
        }

        return count;
    }
}

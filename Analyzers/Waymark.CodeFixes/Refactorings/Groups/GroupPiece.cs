using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.Analyzers.Places;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;
using Waymark.Generator.Templates;

namespace Waymark.CodeFixes.Refactorings.Groups;

/// <summary>A text that stands directly behind the prefix of a class: a template, or a nested class's prefix.</summary>
/// <param name="Document">Where it is written.</param>
/// <param name="Argument">The expression that states it.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsPrefix">True for the prefix of a nested class.</param>
internal sealed record GroupPiece(DocumentId Document, ExpressionSyntax Argument, string Value, bool IsPrefix)
{
    public Template Template { get; } = TemplateParser.Parse(Value);

    /// <summary>
    /// Everything that the prefix of a class stands before; null where a part of it cannot be edited or is wrong.
    /// </summary>
    public static IReadOnlyList<GroupPiece>? FindAll(INamedTypeSymbol type, Solution solution, CancellationToken stop)
    {
        var pieces = new List<GroupPiece>();
        return Add(type, solution, pieces, stop) ? pieces : null;
    }

    /// <summary>The prefix that a class states itself; null where it has none.</summary>
    public static AttributeData? FindGroup(INamedTypeSymbol type) => type.GetAttributes().FirstOrDefault(attribute =>
        attribute.AttributeClass is { Name: "GroupAttribute" } group
        && TypeNames.IsIn(group, KnownNames.RouteNamespace));

    /// <summary>Makes the piece of an attribute; null where it cannot be edited.</summary>
    public static GroupPiece? Of(AttributeData attribute, string value, Solution solution, CancellationToken stop) =>
        Place.TemplateArgumentOf(attribute, stop) is { } argument
        && solution.GetDocument(argument.SyntaxTree) is { } document and not SourceGeneratedDocument
            ? new GroupPiece(document.Id, argument, value, attribute.AttributeClass?.Name == "GroupAttribute")
            : null;

    /// <summary>The edit of the first characters; null where they are not unbroken text of one literal.</summary>
    public SourceEdit? ReplaceStart(int length, string text)
    {
        TextSpan span = TemplateSpans.Find(Argument, Value.Length, 0, Math.Max(1, length), out bool isExact);
        if (!isExact || LiteralText.Encode(Argument, span.Start, text) is not { } encoded)
            return null;
        return new SourceEdit(Document, length == 0 ? new TextSpan(span.Start, 0) : span, encoded);
    }

    /// <summary>The edit that writes behind the last character; null where that is not in a literal.</summary>
    public SourceEdit? Append(string text)
    {
        TextSpan span = TemplateSpans.Find(Argument, Value.Length, Value.Length - 1, 1, out bool isExact);
        return isExact && LiteralText.Encode(Argument, span.Start, text) is { } encoded
            ? new SourceEdit(Document, new TextSpan(span.End, 0), encoded)
            : null;
    }

    private static bool Add(
        INamedTypeSymbol type, Solution solution, List<GroupPiece> pieces, CancellationToken stop)
    {
        foreach (AttributeData attribute in type.GetMembers().OfType<IMethodSymbol>().SelectMany(RoutesOf))
        {
            if (RouteReader.TemplateOf(attribute) is not { } value || !Add(attribute, value, solution, pieces, stop))
                return false;
        }

        foreach (INamedTypeSymbol nested in type.GetTypeMembers().Where(HasRoutes))
        {
            bool isAdded = FindGroup(nested) is { } group
                ? Add(group, RouteReader.PrefixOf(group), solution, pieces, stop)
                : Add(nested, solution, pieces, stop);
            if (!isAdded)
                return false;
        }

        return true;
    }

    private static bool Add(
        AttributeData attribute, string value, Solution solution, List<GroupPiece> pieces, CancellationToken stop)
    {
        if (Of(attribute, value, solution, stop) is not { } piece || piece.Template.Problems.Count > 0)
            return false;
        pieces.Add(piece);
        return true;
    }

    private static bool HasRoutes(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IMethodSymbol>().Any(method => RoutesOf(method).Any())
        || type.GetTypeMembers().Any(HasRoutes);

    private static IEnumerable<AttributeData> RoutesOf(IMethodSymbol method) => method.GetAttributes()
        .Where(attribute => attribute.AttributeClass is { } type && KnownNames.VerbOf(type.Name) is not null
            && TypeNames.IsIn(type, KnownNames.RouteNamespace));
}

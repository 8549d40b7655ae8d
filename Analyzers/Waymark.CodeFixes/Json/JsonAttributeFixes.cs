using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Analyzers;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction.Documents;

namespace Waymark.CodeFixes.Json;

/// <summary>WM3009: lists what derives from an abstract type, each by its name.</summary>
internal sealed class ListDerivedTypes : EditFix
{
    private const string Space = "System.Text.Json.Serialization";

    public override string Key => "WM3009.derived";

    public override string TitleOf(FixTarget target) =>
        $"List what derives from '{target.Name.Substring(target.Name.LastIndexOfAny(['.', ':']) + 1)}'";

    public override async Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        if (TypeFinder.Find(target.Model.Compilation, target.Name) is not INamedTypeSymbol { IsGenericType: false } type
            || type.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference
            || target.Document.Project.GetDocument(reference.SyntaxTree) is not { } document
            || await reference.GetSyntaxAsync(stop).ConfigureAwait(false) is not TypeDeclarationSyntax declaration
            || await FixTarget.FindAsync(document, target.Diagnostic, stop).ConfigureAwait(false) is not { } place)
        {
            return [];
        }

        var reach = new JsonReach([], [], target.Model.Compilation.Assembly);
        List<INamedTypeSymbol> derived = [.. reach.DerivedFrom(type).Where(found => !found.IsGenericType)
            .OrderBy(found => found.Name, StringComparer.Ordinal)];
        // Two with one name would need names of their author's.
        if (derived.Count == 0 || derived.Select(NameOf).Distinct().Count() < derived.Count)
            return [];
        string line = place.Text.Lines.GetLineFromPosition(declaration.SpanStart).ToString();
        string indentation = line.Substring(0, line.Length - line.TrimStart().Length);
        string newline = Usings.NewlineOf(place);
        string text = string.Concat(derived.Select(found =>
            $"[JsonDerivedType(typeof({found.ToMinimalDisplayString(place.Model, declaration.SpanStart)}), " +
            $"\"{NameOf(found)}\")]{newline}{indentation}"));
        SourceEdit edit = place.Insert(declaration.SpanStart, text);
        return Usings.Add(place, declaration.SpanStart, "JsonDerivedTypeAttribute", Space) is { } import
            ? [import, edit]
            : [edit];
    }

    private static string NameOf(INamedTypeSymbol type) => char.ToLowerInvariant(type.Name[0]) + type.Name.Substring(1);
}

/// <summary>WM3011: leaves a member out of the JSON.</summary>
internal sealed class IgnoreMember : EditFix
{
    public override string Key => "WM3011.ignore";

    public override string TitleOf(FixTarget target) => $"Put [JsonIgnore] on '{target.Marked}'";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        SyntaxNode node = target.Root.FindNode(target.Span, getInnermostNodeForTie: true);
        // A parameter of a record is the property of that name as well.
        SyntaxNode? member = node.FirstAncestorOrSelf<ParameterSyntax>()
            ?? (SyntaxNode?)node.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        if (member is null or BaseTypeDeclarationSyntax)
            return Edits();
        string attribute = member is ParameterSyntax ? "[property: JsonIgnore] " : "[JsonIgnore] ";
        SourceEdit edit = target.Insert(member.SpanStart, attribute);
        return Usings.Add(
            target, member.SpanStart, "JsonIgnoreAttribute", "System.Text.Json.Serialization") is { } import
            ? Edits(import, edit)
            : Edits(edit);
    }
}

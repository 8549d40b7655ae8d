using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;

namespace Waymark.CodeFixes.Handlers;

/// <summary>
/// WM2003, WM2004: implements <c>IUtf8SpanParsable</c> on a type of the project; how it is parsed is left to its
/// author.
/// </summary>
internal sealed class ParsableStub(string id) : TriedFix
{
    private const string Contract = "IUtf8SpanParsable";

    public override string Key => id + ".stub";

    public override string TitleOf(FixTarget target) =>
        $"Implement {Contract}<{TypeOf(target, CancellationToken.None)?.Name}>";

    protected override async Task<IReadOnlyList<SourceEdit>> ProposeAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        var edits = new List<SourceEdit>();
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (FixTarget target in targets)
        {
            if (TypeOf(target, stop) is not { } type || !seen.Add(type)
                || type.DeclaringSyntaxReferences[0] is not { } reference
                || target.Document.Project.GetDocument(reference.SyntaxTree) is not { } document
                || await FixTarget.FindAsync(document, target.Diagnostic, stop).ConfigureAwait(false) is not { } place
                || await reference.GetSyntaxAsync(stop).ConfigureAwait(false) is not TypeDeclarationSyntax declaration)
            {
                continue;
            }

            edits.AddRange(EditsOf(place, declaration));
        }

        return edits;
    }

    private static INamedTypeSymbol? TypeOf(FixTarget target, CancellationToken stop)
    {
        if (target.Parameter is not { } parameter || target.Model.GetDeclaredSymbol(parameter, stop) is not { } symbol)
            return null;
        ITypeSymbol type = TypeNames.UnwrapNullable(symbol.Type) ?? symbol.Type;
        if (type is IArrayTypeSymbol { Rank: 1 } array)
            type = array.ElementType;
        return type is INamedTypeSymbol
        {
            TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false, IsStatic: false, IsRefLikeType: false,
            IsGenericType: false,
        } named && !named.DeclaringSyntaxReferences.IsEmpty
            && named.AllInterfaces.All(contract => contract.Name != Contract)
                ? named
                : null;
    }

    private static IEnumerable<SourceEdit> EditsOf(FixTarget place, TypeDeclarationSyntax type)
    {
        string name = type.Identifier.Text;
        if (Usings.Add(place, type.SpanStart, Contract, "System") is { } import)
            yield return import;
        int end = type.ParameterList?.Span.End ?? type.Identifier.Span.End;
        yield return type.BaseList is { } list
            ? place.Insert(list.Span.End, $", {Contract}<{name}>")
            : place.Insert(end, $" : {Contract}<{name}>");

        string newline = Usings.NewlineOf(place);
        string line = place.Text.Lines.GetLineFromPosition(type.SpanStart).ToString();
        string outer = line.Substring(0, line.Length - line.TrimStart().Length);
        string inner = outer + "    ";
        string members = string.Join(newline,
            $"{inner}public static {name} Parse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider) =>",
            $"{inner}    TryParse(utf8Text, provider, out {name} result) ? result : throw new FormatException();",
            "",
            $"{inner}public static bool TryParse(",
            $"{inner}    ReadOnlySpan<byte> utf8Text, IFormatProvider? provider, out {name} result) =>",
            $"{inner}    throw new NotImplementedException();",
            outer);
        if (type.SemicolonToken.IsKind(SyntaxKind.SemicolonToken) && type.OpenBraceToken.IsKind(SyntaxKind.None))
        {
            yield return place.Replace(
                type.SemicolonToken.Span, newline + outer + "{" + newline + members + "}");
            yield break;
        }

        // Behind what is there, on lines of their own.
        int last = type.Members.Count > 0 ? type.Members.Last().Span.End : type.OpenBraceToken.Span.End;
        string gap = type.Members.Count > 0 ? newline + newline : newline;
        yield return place.Replace(
            TextSpan.FromBounds(last, type.CloseBraceToken.SpanStart), gap + members);
    }
}

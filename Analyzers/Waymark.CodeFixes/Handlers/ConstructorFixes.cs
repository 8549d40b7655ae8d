using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;

namespace Waymark.CodeFixes.Handlers;

/// <summary>WM2019: lets generated code call the only constructor of a type.</summary>
/// <remarks>Which of several is meant, or what a new one takes, nobody can know.</remarks>
internal sealed class OpenConstructor : TriedFix
{
    public override string Key => "WM2019.internal";

    public override string TitleOf(FixTarget target) =>
        $"Make the constructor of '{TypeOf(target, CancellationToken.None)?.Name}' internal";

    protected override async Task<IReadOnlyList<SourceEdit>> ProposeAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        var edits = new List<SourceEdit>();
        foreach (FixTarget target in targets)
        {
            if (TypeOf(target, stop) is not { } type
                || type.InstanceConstructors.Where(item => !item.IsImplicitlyDeclared).ToList() is not [{ } only]
                || only.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference
                || await reference.GetSyntaxAsync(stop).ConfigureAwait(false)
                    is not ConstructorDeclarationSyntax declaration
                || target.Document.Project.GetDocument(reference.SyntaxTree) is not { } document)
            {
                continue;
            }

            List<SyntaxToken> access = [.. declaration.Modifiers.Where(modifier =>
                SyntaxFacts.IsAccessibilityModifier(modifier.Kind()))];
            edits.Add(access.Count == 0
                ? new SourceEdit(document.Id, new TextSpan(declaration.Identifier.SpanStart, 0), "internal ")
                : new SourceEdit(
                    document.Id, TextSpan.FromBounds(access[0].SpanStart, access[access.Count - 1].Span.End),
                    "internal"));
        }

        return [.. edits.Distinct()];
    }

    private static INamedTypeSymbol? TypeOf(FixTarget target, CancellationToken stop) =>
        target.Parameter is { } parameter && target.Model.GetDeclaredSymbol(parameter, stop) is { } symbol
            ? (TypeNames.UnwrapNullable(symbol.Type) ?? symbol.Type) as INamedTypeSymbol
            : null;
}

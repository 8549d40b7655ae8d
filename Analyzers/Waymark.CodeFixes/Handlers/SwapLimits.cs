using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Handlers;

/// <summary>WM2021: puts the bounds of a range or length in order that stand the wrong way round.</summary>
internal sealed class SwapLimits : TriedFix
{
    public override string Key => "WM2021.swap";

    public override string TitleOf(FixTarget target) => "Swap the bounds";

    protected override Task<IReadOnlyList<SourceEdit>> ProposeAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop) =>
        Edits(
        [
            .. targets.SelectMany(target => AttributesOf(target).SelectMany(item => Swap(target, item))).Distinct(),
        ]);

    /// <summary>The attribute on a member; all on the parameter of a handler, which is what is marked there.</summary>
    private static IEnumerable<AttributeSyntax> AttributesOf(FixTarget target) =>
        target.Root.FindNode(target.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeSyntax>()
            is { } attribute
            ? [attribute]
            : target.Parameter?.AttributeLists.SelectMany(list => list.Attributes) ?? [];

    private static IEnumerable<SourceEdit> Swap(FixTarget target, AttributeSyntax attribute)
    {
        List<AttributeArgumentSyntax> arguments = [.. attribute.ArgumentList?.Arguments ?? []];
        List<ExpressionSyntax> bounds = BodyAttribute.NameOf(attribute).ValueText switch
        {
            "Range" or "Length" => [.. arguments.Where(argument => argument.NameEquals is null
                && argument.Expression is not TypeOfExpressionSyntax).Select(argument => argument.Expression)],
            "StringLength" => [.. arguments.Where(argument => argument.NameEquals is null
                || argument.NameEquals.Name.Identifier.ValueText == "MinimumLength")
                .Select(argument => argument.Expression)],
            _ => [],
        };
        if (bounds.Count != 2 || !bounds.TrueForAll(IsLiteral))
            return [];
        return
        [
            target.Replace(bounds[0].Span, bounds[1].ToString()),
            target.Replace(bounds[1].Span, bounds[0].ToString()),
        ];
    }

    private static bool IsLiteral(ExpressionSyntax expression) => expression is LiteralExpressionSyntax
        || (expression is PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax }
            && expression.IsKind(SyntaxKind.UnaryMinusExpression));
}

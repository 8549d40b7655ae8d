using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Analyzers.Places;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Templates;

/// <summary>WM1010: puts a route before those that nothing but a rank tells it from.</summary>
/// <remarks>
/// Only where the rule says that a rank decides: two templates that differ in nothing conflict whatever their ranks.
/// </remarks>
internal sealed class RaiseRank : EditFix
{
    private const string Argument = "Rank";

    public override string Key => "WM1010.rank";

    public override string TitleOf(FixTarget target) =>
        $"{(FindRank(FindAttribute(target)) is null ? "Add" : "Set")} 'Rank = {RankOf(target)}'";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        if (RankOf(target) is not { } rank || FindAttribute(target) is not { ArgumentList: { } list } attribute)
            return Edits();
        if (FindRank(attribute) is not { } present)
            return Edits(target.Insert(list.CloseParenToken.SpanStart, $", {Argument} = {rank}"));
        // A constant may be the rank of other routes as well.
        return present.Expression is LiteralExpressionSyntax
            || (present.Expression is PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax } signed
                && signed.IsKind(SyntaxKind.UnaryMinusExpression))
            ? Edits(target.Replace(present.Expression.Span, rank))
            : Edits();
    }

    private static string? RankOf(FixTarget target) =>
        target.Diagnostic.Properties.TryGetValue(Place.RankProperty, out string? rank) ? rank : null;

    private static AttributeSyntax? FindAttribute(FixTarget target) =>
        target.Root.FindNode(target.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeSyntax>();

    private static AttributeArgumentSyntax? FindRank(AttributeSyntax? attribute) =>
        attribute?.ArgumentList?.Arguments.FirstOrDefault(
            argument => argument.NameEquals?.Name.Identifier.ValueText == Argument);
}

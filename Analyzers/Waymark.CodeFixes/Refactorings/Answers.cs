using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Waymark.CodeFixes.Refactorings;

/// <summary>What a method returns.</summary>
internal static class Answers
{
    /// <summary>The expressions that a body returns, choices taken apart.</summary>
    public static IEnumerable<ExpressionSyntax> Of(SyntaxNode body) => body is ExpressionSyntax expression
        ? Unfold(expression)
        : body.DescendantNodes(node => node is not (LambdaExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>()
            .Where(statement => statement.Expression is not null)
            .SelectMany(statement => Unfold(statement.Expression!));

    private static IEnumerable<ExpressionSyntax> Unfold(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Unfold(inner.Expression),
        ConditionalExpressionSyntax choice => Unfold(choice.WhenTrue).Concat(Unfold(choice.WhenFalse)),
        SwitchExpressionSyntax choice => choice.Arms.SelectMany(arm => Unfold(arm.Expression)),
        ThrowExpressionSyntax => [],
        _ => [expression],
    };
}

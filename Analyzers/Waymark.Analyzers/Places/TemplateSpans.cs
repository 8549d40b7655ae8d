using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Waymark.Analyzers.Places;

/// <summary>Finds the place of a piece of a template in the expression that states it.</summary>
/// <remarks>
/// Needs no semantic model: what a constant or a <c>nameof</c> contributes is not known, but the whole value is, so the
/// literals before the first such operand are counted from the left and those behind the last one from the right.
/// </remarks>
internal static class TemplateSpans
{
    /// <summary>The place of a part of the value.</summary>
    /// <param name="expression">The attribute's argument.</param>
    /// <param name="valueLength">Length of the argument's constant value.</param>
    /// <param name="offset">Start of the part in the value.</param>
    /// <param name="length">Length of the part.</param>
    /// <param name="isExact">
    /// True where the place is unbroken text of one literal, which a fix can edit; otherwise the place may be the whole
    /// argument.
    /// </param>
    public static TextSpan Find(ExpressionSyntax expression, int valueLength, int offset, int length, out bool isExact)
    {
        isExact = false;
        if (length <= 0 || offset + length > valueLength)
            return expression.Span;

        TextSpan?[] spans = Of(expression, valueLength);
        if (spans[offset] is not { } first || spans[offset + length - 1] is not { } last || last.End < first.Start)
            return expression.Span;

        isExact = true;
        for (int index = offset; index < offset + length - 1; index++)
        {
            isExact &= spans[index] is { } span && spans[index + 1] is { } next
                && (next.Start == span.End || next == span);
        }

        return TextSpan.FromBounds(first.Start, last.End);
    }

    private static TextSpan?[] Of(ExpressionSyntax expression, int valueLength)
    {
        var operands = new List<List<TextSpan>?>();
        Flatten(expression, operands);
        var spans = new TextSpan?[valueLength];
        int firstUnknown = operands.IndexOf(null);
        int known = firstUnknown < 0 ? operands.Count : firstUnknown;
        int position = 0;
        for (int index = 0; index < known; index++)
        {
            foreach (TextSpan span in operands[index]!)
            {
                if (position < valueLength)
                    spans[position++] = span;
            }
        }

        position = valueLength;
        for (int index = operands.Count - 1; firstUnknown >= 0 && operands[index] is { } operand; index--)
        {
            for (int character = operand.Count - 1; character >= 0 && position > 0; character--)
                spans[--position] = operand[character];
        }

        return spans;
    }

    private static void Flatten(ExpressionSyntax expression, List<List<TextSpan>?> operands)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                Flatten(parenthesized.Expression, operands);
                break;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                Flatten(sum.Left, operands);
                Flatten(sum.Right, operands);
                break;
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal:
                operands.Add(LiteralSpans.Of(literal.Token));
                break;
            case InterpolatedStringExpressionSyntax interpolated:
                foreach (InterpolatedStringContentSyntax content in interpolated.Contents)
                {
                    operands.Add(content is InterpolatedStringTextSyntax text
                        ? LiteralSpans.OfInterpolatedText(text.TextToken, interpolated.StringStartToken.Kind())
                        : null);
                }

                break;
            default:
                operands.Add(null);
                break;
        }
    }
}

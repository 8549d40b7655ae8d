using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Generator.OpenApi;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>Values as JSON.</summary>
internal static class JsonLiteral
{
    public static string Of(string text) => JsonText.Quoted(text);

    /// <summary>The JSON of a C# literal as the models spell it; null for an expression or a value without
    /// one.</summary>
    /// <param name="source">Such as <c>1</c>, <c>-2.5D</c>, <c>"x"</c>, <c>(global::Shop.Color)(1)</c>.</param>
    /// <param name="nameOf">The name of an enum's constant by its number as text; null for none.</param>
    public static string? OfSource(string source, Func<string, string?> nameOf) =>
        Read(SyntaxFactory.ParseExpression(source), nameOf);

    private static string? Read(ExpressionSyntax expression, Func<string, string?> nameOf)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                return Read(inner.Expression, nameOf);
            case CastExpressionSyntax cast:
                string? number = Read(cast.Expression, nameOf);
                return number is not null && nameOf(number) is { } name ? Of(name) : null;
            case MemberAccessExpressionSyntax member when member.Expression.ToString() is not ("float" or "double"):
                return Of(member.Name.Identifier.ValueText);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } negative:
                string? positive = Read(negative.Operand, nameOf);
                return positive is null || positive[0] == '-' ? null : "-" + positive;
            case LiteralExpressionSyntax literal:
                return OfValue(literal.Token.Value, literal.RawKind);
            default:
                return null;
        }
    }

    private static string? OfValue(object? value, int kind) => value switch
    {
        _ when kind == (int)SyntaxKind.TrueLiteralExpression => "true",
        _ when kind == (int)SyntaxKind.FalseLiteralExpression => "false",
        _ when kind == (int)SyntaxKind.NullLiteralExpression => "null",
        string text when kind == (int)SyntaxKind.StringLiteralExpression => Of(text),
        char character => Of(character.ToString()),
        float number => Finite(number, number.ToString("R", CultureInfo.InvariantCulture)),
        double number => Finite(number, number.ToString("R", CultureInfo.InvariantCulture)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string? Finite(double number, string text) =>
        double.IsNaN(number) || double.IsInfinity(number) ? null : text.Replace("E+", "e").Replace("E", "e");
}

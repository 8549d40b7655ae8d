using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Waymark.Generator.Extraction.Shapes;

/// <summary>Constants as JSON.</summary>
internal static class JsonLiterals
{
    /// <summary>A constant of the language; null for null and for what has no literal.</summary>
    public static string? Of(object? value) => value switch
    {
        string text => Quoted(text),
        char character => Quoted(character.ToString()),
        bool isTrue => isTrue ? "true" : "false",
        // NaN and the infinities have no literal.
        double number => IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : null,
        float number => IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : null,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>
    /// What a property starts with where that is a plain literal; anything else would have to be bound. Null otherwise.
    /// </summary>
    public static object? InitialValueOf(IPropertySymbol property)
    {
        if (property.DeclaringSyntaxReferences is not [{ } reference]
            || reference.GetSyntax() is not PropertyDeclarationSyntax { Initializer.Value: { } value })
        {
            return null;
        }

        bool isNegative = value.IsKind(SyntaxKind.UnaryMinusExpression);
        if (isNegative)
            value = ((PrefixUnaryExpressionSyntax)value).Operand;
        object? literal = (value as LiteralExpressionSyntax)?.Token.Value;
        if (value.IsKind(SyntaxKind.DefaultLiteralExpression) || value.IsKind(SyntaxKind.NullLiteralExpression))
            return null;
        return (literal, isNegative) switch
        {
            (int number, true) => -number,
            (long number, true) => -number,
            (double number, true) => -number,
            (decimal number, true) => -number,
            (_, true) => null,
            _ => literal,
        };
    }

    private static bool IsFinite(double number) => !double.IsNaN(number) && !double.IsInfinity(number);

    /// <summary>RFC 8259 section 7.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char character in text)
        {
            if (character is '"' or '\\')
                quoted.Append('\\').Append(character);
            else if (character < ' ' || char.IsSurrogate(character) || character is '\u2028' or '\u2029')
                quoted.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            else
                quoted.Append(character);
        }

        return quoted.Append('"').ToString();
    }
}

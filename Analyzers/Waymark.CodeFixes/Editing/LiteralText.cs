using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Waymark.CodeFixes.Editing;

/// <summary>Text as it is written between the quotes of a literal.</summary>
internal static class LiteralText
{
    /// <summary>A literal of its own, quotes included.</summary>
    public static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>The text as the literal that holds a place spells it; null where it cannot hold it.</summary>
    public static string? Encode(ExpressionSyntax expression, int position, string text)
    {
        SyntaxToken token = expression.FindToken(position);
        if (token.IsKind(SyntaxKind.StringLiteralToken) && !token.Text.StartsWith("@", StringComparison.Ordinal))
        {
            string quoted = Quote(text);
            return quoted.Substring(1, quoted.Length - 2);
        }

        // What other kinds of literal hold as it is.
        return text.IndexOfAny(['"', '\\', '{', '}']) < 0 ? text : null;
    }
}

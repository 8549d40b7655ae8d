using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Waymark.CodeFixes.Links;

/// <summary>Puts a link in the place of a literal path: what the fix and the refactoring have in common.</summary>
internal static class LiteralLink
{
    /// <summary>The change of the text.</summary>
    /// <param name="literal">The string that holds the path, interpolated or not.</param>
    /// <param name="method">The method that makes the link, as in <c>Routes.Links.Users.Find</c>.</param>
    /// <param name="arguments">What it takes, as C# source, in its order.</param>
    public static TextChange Replace(ExpressionSyntax literal, string method, IEnumerable<string> arguments) =>
        new(literal.Span, $"{method}({string.Join(", ", arguments)})");
}

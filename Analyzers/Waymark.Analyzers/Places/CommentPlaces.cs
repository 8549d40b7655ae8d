using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Waymark.Analyzers.Places;

/// <summary>Finds attributes of elements in the documentation comment above a method.</summary>
/// <remarks>
/// In the text, because without GenerateDocumentationFile the compiler takes the comment for a plain one.
/// </remarks>
internal static class CommentPlaces
{
    /// <summary>The values of an attribute, as in <c>name</c> of <c>&lt;param name="id"&gt;</c>, and where they
    /// stand.</summary>
    public static IEnumerable<(string Value, Location Location)> Find(
        IMethodSymbol method, string element, string attribute, CancellationToken stop)
    {
        string pattern = $"<{element}\\s[^>]*?\\b{attribute}\\s*=\\s*(?:\"(?<value>[^\"]*)\"|'(?<value>[^']*)')";
        IEnumerable<SyntaxReference> parts = method.PartialImplementationPart is { } other
            ? method.DeclaringSyntaxReferences.Concat(other.DeclaringSyntaxReferences)
            : method.DeclaringSyntaxReferences;
        foreach (SyntaxReference part in parts)
        {
            foreach (SyntaxTrivia trivia in part.GetSyntax(stop).GetLeadingTrivia().Where(IsComment))
            {
                foreach (Match match in Regex.Matches(trivia.ToFullString(), pattern, RegexOptions.CultureInvariant))
                {
                    Group value = match.Groups["value"];
                    var span = new TextSpan(trivia.FullSpan.Start + value.Index, value.Length);
                    yield return (value.Value.Trim(), Location.Create(part.SyntaxTree, span));
                }
            }
        }
    }

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia
        or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia
        or SyntaxKind.MultiLineDocumentationCommentTrivia;
}

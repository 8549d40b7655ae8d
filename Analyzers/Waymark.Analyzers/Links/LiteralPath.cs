using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Links;

/// <summary>A path as it stands in a string: literal text, with holes where it is interpolated.</summary>
/// <param name="Template">The path as a template would say it, where each hole is a capture.</param>
/// <param name="Holes">The expressions in the holes, from left to right.</param>
/// <param name="HasQuery">True where a query or fragment follows the path.</param>
internal sealed record LiteralPath(Template Template, IReadOnlyList<ExpressionSyntax> Holes, bool HasQuery)
{
    /// <summary>Reads a string; null for what is no path of a server, or holds what cannot be told.</summary>
    public static LiteralPath? Read(ExpressionSyntax expression)
    {
        var text = new StringBuilder();
        var holes = new List<ExpressionSyntax>();
        switch (expression)
        {
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal:
                text.Append(Escaped(literal.Token.ValueText));
                break;
            case InterpolatedStringExpressionSyntax interpolated:
                if (!Append(interpolated, text, holes))
                    return null;
                break;
            default:
                return null;
        }

        return Parse(text.ToString(), holes);
    }

    /// <summary>Reads literal text.</summary>
    public static LiteralPath? Read(string text) => Parse(Escaped(text), []);

    private static LiteralPath? Parse(string written, List<ExpressionSyntax> holes)
    {
        // Two slashes start a host (RFC 3986 section 4.2).
        if (!written.StartsWith("/", StringComparison.Ordinal) || written.StartsWith("//", StringComparison.Ordinal)
            || written.IndexOf('*') >= 0)
        {
            return null;
        }

        int end = written.IndexOfAny(['?', '#']);
        Template template = TemplateParser.Parse(end < 0 ? written : written.Substring(0, end));
        return template.Problems.Count > 0 || template.Captures.Count() != holes.Count
            ? null
            : new LiteralPath(template, holes, end >= 0);
    }

    private static bool Append(
        InterpolatedStringExpressionSyntax interpolated, StringBuilder text, List<ExpressionSyntax> holes)
    {
        foreach (InterpolatedStringContentSyntax content in interpolated.Contents)
        {
            switch (content)
            {
                case InterpolatedStringTextSyntax piece:
                    string plain = piece.TextToken.ValueText;
                    // What goes on as a name would be taken for part of the capture's.
                    if (holes.Count > 0 && IsNameNext(text, plain))
                        return false;
                    text.Append(Escaped(plain));
                    break;
                // A format makes another text of the value than a link would.
                case InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole:
                    if (text.Length > 0 && text[text.Length - 1] != '/' && char.IsDigit(text[text.Length - 1])
                        && interpolated.Contents.IndexOf(content) > 0
                        && interpolated.Contents[interpolated.Contents.IndexOf(content) - 1] is InterpolationSyntax)
                        return false;
                    text.Append(":h").Append(holes.Count.ToString(CultureInfo.InvariantCulture));
                    holes.Add(hole.Expression);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static bool IsNameNext(StringBuilder text, string next) =>
        text.Length > 0 && next.Length > 0 && (char.IsLetterOrDigit(next[0]) || next[0] is '_' or '<' or '?' or ':');

    /// <summary>As a template says it: a colon twice.</summary>
    private static string Escaped(string text) => text.Replace(":", "::");
}

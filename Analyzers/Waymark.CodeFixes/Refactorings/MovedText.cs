using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Refactorings;

/// <summary>Takes source from one place to another.</summary>
internal static class MovedText
{
    /// <summary>The source of a span with edits made in it, moved from one indentation to another.</summary>
    /// <param name="target">Where it stands.</param>
    /// <param name="span">What is taken.</param>
    /// <param name="edits">Those outside of the span are left out.</param>
    /// <param name="from">The blanks that its lines begin with.</param>
    /// <param name="to">The blanks that they shall begin with.</param>
    public static string Take(
        EditTarget target, TextSpan span, IEnumerable<SourceEdit> edits, string from, string to)
    {
        List<TextChange> changes =
        [
            .. edits.Where(edit => span.Contains(edit.Span)).Concat(Shift(target, span, from, to))
                .OrderBy(edit => edit.Span.Start).ThenBy(edit => edit.Span.End)
                .Select(edit => new TextChange(
                    new TextSpan(edit.Span.Start - span.Start, edit.Span.Length), edit.Text)),
        ];
        return target.Text.GetSubText(span).WithChanges(changes).ToString();
    }

    private static IEnumerable<SourceEdit> Shift(EditTarget target, TextSpan span, string from, string to)
    {
        foreach (TextLine line in target.Text.Lines)
        {
            // The first line starts behind what stays.
            bool isInside = line.Start > span.Start && line.Start < span.End && line.Span.Length > 0;
            if (isInside && !IsText(target.Root, line.Start)
                && target.Text.ToString(line.Span).StartsWith(from, StringComparison.Ordinal))
            {
                yield return target.Replace(new TextSpan(line.Start, from.Length), to);
            }
        }
    }

    /// <summary>True where a line starts inside a literal that means its blanks.</summary>
    private static bool IsText(SyntaxNode root, int position)
    {
        SyntaxToken token = root.FindToken(position);
        bool isInside = token.SpanStart < position && position < token.Span.End;
        // All lines of a raw literal move alike, the last one too, which says what is no part of the text.
        return isInside && !token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken)
            && !token.Parent!.AncestorsAndSelf().OfType<InterpolatedStringExpressionSyntax>().Any(text =>
                text.StringStartToken.IsKind(SyntaxKind.InterpolatedMultiLineRawStringStartToken));
    }
}

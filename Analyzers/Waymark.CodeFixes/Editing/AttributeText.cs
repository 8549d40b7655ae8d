using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Waymark.CodeFixes.Editing;

/// <summary>Attributes as text.</summary>
internal static class AttributeText
{
    /// <summary>
    /// What goes with an attribute: its comma where others stand beside it, otherwise its brackets and, where nothing
    /// else is in its line, the line. Comments stay.
    /// </summary>
    public static TextSpan SpanToRemove(AttributeSyntax attribute, SourceText text)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        if (list.Attributes.Count > 1)
        {
            int index = list.Attributes.IndexOf(attribute);
            return index + 1 < list.Attributes.Count
                ? TextSpan.FromBounds(attribute.SpanStart, list.Attributes[index + 1].SpanStart)
                : TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End);
        }

        return SpanToRemove(list, text);
    }

    /// <summary>The same for a whole list.</summary>
    public static TextSpan SpanToRemove(AttributeListSyntax list, SourceText text)
    {
        // The next token takes its place, where only blanks stand between the two.
        int next = list.GetLastToken().GetNextToken().SpanStart;
        string between = text.ToString(TextSpan.FromBounds(list.Span.End, next));
        int blanks = between.Length - between.TrimStart(' ').Length;
        return between.Trim().Length == 0
            ? TextSpan.FromBounds(list.SpanStart, next)
            : TextSpan.FromBounds(list.SpanStart, list.Span.End + blanks);
    }
}

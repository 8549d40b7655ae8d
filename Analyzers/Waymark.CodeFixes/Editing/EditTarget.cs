using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Waymark.CodeFixes.Editing;

/// <summary>A document that is edited, with its tree and what the compiler knows of it.</summary>
internal record EditTarget(Document Document, SyntaxNode Root, SourceText Text, SemanticModel Model)
{
    public SourceEdit Replace(TextSpan span, string text) => new(Document.Id, span, text);

    public SourceEdit Insert(int position, string text) => new(Document.Id, new TextSpan(position, 0), text);

    /// <summary>What stands before the first character of the line that holds a place.</summary>
    public string IndentationAt(int position)
    {
        string line = Text.Lines.GetLineFromPosition(position).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>True where nothing but blanks stands before a place in its line.</summary>
    public bool IsFirstOnLine(int position)
    {
        TextLine line = Text.Lines.GetLineFromPosition(position);
        return Text.ToString(TextSpan.FromBounds(line.Start, position)).Trim().Length == 0;
    }

    public static async Task<EditTarget?> FindAsync(Document document, CancellationToken stop)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(stop).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(stop).ConfigureAwait(false);
        SourceText text = await document.GetTextAsync(stop).ConfigureAwait(false);
        return root is null || model is null ? null : new EditTarget(document, root, text, model);
    }
}

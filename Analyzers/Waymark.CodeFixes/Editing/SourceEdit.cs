using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Waymark.CodeFixes.Editing;

/// <summary>One change of text in one document.</summary>
/// <remarks>
/// Fixes change text and not trees: what they do not touch stays as its author wrote it, the style of a string literal
/// and the line breaks of a parameter list included.
/// </remarks>
internal sealed record SourceEdit(DocumentId Document, TextSpan Span, string Text)
{
    /// <summary>Applies edits that were found independently of each other.</summary>
    /// <remarks>
    /// Equal edits are made once. Of two that overlap, the first is made: the other's diagnostic is still there after
    /// it. Insertions at one place are made in the order given.
    /// </remarks>
    public static async Task<Solution> ApplyAsync(
        Solution solution, IEnumerable<SourceEdit> edits, CancellationToken stop)
    {
        foreach (IGrouping<DocumentId, SourceEdit> inDocument in edits.Distinct().GroupBy(edit => edit.Document))
        {
            if (solution.GetDocument(inDocument.Key) is not { } document)
                continue;
            SourceText text = await document.GetTextAsync(stop).ConfigureAwait(false);
            var changes = new List<TextChange>();
            // OrderBy is stable, which keeps insertions at one place in order.
            foreach (SourceEdit edit in inDocument.OrderBy(edit => edit.Span.Start).ThenBy(edit => edit.Span.End))
            {
                if (changes.Count == 0 || edit.Span.Start >= changes[changes.Count - 1].Span.End)
                    changes.Add(new TextChange(edit.Span, edit.Text));
            }

            solution = solution.WithDocumentText(inDocument.Key, text.WithChanges(changes));
        }

        return solution;
    }
}

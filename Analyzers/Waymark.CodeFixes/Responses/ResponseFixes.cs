using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Responses;

/// <summary>WM3006, WM3012, WM4009: writes the media type or scheme that was probably meant.</summary>
internal sealed class SpellArgument(string id) : EditFix
{
    public override string Key => id + ".spell";

    public override string TitleOf(FixTarget target) => $"Change to \"{target.Suggestion}\"";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        // A constant may be used elsewhere.
        target.Suggestion.Length > 0 && target.Marked.StartsWith("\"", StringComparison.Ordinal)
            ? Edits(target.Replace(target.Span, LiteralText.Quote(target.Suggestion)))
            : Edits();
}

/// <summary>WM3010: lets a query run before what it reads is disposed.</summary>
internal sealed class EndQuery : EditFix
{
    public override string Key => "WM3010.list";

    public override string TitleOf(FixTarget target) => "End the query with '.ToList()'";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        // 'Ok<List<T>>' is no 'Ok<IEnumerable<T>>': only a query that is itself returned can be another sequence.
        bool isReturned = target.Root.FindNode(target.Span, getInnermostNodeForTie: true).Parent
            is ReturnStatementSyntax;
        bool isSequence = target.Method?.ReturnType.ToString().Contains("IEnumerable<") == true;
        return isReturned && isSequence ? Edits(target.Insert(target.Span.End, ".ToList()")) : Edits();
    }
}

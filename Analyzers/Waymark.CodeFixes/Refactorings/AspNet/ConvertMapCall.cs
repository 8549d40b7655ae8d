using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Refactorings.AspNet;

/// <summary>Makes a handler of what a call such as <c>app.MapGet</c> maps, and removes the call.</summary>
internal sealed class ConvertMapCall : Refactoring
{
    public const string Key = "aspnet.map";

    public override async Task<IReadOnlyList<Proposal>> FindAsync(CursorTarget target, CancellationToken stop)
    {
        if (MapCall.Find(target) is not { } call || AspTemplate.NamesOf(call.Template) is not { } captures)
            return None;
        StatementRemoval? removal = StatementRemoval.Of(target, call);
        if (removal is null)
            return None;
        NewHandler? handler = call.Handler is LambdaExpressionSyntax lambda
            ? MovedLambda.Move(target, call, lambda, captures, removal.Comments)
            : await MappedMethod.FindAsync(target, call, captures, stop).ConfigureAwait(false);
        if (handler is null)
            return None;

        Solution changed = await SourceEdit.ApplyAsync(
            target.Solution, [.. handler.Edits, target.Replace(removal.Span, "")], stop).ConfigureAwait(false);
        if (!await Trial.HoldsAsync(target.Solution, changed, stop).ConfigureAwait(false))
            return None;
        changed = await JsonTypes.ListAsync(
            changed,
            handler.Document,
            method => method.Name == handler.Name && method.ContainingType.Name == handler.Type,
            stop).ConfigureAwait(false);
        string note = handler.Note.Length > 0 ? $" ({handler.Note})" : "";
        string route = string.Join(", ", call.Verbs) + " " + handler.Template;
        return [new Proposal(Key, $"Convert to a handler of {route}{note}", changed)];
    }
}

/// <summary>A handler that takes the place of a call.</summary>
/// <param name="Document">Where it is declared.</param>
/// <param name="Type">The name of its class.</param>
/// <param name="Name">The name of its method.</param>
/// <param name="Template">Its template.</param>
/// <param name="Note">What will be different; "" where nothing is.</param>
/// <param name="Edits">What declares it.</param>
internal sealed record NewHandler(
    DocumentId Document, string Type, string Name, string Template, string Note, IReadOnlyList<SourceEdit> Edits);

/// <summary>What goes with a statement: its lines and the comments above it.</summary>
/// <param name="Span">What is removed.</param>
/// <param name="Comments">The lines of the comments, without their indentation.</param>
internal sealed record StatementRemoval(TextSpan Span, IReadOnlyList<string> Comments)
{
    /// <summary>Null where something would be lost: a directive, or a comment between the arguments.</summary>
    public static StatementRemoval? Of(EditTarget target, MapCall call)
    {
        StatementSyntax statement = call.Statement;
        bool isInterrupted = statement.ContainsDirectives
            || statement.GetLeadingTrivia().Any(trivia => trivia.IsDirective)
            || statement.DescendantTrivia().Any(trivia => IsComment(trivia)
                && statement.Span.Contains(trivia.Span) && !call.Handler.Span.Contains(trivia.Span));
        if (isInterrupted)
            return null;

        SourceText text = target.Text;
        TextLine first = text.Lines.GetLineFromPosition(statement.SpanStart);
        TextLine last = text.Lines.GetLineFromPosition(statement.Span.End);
        string behind = text.ToString(TextSpan.FromBounds(statement.Span.End, last.End)).Trim();
        bool isAlone = target.IsFirstOnLine(statement.SpanStart)
            && (behind.Length == 0 || behind.StartsWith("//", StringComparison.Ordinal));
        if (!isAlone)
            return new StatementRemoval(statement.Span, []);

        var comments = new List<string>();
        int number = first.LineNumber;
        // Comments that open the file belong to it.
        while (number > 0 && IsCommentLine(text.Lines[number - 1]) && text.Lines[number - 1].Start > 0
            && statement.FullSpan.Contains(text.Lines[number - 1].Span))
        {
            comments.Insert(0, text.Lines[--number].ToString().Trim());
        }

        if (behind.Length > 0)
            comments.Add(behind);
        int start = text.Lines[number].Start;
        bool isBetweenBlanks = number > 0 && IsBlank(text.Lines[number - 1])
            && (last.LineNumber + 1 >= text.Lines.Count || IsBlank(text.Lines[last.LineNumber + 1]));
        return new StatementRemoval(
            TextSpan.FromBounds(isBetweenBlanks ? text.Lines[number - 1].Start : start, last.EndIncludingLineBreak),
            comments);
    }

    private static bool IsBlank(TextLine line) => line.ToString().Trim().Length == 0;

    private static bool IsCommentLine(TextLine line) =>
        line.ToString().TrimStart().StartsWith("//", StringComparison.Ordinal);

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind()
        is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;
}

using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Policies;

/// <summary>WM5017: takes the credentials out; which origins may have them is not known.</summary>
internal sealed class DropCredentials : EditFix
{
    public override string Key => "WM5017.drop";

    public override string TitleOf(FixTarget target) => "Remove 'AllowsCredentials'";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        if (target.Root.FindNode(target.Span) is not AssignmentExpressionSyntax
            {
                Parent: InitializerExpressionSyntax initializer,
            } assignment)
        {
            return Edits();
        }

        // Origins stand beside it, so there is a neighbour whose comma goes too.
        int index = initializer.Expressions.IndexOf(assignment);
        TextSpan span = index > 0
            ? TextSpan.FromBounds(initializer.Expressions[index - 1].Span.End, assignment.Span.End)
            : TextSpan.FromBounds(assignment.SpanStart, initializer.Expressions[1].SpanStart);
        return Edits(target.Replace(span, ""));
    }
}

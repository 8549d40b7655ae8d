using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.Analyzers;
using Waymark.Analyzers.Bodies;
using Waymark.Analyzers.Places;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.CodeFixes.Handlers;

/// <summary>
/// WM2013, WM2024: removes a parameter that is not read, and says in the template that its capture is not wanted.
/// </summary>
internal sealed class RemoveParameter(string id) : TriedFix
{
    public override string Key => id + ".remove";

    public override string TitleOf(FixTarget target) => $"Remove '{target.Name}'";

    protected override async Task<IReadOnlyList<SourceEdit>> ProposeAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        var edits = new List<SourceEdit>();
        foreach ((FixTarget first, MethodDeclarationSyntax method, IMethodSymbol symbol, IReadOnlyList<FixTarget> all)
            in ByMethod(targets, stop))
        {
            if (symbol.PartialDefinitionPart is not null || symbol.PartialImplementationPart is not null
                || HandlerBody.Of(method) is not { } body
                || await Trial.IsCalledAsync(first, symbol, stop).ConfigureAwait(false))
            {
                continue;
            }

            var facts = BodyFacts.Of(body, returnsTask: false, []);
            var removed = new HashSet<string>(StringComparer.Ordinal);
            foreach (string name in all.Select(target => target.Name))
            {
                // A token of several may well be read.
                if (facts.Mentions(name) || IgnoreCaptures(first, symbol, name, stop) is not { } ignored)
                    continue;
                removed.Add(name);
                edits.AddRange(ignored);
            }

            edits.AddRange(Remove(first, method.ParameterList, removed));
            edits.AddRange(removed.SelectMany(name => RemoveDocumentation(first, method, name)));
        }

        return edits;
    }

    /// <summary>The edits in the templates; null where a capture stands elsewhere than in the method's own.</summary>
    private static List<SourceEdit>? IgnoreCaptures(
        FixTarget target, IMethodSymbol method, string parameter, CancellationToken stop)
    {
        var edits = new List<SourceEdit>();
        foreach ((AttributeData attribute, RouteModel route) in RouteReader.ReadAll(method))
        {
            foreach (ParameterModel leaf in route.Handler.Parameters
                .Where(model => model.Name == parameter)
                .SelectMany(model => model.Leaves)
                .Where(leaf => leaf.Source == ParameterSource.Path))
            {
                var entry = new RouteEntry(method, attribute, route);
                Part capture = entry.Template.Captures.ElementAt(leaf.Depth);
                (int piece, int offset) = entry.Text.Locate(capture.Start);
                if (piece != entry.Groups.Length || Place.TemplateArgumentOf(attribute, stop) is not { } argument
                    || argument.SyntaxTree != target.Root.SyntaxTree)
                {
                    return null;
                }

                TextSpan sigil = TemplateSpans.Find(
                    argument, RouteReader.TemplateOf(attribute)!.Length, offset, 1, out bool isExact);
                if (!isExact)
                    return null;
                edits.Add(target.Insert(sigil.End, "_"));
            }
        }

        return edits;
    }

    private static IEnumerable<SourceEdit> Remove(FixTarget target, ParameterListSyntax list, HashSet<string> names)
    {
        SeparatedSyntaxList<ParameterSyntax> parameters = list.Parameters;
        for (int index = 0; index < parameters.Count; index++)
        {
            if (!names.Contains(parameters[index].Identifier.ValueText))
                continue;
            int last = index;
            while (last + 1 < parameters.Count && names.Contains(parameters[last + 1].Identifier.ValueText))
                last++;
            foreach (TextSpan span in SpansOf(list, index, last))
                yield return target.Replace(span, "");
            index = last;
        }
    }

    /// <summary>
    /// What goes with some parameters: the comma behind, or the one before where nothing stays behind. Comments of the
    /// parameters that stay do not go: those above or before the next one, and those behind the one before.
    /// </summary>
    private static IEnumerable<TextSpan> SpansOf(ParameterListSyntax list, int index, int last)
    {
        SeparatedSyntaxList<ParameterSyntax> parameters = list.Parameters;
        if (last + 1 < parameters.Count)
        {
            SyntaxToken comma = parameters.GetSeparator(last);
            SyntaxToken next = parameters[last + 1].GetFirstToken();
            bool isOnSameLine = !comma.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
            return
            [
                HasComment(next.LeadingTrivia)
                    ? TextSpan.FromBounds(parameters[index].FullSpan.Start, next.FullSpan.Start)
                    : TextSpan.FromBounds(
                        parameters[index].SpanStart,
                        isOnSameLine && HasComment(comma.TrailingTrivia) ? comma.Span.End : next.SpanStart),
            ];
        }

        if (index == 0)
            return [TextSpan.FromBounds(list.OpenParenToken.Span.End, parameters[last].Span.End)];
        SyntaxToken before = parameters.GetSeparator(index - 1);
        return HasComment(before.TrailingTrivia)
            ? [before.Span, TextSpan.FromBounds(parameters[index].SpanStart, parameters[last].Span.End)]
            : [TextSpan.FromBounds(before.SpanStart, parameters[last].Span.End)];
    }

    private static bool HasComment(SyntaxTriviaList trivia) =>
        trivia.Any(SyntaxKind.SingleLineCommentTrivia) || trivia.Any(SyntaxKind.MultiLineCommentTrivia);

    /// <summary>The line of the documentation that tells of the parameter, where it has one to itself.</summary>
    private static IEnumerable<SourceEdit> RemoveDocumentation(
        FixTarget target, MethodDeclarationSyntax method, string name)
    {
        foreach (XmlElementSyntax element in method.DescendantNodes(descendIntoTrivia: true).OfType<XmlElementSyntax>())
        {
            if (element.StartTag.Name.LocalName.ValueText != "param"
                || !element.StartTag.Attributes.OfType<XmlNameAttributeSyntax>()
                    .Any(attribute => attribute.Identifier.Identifier.ValueText == name))
            {
                continue;
            }

            TextLine start = target.Text.Lines.GetLineFromPosition(element.SpanStart);
            TextLine end = target.Text.Lines.GetLineFromPosition(element.Span.End);
            string before = target.Text.ToString(TextSpan.FromBounds(start.Start, element.SpanStart)).Trim();
            string after = target.Text.ToString(TextSpan.FromBounds(element.Span.End, end.End)).Trim();
            if (before == "///" && after.Length == 0)
                yield return target.Replace(TextSpan.FromBounds(start.Start, end.EndIncludingLineBreak), "");
        }
    }
}

using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Waymark.Analyzers.Places;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Templates;

/// <summary>WM1010: gives a capture the constraint of its parameter's type, where the other route has another type.
/// </summary>
/// <remarks>The rule says which capture of which of the two templates.</remarks>
internal sealed class ConstrainCapture : EditFix
{
    public override string Key => "WM1010.constrain";

    public override string TitleOf(FixTarget target) =>
        $"Let ':{target.Name}<{ConstraintOf(target)}>' take those values only";

    public override async Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        if (ConstraintOf(target) is not { } constraint || target.Name.Length == 0)
            return [];
        Diagnostic diagnostic = target.Diagnostic;
        Location place = diagnostic.Properties.ContainsKey(Place.OtherProperty)
            ? diagnostic.AdditionalLocations[0]
            : diagnostic.Location;
        if (place.SourceTree is not { } tree
            || target.Document.Project.Solution.GetDocument(tree) is not { } document)
        {
            return [];
        }

        SyntaxNode root = await tree.GetRootAsync(stop).ConfigureAwait(false);
        // The name may stand in a constant or a group prefix, which other routes share: then nothing is offered.
        List<int> ends =
        [
            .. root.FindNode(place.SourceSpan, getInnermostNodeForTie: true).DescendantTokens()
                .Where(IsText)
                .SelectMany(token => Regex.Matches(token.Text, $":{Regex.Escape(target.Name)}(?![\\w<])").Cast<Match>()
                    .Select(match => token.SpanStart + match.Index + match.Length)),
        ];
        return ends.Count == 1
            ? [new SourceEdit(document.Id, new TextSpan(ends[0], 0), $"<{constraint}>")]
            : [];
    }

    private static bool IsText(SyntaxToken token) => token.Kind() is SyntaxKind.StringLiteralToken
        or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
        or SyntaxKind.InterpolatedStringTextToken;

    private static string? ConstraintOf(FixTarget target) =>
        target.Diagnostic.Properties.TryGetValue(Place.ConstraintProperty, out string? constraint) ? constraint : null;
}

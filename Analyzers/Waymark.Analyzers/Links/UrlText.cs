using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Waymark.Analyzers.Links;

/// <summary>A path as source writes it: a literal, or an interpolated string without formats.</summary>
/// <param name="Segments">What stands between the slashes, the first one left out; never empty.</param>
/// <param name="Query">The keys and values behind the <c>?</c>.</param>
/// <remarks>
/// Only of characters that mean themselves: what is percent-encoded, or would have to be, is left to its author.
/// </remarks>
internal sealed record UrlText(
    IReadOnlyList<UrlPiece[]> Segments, IReadOnlyList<(string Key, UrlPiece Value)> Query)
{
    private const string Plain = "-._~!$'()*,;@:";

    /// <summary>Reads an expression; null for what is no such path.</summary>
    public static UrlText? Of(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal =>
            Read([new UrlPiece(literal.Token.ValueText, null)]),
        InterpolatedStringExpressionSyntax interpolated => PiecesOf(interpolated) is { } pieces ? Read(pieces) : null,
        _ => null,
    };

    /// <summary>The text from a segment to the end; null where a hole is in it.</summary>
    public string? TextFrom(int segment) =>
        Segments.Skip(segment).Any(pieces => pieces.Any(piece => piece.Hole is not null))
            ? null
            : string.Join("/", Segments.Skip(segment).Select(
                pieces => string.Concat(pieces.Select(piece => piece.Text))));

    private static List<UrlPiece>? PiecesOf(InterpolatedStringExpressionSyntax interpolated)
    {
        var pieces = new List<UrlPiece>();
        foreach (InterpolatedStringContentSyntax content in interpolated.Contents)
        {
            if (content is InterpolatedStringTextSyntax text)
                pieces.Add(new UrlPiece(text.TextToken.ValueText, null));
            else if (content is InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole)
                pieces.Add(new UrlPiece("", hole.Expression));
            else
                return null;
        }

        return pieces;
    }

    private static UrlText? Read(List<UrlPiece> pieces)
    {
        if (pieces.Count == 0 || !pieces[0].Text.StartsWith("/", StringComparison.Ordinal))
            return null;
        List<List<UrlPiece>> parts = Split(pieces, '?');
        if (parts.Count > 2)
            return null;
        List<UrlPiece[]> segments = Split(parts[0], '/').ConvertAll(segment => segment.ToArray());
        // Behind the first slash.
        segments.RemoveAt(0);
        var query = new List<(string, UrlPiece)>();
        foreach (List<UrlPiece> pair in parts.Count == 1 ? [] : Split(parts[1], '&'))
        {
            List<List<UrlPiece>> sides = Split(pair, '=');
            if (sides.Count != 2 || sides[0].Count != 1 || sides[1].Count != 1 || sides[0][0].Hole is not null)
                return null;
            query.Add((sides[0][0].Text, sides[1][0]));
        }

        bool isPlain = segments.SelectMany(segment => segment).Concat(query.Select(pair => pair.Item2))
            .All(piece => piece.Text.All(IsPlain)) && query.All(pair => pair.Item1.All(IsPlain));
        return isPlain ? new UrlText(segments, query) : null;
    }

    /// <summary>Divides text at a character; what is empty has no pieces.</summary>
    private static List<List<UrlPiece>> Split(IEnumerable<UrlPiece> pieces, char separator)
    {
        var parts = new List<List<UrlPiece>> { new() };
        foreach (UrlPiece piece in pieces)
        {
            string[] texts = piece.Text.Split(separator);
            for (int index = 0; index < texts.Length; index++)
            {
                if (index > 0)
                    parts.Add([]);
                if (texts[index].Length > 0 || piece.Hole is not null)
                    parts[parts.Count - 1].Add(piece with { Text = texts[index] });
            }
        }

        return parts;
    }

    private static bool IsPlain(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || Plain.IndexOf(character) >= 0;
}

/// <summary>Text, or the hole of an interpolated string.</summary>
internal sealed record UrlPiece(string Text, ExpressionSyntax? Hole);

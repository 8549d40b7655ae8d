using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Waymark.Analyzers.Links;

/// <summary>A path as source writes it: a literal, or an interpolated string without formats.</summary>
/// <param name="Segments">What stands between the slashes, the first one left out; never empty.</param>
/// <param name="Query">
/// The keys and values behind the <c>?</c>; null where they are no pairs, or a fragment follows: no link is that.
/// </param>
/// <param name="IsPlain">
/// True where all characters mean themselves: what is percent-encoded, would have to be, or goes up and down in the
/// path (RFC 3986 section 5.2.4) is left to its author.
/// </param>
internal sealed record UrlText(
    IReadOnlyList<UrlPiece[]> Segments, IReadOnlyList<(string Key, UrlPiece Value)>? Query, bool IsPlain)
{
    private const string Plain = "-._~!$'()*,;@:";

    /// <summary>The path alone; null where a hole is in it.</summary>
    public string? Path => TextFrom(0) is { } text ? "/" + text : null;

    /// <summary>Reads an expression; null for what is no path of a server.</summary>
    public static UrlText? Of(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal
            when IsStart(literal.Token) => Read([new UrlPiece(literal.Token.ValueText, null)]),
        InterpolatedStringExpressionSyntax { Contents: [InterpolatedStringTextSyntax first, ..] } interpolated
            when IsStart(first.TextToken) && PiecesOf(interpolated) is { } pieces => Read(pieces),
        _ => null,
    };

    /// <summary>The text from a segment to the end; null where a hole is in it.</summary>
    public string? TextFrom(int segment) =>
        Segments.Skip(segment).Any(pieces => pieces.Any(piece => piece.Hole is not null))
            ? null
            : string.Join("/", Segments.Skip(segment).Select(
                pieces => string.Concat(pieces.Select(piece => piece.Text))));

    /// <summary>Two slashes start a host (RFC 3986 section 4.2).</summary>
    private static bool IsStart(SyntaxToken text) =>
        text.ValueText.StartsWith("/", StringComparison.Ordinal)
        && !text.ValueText.StartsWith("//", StringComparison.Ordinal);

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

    private static UrlText Read(List<UrlPiece> pieces)
    {
        List<List<UrlPiece>> parts = Split(pieces, '#');
        bool hasFragment = parts.Count > 1;
        parts = Split(parts[0], '?');
        List<UrlPiece[]> segments = Split(parts[0], '/').ConvertAll(segment => segment.ToArray());
        // Behind the first slash.
        segments.RemoveAt(0);
        List<(string Key, UrlPiece Value)>? query = hasFragment || parts.Count > 2
            ? null
            : ReadQuery(parts.Count == 1 ? [] : Split(parts[1], '&'));
        bool isPlain = segments.TrueForAll(segment => segment is not [{ Hole: null, Text: "." or ".." }])
            && segments.SelectMany(segment => segment).Concat(query?.Select(pair => pair.Value) ?? [])
                .All(piece => piece.Text.All(IsPlainCharacter))
            && query?.TrueForAll(pair => pair.Key.All(IsPlainCharacter)) != false;
        return new UrlText(segments, query, isPlain);
    }

    private static List<(string Key, UrlPiece Value)>? ReadQuery(List<List<UrlPiece>> pairs)
    {
        var query = new List<(string, UrlPiece)>();
        foreach (List<UrlPiece> pair in pairs)
        {
            List<List<UrlPiece>> sides = Split(pair, '=');
            if (sides.Count != 2 || sides[0].Count != 1 || sides[1].Count != 1 || sides[0][0].Hole is not null)
                return null;
            query.Add((sides[0][0].Text, sides[1][0]));
        }

        return query;
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

    private static bool IsPlainCharacter(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || Plain.IndexOf(character) >= 0;
}

/// <summary>Text, or the hole of an interpolated string.</summary>
internal sealed record UrlPiece(string Text, ExpressionSyntax? Hole);

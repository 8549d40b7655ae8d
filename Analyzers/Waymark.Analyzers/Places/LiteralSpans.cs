using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Waymark.Analyzers.Places;

/// <summary>Where in the source each character of a string literal's value stands.</summary>
/// <remarks>
/// The compiler gives the value of a literal but not the way back, so escapes, doubled quotes and stripped indentation
/// are walked again here. The walk is checked against the value's length: what it does not understand is not placed,
/// never placed wrongly.
/// </remarks>
internal static class LiteralSpans
{
    /// <summary>One span for each UTF-16 character of the value; null where the literal cannot be walked.</summary>
    public static List<TextSpan>? Of(SyntaxToken token)
    {
        string text = token.Text;
        var spans = new List<TextSpan>();
        bool isWalked = token.Kind() switch
        {
            SyntaxKind.StringLiteralToken when text.StartsWith("@", StringComparison.Ordinal) =>
                WalkVerbatim(text, 2, text.Length - 1, spans),
            SyntaxKind.StringLiteralToken => WalkRegular(text, 1, text.Length - 1, hasBraces: false, spans),
            SyntaxKind.SingleLineRawStringLiteralToken => WalkRawLine(text, spans),
            SyntaxKind.MultiLineRawStringLiteralToken => WalkRawLines(text, spans),
            _ => false,
        };
        return Finish(token, isWalked, spans);
    }

    /// <summary>The same for the text between the holes of an interpolated string.</summary>
    public static List<TextSpan>? OfInterpolatedText(SyntaxToken token, SyntaxKind start)
    {
        string text = token.Text;
        var spans = new List<TextSpan>();
        bool isWalked = start switch
        {
            SyntaxKind.InterpolatedStringStartToken => WalkRegular(text, 0, text.Length, hasBraces: true, spans),
            SyntaxKind.InterpolatedVerbatimStringStartToken =>
                WalkVerbatim(text, 0, text.Length, spans, hasBraces: true),
            SyntaxKind.InterpolatedSingleLineRawStringStartToken => WalkPlain(0, text.Length, spans),
            _ => false,
        };
        return Finish(token, isWalked, spans);
    }

    private static List<TextSpan>? Finish(SyntaxToken token, bool isWalked, List<TextSpan> spans)
    {
        if (!isWalked || spans.Count != token.ValueText.Length)
            return null;
        return spans.ConvertAll(span => new TextSpan(token.SpanStart + span.Start, span.Length));
    }

    private static bool WalkRegular(string text, int position, int end, bool hasBraces, List<TextSpan> spans)
    {
        while (position < end)
        {
            int length = 1;
            int characters = 1;
            if (text[position] == '\\')
                length = EscapeLength(text, position, end, out characters);
            else if (hasBraces && IsDoubled(text, position, end, '{', '}'))
                length = 2;

            // An escape that does not end inside the literal is an error of the compiler's.
            if (length == 0 || position + length > end)
                return false;
            for (int index = 0; index < characters; index++)
                spans.Add(new TextSpan(position, length));
            position += length;
        }

        return true;
    }

    private static int EscapeLength(string text, int position, int end, out int characters)
    {
        characters = 1;
        char kind = position + 1 < end ? text[position + 1] : '\0';
        switch (kind)
        {
            case 'u':
                return 6;
            case 'U':
                // Above U+FFFF the value holds a surrogate pair.
                characters = position + 10 <= end
                    && int.TryParse(
                        text.Substring(position + 2, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                        out int value)
                    && value > 0xFFFF ? 2 : 1;
                return 10;
            case 'x':
                int length = 2;
                while (length < 6 && position + length < end && IsHexDigit(text[position + length]))
                    length++;
                return length;
            default:
                return kind == '\0' ? 0 : 2;
        }
    }

    private static bool WalkVerbatim(string text, int position, int end, List<TextSpan> spans, bool hasBraces = false)
    {
        while (position < end)
        {
            bool isPair = IsDoubled(text, position, end, '"', '"')
                || (hasBraces && IsDoubled(text, position, end, '{', '}'));
            int length = isPair ? 2 : 1;
            spans.Add(new TextSpan(position, length));
            position += length;
        }

        return true;
    }

    private static bool WalkRawLine(string text, List<TextSpan> spans)
    {
        int quotes = QuotesOf(text);
        return WalkPlain(quotes, text.Length - quotes, spans);
    }

    private static bool WalkRawLines(string text, List<TextSpan> spans)
    {
        int quotes = QuotesOf(text);
        int first = text.IndexOf('\n') + 1;
        int last = text.LastIndexOf('\n');
        // The shortest literal has its two newlines in one: there is no content between them.
        if (first == 0 || last < first)
            return first > 0;

        int indentation = text.Length - quotes - (last + 1);
        int end = text[last - 1] == '\r' ? last - 1 : last;
        int position = first;
        while (position <= end)
        {
            int newline = text.IndexOf('\n', position);
            int lineEnd = Math.Min(newline + 1, end);
            int start = Math.Min(position + indentation, lineEnd);
            // A blank line may be shorter than the indentation: only its newline is content.
            if (text.Substring(position, lineEnd - position).Trim().Length == 0)
                start = Math.Min(start, IndexOfNewline(text, position, lineEnd));
            WalkPlain(start, lineEnd, spans);
            position = newline + 1;
        }

        return true;
    }

    private static int IndexOfNewline(string text, int start, int end)
    {
        int index = text.IndexOfAny(['\r', '\n'], start, end - start);
        return index < 0 ? end : index;
    }

    private static bool WalkPlain(int position, int end, List<TextSpan> spans)
    {
        for (; position < end; position++)
            spans.Add(new TextSpan(position, 1));
        return true;
    }

    private static bool IsDoubled(string text, int position, int end, char one, char other) =>
        (text[position] == one || text[position] == other) && position + 1 < end
        && text[position + 1] == text[position];

    private static int QuotesOf(string text)
    {
        int quotes = 0;
        while (quotes < text.Length && text[quotes] == '"')
            quotes++;
        return quotes;
    }

    private static bool IsHexDigit(char character) =>
        character is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
}

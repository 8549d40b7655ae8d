using System.Text;
using System.Text.RegularExpressions;
using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Advising;

/// <summary>WM1014, WM1017, WM1020, WM1025: what one template says by itself.</summary>
internal static class TemplateAdvice
{
    private static readonly Regex Escapes = new("(?:%[0-9A-Fa-f]{2})+", RegexOptions.CultureInvariant);

    /// <summary>The advice about a sound template.</summary>
    /// <param name="entry">The route.</param>
    /// <param name="isCaseInsensitive">Whether the table tells upper case from lower.</param>
    public static IEnumerable<Advice> Find(RouteEntry entry, bool isCaseInsensitive)
    {
        foreach (Advice advice in FindRepeats(entry))
            yield return advice;
        foreach (Segment segment in entry.Template.Segments)
        {
            if (segment.Parts.Count == 1 && segment.Parts[0] is { Kind: PartKind.Literal, Text: "." or ".." } dots)
                yield return DotSegment(dots);
            foreach (Part part in segment.Parts)
            {
                if (part.Kind != PartKind.Literal)
                    continue;
                string text = entry.Template.Text.Substring(part.Start, part.Length);
                foreach (Advice advice in FindSpellings(part, text).Concat(FindStars(entry.Template, part, text)))
                    yield return advice;
                if (isCaseInsensitive || !text.Any(character => character is >= 'A' and <= 'Z'))
                    continue;
                if (ToLower(text) is var lower && lower != text)
                    yield return UpperCase(part, text, lower);
            }
        }
    }

    /// <summary>A piece behind a prefix that begins with that prefix once more.</summary>
    private static IEnumerable<Advice> FindRepeats(RouteEntry entry)
    {
        for (int index = 1; index < entry.Text.Pieces.Count; index++)
        {
            TemplatePiece piece = entry.Text.Pieces[index];
            TemplatePiece before = entry.Text.Pieces[index - 1];
            string own = TextOf(entry, piece);
            string prefix = TextOf(entry, before);
            string all = entry.Text.Joined.Substring(0, piece.Start);
            int length = Math.Max(RepeatedLength(own, all), RepeatedLength(own, prefix));
            if (length == 0)
                continue;
            string repeated = own.Substring(0, length);
            yield return new Advice(
                "WM1020", piece.Start, length,
                $"\"{own}\" stands behind the group prefix \"{all}\" and repeats it, so the whole template is " +
                $"\"{all}{own}\": leave out \"{repeated}\", or write another prefix.",
                length == own.Length ? "/" : "");
        }
    }

    private static string TextOf(RouteEntry entry, TemplatePiece piece) =>
        entry.Text.Joined.Substring(piece.Start, piece.Length);

    /// <summary>How much of a text is the prefix, once or several times, in whole segments.</summary>
    private static int RepeatedLength(string text, string prefix)
    {
        int length = 0;
        while (prefix.Length > 1
            && string.CompareOrdinal(text, length, prefix, 0, prefix.Length) == 0
            && (text.Length == length + prefix.Length || text[length + prefix.Length] == '/'))
        {
            length += prefix.Length;
        }

        return length;
    }

    /// <summary>Escapes that are compared in another spelling, and letters that are composed of two.</summary>
    private static IEnumerable<Advice> FindSpellings(Part part, string text)
    {
        // Most literals hold no escape.
        foreach (Match escapes in text.IndexOf('%') < 0 ? [] : Escapes.Matches(text).Cast<Match>())
        {
            var canonical = new StringBuilder();
            for (int index = 0; index < escapes.Length; index += 3)
                LiteralCharacters.Append(escapes.Value, index, canonical, out _);
            if (canonical.ToString() is var spelled && spelled != escapes.Value)
            {
                yield return new Advice(
                    "WM1014", part.Start + escapes.Index, escapes.Length,
                    $"'{escapes.Value}' is compared as '{spelled}': requests are brought to that spelling before " +
                    $"they are matched (RFC 3986 section 6.2.2). Write '{spelled}'.",
                    spelled);
            }
        }

        if (!text.IsNormalized())
        {
            yield return new Advice(
                "WM1014", part.Start, part.Length,
                $"'{text}' holds letters that are put together from a base and a mark. Keyboards and browsers send " +
                "one character for both (Unicode Normalization Form C), which does not match. Write the composed " +
                "letters.",
                text.Normalize());
        }
    }

    private static IEnumerable<Advice> FindStars(Template template, Part part, string text)
    {
        int star = text.IndexOf('*');
        if (star < 0)
            yield break;
        Part? before = template.Captures.FirstOrDefault(capture => capture.Start + capture.Length == part.Start);
        string name = before is not null && star == 0 ? before.Text : "rest";
        yield return new Advice(
            "WM1025", part.Start + star, 1,
            $"'*' is literal text here and matches nothing but a '*'. A catch-all is a segment of its own: " +
            $"'/*{name}' takes the rest of the path.");
    }

    private static Advice DotSegment(Part part) => new(
        "WM1025", part.Start, part.Length,
        $"No request reaches the segment '{part.Text}': a path that holds one is answered with 400, or matched " +
        "without it (RFC 3986 section 5.2.4). Write the path that is meant.");

    private static Advice UpperCase(Part part, string text, string lower) => new(
        "WM1017", part.Start, part.Length,
        $"'{text}' is told apart from '{lower}', and paths are lower case as a rule: write '{lower}', or say " +
        "CaseInsensitive in [assembly: RouteOptions].",
        lower);

    /// <summary>Lower case, where the digits of escapes stay as they are compared.</summary>
    private static string ToLower(string text)
    {
        var lower = new StringBuilder();
        for (int index = 0; index < text.Length; index++)
        {
            if (text[index] == '%')
            {
                lower.Append(text, index, 3);
                index += 2;
            }
            else
            {
                lower.Append(text[index] is >= 'A' and <= 'Z' ? (char)(text[index] + ('a' - 'A')) : text[index]);
            }
        }

        return lower.ToString();
    }
}

using Waymark.Generator.Model;

namespace Waymark.Generator.Templates;

/// <summary>A whole template and the pieces it was joined from: the prefixes of its groups, then its own.</summary>
/// <param name="Joined">The text that is parsed.</param>
/// <param name="Pieces">Where each piece lies in it; the last one is the route's own.</param>
internal sealed record TemplateText(string Joined, EquatableArray<TemplatePiece> Pieces)
{
    /// <summary>Joins the prefixes of groups, the outermost first, and a route's own template.</summary>
    /// <remarks>A lone <c>/</c> adds nothing behind a prefix: it names the group's own path.</remarks>
    public static TemplateText Of(IEnumerable<string> prefixes, string own)
    {
        string joined = "";
        var pieces = new List<TemplatePiece>();
        foreach (string prefix in prefixes)
        {
            string added = prefix == "/" ? "" : prefix;
            pieces.Add(new TemplatePiece(joined.Length, added.Length));
            joined += added;
        }

        string last = own == "/" && joined.Length > 0 ? "" : own;
        pieces.Add(new TemplatePiece(joined.Length, last.Length));
        return new TemplateText(joined + last, pieces.ToEquatableArray());
    }

    /// <summary>What is wrong with the pieces behind the first, which the whole does not show.</summary>
    /// <param name="own">The route's own template, as it was written.</param>
    /// <remarks>
    /// Without it, <c>[Group("/api")]</c> and <c>[Get("users")]</c> would quietly answer <c>/apiusers</c>.
    /// </remarks>
    public IEnumerable<Problem> CheckPieces(string own)
    {
        for (int index = 1; index < Pieces.Count; index++)
        {
            TemplatePiece piece = Pieces[index];
            string text = Joined.Substring(piece.Start, piece.Length);
            bool isOwn = index == Pieces.Count - 1;
            // The first text of the whole is the parser's: it says the same.
            if (piece.Start == 0 || (text.Length == 0 && !(isOwn && own.Length == 0)))
                continue;
            if (text.Length == 0 || text[0] != '/')
            {
                yield return Problem.InTemplate(
                    "WM1001", piece.Start, Math.Min(1, text.Length),
                    $"A template starts with '/', behind a group prefix as well: write \"/{text}\".");
            }
        }
    }

    /// <summary>The piece that holds a place, and the place within it.</summary>
    public (int Index, int Offset) Locate(int position)
    {
        for (int index = 0; index < Pieces.Count; index++)
        {
            if (position < Pieces[index].Start + Pieces[index].Length)
                return (index, position - Pieces[index].Start);
        }

        TemplatePiece last = Pieces[Pieces.Count - 1];
        return (Pieces.Count - 1, Math.Max(0, position - last.Start));
    }
}

/// <summary>One piece of a joined template.</summary>
internal sealed record TemplatePiece(int Start, int Length);

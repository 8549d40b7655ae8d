using Microsoft.CodeAnalysis;
using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Advising;

/// <summary>WM1016: templates of a class that end otherwise than most of them do.</summary>
/// <remarks>
/// Silent where as many end one way as the other, where a path is routed in both forms on purpose, and about templates
/// whose end says nothing: a catch-all, an optional parameter, a file name, the group's own path.
/// </remarks>
internal static class SlashAdvice
{
    private const int MajorityMin = 2;

    /// <summary>The advice about the routes of a table that tells both forms apart.</summary>
    public static Dictionary<RouteEntry, Advice> Find(IReadOnlyList<RouteEntry> served)
    {
        var found = new Dictionary<RouteEntry, Advice>();
        var all = new HashSet<string>(served.Select(entry => entry.Text.Joined), StringComparer.Ordinal);
        foreach (IGrouping<ISymbol?, RouteEntry> inClass in served
            .Where(entry => HasTellingEnd(entry) && !all.Contains(OtherForm(entry.Text.Joined)))
            .GroupBy<RouteEntry, ISymbol?>(entry => entry.Method.ContainingType, SymbolEqualityComparer.Default))
        {
            List<RouteEntry> slashed = [.. inClass.Where(entry => entry.Template.HasTrailingSlash)];
            List<RouteEntry> plain = [.. inClass.Where(entry => !entry.Template.HasTrailingSlash)];
            (List<RouteEntry> few, List<RouteEntry> many) =
                slashed.Count < plain.Count ? (slashed, plain) : (plain, slashed);
            if (few.Count == many.Count || many.Count < MajorityMin)
                continue;
            foreach (RouteEntry entry in few)
                found.Add(entry, Of(entry, many.Count));
        }

        return found;
    }

    private static Advice Of(RouteEntry entry, int others)
    {
        string text = entry.Text.Joined;
        char last = text[text.Length - 1];
        bool isSlashed = last == '/';
        return new Advice(
            "WM1016", text.Length - 1, 1,
            $"\"{text}\" ends {(isSlashed ? "with" : "without")} a slash, and {others} other routes of " +
            $"{entry.Route.Handler.TypeName} end {(isSlashed ? "without" : "with")} one, which tells requests apart: " +
            $"write \"{OtherForm(text)}\", or let [assembly: RouteOptions] ignore or redirect the difference.",
            isSlashed ? "" : last + "/");
    }

    private static string OtherForm(string text) =>
        text.EndsWith("/", StringComparison.Ordinal) ? text.Substring(0, text.Length - 1) : text + "/";

    private static bool HasTellingEnd(RouteEntry entry)
    {
        TemplatePiece own = entry.Text.Pieces[entry.Text.Pieces.Count - 1];
        if (own.Length < 2 || entry.Template.Segments.Count == 0)
            return false;
        Segment segment = entry.Template.Segments[entry.Template.Segments.Count - 1];
        Part last = segment.Parts[segment.Parts.Count - 1];
        return last.Kind switch
        {
            PartKind.Literal => last.Text.IndexOf('.') < 0,
            PartKind.Parameter => !last.IsOptional,
            _ => false,
        };
    }
}

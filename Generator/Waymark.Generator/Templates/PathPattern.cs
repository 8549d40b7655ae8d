using Waymark.Generator.Model;

namespace Waymark.Generator.Templates;

/// <summary>
/// The paths that a template matches, its parameter names left out: what the tree holds and conflicts compare.
/// </summary>
/// <param name="Segments">From left to right; a catch-all is not one of them.</param>
/// <param name="End">What follows the last segment.</param>
internal sealed record PathPattern(EquatableArray<SegmentPattern> Segments, PatternEnd End)
{
    /// <summary>The patterns of a template: two where its last parameter is optional, the longer one first.</summary>
    public static IEnumerable<PathPattern> Of(Template template)
    {
        yield return From(template.Segments, template.HasTrailingSlash);
        if (template.Segments.Count == 0)
            yield break;
        Segment last = template.Segments[template.Segments.Count - 1];
        Part lastPart = last.Parts[last.Parts.Count - 1];
        if (lastPart.Kind != PartKind.Parameter || !lastPart.IsOptional)
            yield break;

        IEnumerable<Segment> shorter = template.Segments.Take(template.Segments.Count - 1);
        if (last.Parts.Count > 1)
            shorter = shorter.Concat([new Segment(last.Parts.Take(last.Parts.Count - 1).ToEquatableArray())]);
        yield return From(shorter.ToEquatableArray(), hasTrailingSlash: false);
    }

    private static PathPattern From(EquatableArray<Segment> segments, bool hasTrailingSlash)
    {
        Part? last = segments.Count == 0 ? null : segments[segments.Count - 1].Parts[0];
        if (last?.Kind == PartKind.CatchAll)
        {
            return new PathPattern(
                segments.Take(segments.Count - 1).Select(SegmentPattern.Of).ToEquatableArray(),
                last.IsOptional ? PatternEnd.CatchAllOrEmpty : PatternEnd.CatchAll);
        }

        return new PathPattern(
            segments.Select(SegmentPattern.Of).ToEquatableArray(),
            hasTrailingSlash || segments.Count == 0 ? PatternEnd.Slash : PatternEnd.Exact);
    }
}

/// <summary>How a pattern ends.</summary>
internal enum PatternEnd
{
    /// <summary>With its last segment.</summary>
    Exact,

    /// <summary>With a slash: <c>/</c> alone, or behind the last segment.</summary>
    Slash,

    /// <summary>With a slash and at least one byte of anything.</summary>
    CatchAll,

    /// <summary>With a slash and anything.</summary>
    CatchAllOrEmpty,
}

/// <summary>One segment: a literal prefix, then for each capture the literal behind it.</summary>
/// <remarks>
/// <c>users</c> is ("users", []); <c>v:major.:minor</c> is ("v", [".", ""]). Only the last tail may be empty.
/// </remarks>
internal sealed record SegmentPattern(string Prefix, EquatableArray<string> Tails)
{
    public bool IsLiteral => Tails.Count == 0;

    public static SegmentPattern Of(Segment segment)
    {
        string prefix = "";
        var tails = new List<string>();
        foreach (Part part in segment.Parts)
        {
            if (part.Kind != PartKind.Literal)
                tails.Add("");
            else if (tails.Count == 0)
                prefix += part.Text;
            else
                tails[tails.Count - 1] += part.Text;
        }

        return new SegmentPattern(prefix, tails.ToEquatableArray());
    }
}

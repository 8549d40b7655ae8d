using Waymark.Generator.Model;

namespace Waymark.Generator.Templates;

/// <summary>
/// The paths that a template matches, its parameter names left out: what the tree holds and conflicts compare.
/// </summary>
/// <param name="Segments">From left to right; a catch-all is not one of them.</param>
/// <param name="End">What follows the last segment.</param>
internal sealed record PathPattern(EquatableArray<SegmentPattern> Segments, PatternEnd End)
{
    /// <summary>The patterns that reach a route.</summary>
    /// <remarks>
    /// Two where its last parameter is optional, the longer one first; where the table ignores trailing slashes, also
    /// the other form of each.
    /// </remarks>
    public static IEnumerable<PathPattern> Of(Template template, TableOptions options)
    {
        IEnumerable<PathPattern> patterns = Written(template, options.IsCaseInsensitive);
        return options.TrailingSlash == TrailingSlashMode.Ignore
            ? patterns.Concat(patterns.Select(pattern => pattern.OtherForm).OfType<PathPattern>())
            : patterns;
    }

    /// <summary>The patterns that are led to a route by a redirection.</summary>
    public static IEnumerable<PathPattern> RedirectedTo(Template template, TableOptions options) =>
        options.TrailingSlash == TrailingSlashMode.Redirect308
            ? Written(template, options.IsCaseInsensitive).Select(pattern => pattern.OtherForm).OfType<PathPattern>()
            : [];

    /// <summary>The same with or without its last slash; null where that makes no sense.</summary>
    private PathPattern? OtherForm => End switch
    {
        PatternEnd.Exact => this with { End = PatternEnd.Slash },
        PatternEnd.Slash or PatternEnd.CatchAllOrEmpty when Segments.Count > 0 => this with { End = PatternEnd.Exact },
        _ => null,
    };

    private static IEnumerable<PathPattern> Written(Template template, bool isCaseInsensitive)
    {
        yield return From(template.Segments, template.HasTrailingSlash, isCaseInsensitive);
        if (template.Segments.Count == 0)
            yield break;
        Segment last = template.Segments[template.Segments.Count - 1];
        Part lastPart = last.Parts[last.Parts.Count - 1];
        if (lastPart.Kind != PartKind.Parameter || !lastPart.IsOptional)
            yield break;

        IEnumerable<Segment> shorter = template.Segments.Take(template.Segments.Count - 1);
        if (last.Parts.Count > 1)
            shorter = shorter.Concat([new Segment(last.Parts.Take(last.Parts.Count - 1).ToEquatableArray())]);
        yield return From(shorter.ToEquatableArray(), hasTrailingSlash: false, isCaseInsensitive);
    }

    private static PathPattern From(EquatableArray<Segment> segments, bool hasTrailingSlash, bool isCaseInsensitive)
    {
        Part? last = segments.Count == 0 ? null : segments[segments.Count - 1].Parts[0];
        bool isCatchAll = last?.Kind == PartKind.CatchAll;
        PatternEnd end = isCatchAll
            ? last!.IsOptional ? PatternEnd.CatchAllOrEmpty : PatternEnd.CatchAll
            : hasTrailingSlash || segments.Count == 0 ? PatternEnd.Slash : PatternEnd.Exact;
        IEnumerable<Segment> kept = isCatchAll ? segments.Take(segments.Count - 1) : segments;
        return new PathPattern(
            kept.Select(segment => SegmentPattern.Of(segment, isCaseInsensitive)).ToEquatableArray(), end);
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

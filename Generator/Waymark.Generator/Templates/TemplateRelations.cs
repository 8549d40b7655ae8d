using System.Text;

namespace Waymark.Generator.Templates;

/// <summary>How two patterns stand to each other: which is tried first, and whether a path matches both.</summary>
/// <remarks>
/// Specificity is decided at the leftmost segment in which two patterns differ, by <see cref="SegmentOrder"/>; ranks
/// are left out here, because they are a matter of all routes that share the segments before.
/// </remarks>
internal static class TemplateRelations
{
    /// <summary>Finds a path that both patterns match.</summary>
    /// <returns>The witness in canonical spelling, or null where no path matches both.</returns>
    public static string? FindWitness(PathPattern left, PathPattern right, bool isCaseInsensitive)
    {
        var witness = new StringBuilder();
        int common = Math.Min(left.Segments.Count, right.Segments.Count);
        for (int index = 0; index < common; index++)
        {
            string? segment = SegmentOverlap.FindWitness(
                left.Segments[index], right.Segments[index], isCaseInsensitive);
            if (segment is null)
                return null;
            witness.Append('/').Append(segment);
        }

        (PathPattern shorter, PathPattern longer) =
            left.Segments.Count <= right.Segments.Count ? (left, right) : (right, left);
        if (shorter.Segments.Count == longer.Segments.Count)
            return FindEndWitness(shorter.End, longer.End) is { } end ? witness.Append(end).ToString() : null;

        if (shorter.End is not (PatternEnd.CatchAll or PatternEnd.CatchAllOrEmpty))
            return null;
        for (int index = common; index < longer.Segments.Count; index++)
            witness.Append('/').Append(FindAny(longer.Segments[index], isCaseInsensitive));
        return witness.Append(FindEndWitness(longer.End, longer.End)).ToString();
    }

    /// <summary>
    /// Orders two ends in one place: negative where the left one is tried first, 0 where neither is more specific.
    /// </summary>
    public static int CompareEnds(PatternEnd left, PatternEnd right) => RankOf(left).CompareTo(RankOf(right));

    private static string? FindAny(SegmentPattern segment, bool isCaseInsensitive) =>
        SegmentOverlap.FindWitness(segment, segment, isCaseInsensitive);

    private static int RankOf(PatternEnd end) => end is PatternEnd.CatchAll or PatternEnd.CatchAllOrEmpty ? 1 : 0;

    private static string? FindEndWitness(PatternEnd left, PatternEnd right)
    {
        if (left == PatternEnd.Exact || right == PatternEnd.Exact)
            return left == right ? "" : null;
        bool canBeEmpty = left is PatternEnd.Slash or PatternEnd.CatchAllOrEmpty
            && right is PatternEnd.Slash or PatternEnd.CatchAllOrEmpty;
        if (canBeEmpty)
            return "/";
        return left == PatternEnd.Slash || right == PatternEnd.Slash ? null : "/x";
    }
}

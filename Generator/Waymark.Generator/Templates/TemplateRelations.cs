using System.Text;

namespace Waymark.Generator.Templates;

/// <summary>How two patterns stand to each other: which is tried first, and whether a path matches both.</summary>
/// <remarks>
/// Specificity is decided at the leftmost segment in which two patterns differ: literal, then the longer prefix, then
/// the longer literals behind the captures, then the catch-all. Prefix before tails, because the emitted tree walks
/// from left to right and so meets the longer prefix first by construction.
/// </remarks>
internal static class TemplateRelations
{
    /// <summary>Finds a path that both patterns match.</summary>
    /// <returns>The witness in canonical spelling, or null where no path matches both.</returns>
    public static string? FindWitness(PathPattern left, PathPattern right)
    {
        var witness = new StringBuilder();
        int common = Math.Min(left.Segments.Count, right.Segments.Count);
        for (int index = 0; index < common; index++)
        {
            string? segment = SegmentOverlap.FindWitness(left.Segments[index], right.Segments[index]);
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
            witness.Append('/').Append(SegmentOverlap.FindWitness(longer.Segments[index], longer.Segments[index]));
        return witness.Append(FindEndWitness(longer.End, longer.End)).ToString();
    }

    /// <summary>
    /// Orders two patterns: negative where the left one is tried first, 0 where neither is more specific.
    /// </summary>
    public static int CompareRank(PathPattern left, PathPattern right)
    {
        int common = Math.Min(left.Segments.Count, right.Segments.Count);
        for (int index = 0; index < common; index++)
        {
            SegmentPattern leftSegment = left.Segments[index];
            SegmentPattern rightSegment = right.Segments[index];
            if (!leftSegment.Equals(rightSegment))
                return CompareRank(leftSegment, rightSegment);
        }

        // The segments are alike as far as both go: a further segment is more specific than a catch-all in its place.
        if (left.Segments.Count != right.Segments.Count)
            return right.Segments.Count.CompareTo(left.Segments.Count);
        return RankOf(left.End).CompareTo(RankOf(right.End));
    }

    /// <summary>
    /// Orders two segments: negative where the left one is tried first, 0 where neither is more specific.
    /// </summary>
    public static int CompareRank(SegmentPattern left, SegmentPattern right)
    {
        if (left.IsLiteral || right.IsLiteral)
            return right.IsLiteral.CompareTo(left.IsLiteral);
        int byPrefix = right.Prefix.Length.CompareTo(left.Prefix.Length);
        return byPrefix != 0 ? byPrefix : TailsLength(right).CompareTo(TailsLength(left));
    }

    private static int TailsLength(SegmentPattern segment) => segment.Tails.Sum(tail => tail.Length);

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

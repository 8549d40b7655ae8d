namespace Waymark.Generator.Templates;

/// <summary>Orders the segments that stand in one place: which is tried first.</summary>
/// <remarks>
/// Literal; the longer literal prefix; the longer literals behind captures; more captures with constraints; the higher
/// rank; and where one segment's language lies within the other's, the smaller one. The prefix before the tails,
/// because the emitted tree walks from left to right and so meets the longer prefix first by construction. The rank
/// before the inclusion, so that what is left to inclusion has one rank: inclusion alone has no cycles, and a number
/// has none.
/// </remarks>
internal static class SegmentOrder
{
    /// <summary>Negative where the left one is tried first, 0 where its form decides nothing.</summary>
    public static int CompareForm(SegmentPattern left, SegmentPattern right)
    {
        if (left.IsLiteral || right.IsLiteral)
            return right.IsLiteral.CompareTo(left.IsLiteral);
        int order = right.Prefix.Length.CompareTo(left.Prefix.Length);
        if (order == 0)
            order = right.TailsLength.CompareTo(left.TailsLength);
        return order != 0 ? order : right.ConstrainedCount.CompareTo(left.ConstrainedCount);
    }

    /// <summary>True where every segment of the right one is certainly one of the left, and not the reverse.</summary>
    /// <remarks>
    /// Looked at capture by capture where the literals are the same, which is where it is of use: <c>:id&lt;int&gt;</c>
    /// lies within <c>:id&lt;long&gt;</c>.
    /// </remarks>
    public static bool IncludesStrictly(SegmentPattern left, SegmentPattern right) =>
        Includes(left, right) && !Includes(right, left);

    /// <summary>True where certainly no segment is one of both: a quick look at captures between the same
    /// literals.</summary>
    public static bool AreDisjoint(SegmentPattern left, SegmentPattern right)
    {
        // Between the same literals both divide a segment alike, so one capture without a common value is enough.
        if (!HaveSameLiterals(left, right))
            return false;
        for (int index = 0; index < left.Captures.Count; index++)
        {
            if (!left.Captures[index].Language.Overlaps(right.Captures[index].Language))
                return true;
        }

        return false;
    }

    private static bool Includes(SegmentPattern left, SegmentPattern right)
    {
        if (left.Captures.Count == 0 || !HaveSameLiterals(left, right))
            return false;
        for (int index = 0; index < left.Captures.Count; index++)
        {
            if (!left.Captures[index].Language.Includes(right.Captures[index].Language))
                return false;
        }

        return true;
    }

    private static bool HaveSameLiterals(SegmentPattern left, SegmentPattern right)
    {
        if (left.Prefix != right.Prefix || left.Captures.Count != right.Captures.Count)
            return false;
        for (int index = 0; index < left.Captures.Count; index++)
        {
            if (left.Captures[index].Tail != right.Captures[index].Tail)
                return false;
        }

        return true;
    }
}

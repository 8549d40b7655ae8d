using Waymark.Generator.Templates;

namespace Waymark.Generator.Tests.Templates;

/// <summary>The order of two patterns, spelled out for whole patterns: ranks left out.</summary>
internal static class PatternOrder
{
    /// <summary>Negative where the left one is tried first, 0 where neither is more specific.</summary>
    public static int Compare(PathPattern left, PathPattern right)
    {
        int common = Math.Min(left.Segments.Count, right.Segments.Count);
        for (int index = 0; index < common; index++)
        {
            if (left.Segments[index].Equals(right.Segments[index]))
                continue;
            int form = SegmentOrder.CompareForm(left.Segments[index], right.Segments[index]);
            return form != 0 ? form
                : SegmentOrder.IncludesStrictly(right.Segments[index], left.Segments[index]) ? -1
                : SegmentOrder.IncludesStrictly(left.Segments[index], right.Segments[index]) ? 1
                : 0;
        }

        return left.Segments.Count != right.Segments.Count
            ? right.Segments.Count.CompareTo(left.Segments.Count)
            : TemplateRelations.CompareEnds(left.End, right.End);
    }
}

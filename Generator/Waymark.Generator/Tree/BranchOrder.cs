using Waymark.Generator.Templates;

namespace Waymark.Generator.Tree;

/// <summary>Puts the captures that begin at one node into the order in which they are tried.</summary>
internal static class BranchOrder
{
    /// <summary>Sorts the captures of a node and of all nodes below it.</summary>
    public static void Sort(RouteNode node)
    {
        if (node.Captures.Count > 1)
        {
            List<(CaptureBranch Branch, int Included)> ranked = node.Captures
                .ConvertAll(branch => (branch, CountIncluded(branch, node.Captures)));
            ranked.Sort(Compare);
            node.Captures.Clear();
            node.Captures.AddRange(ranked.Select(pair => pair.Branch));
        }

        foreach (RouteNode child in node.Children)
            Sort(child);
        foreach (CaptureBranch branch in node.Captures)
            Sort(branch.Target);
    }

    private static int Compare((CaptureBranch Branch, int Included) left, (CaptureBranch Branch, int Included) right)
    {
        int order = SegmentOrder.CompareForm(left.Branch.Pattern, right.Branch.Pattern);
        if (order == 0)
            order = right.Branch.Rank.CompareTo(left.Branch.Rank);
        // A language within another includes fewer of the languages beside it than that one does.
        if (order == 0)
            order = left.Included.CompareTo(right.Included);
        // Neither is more specific: the order is seen only where one path answers different verbs, but it must be
        // fixed.
        return order != 0 ? order : string.CompareOrdinal(TextOf(left.Branch), TextOf(right.Branch));
    }

    /// <summary>How many branches of the same form and rank lie within one.</summary>
    private static int CountIncluded(CaptureBranch branch, List<CaptureBranch> all) => all.Count(other =>
        other != branch
        && other.Rank == branch.Rank
        && SegmentOrder.CompareForm(other.Pattern, branch.Pattern) == 0
        && SegmentOrder.IncludesStrictly(branch.Pattern, other.Pattern));

    private static string TextOf(CaptureBranch branch) =>
        string.Concat(branch.Captures.Select(capture => ":" + capture.ConstraintsText + capture.Tail));
}

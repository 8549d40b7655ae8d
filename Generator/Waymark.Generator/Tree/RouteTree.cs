using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Tree;

/// <summary>Builds the one tree of all verbs.</summary>
/// <remarks>
/// The tree is a radix tree over bytes whose order of search is the order of the templates by
/// <see cref="TemplateRelations.CompareRank(PathPattern, PathPattern)"/>: a literal segment lies below every literal
/// prefix of it, so going down first tries literals before captures and longer prefixes before shorter ones; captures
/// at one node are sorted by the literals behind them; the catch-all comes last. Linear by construction: a node has one
/// parent, and the place in the path where it is reached follows from the path alone (a literal has a fixed length, a
/// capture segment ends at the segment's end), so one match visits each node at most once and reads at most one segment
/// there.
/// </remarks>
internal static class RouteTree
{
    /// <summary>Builds the tree.</summary>
    /// <param name="routes">The index of each is its number; no two of them conflict.</param>
    /// <returns>The root, at offset 0 of the path.</returns>
    public static RouteNode Build(IReadOnlyList<TableRoute> routes)
    {
        var root = new RouteNode("", "", 0);
        for (int number = 0; number < routes.Count; number++)
        {
            Template template = TemplateParser.Parse(routes[number].Template);
            List<string> names = template.Captures.Select(capture => capture.Text).ToList();
            foreach (PathPattern pattern in PathPattern.Of(template))
                Insert(root, pattern, names, routes[number], number);
        }

        return root;
    }

    private static void Insert(RouteNode root, PathPattern pattern, List<string> names, TableRoute route, int number)
    {
        RouteNode node = root;
        string literal = "";
        foreach (SegmentPattern segment in pattern.Segments)
        {
            literal += "/" + segment.Prefix;
            if (segment.IsLiteral)
                continue;
            node = FollowCaptures(FollowLiteral(node, literal), segment, names);
            literal = "";
        }

        node = FollowLiteral(node, pattern.End == PatternEnd.Exact ? literal : literal + "/");
        RouteLeaf leaf = pattern.End switch
        {
            PatternEnd.CatchAll => node.CatchAll ??= new RouteLeaf(),
            PatternEnd.CatchAllOrEmpty => node.CatchAllOrEmpty ??= new RouteLeaf(),
            _ => node.Leaf ??= new RouteLeaf(),
        };
        bool isCatchAll = pattern.End is PatternEnd.CatchAll or PatternEnd.CatchAllOrEmpty;
        int taken = node.CapturesBefore + (isCatchAll ? 1 : 0);
        leaf.Add(new LeafRoute(route.Verb, number, route.Handler, taken < names.Count ? taken : -1));
    }

    private static RouteNode FollowLiteral(RouteNode node, string literal)
    {
        while (literal.Length > 0)
        {
            int index = node.Children.FindIndex(candidate => candidate.Literal[0] >= literal[0]);
            if (index < 0 || node.Children[index].Literal[0] != literal[0])
            {
                var added = new RouteNode(literal, node.Path + literal, node.CapturesBefore);
                node.Children.Insert(index < 0 ? node.Children.Count : index, added);
                return added;
            }

            RouteNode child = node.Children[index];
            int common = CountCommon(child.Literal, literal);
            if (common < child.Literal.Length)
                node.Children[index] = child = Split(node, child, common);
            node = child;
            literal = literal.Substring(common);
        }

        return node;
    }

    private static RouteNode Split(RouteNode parent, RouteNode child, int length)
    {
        string head = child.Literal.Substring(0, length);
        var middle = new RouteNode(head, parent.Path + head, parent.CapturesBefore);
        middle.Children.Add(child);
        child.Literal = child.Literal.Substring(length);
        return middle;
    }

    private static RouteNode FollowCaptures(RouteNode node, SegmentPattern segment, List<string> names)
    {
        foreach (CaptureBranch branch in node.Captures)
        {
            if (branch.Tails.SequenceEqual(segment.Tails, StringComparer.Ordinal))
                return branch.Target;
        }

        string path = node.Path;
        for (int index = 0; index < segment.Tails.Count; index++)
            path += ":" + names[node.CapturesBefore + index] + segment.Tails[index];
        var target = new RouteNode("", path, node.CapturesBefore + segment.Tails.Count);
        var added = new CaptureBranch(segment.Tails, target);
        node.Captures.Add(added);
        node.Captures.Sort(Compare);
        return added.Target;
    }

    private static int Compare(CaptureBranch left, CaptureBranch right)
    {
        int byRank = TemplateRelations.CompareRank(PatternOf(left), PatternOf(right));
        if (byRank != 0)
            return byRank;

        // Neither is more specific: the order is seen only where one path answers different verbs, but it must be
        // fixed.
        return string.CompareOrdinal(string.Join("/", left.Tails), string.Join("/", right.Tails));
    }

    private static SegmentPattern PatternOf(CaptureBranch branch) => new("", branch.Tails.ToEquatableArray());

    private static int CountCommon(string left, string right)
    {
        int count = 0;
        while (count < left.Length && count < right.Length && left[count] == right[count])
            count++;
        return count;
    }
}

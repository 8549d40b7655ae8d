using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Tree;

/// <summary>Builds the one tree of all verbs.</summary>
/// <remarks>
/// The tree is a radix tree over bytes whose order of search is the order of the templates by
/// <see cref="SegmentOrder"/>: a literal segment lies below every literal prefix of it, so going down first tries
/// literals before captures and longer prefixes before shorter ones; captures at one node are sorted by
/// <see cref="BranchOrder"/>; the catch-all comes last. Linear by construction: a node has one
/// parent, and the place in the path where it is reached follows from the path alone (a literal has a fixed length, a
/// capture segment ends at the segment's end), so one match visits each node at most once and reads at most one segment
/// there.
/// </remarks>
internal static class RouteTree
{
    /// <summary>Builds the tree.</summary>
    /// <param name="routes">The index of each is its number; no two of them conflict.</param>
    /// <param name="options">How paths are compared.</param>
    /// <returns>The root, at offset 0 of the path.</returns>
    public static RouteNode Build(IReadOnlyList<TableRoute> routes, TableOptions options)
    {
        var root = new RouteNode("", "", "", 0);
        for (int number = 0; number < routes.Count; number++)
        {
            TableRoute route = routes[number];
            Template template = TemplateParser.Parse(route.Template, route.MountedTable);
            List<string> names = template.Captures.Select(capture => capture.Text).ToList();
            foreach (PathPattern pattern in PathPattern.Of(template, options))
            {
                int taken = Insert(root, pattern, names, route.Rank, out RouteLeaf leaf);
                leaf.Add(new LeafRoute(route.Verb, number, route.Handler, taken < names.Count ? taken : -1));
            }

            foreach (PathPattern pattern in PathPattern.RedirectedTo(template, options))
            {
                Insert(root, pattern, names, route.Rank, out RouteLeaf leaf);
                leaf.AddRedirect(route.Verb);
            }
        }

        BranchOrder.Sort(root);
        return root;
    }

    /// <summary>Goes down to the leaf of a pattern, making what is missing on the way.</summary>
    /// <returns>How many captures the pattern has.</returns>
    private static int Insert(
        RouteNode root, PathPattern pattern, List<string> names, int rank, out RouteLeaf leaf)
    {
        RouteNode node = root;
        string literal = "";
        foreach (SegmentPattern segment in pattern.Segments)
        {
            literal += "/" + segment.Prefix;
            if (segment.IsLiteral)
                continue;
            CaptureBranch branch = FollowCaptures(FollowLiteral(node, literal), segment.Captures, names);
            branch.Rank = Math.Max(branch.Rank, rank);
            node = branch.Target;
            literal = "";
        }

        node = FollowLiteral(node, pattern.End == PatternEnd.Exact ? literal : literal + "/");
        leaf = pattern.End switch
        {
            PatternEnd.CatchAll => node.CatchAll ??= new RouteLeaf(),
            PatternEnd.CatchAllOrEmpty => node.CatchAllOrEmpty ??= new RouteLeaf(),
            _ => node.Leaf ??= new RouteLeaf(),
        };
        bool isCatchAll = pattern.End is PatternEnd.CatchAll or PatternEnd.CatchAllOrEmpty;
        return node.CapturesBefore + (isCatchAll ? 1 : 0);
    }

    private static RouteNode FollowLiteral(RouteNode node, string literal)
    {
        while (literal.Length > 0)
        {
            int index = node.Children.FindIndex(candidate => candidate.Literal[0] >= literal[0]);
            if (index < 0 || node.Children[index].Literal[0] != literal[0])
            {
                var added = new RouteNode(
                    literal, node.Path + literal, node.Name + literal, node.CapturesBefore);
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
        var middle = new RouteNode(head, parent.Path + head, parent.Name + head, parent.CapturesBefore);
        middle.Children.Add(child);
        child.Literal = child.Literal.Substring(length);
        return middle;
    }

    private static CaptureBranch FollowCaptures(
        RouteNode node, EquatableArray<CapturePattern> captures, List<string> names)
    {
        if (node.Captures.Find(branch => branch.Captures.Equals(captures)) is { } known)
            return known;

        string path = node.Path;
        string name = node.Name;
        for (int index = 0; index < captures.Count; index++)
        {
            path += ":" + names[node.CapturesBefore + index] + captures[index].ConstraintsText + captures[index].Tail;
            name += ":" + names[node.CapturesBefore + index] + captures[index].Tail;
        }

        var target = new RouteNode("", path, name, node.CapturesBefore + captures.Count);
        var added = new CaptureBranch(captures, names.GetRange(node.CapturesBefore, captures.Count), target);
        node.Captures.Add(added);
        return added;
    }

    private static int CountCommon(string left, string right)
    {
        int count = 0;
        while (count < left.Length && count < right.Length && left[count] == right[count])
            count++;
        return count;
    }
}

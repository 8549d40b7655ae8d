using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Tree;

/// <summary>Builds the tree of a class' commands: an edge is one word.</summary>
/// <remarks>
/// The nodes and their order are those of routes; only here a literal edge is a whole word, so that the first bytes of
/// two of them may be equal. Linear by construction, as there: a node stands at one word of a line, and is visited at
/// most once.
/// </remarks>
internal static class CommandTree
{
    /// <summary>Builds the tree.</summary>
    /// <param name="commands">The index of each is its number; no two of them take the same lines.</param>
    /// <returns>The root, before the first word.</returns>
    public static RouteNode Build(IReadOnlyList<CommandThunk> commands)
    {
        var root = new RouteNode("", "", "", 0);
        for (int number = 0; number < commands.Count; number++)
        {
            CommandModel command = commands[number].Command;
            foreach (Template form in CommandTemplateParser.Parse(command.Template).Forms)
            {
                List<string> names = form.Captures.Select(capture => capture.Text).ToList();
                foreach (PathPattern pattern in PathPattern.Of(form, CommandOptions))
                    Insert(root, pattern, names, new LeafRoute("", number, command.Label, -1));
            }
        }

        Sort(root);
        BranchOrder.Sort(root);
        return root;
    }

    private static TableOptions CommandOptions => TableOptions.Default with { IsCaseInsensitive = true };

    private static void Insert(RouteNode root, PathPattern pattern, List<string> names, LeafRoute route)
    {
        RouteNode node = root;
        foreach (SegmentPattern segment in pattern.Segments)
            node = segment.IsLiteral ? FollowLiteral(node, segment.Prefix) : FollowCapture(node, segment, names);
        RouteLeaf leaf = pattern.End == PatternEnd.CatchAll
            ? node.CatchAll ??= new RouteLeaf()
            : node.Leaf ??= new RouteLeaf();
        leaf.Add(route);
    }

    private static RouteNode FollowLiteral(RouteNode node, string literal)
    {
        if (node.Children.Find(child => child.Literal == literal) is { } known)
            return known;
        var added = new RouteNode(
            literal, Behind(node.Path, literal), Behind(node.Name, literal), node.CapturesBefore);
        node.Children.Add(added);
        return added;
    }

    private static RouteNode FollowCapture(RouteNode node, SegmentPattern segment, List<string> names)
    {
        if (node.Captures.Find(branch => branch.Captures.Equals(segment.Captures)) is { } known)
            return known.Target;
        string name = names[node.CapturesBefore];
        var target = new RouteNode(
            "",
            Behind(node.Path, ":" + name + segment.Captures[0].ConstraintsText),
            Behind(node.Name, name),
            node.CapturesBefore + 1);
        node.Captures.Add(new CaptureBranch(segment.Captures, [name], target));
        return target;
    }

    private static string Behind(string before, string word) => before.Length == 0 ? word : before + " " + word;

    private static void Sort(RouteNode node)
    {
        node.Children.Sort((left, right) => string.CompareOrdinal(left.Literal, right.Literal));
        foreach (RouteNode child in node.Children)
            Sort(child);
        foreach (CaptureBranch branch in node.Captures)
            Sort(branch.Target);
    }
}

using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Reach;

/// <summary>One way to a route: its pattern, and the nodes of the tree that it leads through.</summary>
/// <param name="Route">The route's index.</param>
/// <param name="Pattern">The paths.</param>
/// <param name="Nodes">One more than segments; the first is the root.</param>
internal sealed record PlacedPattern(int Route, PathPattern Pattern, IReadOnlyList<PatternNode> Nodes)
{
    public bool TakesRest => Pattern.End is PatternEnd.CatchAll or PatternEnd.CatchAllOrEmpty;
}

/// <summary>What patterns share that begin alike.</summary>
internal sealed class PatternNode
{
    public Dictionary<string, PatternNode> Literals { get; } = new(StringComparer.Ordinal);

    public List<(SegmentPattern Segment, PatternNode Node)> Captures { get; } = [];

    /// <summary>The patterns without a further segment.</summary>
    public List<PlacedPattern> Ends { get; } = [];

    /// <summary>The highest rank of a route that leads through here: that of the branch.</summary>
    public int RankMax { get; private set; } = int.MinValue;

    public PatternNode Descend(SegmentPattern segment, int rank)
    {
        PatternNode? node;
        if (segment.IsLiteral)
        {
            if (!Literals.TryGetValue(segment.Prefix, out node))
                Literals.Add(segment.Prefix, node = new PatternNode());
        }
        else
        {
            node = Captures.Find(pair => pair.Segment.Equals(segment)).Node;
            if (node is null)
                Captures.Add((segment, node = new PatternNode()));
        }

        node.RankMax = Math.Max(node.RankMax, rank);
        return node;
    }

    /// <summary>Every pattern from here on, at most so many.</summary>
    public void ListInto(List<PlacedPattern> patterns, int countMax)
    {
        patterns.AddRange(Ends);
        foreach (PatternNode child in Children)
        {
            if (patterns.Count >= countMax)
                return;
            child.ListInto(patterns, countMax);
        }
    }

    public IEnumerable<PatternNode> Children => Literals.Values.Concat(Captures.Select(pair => pair.Node));
}

/// <summary>The tree of all patterns of a table, and which of two goes first.</summary>
internal sealed class PatternTree
{
    public PatternTree(IReadOnlyList<ProvenRoute> routes, TableOptions options)
    {
        for (int index = 0; index < routes.Count; index++)
        {
            foreach (PathPattern pattern in PathPattern.Of(routes[index].Template, options))
                Add(index, pattern, routes[index].Rank);
        }
    }

    public PatternNode Root { get; } = new();

    public List<PlacedPattern> Patterns { get; } = [];

    /// <summary>True where, on a path of both, the left one is tried before the right one whatever the verbs.</summary>
    /// <remarks>As the emitted tree does it: at the first segment in which they differ, or at their ends.</remarks>
    public static bool Precedes(PlacedPattern left, PlacedPattern right)
    {
        int place = 0;
        int common = Math.Min(left.Nodes.Count, right.Nodes.Count) - 1;
        while (place < common && left.Nodes[place + 1] == right.Nodes[place + 1])
            place++;
        if (place == common)
        {
            return left.Nodes.Count != right.Nodes.Count
                ? left.Nodes.Count > right.Nodes.Count
                : TemplateRelations.CompareEnds(left.Pattern.End, right.Pattern.End) < 0;
        }

        SegmentPattern first = left.Pattern.Segments[place];
        SegmentPattern second = right.Pattern.Segments[place];
        int order = SegmentOrder.CompareForm(first, second);
        if (order == 0)
            order = right.Nodes[place + 1].RankMax.CompareTo(left.Nodes[place + 1].RankMax);
        return order != 0 ? order < 0 : SegmentOrder.IncludesStrictly(second, first);
    }

    private void Add(int route, PathPattern pattern, int rank)
    {
        var nodes = new List<PatternNode> { Root };
        foreach (SegmentPattern segment in pattern.Segments)
            nodes.Add(nodes[nodes.Count - 1].Descend(segment, rank));
        var placed = new PlacedPattern(route, pattern, nodes);
        nodes[nodes.Count - 1].Ends.Add(placed);
        Patterns.Add(placed);
    }
}

using Waymark.Generator.Extraction;
using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Reach;

/// <summary>Which of the served routes get no request, and which get fewer than their templates say.</summary>
/// <remarks>
/// Own routes come first, then the rows of mounted tables: those take paths like any other, but nothing is said about
/// them, because their author does not see this project.
/// </remarks>
internal sealed class RouteReach
{
    private readonly Dictionary<RouteEntry, IReadOnlyList<int>> _takers = [];
    private readonly Dictionary<RouteEntry, Overlap> _overlaps = [];
    private readonly IReadOnlyList<RouteEntry> _served;
    private readonly IReadOnlyList<MountedEntry> _mounted;

    private RouteReach(IReadOnlyList<RouteEntry> served, IReadOnlyList<MountedEntry> mounted) =>
        (_served, _mounted) = (served, mounted);

    /// <summary>Looks at the routes that the generator emits.</summary>
    public static RouteReach Of(
        IReadOnlyList<RouteEntry> served, IReadOnlyList<MountedEntry> mounted, TableOptions options)
    {
        var reach = new RouteReach(served, mounted);
        List<ProvenRoute> routes =
        [
            .. served.Select(entry => ConflictChecks.Proven(entry.Route)), .. mounted.Select(ConflictChecks.Proven),
        ];
        var tree = new PatternTree(routes, options);
        reach.AddTakers(new ReachSearch(tree, routes, new SegmentAlgebra(options.IsCaseInsensitive)), tree);
        foreach (KeyValuePair<int, Overlap> found in
            new OverlapSearch(routes, options.IsCaseInsensitive).Find(tree.Root))
        {
            // Who gets no request at all has one message about that.
            if (found.Key < served.Count && !reach._takers.ContainsKey(served[found.Key]))
                reach._overlaps.Add(served[found.Key], found.Value);
        }

        return reach;
    }

    /// <summary>The routes that take all paths of one from it; null where some path is left, or may be.</summary>
    public IReadOnlyList<int>? TakersOf(RouteEntry entry) =>
        _takers.TryGetValue(entry, out IReadOnlyList<int>? takers) ? takers : null;

    /// <summary>The route that goes before one because its constraint lets fewer values through; null without one.
    /// </summary>
    public Overlap? OverlapOf(RouteEntry entry) =>
        _overlaps.TryGetValue(entry, out Overlap? overlap) ? overlap : null;

    /// <summary>The own route of an index; null for a mounted one.</summary>
    public RouteEntry? EntryOf(int route) => route < _served.Count ? _served[route] : null;

    /// <summary>The mounted row of an index that is not an own route's.</summary>
    public MountedEntry MountedOf(int route) => _mounted[route - _served.Count];

    private void AddTakers(ReachSearch search, PatternTree tree)
    {
        foreach (IGrouping<int, PlacedPattern> patterns in tree.Patterns.GroupBy(pattern => pattern.Route))
        {
            if (patterns.Key >= _served.Count)
                continue;
            var takers = new SortedSet<int>();
            bool isTaken = patterns.All(pattern =>
            {
                SortedSet<int>? found = search.FindTakers(pattern);
                takers.UnionWith(found ?? []);
                return found is not null;
            });
            if (isTaken)
                _takers.Add(_served[patterns.Key], [.. takers]);
        }
    }
}

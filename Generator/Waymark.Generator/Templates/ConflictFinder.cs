namespace Waymark.Generator.Templates;

/// <summary>
/// Finds the pairs of routes that answer the same path with the same verb while nothing says which of them does.
/// </summary>
/// <remarks>
/// Routes are sorted into groups segment by segment, as in a trie, so that only routes alike so far are ever compared:
/// a pair is looked at once, where its templates part. Segments that differ in form there are ordered by it and cannot
/// conflict. Where the form decides nothing, the ranks do, then inclusion; where those do not either, a pair conflicts
/// if a path matches both.
/// </remarks>
internal sealed class ConflictFinder
{
    /// <summary>Stands for every method but TRACE; an explicit method goes before it on the same template.</summary>
    private const string EveryMethod = "*";

    private readonly Dictionary<(int, int), Conflict> _conflicts = [];
    private readonly IReadOnlyList<ProvenRoute> _routes;
    private readonly bool _isCaseInsensitive;

    private ConflictFinder(IReadOnlyList<ProvenRoute> routes, TableOptions options) =>
        (_routes, _isCaseInsensitive) = (routes, options.IsCaseInsensitive);

    /// <summary>Finds all conflicts.</summary>
    /// <param name="routes">Templates with problems left out by the caller.</param>
    /// <param name="options">How the table compares paths.</param>
    /// <returns>Pairs of indices into the routes, the smaller first, with a path that both answer.</returns>
    public static List<Conflict> Find(IReadOnlyList<ProvenRoute> routes, TableOptions options)
    {
        var finder = new ConflictFinder(routes, options);
        var entries = new List<Entry>();
        for (int index = 0; index < routes.Count; index++)
        {
            foreach (PathPattern pattern in PathPattern.Of(routes[index].Template, options))
                entries.Add(new Entry(index, pattern));
        }

        finder.Find(entries, 0);
        return finder._conflicts.Values.OrderBy(conflict => (conflict.First, conflict.Second)).ToList();
    }

    private void Find(List<Entry> entries, int segment)
    {
        if (entries.Count < 2)
            return;
        FindAmongEnds(entries.FindAll(entry => entry.Pattern.Segments.Count == segment));

        var groups = new Dictionary<SegmentPattern, List<Entry>>();
        foreach (Entry entry in entries)
        {
            if (entry.Pattern.Segments.Count == segment)
                continue;
            SegmentPattern key = entry.Pattern.Segments[segment];
            if (!groups.TryGetValue(key, out List<Entry>? group))
                groups[key] = group = [];
            group.Add(entry);
        }

        foreach (List<Entry> group in groups.Values)
            Find(group, segment + 1);

        // Two different literals share no path, so only segments with captures are compared across groups.
        List<SegmentPattern> open = groups.Keys.Where(pattern => !pattern.IsLiteral).ToList();
        for (int left = 0; left < open.Count; left++)
        {
            for (int right = left + 1; right < open.Count; right++)
                FindBetween(open[left], groups[open[left]], open[right], groups[open[right]]);
        }
    }

    private void FindAmongEnds(List<Entry> ends)
    {
        for (int index = 0; index < ends.Count; index++)
        {
            for (int other = index + 1; other < ends.Count; other++)
            {
                if (TemplateRelations.CompareEnds(ends[index].Pattern.End, ends[other].Pattern.End) == 0)
                    Add(ends[index], ends[other], ConflictKind.Alike);
            }
        }
    }

    private void FindBetween(
        SegmentPattern leftPattern, List<Entry> left, SegmentPattern rightPattern, List<Entry> right)
    {
        if (SegmentOrder.CompareForm(leftPattern, rightPattern) != 0
            || SegmentOrder.AreDisjoint(leftPattern, rightPattern))
        {
            return;
        }

        // Looked for only where a pair is left undecided, and then once for all pairs.
        var witness = new Lazy<string?>(
            () => SegmentOverlap.FindWitness(leftPattern, rightPattern, _isCaseInsensitive));
        int byRank = left.Max(RankOf).CompareTo(right.Max(RankOf));
        int byLanguage = SegmentOrder.IncludesStrictly(rightPattern, leftPattern) ? 1
            : SegmentOrder.IncludesStrictly(leftPattern, rightPattern) ? -1
            : 0;
        int decided = byRank != 0 ? byRank : byLanguage;
        foreach (Entry first in left)
        {
            foreach (Entry second in right)
            {
                // The rank of a branch is its highest one; a pair whose own ranks say something else is not decided.
                int own = RankOf(first).CompareTo(RankOf(second));
                bool isDecided = decided != 0 && (own == decided || (own == 0 && byRank == 0));
                if (!isDecided && witness.Value is not null)
                    Add(first, second, own == 0 && byRank == 0 ? ConflictKind.Ambiguous : ConflictKind.RanksCross);
            }
        }
    }

    private int RankOf(Entry entry) => _routes[entry.Route].Rank;

    private void Add(Entry left, Entry right, ConflictKind kind)
    {
        (Entry first, Entry second) = left.Route <= right.Route ? (left, right) : (right, left);
        if (first.Route == second.Route || _conflicts.ContainsKey((first.Route, second.Route)))
            return;
        if (!ShareVerb(_routes[first.Route].Verb, _routes[second.Route].Verb, first.Pattern.Equals(second.Pattern)))
            return;
        if (TemplateRelations.FindWitness(first.Pattern, second.Pattern, _isCaseInsensitive) is { } witness)
            _conflicts[(first.Route, second.Route)] = new Conflict(first.Route, second.Route, witness, kind);
    }

    /// <summary>
    /// On one and the same pattern, an explicit verb goes before "every method", and HEAD before the HEAD of a GET.
    /// </summary>
    private static bool ShareVerb(string left, string right, bool isSamePattern) =>
        left == right || (!isSamePattern && (Takes(left, right) || Takes(right, left)));

    /// <summary>True where a route for one verb also answers another.</summary>
    private static bool Takes(string verb, string other) =>
        verb == EveryMethod ? other != "TRACE" : verb == "GET" && other == "HEAD";

    private readonly record struct Entry(int Route, PathPattern Pattern);
}

/// <summary>What the proof needs of a route.</summary>
internal sealed record ProvenRoute(string Verb, Template Template, int Rank);

/// <summary>Two routes that answer one path alike.</summary>
/// <param name="First">Index of the one that comes first.</param>
/// <param name="Second">Index of the other.</param>
/// <param name="Witness">A path that both match.</param>
/// <param name="Kind">Why nothing decides between them.</param>
internal sealed record Conflict(int First, int Second, string Witness, ConflictKind Kind);

/// <summary>Why nothing decides between two routes.</summary>
internal enum ConflictKind
{
    /// <summary>Their templates are the same but for names: one could never be reached, whatever its rank.</summary>
    Alike,

    /// <summary>Neither is more specific, and their ranks are equal: different ranks would decide.</summary>
    Ambiguous,

    /// <summary>The ranks of other routes that share a template so far decide, and not their own.</summary>
    RanksCross,
}

namespace Waymark.Generator.Templates;

/// <summary>
/// Finds the pairs of routes that answer the same path with the same verb while neither is more specific.
/// </summary>
/// <remarks>
/// Routes are sorted into groups segment by segment, as in a trie, so that only routes alike so far are ever compared:
/// a pair is looked at once, where its templates part. Templates that part with different rank are ordered by that rank
/// and cannot conflict; with equal rank they conflict where a path matches both.
/// </remarks>
internal static class ConflictFinder
{
    /// <summary>Finds all conflicts.</summary>
    /// <param name="routes">
    /// Verb and parsed template of each route; templates with problems left out by the caller.
    /// </param>
    /// <returns>Pairs of indices into the routes, the smaller first, with a path that both answer.</returns>
    public static List<Conflict> Find(IReadOnlyList<(string Verb, Template Template)> routes)
    {
        var conflicts = new Dictionary<(int, int), Conflict>();
        var entries = new Dictionary<string, List<Entry>>(StringComparer.Ordinal);
        for (int index = 0; index < routes.Count; index++)
        {
            if (!entries.TryGetValue(routes[index].Verb, out List<Entry>? sameVerb))
                entries[routes[index].Verb] = sameVerb = [];
            foreach (PathPattern pattern in PathPattern.Of(routes[index].Template))
                sameVerb.Add(new Entry(index, pattern));
        }

        foreach (List<Entry> sameVerb in entries.Values)
            Find(sameVerb, 0, conflicts);
        return conflicts.Values.OrderBy(conflict => (conflict.First, conflict.Second)).ToList();
    }

    private static void Find(List<Entry> entries, int segment, Dictionary<(int, int), Conflict> conflicts)
    {
        if (entries.Count < 2)
            return;
        FindAmongEnds(entries.FindAll(entry => entry.Pattern.Segments.Count == segment), conflicts);

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
            Find(group, segment + 1, conflicts);

        // Two different literals share no path, so only segments with captures are compared across groups.
        List<SegmentPattern> open = groups.Keys.Where(pattern => !pattern.IsLiteral).ToList();
        for (int left = 0; left < open.Count; left++)
        {
            for (int right = left + 1; right < open.Count; right++)
            {
                if (TemplateRelations.CompareRank(open[left], open[right]) == 0)
                    AddPairs(groups[open[left]], groups[open[right]], conflicts);
            }
        }
    }

    private static void FindAmongEnds(List<Entry> ends, Dictionary<(int, int), Conflict> conflicts)
    {
        for (int index = 0; index < ends.Count; index++)
        {
            for (int other = index + 1; other < ends.Count; other++)
            {
                if (TemplateRelations.CompareRank(ends[index].Pattern, ends[other].Pattern) == 0)
                    Add(ends[index], ends[other], conflicts);
            }
        }
    }

    private static void AddPairs(List<Entry> left, List<Entry> right, Dictionary<(int, int), Conflict> conflicts)
    {
        foreach (Entry first in left)
        {
            foreach (Entry second in right)
                Add(first, second, conflicts);
        }
    }

    private static void Add(Entry left, Entry right, Dictionary<(int, int), Conflict> conflicts)
    {
        (Entry first, Entry second) = left.Route <= right.Route ? (left, right) : (right, left);
        if (first.Route == second.Route || conflicts.ContainsKey((first.Route, second.Route)))
            return;
        if (TemplateRelations.FindWitness(first.Pattern, second.Pattern) is { } witness)
            conflicts[(first.Route, second.Route)] = new Conflict(first.Route, second.Route, witness);
    }

    private readonly record struct Entry(int Route, PathPattern Pattern);
}

/// <summary>Two routes that answer one path alike.</summary>
/// <param name="First">Index of the one that comes first.</param>
/// <param name="Second">Index of the other.</param>
/// <param name="Witness">A path that both match.</param>
internal sealed record Conflict(int First, int Second, string Witness);

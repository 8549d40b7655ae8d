using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Extraction;

/// <summary>Proves the routes of an assembly and of the tables it mounts against each other.</summary>
internal static class ConflictChecks
{
    /// <summary>Finds the routes that conflict with an earlier one that stays.</summary>
    /// <param name="routes">Sorted by <see cref="RouteChecks.Compare"/>, those with problems left out.</param>
    /// <param name="mounted">
    /// The rows of mounted tables: behind the own routes, so that a host is not displaced by what it mounts.
    /// </param>
    /// <param name="options">How the table compares paths.</param>
    /// <param name="labelOf">How a message names an own route.</param>
    public static List<FoundConflict> Find(
        IReadOnlyList<RouteModel> routes,
        IReadOnlyList<MountedEntry> mounted,
        TableOptions options,
        Func<int, string> labelOf)
    {
        List<ProvenRoute> proven = [.. routes.Select(Proven), .. mounted.Select(Proven)];
        var dropped = new HashSet<int>();
        var found = new List<FoundConflict>();
        List<Conflict> conflicts = ConflictFinder.Find(proven, options);
        int[] ranks = ChooseRanks(proven, conflicts);
        foreach (Conflict conflict in conflicts)
        {
            // Conflicts come sorted by their first route, so whether that one stays is already decided here.
            if (dropped.Contains(conflict.First))
                continue;
            dropped.Add(conflict.Second);
            string message = ConflictText.Explain(
                LabelOf(conflict.Second), LabelOf(conflict.First), conflict.Kind, conflict.Witness);
            string id = conflict.Second >= routes.Count
                ? "WM5010"
                : ConflictText.IdOf(proven[conflict.First], proven[conflict.Second], conflict, options);
            if (id == "WM1018")
                message += " Case does not count here, because [assembly: RouteOptions] says CaseInsensitive.";
            int? rank = IsRankMissing(proven, conflict) ? ranks[conflict.Second] : null;
            found.Add(new FoundConflict(conflict.Second, conflict.First, id, message, rank));
        }

        found.AddRange(FindNames(routes, mounted, dropped));
        return found;

        string LabelOf(int index) =>
            index < routes.Count ? labelOf(index) : ConflictText.Of(mounted[index - routes.Count]);
    }

    /// <summary>WM4001 across tables: the mounted rows whose name another route has.</summary>
    private static IEnumerable<FoundConflict> FindNames(
        IReadOnlyList<RouteModel> routes, IReadOnlyList<MountedEntry> mounted, HashSet<int> dropped)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int index = 0; index < routes.Count + mounted.Count; index++)
        {
            bool isOwn = index < routes.Count;
            string? name = isOwn ? routes[index].Name : mounted[index - routes.Count].Row.Name;
            if (name is null || dropped.Contains(index))
                continue;
            if (!first.TryGetValue(name, out int other))
                first.Add(name, index);
            // One table at two prefixes brings its names twice; they mean the first of the two.
            else if (!isOwn && !IsSameRow(other, index))
                yield return new FoundConflict(
                    index, other, "WM4001", NameChecks.Explain(name, Of(index), Of(other)), Rank: null);
        }

        bool IsSameRow(int other, int index) => other >= routes.Count
            && mounted[other - routes.Count].Mount.Table == mounted[index - routes.Count].Mount.Table
            && mounted[other - routes.Count].Number == mounted[index - routes.Count].Number;

        string Of(int index) => index < routes.Count
            ? ConflictText.Of(routes[index])
            : ConflictText.Of(mounted[index - routes.Count]);
    }

    /// <summary>
    /// The rank of each route that would put it before the earlier ones that only a rank tells it from.
    /// </summary>
    private static int[] ChooseRanks(List<ProvenRoute> routes, List<Conflict> conflicts)
    {
        int[] ranks = [.. routes.Select(route => route.Rank)];
        // Conflicts come sorted by their first route, so its own rank is chosen by then.
        foreach (Conflict conflict in conflicts)
        {
            if (IsRankMissing(routes, conflict) && ranks[conflict.First] < int.MaxValue)
                ranks[conflict.Second] = Math.Max(ranks[conflict.Second], ranks[conflict.First] + 1);
        }

        return ranks;
    }

    /// <summary>True where neither is more specific and their own ranks are equal: another rank may decide.</summary>
    private static bool IsRankMissing(List<ProvenRoute> routes, Conflict conflict) =>
        conflict.Kind != ConflictKind.Alike && routes[conflict.First].Rank == routes[conflict.Second].Rank;

    /// <summary>
    /// Adds a problem to each route that conflicts with an earlier one, and leaves out the mounted rows that do.
    /// </summary>
    /// <returns>The mounted rows that stay.</returns>
    public static List<MountedEntry> Add(
        IReadOnlyList<RouteModel> routes,
        List<List<Problem>> problems,
        IReadOnlyList<MountedEntry> mounted,
        List<RouteProblem> mountProblems,
        TableOptions options)
    {
        List<int> sound = Enumerable.Range(0, routes.Count).Where(index => problems[index].Count == 0).ToList();
        List<RouteModel> own = sound.ConvertAll(index => routes[index]);
        // By index: the rows of a table that is mounted twice at one prefix are equal.
        var dropped = new HashSet<int>();
        foreach (FoundConflict conflict in Find(own, mounted, options, index => ConflictText.Of(own[index])))
        {
            if (conflict.Route < own.Count)
            {
                problems[sound[conflict.Route]].Add(
                    Problem.InTemplate(conflict.Id, 0, own[conflict.Route].Template.Length, conflict.Message));
                continue;
            }

            int index = conflict.Route - own.Count;
            if (dropped.Add(index))
            {
                MountedEntry entry = mounted[index];
                mountProblems.Add(new RouteProblem(
                    entry.Template, entry.Mount.Table, Problem.AtMethod(conflict.Id, conflict.Message)));
            }
        }

        return mounted.Where((_, index) => !dropped.Contains(index)).ToList();
    }

    /// <summary>What the proof needs of a route.</summary>
    public static ProvenRoute Proven(RouteModel route) =>
        new(route.Verb, TemplateParser.Parse(route.Template), route.Rank);

    /// <summary>What the proof needs of a mounted row.</summary>
    public static ProvenRoute Proven(MountedEntry entry) =>
        new(entry.Row.Verb, TemplateParser.Parse(entry.Template, entry.Row.Scope), entry.Row.Rank);
}

/// <summary>A route that conflicts with an earlier one. Indices count own routes first, then mounted rows.</summary>
/// <param name="Route">The later route, which is left out.</param>
/// <param name="Other">The earlier one, which stays.</param>
/// <param name="Id">The diagnostic.</param>
/// <param name="Message">The finished sentence.</param>
/// <param name="Rank">The rank that would put the later route first; null where no rank helps.</param>
internal sealed record FoundConflict(int Route, int Other, string Id, string Message, int? Rank);

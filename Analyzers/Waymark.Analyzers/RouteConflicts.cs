using System.Globalization;
using Microsoft.CodeAnalysis;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.Analyzers;

/// <summary>What conflicts with what in a compilation, by the route or the mount that is left out.</summary>
/// <remarks>
/// One conflict is one message, at the later of the two in the order of templates: the one that the generator leaves
/// out. The other place is named in the text, because a build log does not show additional locations.
/// </remarks>
internal sealed class RouteConflicts
{
    public static readonly RouteConflicts None = new();

    private readonly Dictionary<RouteEntry, RouteConflict> _byEntry = [];
    private readonly Dictionary<AttributeData, List<RouteConflict>> _byMount = [];

    private RouteConflicts()
    {
    }

    /// <summary>The mounts of the assembly, with what is wrong with each.</summary>
    public IReadOnlyList<(AttributeData Attribute, MountModel Mount)> Mounts { get; private set; } = [];

    /// <summary>The rows of mounted tables that conflict with nothing.</summary>
    public IReadOnlyList<MountedEntry> ServedMounts { get; private set; } = [];

    /// <summary>Finds the conflicts.</summary>
    /// <param name="entries">Sorted by <see cref="RouteChecks.Compare"/>.</param>
    /// <param name="assembly">Its options and mounts count.</param>
    public static RouteConflicts Of(List<RouteEntry> entries, IAssemblySymbol assembly)
    {
        var conflicts = new RouteConflicts { Mounts = MountReader.ReadAll(assembly).ToList() };
        // A template or method with a problem means nothing certain: its own diagnostic comes first.
        List<RouteEntry> sound = entries.FindAll(entry => !entry.HasTemplateProblem && !entry.HasMethodProblem);
        List<MountedEntry> mounted = MountedEntry.ListAll(
            conflicts.Mounts.Select(pair => pair.Mount)
                .OrderBy(mount => mount.Prefix, StringComparer.Ordinal)
                .ThenBy(mount => mount.Table, StringComparer.Ordinal)
                .ToList());
        var dropped = new HashSet<int>();
        foreach (FoundConflict found in ConflictChecks.Find(
            sound.ConvertAll(entry => entry.Route), mounted, SetupAttributes.OptionsOf(assembly), Label))
        {
            Location other = found.Other < sound.Count
                ? Place.OfTemplate(sound[found.Other].Attribute, default)
                : Place.OfAttribute(conflicts.AttributeOf(mounted[found.Other - sound.Count]));
            if (found.Route < sound.Count)
                conflicts.Add(sound[found.Route], found, other, sound[found.Other]);
            else
                conflicts.Add(conflicts.AttributeOf(mounted[found.Route - sound.Count]), found, other);
            dropped.Add(found.Route - sound.Count);
        }

        HashSet<string> excess = VerbToken.FindExcess(
            entries.Select(entry => entry.Route.Verb).Concat(mounted.Select(entry => entry.Row.Verb)));
        foreach (MountedEntry entry in mounted.FindAll(entry => excess.Contains(entry.Row.Verb)))
            conflicts.Add(conflicts.AttributeOf(entry), VerbToken.Excess(entry.Row.Verb));
        conflicts.ServedMounts =
            [.. mounted.Where((entry, index) => !dropped.Contains(index) && !excess.Contains(entry.Row.Verb))];
        return conflicts;

        string Label(int index) => LabelOf(sound[index]);
    }

    /// <summary>As messages name a route of this project: <c>'GET /a (Users.Find)' at Users.cs(12)</c>.</summary>
    public static string LabelOf(RouteEntry entry) => ConflictText.Of(entry.Route) + PlaceOf(entry.Attribute);

    /// <summary>What a route is left out for; null where it conflicts with nothing.</summary>
    public RouteConflict? Of(RouteEntry entry) =>
        _byEntry.TryGetValue(entry, out RouteConflict? conflict) ? conflict : null;

    /// <summary>What rows of a mount are left out for.</summary>
    public IReadOnlyList<RouteConflict> Of(AttributeData mount) =>
        _byMount.TryGetValue(mount, out List<RouteConflict>? conflicts) ? conflicts : [];

    /// <remarks>Two equal mounts are still two attributes, so the mount is looked up as the one object it is.</remarks>
    public AttributeData AttributeOf(MountedEntry entry) =>
        Mounts.First(pair => ReferenceEquals(pair.Mount, entry.Mount)).Attribute;

    private void Add(RouteEntry entry, FoundConflict found, Location other, RouteEntry first)
    {
        if (!_byEntry.TryGetValue(entry, out RouteConflict? known))
        {
            _byEntry.Add(entry, new RouteConflict(found.Id, found.Message, found.Rank, [other], first));
            return;
        }

        known.Others.Add(other);
        // A rank that leaves one of the conflicts helps nobody.
        if (found.Rank is null)
            _byEntry[entry] = known with { Rank = null };
    }

    private void Add(AttributeData mount, FoundConflict found, Location other)
    {
        if (!_byMount.TryGetValue(mount, out List<RouteConflict>? known))
            _byMount.Add(mount, known = []);
        known.Add(new RouteConflict(found.Id, found.Message, found.Rank, [other]));
    }

    private void Add(AttributeData mount, Problem problem)
    {
        if (!_byMount.TryGetValue(mount, out List<RouteConflict>? known))
            _byMount.Add(mount, known = []);
        known.Add(new RouteConflict(problem.Id, problem.Message, Rank: null, []));
    }

    /// <summary>As in <c> at Users.cs(12)</c>.</summary>
    private static string PlaceOf(AttributeData attribute)
    {
        FileLinePositionSpan span = Place.OfTemplate(attribute, default).GetLineSpan();
        return span.IsValid
            ? string.Format(
                CultureInfo.InvariantCulture, " at {0}({1})", Path.GetFileName(span.Path),
                span.StartLinePosition.Line + 1)
            : "";
    }
}

/// <summary>Why a route is left out.</summary>
/// <param name="Id">The diagnostic.</param>
/// <param name="Message">The sentence about the first of the routes that it conflicts with.</param>
/// <param name="Rank">The rank that would put the route before them; null where no rank helps.</param>
/// <param name="Others">Where those routes are.</param>
/// <param name="First">The first of them; null where one of a mounted table is left out.</param>
internal sealed record RouteConflict(
    string Id, string Message, int? Rank, List<Location> Others, RouteEntry? First = null);

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Analyzers.Reach;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM1011, WM1012: reports a route whose paths all go to others, or some to one that only a constraint tells from it.
/// </summary>
internal static class ReachRule
{
    /// <summary>The most routes that a message names.</summary>
    private const int NamedMax = 3;

    public static void Check(SymbolAnalysisContext context, IReadOnlyList<RouteEntry> entries, RouteSet routes)
    {
        foreach (RouteEntry entry in entries)
        {
            // What is left out gets no request for another reason.
            if (!routes.IsServed(entry))
                continue;
            if (routes.Reach.TakersOf(entry) is { } takers)
            {
                string message = Explain(entry, takers, routes);
                Report(context, RoutingDescriptors.UnreachableRoute, entry, takers, message, routes);
            }
            else if (routes.Reach.OverlapOf(entry) is { } overlap)
            {
                string message = Explain(entry, overlap, routes);
                Report(context, RoutingDescriptors.OverlappingConstraints, entry, [overlap.First], message, routes);
            }
        }
    }

    private static string Explain(RouteEntry entry, IReadOnlyList<int> takers, RouteSet routes)
    {
        string others = string.Join(", ", takers.Take(NamedMax).Select(index => LabelOf(index, routes)));
        if (takers.Count > NamedMax)
            others += $" and {takers.Count - NamedMax} more";
        return $"{ConflictText.Of(entry.Route)} gets no request: every path that it matches is matched by {others} " +
            "as well, more specific or of a higher rank. Remove this route, or widen its template.";
    }

    private static string Explain(RouteEntry entry, Overlap overlap, RouteSet routes) =>
        $"{LabelOf(overlap.First, routes)} and {ConflictText.Of(entry.Route)} both match {overlap.Witness}, and the " +
        $"former is tried first, because every value that '{overlap.Narrow}' lets through meets '{overlap.Wide}' as " +
        "well. Make the constraints exclude each other, or say which goes first with a Rank.";

    private static void Report(
        SymbolAnalysisContext context, DiagnosticDescriptor descriptor, RouteEntry entry, IReadOnlyList<int> others,
        string message, RouteSet routes) => context.ReportDiagnostic(Diagnostic.Create(
            descriptor,
            Place.OfTemplate(entry.Attribute, context.CancellationToken),
            others.Select(index => PlaceOf(index, routes)),
            message));

    private static string LabelOf(int index, RouteSet routes) => routes.Reach.EntryOf(index) is { } entry
        ? RouteConflicts.LabelOf(entry)
        : ConflictText.Of(routes.Reach.MountedOf(index));

    private static Location PlaceOf(int index, RouteSet routes) => routes.Reach.EntryOf(index) is { } entry
        ? Place.OfTemplate(entry.Attribute, default)
        : Place.OfAttribute(routes.Conflicts.AttributeOf(routes.Reach.MountedOf(index)));
}

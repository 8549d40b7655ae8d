using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;

namespace Waymark.Analyzers.Rules;

/// <summary>WM1010: reports two routes of which neither is more specific, at each of them.</summary>
internal static class ConflictRule
{
    public static void Check(SymbolAnalysisContext context, IReadOnlyList<RouteEntry> entries, RouteSet routes)
    {
        foreach (RouteEntry entry in entries)
        {
            IReadOnlyList<(RouteEntry Other, string Witness)> conflicts = routes.ConflictsOf(entry);
            // No other route answers a path of this one with the same rank.
            if (conflicts.Count == 0)
                continue;

            context.ReportDiagnostic(Diagnostic.Create(
                RoutingDescriptors.RouteConflict,
                Place.OfTemplate(entry.Attribute, context.CancellationToken),
                conflicts.Select(conflict => Place.OfTemplate(conflict.Other.Attribute, context.CancellationToken)),
                MessageOf(entry, conflicts)));
        }
    }

    private static string MessageOf(RouteEntry entry, IReadOnlyList<(RouteEntry Other, string Witness)> conflicts)
    {
        (RouteEntry other, string witness) = conflicts[0];
        string more = conflicts.Count == 1 ? "" : $" {conflicts.Count - 1} more routes conflict with this one.";
        return $"'{entry.Shown}' and '{other.Shown}' both match {witness}, and neither is more specific: " +
            $"put a literal into one of the templates, or remove one of the routes.{more}";
    }
}

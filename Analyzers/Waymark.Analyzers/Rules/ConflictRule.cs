using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;

namespace Waymark.Analyzers.Rules;

/// <summary>WM1010, WM1018: reports a route that answers a path which an earlier one answers alike.</summary>
internal static class ConflictRule
{
    public static void Check(SymbolAnalysisContext context, IReadOnlyList<RouteEntry> entries, RouteSet routes)
    {
        foreach (RouteEntry entry in entries)
        {
            // Nothing else answers a path of this route alike, or it is the other one that is left out.
            if (routes.Conflicts.Of(entry) is not { } conflict)
                continue;

            int further = conflict.Others.Count - 1;
            string more = further switch
            {
                0 => "",
                1 => " 1 more route conflicts with this one.",
                _ => $" {further} more routes conflict with this one.",
            };
            ImmutableDictionary<string, string?> properties = conflict.Rank is { } rank
                ? Place.Nothing.Add(Place.RankProperty, rank.ToString(CultureInfo.InvariantCulture))
                : Place.Nothing;
            context.ReportDiagnostic(Diagnostic.Create(
                AllDescriptors.Of(conflict.Id),
                Place.OfTemplate(entry.Attribute, context.CancellationToken),
                conflict.Others,
                properties,
                conflict.Message + more));
        }
    }
}

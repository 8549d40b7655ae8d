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
            string more = further == 0 ? "" : $" {further} more routes conflict with this one.";
            context.ReportDiagnostic(Diagnostic.Create(
                AllDescriptors.Of(conflict.Id),
                Place.OfTemplate(entry.Attribute, context.CancellationToken),
                conflict.Others,
                conflict.Message + more));
        }
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;

namespace Waymark.Analyzers.Rules;

/// <summary>WM2035: reports a route whose link another one has already. It is served all the same.</summary>
internal static class LinkRule
{
    public static void Check(SymbolAnalysisContext context, IReadOnlyList<RouteEntry> entries, RouteSet routes)
    {
        foreach (RouteEntry entry in entries)
        {
            if (routes.LinkProblemOf(entry) is not { } message)
                continue;
            context.ReportDiagnostic(Diagnostic.Create(
                CompositionDescriptors.LinkName,
                Place.OfTemplate(entry.Attribute, context.CancellationToken),
                message));
        }
    }
}

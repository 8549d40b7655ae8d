using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Model;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// Reports what is wrong with the prefix of a group: at the prefix, once, however many routes are below it.
/// </summary>
internal static class GroupRule
{
    public static void Check(SymbolAnalysisContext context, Lazy<RouteSet> routes)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        // Without an attribute there is no group: most types end here, before the set is built.
        if (type.GetAttributes().IsEmpty)
            return;

        foreach (AttributeData attribute in type.GetAttributes())
            Report(context.ReportDiagnostic, type, attribute, routes.Value);
    }

    /// <summary>Reports what is wrong with one group's prefix.</summary>
    public static void Report(Action<Diagnostic> report, ISymbol owner, AttributeData group, RouteSet routes)
    {
        var seen = new HashSet<(string, int)>();
        foreach (RouteEntry entry in routes.InGroup(owner))
        {
            foreach (Problem problem in entry.Problems)
            {
                // The handler's own problems are shown at the handler.
                if (problem.Start < 0 || problem.Id == "WM2001")
                    continue;
                (int piece, int offset, int length) = entry.Locate(problem);
                // Another group's prefix, or the route's own template.
                if (piece == entry.Groups.Length || !entry.Groups[piece].Attribute.Equals(group))
                    continue;
                // Another route of the group has shown it.
                if (!seen.Add((problem.Id, offset)))
                    continue;
                (Location location, bool isExact) = Place.OfTemplatePart(group, offset, length, default);
                ImmutableDictionary<string, string?> properties =
                    isExact ? Place.Nothing.Add(Place.ExactProperty, "") : Place.Nothing;
                if (routes.SuggestionFor(entry, problem) is { } suggestion)
                    properties = properties.Add(Place.SuggestionProperty, suggestion);
                report(Diagnostic.Create(AllDescriptors.Of(problem.Id), location, properties, problem.Message));
            }
        }

        AdviceRule.CheckGroup(report, group, routes.InGroup(owner), routes);
    }
}

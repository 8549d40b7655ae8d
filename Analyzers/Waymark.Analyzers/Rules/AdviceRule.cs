using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Advising;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;

namespace Waymark.Analyzers.Rules;

/// <summary>WM1014, WM1016, WM1017, WM1020, WM1022, WM1025: reports what is suspicious in routes that are served.
/// </summary>
internal static class AdviceRule
{
    public static void Check(SymbolAnalysisContext context, IReadOnlyList<RouteEntry> entries, RouteSet routes)
    {
        foreach (RouteEntry entry in entries)
        {
            foreach (Advice advice in routes.Advice.OnTemplate(entry))
            {
                (int piece, int offset) = entry.Text.Locate(advice.Start);
                // What is wrong with a prefix is shown there.
                if (piece == entry.Groups.Length)
                    Report(context.ReportDiagnostic, entry.Attribute, advice, offset);
            }

            if (routes.Advice.OnVerb(entry) is { } message)
            {
                Location place = PlaceOfVerb(entry.Attribute, context.CancellationToken);
                context.ReportDiagnostic(Diagnostic.Create(RoutingDescriptors.ReplacedAnswer, place, message));
            }
        }
    }

    /// <summary>Reports what is suspicious in one group's prefix, once for all routes below it.</summary>
    public static void CheckGroup(
        Action<Diagnostic> report, AttributeData group, IReadOnlyList<RouteEntry> entries, RouteSet routes)
    {
        var seen = new HashSet<(string, int)>();
        foreach (RouteEntry entry in entries)
        {
            foreach (Advice advice in routes.Advice.OnTemplate(entry))
            {
                (int piece, int offset) = entry.Text.Locate(advice.Start);
                if (piece < entry.Groups.Length && entry.Groups[piece].Attribute.Equals(group)
                    && seen.Add((advice.Id, offset)))
                {
                    Report(report, group, advice, offset);
                }
            }
        }
    }

    private static void Report(Action<Diagnostic> report, AttributeData attribute, Advice advice, int offset)
    {
        (Location location, bool isExact) = Place.OfTemplatePart(attribute, offset, advice.Length, default);
        ImmutableDictionary<string, string?> properties =
            isExact ? Place.Nothing.Add(Place.ExactProperty, "") : Place.Nothing;
        if (advice.Replacement is { } replacement)
            properties = properties.Add(Place.SuggestionProperty, replacement);
        report(Diagnostic.Create(AllDescriptors.Of(advice.Id), location, properties, advice.Message));
    }

    /// <summary>What says the verb: the name of the attribute, or the argument of <c>[Route]</c>.</summary>
    private static Location PlaceOfVerb(AttributeData attribute, CancellationToken stop) =>
        attribute.AttributeClass?.Name == "RouteAttribute" ? Place.OfMethodToken(attribute, stop)
        : attribute.ApplicationSyntaxReference?.GetSyntax(stop) is AttributeSyntax syntax ? syntax.Name.GetLocation()
        : Place.OfAttribute(attribute);
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// Reports what the shared reading found wrong with a method's routes: in its templates, parameters and shape.
/// </summary>
internal static class HandlerRule
{
    private const string MissingParameter = "WM2001";

    public static void Check(SymbolAnalysisContext context, IReadOnlyList<RouteEntry> entries, RouteSet routes)
    {
        // Two attributes on one method find the same mistake of the method twice.
        var seen = new HashSet<(string, Location, string)>();
        foreach (RouteEntry entry in entries)
        {
            foreach (Problem problem in entry.Problems)
            {
                // A capture that is itself wrong has no parameter because of that.
                if (problem.Id == MissingParameter && IsInsideAnother(problem, entry))
                    continue;
                // What is no handler has no parameters to bind.
                if (problem.Parameter is not null && entry.Problems.Any(other => other.Id == "WM2034"))
                    continue;
                // A type that does not exist is the compiler's to report.
                if (problem.Parameter is not null && IsUnknown(ParameterOf(entry, problem)?.Type))
                    continue;
                if (Locate(entry, problem, context.CancellationToken) is not { } place)
                    continue;
                if (!seen.Add((problem.Id, place.Location, problem.Message)))
                    continue;
                context.ReportDiagnostic(Diagnostic.Create(
                    AllDescriptors.Of(problem.Id), place.Location,
                    PropertiesOf(entry, problem, place.IsExact, routes), problem.Message));
            }
        }
    }

    /// <summary>The capture that a problem of the template is about, where there is one.</summary>
    public static string? CaptureOf(RouteEntry entry, Problem problem) => entry.Template.Captures
        .FirstOrDefault(capture =>
            capture.Start <= problem.Start && problem.Start < capture.Start + capture.Length)?.Text;

    private static bool IsInsideAnother(Problem problem, RouteEntry entry) => entry.Template.Problems.Any(other =>
        other.Start < problem.Start + problem.Length && problem.Start < other.Start + other.Length);

    /// <summary>Where the problem is shown; null where that is not in the method's declaration.</summary>
    private static (Location Location, bool IsExact)? Locate(RouteEntry entry, Problem problem, CancellationToken stop)
    {
        if (problem.Parameter is not null)
            return (Place.OfSymbol((ISymbol?)ParameterOf(entry, problem) ?? entry.Method), false);
        // Shown at the attribute, which may be that of the class.
        if (problem.Id is MediaTypeReader.Mistaken or MiddlewareReader.Unmakeable)
            return null;
        if (problem.Id == "WM1021")
            return (Place.OfMethodToken(entry.Attribute, stop), false);
        if (problem.Id == "WM4001")
            return (Place.OfNamedArgument(entry.Attribute, "Name", stop), false);
        if (problem.Start < 0)
            return (Place.OfSymbol(entry.Method), false);
        (int piece, int offset, int length) = entry.Locate(problem);
        if (piece == entry.Groups.Length)
            return Place.OfTemplatePart(entry.Attribute, offset, length, stop);

        // The prefix is right where other handlers take its capture: it is this method that lacks the parameter. What
        // is wrong with the prefix itself is reported there, once for all routes below it.
        return problem.Id == MissingParameter ? (Place.OfSymbol(entry.Method), false) : null;
    }

    private static IParameterSymbol? ParameterOf(RouteEntry entry, Problem problem) =>
        entry.Method.Parameters.FirstOrDefault(candidate => candidate.Name == problem.Parameter);

    private static bool IsUnknown(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => IsUnknown(array.ElementType),
        INamedTypeSymbol named => named.TypeKind == TypeKind.Error || named.TypeArguments.Any(IsUnknown),
        _ => false,
    };

    private static ImmutableDictionary<string, string?> PropertiesOf(
        RouteEntry entry, Problem problem, bool isExact, RouteSet routes)
    {
        ImmutableDictionary<string, string?> properties = Place.Nothing;
        if (isExact)
            properties = properties.Add(Place.ExactProperty, "");
        if (routes.SuggestionFor(entry, problem) is { } suggestion)
            properties = properties.Add(Place.SuggestionProperty, suggestion);
        string? name = problem.Parameter ?? (problem.Start < 0 ? null : CaptureOf(entry, problem));
        return name is null ? properties : properties.Add(Place.NameProperty, name);
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;
using Waymark.Generator.Templates;

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
            // A constraint that tells it from one of several still leaves it in conflict with the others.
            if (further == 0 && conflict is { Rank: null, First: { } first })
                properties = properties.AddRange(FindConstraint(entry, first));
            context.ReportDiagnostic(Diagnostic.Create(
                AllDescriptors.Of(conflict.Id),
                Place.OfTemplate(entry.Attribute, context.CancellationToken),
                conflict.Others,
                properties,
                conflict.Message + more));
        }
    }

    /// <summary>
    /// The constraint that the type of a parameter says, where the other route has one of another type in that place.
    /// </summary>
    private static IEnumerable<KeyValuePair<string, string?>> FindConstraint(RouteEntry entry, RouteEntry other)
    {
        List<Part> own = [.. entry.Template.Captures];
        List<Part> others = [.. other.Template.Captures];
        if (own.Count != others.Count)
            yield break;
        for (int index = 0; index < own.Count; index++)
        {
            string? ownType = ConstraintOf(entry, own[index]);
            string? otherType = ConstraintOf(other, others[index]);
            // Without the optional ones, the two would still be alike.
            if (ownType == otherType || own[index].IsOptional || others[index].IsOptional
                || own[index].Constraints.Count + others[index].Constraints.Count > 0)
            {
                continue;
            }

            yield return Pair(Place.ConstraintProperty, ownType ?? otherType);
            yield return Pair(Place.NameProperty, (ownType is null ? others : own)[index].Text);
            if (ownType is null)
                yield return Pair(Place.OtherProperty, "");
            yield break;
        }
    }

    private static KeyValuePair<string, string?> Pair(string key, string? value) => new(key, value);

    /// <summary>The constraint of a parameter that takes fewer values than text does; null for others.</summary>
    private static string? ConstraintOf(RouteEntry entry, Part capture)
    {
        ITypeSymbol? type = capture.Kind == PartKind.Parameter
            ? entry.Method.Parameters.FirstOrDefault(parameter => parameter.Name == capture.Text)?.Type
            : null;
        return (TypeNames.UnwrapNullable(type!) ?? type) switch
        {
            { SpecialType: SpecialType.System_Int32 } => "int",
            { SpecialType: SpecialType.System_Int64 } => "long",
            { SpecialType: SpecialType.System_Boolean } => "bool",
            INamedTypeSymbol { Name: "Guid" } guid when TypeNames.IsIn(guid, "System") => "guid",
            _ => null,
        };
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Model;

namespace Waymark.Analyzers.Rules;

/// <summary>WM3001: reports a result or body that is JSON and that no <c>JsonSerializerContext</c> lists.</summary>
internal static class JsonRule
{
    private const string GlobalPrefix = "global::";

    public static void Check(SymbolAnalysisContext context, IReadOnlyList<RouteEntry> entries, RouteSet routes)
    {
        var seen = new HashSet<(string, string)>();
        foreach (RouteEntry entry in entries)
        {
            // A type that a context cannot name either: that is said first.
            if (entry.Route.Problems.Any(problem => problem.Id is "WM2031" or "WM2032" or "WM2034"))
                continue;

            foreach (string type in entry.Route.Handler.Result.JsonTypes)
            {
                if (!routes.IsSerializable(type) && !HasError(entry.Method.ReturnType) && seen.Add(("", type)))
                    Report(context, Place.OfReturnType(entry.Method, context.CancellationToken), type, entry, routes);
            }

            foreach (ParameterModel parameter in entry.Route.Handler.Parameters)
            {
                foreach (ParameterModel leaf in parameter.Leaves)
                {
                    if (leaf.Body != BodyKind.Json || routes.IsSerializable(leaf.TypeName)
                        || !seen.Add((parameter.Name, leaf.TypeName)))
                    {
                        continue;
                    }

                    IParameterSymbol? place =
                        entry.Method.Parameters.FirstOrDefault(other => other.Name == parameter.Name);
                    if (place is not null && !HasError(place.Type))
                        Report(context, Place.OfSymbol(place), leaf.TypeName, entry, routes);
                }
            }
        }
    }

    private static void Report(
        SymbolAnalysisContext context, Location location, string type, RouteEntry entry, RouteSet routes)
    {
        string shown = Shown(type);
        // To list 'object' would only move the failure to the first request.
        bool isUntyped = OutcomeRule.IsUntyped(type);
        string wayOut = isUntyped
            ? "name the type that is meant, such as a record, instead, and list that."
            : routes.JsonContexts.FirstOrDefault() is { } name
            ? $"add [JsonSerializable(typeof({shown}))] to '{Shown(name)}'."
            : "this project has none, so write '[JsonSerializable(typeof(" + shown +
              "))] internal sealed partial class AppJson : JsonSerializerContext;'.";
        string message = $"'{entry.Route.Handler.MethodName}' reads or answers '{shown}' as JSON, which needs a " +
            $"JsonSerializerContext that lists it: {wayOut}";
        context.ReportDiagnostic(Diagnostic.Create(
            ResponseDescriptors.UnlistedJsonType, location,
            isUntyped ? Place.Nothing : Place.Nothing.Add(Place.NameProperty, type), message));
    }

    /// <summary>True where the compiler does not know the type: it has said so.</summary>
    private static bool HasError(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error } => true,
        IArrayTypeSymbol array => HasError(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(HasError),
        _ => false,
    };

    private static string Shown(string type) => type.Replace(GlobalPrefix, "");
}

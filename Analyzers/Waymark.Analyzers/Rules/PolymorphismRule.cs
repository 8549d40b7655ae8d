using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM3009: reports an abstract type or interface as JSON that does not list what derives from it: no body can be made
/// of it, and an answer loses what derived types add.
/// </summary>
internal static class PolymorphismRule
{
    public static void Check(SymbolAnalysisContext context, IReadOnlyList<RouteEntry> entries, RouteSet routes)
    {
        if (entries.FirstOrDefault(routes.IsSound) is not { } entry)
            return;
        HandlerModel handler = entry.Route.Handler;
        foreach (ParameterModel parameter in handler.Parameters)
        {
            if (parameter.Body != BodyKind.Json)
                continue;
            IParameterSymbol? symbol =
                entry.Method.Parameters.FirstOrDefault(candidate => candidate.Name == parameter.Name);
            if (symbol is not null && FindOpen(symbol.Type, routes) is { } read)
                Report(context, Place.OfSymbol(symbol), read, ExplainBody(entry.Method, read, routes));
        }

        var json = new HashSet<string>(handler.Result.JsonTypes, StringComparer.Ordinal);
        // To spell the return type is what costs here.
        if (json.Count == 0)
            return;
        foreach (ITypeSymbol written in WrittenTypes(entry.Method.ReturnType, json))
        {
            if (FindOpen(written, routes) is { } open && FindLosing(open, routes) is { } derived)
            {
                Report(
                    context, Place.OfReturnType(entry.Method, context.CancellationToken), open,
                    ExplainAnswer(entry.Method, open, derived));
            }
        }
    }

    /// <summary>The types in a return type that are written as JSON.</summary>
    private static IEnumerable<ITypeSymbol> WrittenTypes(ITypeSymbol type, HashSet<string> json)
    {
        if (json.Contains(TypeNames.Qualified(TypeNames.UnwrapNullable(type) ?? type)))
            return [type];
        return type is INamedTypeSymbol named
            ? named.TypeArguments.SelectMany(argument => WrittenTypes(argument, json))
            : [];
    }

    /// <summary>An abstract type that its JSON is made of, without a list of derived ones.</summary>
    private static INamedTypeSymbol? FindOpen(ITypeSymbol type, RouteSet routes) => routes.Json.ObjectsOf(type)
        .Where(pair => pair.Shape.Derived.Count == 0 && pair.Type is { IsAbstract: true }
            && pair.Type.TypeKind is TypeKind.Class or TypeKind.Interface)
        .Select(pair => pair.Type)
        .FirstOrDefault();

    /// <summary>A derived type with a property that the base lacks: an answer would be without it.</summary>
    private static INamedTypeSymbol? FindLosing(INamedTypeSymbol type, RouteSet routes)
    {
        var known = new HashSet<string>(
            type.AllInterfaces.Concat(BasesOf(type)).SelectMany(PropertiesOf), StringComparer.Ordinal);
        return routes.Json.DerivedFrom(type)
            .Where(derived => BasesOf(derived).SelectMany(PropertiesOf).Any(name => !known.Contains(name)))
            .OrderBy(derived => derived.Name, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private static IEnumerable<INamedTypeSymbol> BasesOf(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
            yield return current;
    }

    private static IEnumerable<string> PropertiesOf(INamedTypeSymbol type) => type.GetMembers()
        .OfType<IPropertySymbol>()
        .Where(property => property is
            { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public })
        .Select(property => property.Name);

    private static void Report(
        SymbolAnalysisContext context, Location location, INamedTypeSymbol type, string message) =>
        context.ReportDiagnostic(Diagnostic.Create(
            ResponseDescriptors.UnlistedDerivedType, location,
            Place.Nothing.Add(Place.NameProperty, TypeNames.Qualified(type)), message));

    private static string ExplainBody(IMethodSymbol method, INamedTypeSymbol type, RouteSet routes)
    {
        string example = routes.Json.DerivedFrom(type).OrderBy(derived => derived.Name, StringComparer.Ordinal)
            .FirstOrDefault()?.Name ?? "…";
        return $"'{method.Name}' reads '{TypeNames.Shown(type)}' as JSON, of which no object can be made, so that " +
            $"every body is answered with 500: list what derives from it with [JsonDerivedType(typeof({example}), " +
            "\"…\")], or take a type that can be made.";
    }

    private static string ExplainAnswer(IMethodSymbol method, INamedTypeSymbol type, INamedTypeSymbol derived) =>
        $"'{method.Name}' answers '{TypeNames.Shown(type)}', and JSON has only its own members: what " +
        $"'{derived.Name}' adds is left out. List it with [JsonDerivedType(typeof({derived.Name}), \"…\")] on " +
        $"'{type.Name}'.";
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.Analyzers.Rules;

/// <summary>WM2023: a type of the project that is parsed from a string only, which each request has to make.</summary>
/// <remarks>Types of others are left alone: nobody here can mend them.</remarks>
internal static class ParserRule
{
    public static void Check(SymbolAnalysisContext context, IMethodSymbol method, IReadOnlyList<RouteEntry> entries)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            ITypeSymbol type = TypeNames.UnwrapNullable(parameter.Type) ?? parameter.Type;
            ParameterModel model = entries[0].Route.Handler.Parameters[parameter.Ordinal];
            // What gathers several values, or comes from no text, is not parsed; most types are not the project's.
            if (model.Value is not { } value || !NeedsString(value) || ElementOf(type, value) is not { } element
                || !SymbolEqualityComparer.Default.Equals(element.ContainingAssembly, method.ContainingAssembly))
            {
                continue;
            }

            string shown = TypeNames.Shown(element.WithNullableAnnotation(NullableAnnotation.NotAnnotated));
            string overload = value.Kind == ValueKind.Runtime
                ? ""
                : $", or add 'static bool TryParse(ReadOnlySpan<byte> text, out {shown} value)'";
            context.ReportDiagnostic(Diagnostic.Create(
                BindingDescriptors.ParsedFromString,
                Place.OfSymbol(parameter),
                Place.Nothing.Add(Place.NameProperty, parameter.Name),
                $"'{shown}' is parsed from a string only, and each request has to allocate one for " +
                $"'{parameter.Name}': implement IUtf8SpanParsable<{shown}>{overload}."));
        }
    }

    private static bool NeedsString(ValueModel value) => value.Kind switch
    {
        ValueKind.TryParseText or ValueKind.TryParseTextInvariant => true,
        ValueKind.Runtime => value.Parser.StartsWith("Wm::ParsableParser<", StringComparison.Ordinal),
        _ => false,
    };

    private static ITypeSymbol? ElementOf(ITypeSymbol type, ValueModel value) =>
        value.Collection == CollectionKind.None ? type
        : type is IArrayTypeSymbol array ? array.ElementType
        : (type as INamedTypeSymbol)?.TypeArguments.FirstOrDefault();
}

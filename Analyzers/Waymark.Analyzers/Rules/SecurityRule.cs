using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;
using Waymark.Generator.Extraction.Documents;

namespace Waymark.Analyzers.Rules;

/// <summary>WM4009: reports a <c>[Security]</c> whose scheme the assembly does not describe, at its name.</summary>
internal static class SecurityRule
{
    /// <summary>The attributes of a method or a class themselves.</summary>
    public static void Check(SymbolAnalysisContext context)
    {
        foreach (AttributeData attribute in context.Symbol.GetAttributes())
        {
            // The one without arguments says that the route is open to all.
            if (attribute.AttributeClass is not { Name: "SecurityAttribute" } type
                || !TypeNames.IsIn(type, KnownNames.RouteNamespace)
                || attribute.ConstructorArguments is not [{ Value: string { Length: > 0 } scheme }, _])
            {
                continue;
            }

            IAssemblySymbol assembly = context.Compilation.Assembly;
            string[] known = [.. OpenApiAttributes.SettingsOf(assembly).Schemes.Select(model => model.Name)];
            // A project that describes none has no document of its own to be wrong, unless it asks for one.
            if (known.Contains(scheme) || (known.Length == 0 && !OpenApiAttributes.IsAsked(assembly)))
                continue;
            string? closest = ClosestName.Find(scheme, known);
            string wayOut = closest is not null ? $"did you mean \"{closest}\"?"
                : $"add [assembly: SecurityScheme(\"{scheme}\", SecurityKind.Bearer)], or whatever it is.";
            ImmutableDictionary<string, string?> properties =
                closest is null ? Place.Nothing : Place.Nothing.Add(Place.SuggestionProperty, closest);
            context.ReportDiagnostic(Diagnostic.Create(
                LinkDescriptors.UnknownScheme, PlaceOf(attribute, context.CancellationToken), properties,
                $"No [assembly: SecurityScheme] is called \"{scheme}\", so that the OpenAPI document cannot say how " +
                $"to send it: {wayOut}"));
        }
    }

    private static Location PlaceOf(AttributeData attribute, CancellationToken stop) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(stop)
            is AttributeSyntax { ArgumentList.Arguments: [{ NameColon: null } first, ..] }
            ? first.GetLocation()
            : Place.OfAttribute(attribute);
}

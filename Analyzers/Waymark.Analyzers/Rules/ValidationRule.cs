using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM2020, WM2021: reports validation attributes that are not compiled or that nothing can meet, at the attribute.
/// </summary>
internal static class ValidationRule
{
    /// <summary>The attributes on members of a type that a route reads from its body.</summary>
    public static void CheckType(SymbolAnalysisContext context, Lazy<RouteSet> routes)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        foreach ((ISymbol member, ITypeSymbol value, AttributeData attribute) in AttributesOf(type))
        {
            // Most members have none: the set is built only for one that does.
            if (!RuleReader.IsValidation(attribute) || value.TypeKind == TypeKind.TypeParameter)
                continue;
            if (!routes.Value.IsRead(type))
                return;
            Report(context, attribute, RuleTarget.OfMember(value, member.Name, member));
        }
    }

    /// <summary>
    /// WM2020 for the parameters of a handler; what else is wrong there is a problem of the route.
    /// </summary>
    public static void CheckParameters(SymbolAnalysisContext context, IMethodSymbol method)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            foreach (AttributeData attribute in parameter.GetAttributes())
            {
                if (!RuleReader.IsValidation(attribute))
                    continue;
                var target = RuleTarget.OfParameter(parameter.Type, parameter.Name, parameter.Name);
                if (RuleReader.Read(attribute, target).Problem is { Id: RuleReader.NotCompiled })
                    Report(context, attribute, target);
            }
        }
    }

    /// <summary>Those of properties and fields, and those of the parameters that records make properties of.</summary>
    private static IEnumerable<(ISymbol Member, ITypeSymbol Value, AttributeData Attribute)> AttributesOf(
        INamedTypeSymbol type)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            ITypeSymbol? value = (member as IPropertySymbol)?.Type ?? (member as IFieldSymbol)?.Type;
            if (value is null || member.IsStatic || member.IsImplicitlyDeclared)
                continue;
            foreach (AttributeData attribute in member.GetAttributes())
                yield return (member, value, attribute);
        }

        foreach (IParameterSymbol parameter in type.InstanceConstructors.SelectMany(method => method.Parameters))
        {
            if (parameter.IsImplicitlyDeclared || parameter.GetAttributes().IsEmpty)
                continue;
            ISymbol? member = type.GetMembers().FirstOrDefault(candidate => candidate is IPropertySymbol
                && string.Equals(candidate.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            foreach (AttributeData attribute in parameter.GetAttributes())
            {
                if (member is not null)
                    yield return (member, parameter.Type, attribute);
            }
        }
    }

    private static void Report(SymbolAnalysisContext context, AttributeData attribute, RuleTarget target)
    {
        if (RuleReader.Read(attribute, target).Problem is not { } problem)
            return;
        context.ReportDiagnostic(Diagnostic.Create(
            AllDescriptors.Of(problem.Id), Place.OfAttribute(attribute), problem.Message));
    }
}

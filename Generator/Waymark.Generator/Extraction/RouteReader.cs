using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Extraction;

/// <summary>Reads one route attribute and the method under it into a <see cref="RouteModel"/>.</summary>
/// <remarks>
/// Rules of this file: it is compiled into the generator and into the analyzers, so that what is emitted is what the
/// rules prove; no symbol leaves it; nothing is thrown for source that does not compile: the compiler reports that.
/// </remarks>
internal static class RouteReader
{
    /// <summary>Reads every route attribute of a method.</summary>
    public static IEnumerable<(AttributeData Attribute, RouteModel Route)> ReadAll(IMethodSymbol method)
    {
        foreach (AttributeData attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && IsInRouteNamespace(type)
                && KnownNames.VerbOf(type.Name) is { } verb && Read(method, attribute, verb) is { } route)
            {
                yield return (attribute, route);
            }
        }
    }

    /// <summary>Reads one attribute; null where its argument is not a constant, which the compiler reports.</summary>
    /// <remarks>A null template is a constant: it is read as an empty one, so that it is reported (WM1001).</remarks>
    public static RouteModel? Read(IMethodSymbol method, AttributeData attribute, string verb)
    {
        if (attribute.ConstructorArguments is not [{ Kind: TypedConstantKind.Primitive } argument])
            return null;

        TemplateText text = TemplateText.Of(GroupsOf(method.ContainingType), argument.Value as string ?? "");
        Template template = TemplateParser.Parse(text.Joined);
        var problems = ImmutableArray.CreateBuilder<Problem>();
        problems.AddRange(template.Problems);
        problems.AddRange(text.CheckPieces(argument.Value as string ?? ""));
        HandlerModel handler = HandlerReader.Read(method, verb, template, problems);
        return new RouteModel(verb, text.Joined, handler, new EquatableArray<Problem>(problems.ToImmutable()));
    }

    /// <summary>The group attributes that enclose a class, the outermost first.</summary>
    public static ImmutableArray<AttributeData> GroupAttributesOf(INamedTypeSymbol? type)
    {
        var groups = ImmutableArray.CreateBuilder<AttributeData>();
        for (; type is not null; type = type.ContainingType)
        {
            foreach (AttributeData attribute in type.GetAttributes())
            {
                if (attribute.AttributeClass is { Name: "GroupAttribute" } group && IsInRouteNamespace(group))
                    groups.Insert(0, attribute);
            }
        }

        return groups.ToImmutable();
    }

    /// <summary>The prefix that a group attribute states; "" where it is not a constant.</summary>
    public static string PrefixOf(AttributeData group) =>
        group.ConstructorArguments is [{ Value: string prefix }] ? prefix : "";

    private static IEnumerable<string> GroupsOf(INamedTypeSymbol? type) => GroupAttributesOf(type).Select(PrefixOf);

    private static bool IsInRouteNamespace(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: KnownNames.RouteNamespace, ContainingNamespace.IsGlobalNamespace: true };
}

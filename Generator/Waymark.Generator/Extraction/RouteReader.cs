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
        if (TemplateOf(attribute) is not { } own)
            return null;

        var problems = ImmutableArray.CreateBuilder<Problem>();
        if (verb.Length == 0)
        {
            verb = attribute.ConstructorArguments[0].Value as string ?? "";
            if (VerbToken.FindMistake(verb) is { } mistake)
                problems.Add(Problem.AtMethod("WM1021", mistake));
        }

        TemplateText text = TemplateText.Of(GroupsOf(method.ContainingType), own);
        Template template = TemplateParser.Parse(text.Joined);
        problems.AddRange(template.Problems);
        problems.AddRange(text.CheckPieces(own));
        HandlerModel handler = HandlerReader.Read(method, verb, template, problems);
        EquatableArray<MiddlewareModel> middleware = MiddlewareReader.ReadAround(method);
        problems.AddRange(middleware.Select(place => place.Problem).OfType<Problem>());
        (string? name, int rank) = ReadNamed(attribute);
        return new RouteModel(
            verb,
            text.Joined,
            name,
            rank,
            BodyLimitOf(method),
            middleware,
            handler,
            new EquatableArray<Problem>(problems.ToImmutable()));
    }

    /// <summary>The template that a route attribute states; null where it is not a constant.</summary>
    public static string? TemplateOf(AttributeData attribute) =>
        attribute.ConstructorArguments is [.., { Kind: TypedConstantKind.Primitive } argument]
            ? argument.Value as string ?? ""
            : null;

    /// <summary>The group attributes around a class, the outermost first: the assembly's, then those of its
    /// types.</summary>
    public static ImmutableArray<AttributeData> GroupAttributesOf(INamedTypeSymbol? type)
    {
        var groups = ImmutableArray.CreateBuilder<AttributeData>();
        IAssemblySymbol? assembly = type?.ContainingAssembly;
        for (; type is not null; type = type.ContainingType)
            groups.InsertRange(0, type.GetAttributes().Where(IsGroup));
        if (assembly is not null)
            groups.InsertRange(0, assembly.GetAttributes().Where(IsGroup));
        return groups.ToImmutable();
    }

    /// <summary>The prefix that a group attribute states; "" where it is not a constant.</summary>
    public static string PrefixOf(AttributeData group) =>
        group.ConstructorArguments is [{ Value: string prefix }] ? prefix : "";

    private static IEnumerable<string> GroupsOf(INamedTypeSymbol? type) => GroupAttributesOf(type).Select(PrefixOf);

    private static bool IsGroup(AttributeData attribute) =>
        attribute.AttributeClass is { Name: "GroupAttribute" } group && IsInRouteNamespace(group);

    /// <summary>The closest limit: of the method, of its classes from the inside out, of the assembly.</summary>
    private static long? BodyLimitOf(IMethodSymbol method)
    {
        for (ISymbol? symbol = method; symbol is not null; symbol = symbol.ContainingType)
        {
            if (StatedLimit(symbol) is { } limit)
                return limit;
        }

        return StatedLimit(method.ContainingAssembly);
    }

    private static long? StatedLimit(ISymbol symbol)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "BodyLimitAttribute" } type && IsInRouteNamespace(type)
                && attribute.ConstructorArguments is [{ Value: long bytes }])
                return bytes;
        }

        return null;
    }

    private static (string? Name, int Rank) ReadNamed(AttributeData attribute)
    {
        string? name = null;
        int rank = 0;
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == "Name")
                name = argument.Value.Value as string;
            else if (argument.Key == "Rank")
                rank = argument.Value.Value as int? ?? 0;
        }

        return (name, rank);
    }

    private static bool IsInRouteNamespace(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: KnownNames.RouteNamespace, ContainingNamespace.IsGlobalNamespace: true };
}

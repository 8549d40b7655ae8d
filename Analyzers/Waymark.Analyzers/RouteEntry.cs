using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Analyzers;

/// <summary>One route attribute on one method, with the symbols that its diagnostics are placed by.</summary>
/// <remarks>Equal only to itself. Lives as long as its compilation.</remarks>
internal sealed class RouteEntry
{
    public RouteEntry(IMethodSymbol method, AttributeData attribute, RouteModel route)
    {
        Method = method;
        Attribute = attribute;
        Route = route;
        Groups = GroupsOf(method.ContainingType);
        Text = TemplateText.Of(
            Groups.Select(group => RouteReader.PrefixOf(group.Attribute)),
            attribute.ConstructorArguments[0].Value as string ?? "");
        Template = TemplateParser.Parse(route.Template);
    }

    public IMethodSymbol Method { get; }

    public AttributeData Attribute { get; }

    public RouteModel Route { get; }

    /// <summary>
    /// The groups around the method, the outermost first; as many as the text has pieces before the last.
    /// </summary>
    public ImmutableArray<(INamedTypeSymbol Type, AttributeData Attribute)> Groups { get; }

    public TemplateText Text { get; }

    public Template Template { get; }

    /// <summary>True where the template itself is wrong, so that nothing certain can be said about its paths.</summary>
    public bool HasTemplateProblem => Route.Problems.Any(problem => problem.Start >= 0 && problem.Id != "WM2001");

    /// <summary>As messages name it: <c>GET /users/:id (Users.Find)</c>.</summary>
    public string Shown => $"{Route.Verb} {Route.Template} ({Route.Handler.TypeName}.{Route.Handler.MethodName})";

    /// <summary>
    /// The piece of the template that a problem starts in; its index is that of the group, or the groups' count.
    /// </summary>
    public (int Piece, int Offset, int Length) Locate(Problem problem)
    {
        (int index, int offset) = Text.Locate(problem.Start);
        return (index, offset, Math.Min(problem.Length, Math.Max(0, Text.Pieces[index].Length - offset)));
    }

    private static ImmutableArray<(INamedTypeSymbol, AttributeData)> GroupsOf(INamedTypeSymbol? type)
    {
        var groups = ImmutableArray.CreateBuilder<(INamedTypeSymbol, AttributeData)>();
        ImmutableArray<AttributeData> attributes = RouteReader.GroupAttributesOf(type);
        int next = attributes.Length;
        for (; type is not null && next > 0; type = type.ContainingType)
        {
            // The attributes come from the outside in, so they are taken from the end while the types go outwards.
            while (next > 0 && type.GetAttributes().Contains(attributes[next - 1]))
                groups.Insert(0, (type, attributes[--next]));
        }

        return groups.ToImmutable();
    }
}

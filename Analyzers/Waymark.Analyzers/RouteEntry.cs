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
            Groups.Select(group => RouteReader.PrefixOf(group.Attribute)), RouteReader.TemplateOf(attribute) ?? "");
        Template = TemplateParser.Parse(route.Template);
        Problems = [.. route.Problems];
    }

    public IMethodSymbol Method { get; }

    public AttributeData Attribute { get; }

    public RouteModel Route { get; }

    /// <summary>
    /// The groups around the method, the outermost first; as many as the text has pieces before the last. The owner is
    /// a type or the assembly.
    /// </summary>
    public ImmutableArray<(ISymbol Owner, AttributeData Attribute)> Groups { get; }

    /// <summary>What the reading found wrong, and then what the set did that knows the whole compilation.</summary>
    public List<Problem> Problems { get; }

    public TemplateText Text { get; }

    public Template Template { get; }

    /// <summary>True where the template itself is wrong, so that nothing certain can be said about its paths.</summary>
    public bool HasTemplateProblem => Problems.Any(problem => problem.Start >= 0 && problem.Id != "WM2001");

    /// <summary>True where the attribute names no request method, so that the route answers nothing.</summary>
    public bool HasMethodProblem => Problems.Any(problem => problem.Id == "WM1021");

    /// <summary>
    /// The piece of the template that a problem starts in; its index is that of the group, or the groups' count.
    /// </summary>
    public (int Piece, int Offset, int Length) Locate(Problem problem)
    {
        (int index, int offset) = Text.Locate(problem.Start);
        return (index, offset, Math.Min(problem.Length, Math.Max(0, Text.Pieces[index].Length - offset)));
    }

    private static ImmutableArray<(ISymbol, AttributeData)> GroupsOf(INamedTypeSymbol? type)
    {
        var groups = ImmutableArray.CreateBuilder<(ISymbol, AttributeData)>();
        ImmutableArray<AttributeData> attributes = RouteReader.GroupAttributesOf(type);
        IAssemblySymbol? assembly = type?.ContainingAssembly;
        int next = attributes.Length;
        for (; type is not null && next > 0; type = type.ContainingType)
        {
            // The attributes come from the outside in, so they are taken from the end while the types go outwards.
            while (next > 0 && type.GetAttributes().Contains(attributes[next - 1]))
                groups.Insert(0, (type, attributes[--next]));
        }

        while (next > 0)
            groups.Insert(0, (assembly!, attributes[--next]));
        return groups.ToImmutable();
    }
}

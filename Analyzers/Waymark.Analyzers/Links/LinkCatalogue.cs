using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Generator.Model;
using Waymark.Generator.Planning;
using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Links;

/// <summary>The links of a project, looked up by the paths that they make.</summary>
internal sealed class LinkCatalogue
{
    private readonly List<KnownLink> _links = [];

    private LinkCatalogue()
    {
    }

    /// <summary>Reads the links that the generator writes for routes.</summary>
    public static LinkCatalogue Of(RouteSet routes)
    {
        var catalogue = new LinkCatalogue();
        // Only routes that are served have links.
        IEnumerable<RouteEntry> served =
            routes.All.Where(entry => entry.Problems.Count == 0 && routes.Conflicts.Of(entry) is null);
        catalogue.Add(LinkPlan.Of([.. served.Select(entry => entry.Route)]).Root, "");
        return catalogue;
    }

    /// <summary>The link that makes a path; null where none does, or where two are equally likely.</summary>
    /// <param name="url">The path.</param>
    /// <param name="model">Knows the types of its holes.</param>
    public FoundLink? Find(UrlText url, SemanticModel model)
    {
        List<FoundLink> found = [.. _links
            .Select(link => LinkMatch.Find(link, url, model))
            .OfType<FoundLink>()
            .OrderBy(link => link.Order, StringComparer.Ordinal)
            .ThenBy(link => link.Link.Model.Route.StartsWith("GET ", StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(link => link.Link.Access, StringComparer.Ordinal)];
        bool isCertain = found.Count > 0 && found.All(link =>
            link.Order != found[0].Order || link.Link.Model.Template == found[0].Link.Model.Template);
        return isCertain ? found[0] : null;
    }

    private void Add(LinkClassModel model, string access)
    {
        access += (access.Length == 0 ? "" : ".") + Identifier(model.Name);
        foreach (LinkModel link in model.Links)
            _links.Add(new KnownLink(access + "." + Identifier(link.Name), link, TemplateParser.Parse(link.Template)));
        foreach (LinkClassModel nested in model.Classes)
            Add(nested, access);
    }

    private static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}

/// <summary>A link and how it is called: <c>Links.Users.Find</c>.</summary>
internal sealed record KnownLink(string Access, LinkModel Model, Template Template);

/// <summary>A link that makes a certain path.</summary>
/// <param name="Link">The link.</param>
/// <param name="Arguments">Its arguments as source; named where one before them is left out.</param>
/// <param name="Order">Sorts links of one path as the table tries their routes.</param>
internal sealed record FoundLink(KnownLink Link, IReadOnlyList<string> Arguments, string Order)
{
    /// <summary>The call, below the class <c>Routes</c>.</summary>
    public string Call => $"{Link.Access}({string.Join(", ", Arguments)})";

    /// <summary>The expression as source, for an argument.</summary>
    public static string TextOf(ExpressionSyntax hole) => hole.WithoutTrivia().ToString();
}

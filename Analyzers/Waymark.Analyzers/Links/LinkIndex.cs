using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Planning;
using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Links;

/// <summary>The links of a project, looked up by the paths that they make.</summary>
internal sealed class LinkIndex
{
    private const string Root = "Routes";

    // By the first segment; "" holds the links that start with a value, and the one to "/".
    private readonly ILookup<string, KnownLink> _byStart;
    private readonly HashSet<string> _served;
    private readonly bool _isExported;
    private readonly Lazy<INamedTypeSymbol?> _root;

    /// <summary>Reads the links that the generator writes.</summary>
    /// <param name="served">The routes that are emitted: only they have links.</param>
    /// <param name="compilation">The project.</param>
    public LinkIndex(IReadOnlyList<RouteEntry> served, Compilation compilation)
    {
        _byStart = LinksIn(LinkPlan.Of([.. served.Select(entry => entry.Route)]).Root, "")
            .ToLookup(link => StartOf(link.Template), StringComparer.Ordinal);
        _served = new HashSet<string>(
            served.Select(entry => entry.Route.Verb + " " + entry.Route.Template), StringComparer.Ordinal);
        _isExported = SetupAttributes.Read(compilation.Assembly).IsExported;
        _root = new Lazy<INamedTypeSymbol?>(() => compilation.GetSymbolsWithName(Root, SymbolFilter.Type)
            .OfType<INamedTypeSymbol>()
            .FirstOrDefault(type => !type.GetTypeMembers("Links").IsEmpty));
    }

    /// <summary>The link that makes a path; null where none does, or where two are equally likely.</summary>
    /// <param name="url">The path.</param>
    /// <param name="verb">The method of the request; null where it is not known: then GET goes before others.</param>
    /// <param name="model">Knows the types of its holes.</param>
    public FoundLink? Find(UrlText url, string? verb, SemanticModel model) =>
        Find(Candidates(url, verb ?? "GET"), url, verb ?? "GET", model)
        ?? (verb is null ? Find(Candidates(url, null), url, "GET", model) : null);

    /// <summary>The same for what is shown unasked: a path alone, which no other route may take.</summary>
    public FoundLink? FindOnly(UrlText url, string verb, SemanticModel model)
    {
        if (url.Query is not { Count: 0 } || Find(url, verb, model) is not { } found)
            return null;
        List<Part> captures = [.. found.Link.Template.Captures];
        // A route without captures goes before all that have some.
        bool isOnly = captures.Count == 0 || Candidates(url, verb).All(other =>
            other.Model.Template == found.Link.Model.Template || !LinkMatch.MayTake(other, url));
        return isOnly && captures.TrueForAll(capture => capture.Kind != PartKind.CatchAll) ? found : null;
    }

    /// <summary>The call of a link as source; null where the name of its class is not certain.</summary>
    /// <param name="link">The link.</param>
    /// <param name="model">Knows what is in scope.</param>
    /// <param name="position">Where the call is to stand.</param>
    public string? CallOf(FoundLink link, SemanticModel model, int position)
    {
        // What the class of an exported table is called is for the project's properties to say.
        string? root = _root.Value?.ToMinimalDisplayString(model, position) ?? (_isExported ? null : Root);
        return root is null ? null : $"{root}.{link.Link.Access}({string.Join(", ", link.Arguments)})";
    }

    private static FoundLink? Find(IEnumerable<KnownLink> links, UrlText url, string verb, SemanticModel model)
    {
        List<FoundLink> found = [.. links
            .Select(link => LinkMatch.Find(link, url, model))
            .OfType<FoundLink>()
            .OrderBy(link => link.Order, StringComparer.Ordinal)
            .ThenBy(link => link.Link.Model.Route.StartsWith(verb + " ", StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(link => link.Link.Access, StringComparer.Ordinal)];
        bool isCertain = found.Count > 0 && found.TrueForAll(link =>
            link.Order != found[0].Order || link.Link.Model.Template == found[0].Link.Model.Template);
        return isCertain ? found[0] : null;
    }

    private IEnumerable<KnownLink> Candidates(UrlText url, string? verb)
    {
        string start = url.Segments[0] is [{ Hole: null } literal] ? literal.Text : "";
        IEnumerable<KnownLink> links = start.Length == 0 ? _byStart[""] : _byStart[start].Concat(_byStart[""]);
        return verb is null ? links : links.Where(link => _served.Contains(verb + " " + link.Model.Template));
    }

    private static string StartOf(Template template) =>
        template.Segments.Count > 0 && template.Segments[0].Parts is [{ Kind: PartKind.Literal } literal]
            ? literal.Text
            : "";

    private static IEnumerable<KnownLink> LinksIn(LinkClassModel links, string access)
    {
        access += (access.Length == 0 ? "" : ".") + Identifier(links.Name);
        return links.Links
            .Select(link => new KnownLink(
                access + "." + Identifier(link.Name), link, TemplateParser.Parse(link.Template)))
            .Concat(links.Classes.SelectMany(nested => LinksIn(nested, access)));
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
    /// <summary>The expression as source, for an argument.</summary>
    public static string TextOf(ExpressionSyntax hole) => hole.WithoutTrivia().ToString();
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Planning;
using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Links;

/// <summary>Which routes a path leads to, and what their links are called.</summary>
/// <remarks>Built when the first literal path is met where a URL is taken.</remarks>
internal sealed class LinkIndex
{
    /// <summary>What the server itself serves where it is asked to, and where by default.</summary>
    private static readonly Dictionary<string, string> OwnPages = new(StringComparer.Ordinal)
    {
        ["MapOpenApi"] = "/openapi.json",
        ["MapDocs"] = "/docs",
    };

    private readonly Compilation _compilation;
    private readonly TableOptions _options;
    private readonly ILookup<string, Known> _byStart;
    private readonly Dictionary<string, (string Method, LinkModel Link)> _links = new(StringComparer.Ordinal);
    private readonly Lazy<HashSet<string>?> _ownPaths;

    /// <param name="all">Every route of the project, those with problems included.</param>
    /// <param name="served">Those that are served.</param>
    /// <param name="mounts">The mounts of the assembly.</param>
    /// <param name="compilation">The project.</param>
    public LinkIndex(
        IReadOnlyList<RouteEntry> all,
        IReadOnlyList<RouteEntry> served,
        IEnumerable<(AttributeData Attribute, MountModel Mount)> mounts,
        Compilation compilation)
    {
        _compilation = compilation;
        _options = SetupAttributes.OptionsOf(compilation.Assembly);
        List<MountModel> models = [.. mounts.Select(pair => pair.Mount)];
        // A template that cannot be read may be the one that is meant.
        IsWhole = !all.Any(entry => entry.HasTemplateProblem) && models.TrueForAll(mount => mount.Problem is null);
        var inServed = new HashSet<RouteEntry>(served);
        IEnumerable<Known> own = all.Where(entry => !entry.HasTemplateProblem)
            .SelectMany(entry => KnownOf(entry.Route.Verb, entry.Template, inServed.Contains(entry) ? entry : null));
        IEnumerable<Known> mounted = MountedEntry.ListAll(models).SelectMany(entry =>
            KnownOf(entry.Row.Verb, TemplateParser.Parse(entry.Template, entry.Row.Scope), null));
        _byStart = own.Concat(mounted).ToLookup(known => StartOf(known.Pattern), StringComparer.Ordinal);
        _ownPaths = new Lazy<HashSet<string>?>(FindOwnPaths);
        // Where the table is exported, what its class is called is for the project's properties to say.
        if (!SetupAttributes.Read(compilation.Assembly).IsExported)
            AddLinks(LinkPlan.Of([.. served.Select(entry => entry.Route)]).Root, "Routes.Links");
    }

    /// <summary>True where every template of the project could be read.</summary>
    public bool IsWhole { get; }

    /// <summary>The routes of this project that answer a path, with whatever method.</summary>
    public bool IsAnswered(LiteralPath path) => PatternsOf(path.Template)
        .Any(pattern => Candidates(pattern).Any(known =>
            TemplateRelations.FindWitness(known.Pattern, pattern, _options.IsCaseInsensitive) is not null));

    /// <summary>True where the server itself may answer a path: it is told to serve its document there.</summary>
    public bool MayBeOwn(string path) => _ownPaths.Value is not { } paths || paths.Contains(path);

    /// <summary>The link that makes a path; null where none does, or where it is not certain which.</summary>
    /// <param name="path">The path.</param>
    /// <param name="verb">The method of the request.</param>
    /// <param name="typeOf">The qualified type of an expression.</param>
    public (string Method, IReadOnlyList<string> Arguments)? FindLink(
        LiteralPath path, string verb, Func<ExpressionSyntax, string?> typeOf)
    {
        if (path.HasQuery)
            return null;
        List<RouteEntry> found = [.. PatternsOf(path.Template).SelectMany(Candidates)
            .Where(known => known.Verb == verb && Takes(known, path))
            .Select(known => known.Entry)
            .OfType<RouteEntry>()
            .Distinct()];
        // A hole is not meant to hold what another route has in its place.
        if (path.Holes.Count > 0)
            found.RemoveAll(one => !LinkArguments.Fit(one.Template, path));
        // A route without captures goes before all that have some.
        RouteEntry? entry = found.Count == 1 ? found[0] : found.Find(one => !one.Template.Captures.Any());
        return entry is not null
            && _links.TryGetValue(verb + " " + entry.Route.Template, out (string Method, LinkModel Link) link)
            && LinkArguments.Of(link.Link, entry.Template, path, typeOf) is { } arguments
                ? (link.Method, arguments)
                : null;
    }

    /// <summary>The path that was probably meant: one literal segment of it is a slip; null where none is.</summary>
    public string? FindClosest(LiteralPath path)
    {
        foreach (PathPattern pattern in PatternsOf(path.Template))
        {
            for (int index = 0; index < pattern.Segments.Count; index++)
            {
                if (!pattern.Segments[index].IsLiteral || pattern.Segments[index].Prefix.Length < 2)
                    continue;
                IEnumerable<string> names = _byStart.SelectMany(group => group)
                    .Where(known => known.Pattern.Segments.Count == pattern.Segments.Count
                        && known.Pattern.Segments[index].IsLiteral && IsAlikeBut(known.Pattern, pattern, index))
                    .Select(known => known.Pattern.Segments[index].Prefix);
                if (ClosestName.Find(pattern.Segments[index].Prefix, names.Distinct()) is not { } name)
                    continue;
                string[] segments = path.Template.Text.Split('/');
                segments[index + 1] = name;
                return string.Join("/", segments);
            }
        }

        return null;
    }

    private static IEnumerable<PathPattern> PatternsOf(Template template) =>
        PathPattern.Of(template, TableOptions.Default);

    private static string StartOf(PathPattern pattern) =>
        pattern.Segments.Count > 0 && pattern.Segments[0].IsLiteral ? pattern.Segments[0].Prefix : "";

    private IEnumerable<Known> KnownOf(string verb, Template template, RouteEntry? entry) =>
        PathPattern.Of(template, _options).Concat(PathPattern.RedirectedTo(template, _options))
            .Select(pattern => new Known(verb, pattern, entry));

    /// <summary>A segment that is one literal is looked up; "" holds the patterns that start with a capture.</summary>
    private IEnumerable<Known> Candidates(PathPattern pattern)
    {
        string start = StartOf(pattern);
        if (_options.IsCaseInsensitive)
            start = start.ToLowerInvariant();
        bool isOpen = pattern.Segments.Count > 0 && !pattern.Segments[0].IsLiteral;
        if (isOpen)
            return _byStart.SelectMany(group => group);
        return start.Length == 0 ? _byStart[""] : _byStart[start].Concat(_byStart[""]);
    }

    private bool Takes(Known known, LiteralPath path) => PatternsOf(path.Template).Any(pattern =>
        TemplateRelations.FindWitness(known.Pattern, pattern, _options.IsCaseInsensitive) is not null);

    private bool IsAlikeBut(PathPattern known, PathPattern pattern, int index)
    {
        if (known.End != pattern.End)
            return false;
        for (int other = 0; other < pattern.Segments.Count; other++)
        {
            if (other != index && SegmentOverlap.FindWitness(
                known.Segments[other], pattern.Segments[other], _options.IsCaseInsensitive) is null)
                return false;
        }

        return true;
    }

    private void AddLinks(LinkClassModel links, string name)
    {
        foreach (LinkModel link in links.Links)
            _links[link.Route] = (name + "." + link.Name, link);
        foreach (LinkClassModel nested in links.Classes)
            AddLinks(nested, name + "." + nested.Name);
    }

    /// <summary>Where the server serves its document; null where that is not known.</summary>
    /// <remarks>Looks through the sources, once, and only where a literal path leads nowhere.</remarks>
    private HashSet<string>? FindOwnPaths()
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (InvocationExpressionSyntax call in _compilation.SyntaxTrees
            .SelectMany(tree => tree.GetRoot().DescendantNodes()).OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is not MemberAccessExpressionSyntax access
                || !OwnPages.TryGetValue(access.Name.Identifier.ValueText, out string? usual))
                continue;
            ExpressionSyntax? argument = call.ArgumentList.Arguments.FirstOrDefault()?.Expression;
            if (argument is not null and not LiteralExpressionSyntax)
                return null;
            paths.Add((argument as LiteralExpressionSyntax)?.Token.ValueText ?? usual);
        }

        return paths;
    }

    /// <summary>A way to a route; without an entry where it is not served, or by another assembly.</summary>
    private sealed record Known(string Verb, PathPattern Pattern, RouteEntry? Entry);
}

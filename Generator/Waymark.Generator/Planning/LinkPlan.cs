using Waymark.Generator.Model;

namespace Waymark.Generator.Planning;

/// <summary>Which routes have a link, and under which name.</summary>
/// <param name="Root">The class <c>Links</c>.</param>
/// <param name="Dropped">
/// The routes without one, each with the earlier route whose link has its name and parameters, as places in the list.
/// </param>
/// <remarks>Compiled into the generator and into the analyzers: what is reported is what is left out.</remarks>
internal sealed record LinkPlan(LinkClassModel Root, IReadOnlyList<(int Route, int First)> Dropped)
{
    private const string RootName = "Links";

    /// <summary>Names the links.</summary>
    /// <param name="routes">Sorted by template, verb and handler: of two alike, the first one is kept.</param>
    public static LinkPlan Of(IReadOnlyList<RouteModel> routes)
    {
        HashSet<string> ambiguous = FindAmbiguous(routes);
        var root = new Node();
        var dropped = new List<(int, int)>();
        for (int index = 0; index < routes.Count; index++)
        {
            RouteModel route = routes[index];
            Node node = root;
            foreach (string name in ClassesOf(route.Handler, ambiguous))
                node = node.Child(name);
            if (node.Add(route, index) is { } first)
                dropped.Add((index, first));
        }

        return new LinkPlan(root.Build(RootName, "", new NameSet(StringComparer.Ordinal, [])), dropped);
    }

    /// <summary>The sentence of WM2035, for two routes as messages name them.</summary>
    public static string Explain(string route, string other) =>
        $"{route} has no link: that of {other} has the same name and parameters. Give one of them a Name = \"…\", " +
        "which its link is then called by.";

    /// <summary>The outermost classes whose name stands in several namespaces.</summary>
    private static HashSet<string> FindAmbiguous(IReadOnlyList<RouteModel> routes)
    {
        IEnumerable<string> names = routes
            .Select(route => (Name: OutermostOf(route.Handler), route.Handler.Namespace))
            .Distinct()
            .GroupBy(pair => pair.Name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);
        return new HashSet<string>(names, StringComparer.Ordinal);
    }

    private static string OutermostOf(HandlerModel handler) => handler.TypeName.Split('.')[0];

    private static string[] ClassesOf(HandlerModel handler, HashSet<string> ambiguous)
    {
        bool isAmbiguous = ambiguous.Contains(OutermostOf(handler));
        string[] classes = (isAmbiguous ? handler.QualifiedTypeName : handler.TypeName).Split('.');
        return Array.ConvertAll(classes, name => name.TrimStart('@'));
    }

    private static bool IsIdentifier(string? name) => name is { Length: > 0 }
        && (char.IsLetter(name[0]) || name[0] == '_')
        && name.All(character => char.IsLetterOrDigit(character) || character == '_');

    /// <summary>A class of links while it is filled.</summary>
    private sealed class Node
    {
        private readonly SortedDictionary<string, Node> _children = new(StringComparer.Ordinal);
        private readonly Dictionary<string, (LinkModel Link, int Route)> _bySignature = new(StringComparer.Ordinal);
        private readonly List<LinkModel> _links = [];

        public Node Child(string name)
        {
            if (!_children.TryGetValue(name, out Node? child))
                _children[name] = child = new Node();
            return child;
        }

        /// <summary>Adds the link to a route; the earlier route where that has it already for another path.</summary>
        public int? Add(RouteModel route, int index)
        {
            string name = IsIdentifier(route.Name) ? route.Name! : route.Handler.MethodName;
            EquatableArray<LinkParameter> parameters = LinkParameters.Of(route);
            var link = new LinkModel(
                name, "", route.Verb + " " + route.Template, route.Template, parameters);
            // To the compiler a reference type is one parameter with and without its "?" (CS0111).
            string signature = name + "(" + string.Join(",", parameters.Select(SignatureOf));
            if (!_bySignature.TryGetValue(signature, out (LinkModel Link, int Route) other))
            {
                _bySignature.Add(signature, (link, index));
                _links.Add(link);
                return null;
            }

            // Two methods on one path are one link.
            bool isSame = other.Link.Template == link.Template && other.Link.Parameters.Equals(parameters);
            return isSame ? null : other.Route;
        }

        /// <summary>
        /// The finished class. No member is called like its class (CS0542), nor a link like a class beside it.
        /// </summary>
        public LinkClassModel Build(string name, string prefix, NameSet paths)
        {
            var members = new NameSet(StringComparer.Ordinal, [name]);
            List<LinkClassModel> classes = _children
                .Select(pair => pair.Value.BuildBelow(members.Take(pair.Key), prefix, paths))
                .ToList();
            var methods = new Dictionary<string, string>(StringComparer.Ordinal);
            var links = new List<LinkModel>();
            foreach (LinkModel link in _links.OrderBy(link => link.Name, StringComparer.Ordinal))
            {
                if (!methods.TryGetValue(link.Name, out string? method))
                    methods[link.Name] = method = members.Take(link.Name);
                links.Add(link with { Name = method, Path = paths.Take(prefix + "_" + method) });
            }

            return new LinkClassModel(name, classes.ToEquatableArray(), links.ToEquatableArray());
        }

        private LinkClassModel BuildBelow(string name, string prefix, NameSet paths) =>
            Build(name, prefix.Length == 0 ? name : prefix + "_" + name, paths);

        private static string SignatureOf(LinkParameter parameter) =>
            parameter is { Kind: LinkValueKind.Text or LinkValueKind.Any, IsList: false }
                ? parameter.Type
                : parameter.Declared;
    }
}

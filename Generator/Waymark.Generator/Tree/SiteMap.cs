using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Tree;

/// <summary>The routes as a reader sees them: a tree of segments as they were written, parameter names
/// included.</summary>
internal sealed class SiteMap
{
    private readonly List<SiteMap> _children = [];
    private readonly List<string> _routes = [];

    private SiteMap(string text) => Text = text;

    /// <summary>One segment, or several that never part: <c>repos/:owner/:repo</c>.</summary>
    public string Text { get; private set; }

    /// <summary>What answers here: <c>GET Users.Find</c>.</summary>
    public IReadOnlyList<string> Routes => _routes;

    public IReadOnlyList<SiteMap> Children => _children;

    /// <summary>Builds the map.</summary>
    /// <param name="routes">Sorted by template, then verb.</param>
    public static SiteMap Of(IReadOnlyList<TableRoute> routes)
    {
        var root = new SiteMap("/");
        foreach (TableRoute route in routes)
        {
            SiteMap place = root;
            Template template = TemplateParser.Parse(route.Template);
            foreach (Segment segment in template.Segments)
                place = place.Follow(template.TextOf(segment));
            if (template.HasTrailingSlash)
                place = place.Follow("/");

            place._routes.Add(route.Verb + " " + route.Handler);
        }

        foreach (SiteMap child in root._children)
            child.Join();
        return root;
    }

    private SiteMap Follow(string text)
    {
        SiteMap? child = _children.Find(candidate => candidate.Text == text);
        if (child is null)
            _children.Add(child = new SiteMap(text));
        return child;
    }

    private void Join()
    {
        while (_routes.Count == 0 && _children.Count == 1)
        {
            SiteMap only = _children[0];
            Text += only.Text == "/" ? "/" : "/" + only.Text;
            _routes.AddRange(only._routes);
            _children.Clear();
            _children.AddRange(only._children);
        }

        foreach (SiteMap child in _children)
            child.Join();
    }
}

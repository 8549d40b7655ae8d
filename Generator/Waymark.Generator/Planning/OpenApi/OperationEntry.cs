using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>A route at one of its paths with one of its methods: what becomes an operation or a part of one.</summary>
/// <param name="Form">The path.</param>
/// <param name="Method">The method token, never <c>*</c>.</param>
/// <param name="Template">The route's template.</param>
/// <param name="Name">The route's name; null for none.</param>
/// <param name="Class">The handler class for people.</param>
/// <param name="HandlerName">The handler for people: <c>Users.Find</c>.</param>
/// <param name="Route">The route; null for one of a mounted table.</param>
/// <param name="MountedTable">The table that is mounted; "" for a route of this assembly.</param>
internal sealed record OperationEntry(
    PathForm Form,
    string Method,
    string Template,
    string? Name,
    string Class,
    string HandlerName,
    RouteModel? Route,
    string MountedTable)
{
    /// <summary>What a route for every method is shown with.</summary>
    private static readonly string[] CommonMethods = ["DELETE", "GET", "PATCH", "POST", "PUT"];

    /// <summary>All entries, sorted by template, method and handler.</summary>
    public static List<OperationEntry> ListAll(EmittableModel emittable)
    {
        var entries = new List<OperationEntry>();
        foreach (RouteModel route in emittable.Routes)
        {
            var row = new MountedRoute(
                route.Verb,
                route.Template,
                route.Handler.TypeName + "." + route.Handler.MethodName,
                route.Name,
                route.Rank,
                "");
            Add(entries, TemplateParser.Parse(route.Template), row, route, "");
        }

        foreach (MountedEntry entry in emittable.Mounted)
        {
            Template template = TemplateParser.Parse(entry.Template, entry.Row.Scope);
            Add(entries, template, entry.Row with { Template = entry.Template }, null, entry.Mount.Table);
        }

        var explicitly = new HashSet<(string Shape, string Method)>(entries
            .Where(entry => entry.Method != KnownNames.EveryMethod)
            .Select(entry => (entry.Form.Shape, entry.Method)));
        return entries
            .SelectMany(entry => entry.Method != KnownNames.EveryMethod ? [entry] : CommonMethods
                .Where(method => !explicitly.Contains((entry.Form.Shape, method)))
                .Select(method => entry with { Method = method }))
            .OrderBy(entry => entry.Template, StringComparer.Ordinal)
            .ThenBy(entry => entry.Method, StringComparer.Ordinal)
            .ThenBy(entry => entry.HandlerName, StringComparer.Ordinal)
            .ThenBy(entry => entry.Form.Left.Length)
            .ToList();
    }

    private static void Add(
        List<OperationEntry> entries, Template template, MountedRoute row, RouteModel? route, string table)
    {
        string handler = row.Handler.Replace("@", "");
        int dot = handler.LastIndexOf('.');
        foreach (PathForm form in PathForm.Of(template))
        {
            entries.Add(new OperationEntry(
                form,
                row.Verb,
                row.Template,
                row.Name,
                dot < 0 ? handler : handler.Substring(0, dot),
                handler,
                route,
                table));
        }
    }
}

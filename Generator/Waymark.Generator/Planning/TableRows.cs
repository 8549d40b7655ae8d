using Waymark.Generator.Model;

namespace Waymark.Generator.Planning;

/// <summary>The rows of the table: the routes of the assembly and those of mounted tables in one order.</summary>
internal static class TableRows
{
    public static EquatableArray<TableRoute> Of(
        EmittableModel emittable, IReadOnlyDictionary<HandlerModel, string> thunkOf)
    {
        IEnumerable<TableRoute> own = emittable.Routes.Select(route => new TableRoute(
            route.Verb,
            route.Template,
            thunkOf[route.Handler],
            route.Handler.TypeName + "." + route.Handler.MethodName,
            route.Name,
            route.Rank,
            BodyBytesMax: route.BodyBytesMax));
        IEnumerable<TableRoute> mounted = emittable.Mounted.Select(entry => new TableRoute(
            entry.Row.Verb,
            entry.Template,
            "",
            entry.Row.Handler,
            entry.Row.Name,
            entry.Row.Rank,
            entry.Row.Scope,
            entry.Mount.Table,
            entry.Number));
        // A stable sort: own routes are sorted already, down to their handlers.
        return own.Concat(mounted)
            .OrderBy(route => route.Template, StringComparer.Ordinal)
            .ThenBy(route => route.Verb, StringComparer.Ordinal)
            .ToEquatableArray();
    }
}

using Waymark.Generator.Model;

namespace Waymark.Generator.Planning;

/// <summary>The rows of the table: the routes of the assembly and those of mounted tables in one order.</summary>
internal static class TableRows
{
    public static List<PlannedRow> Of(
        EmittableModel emittable, IReadOnlyDictionary<HandlerModel, string> thunkOf)
    {
        IEnumerable<PlannedRow> own = emittable.Routes.Select(route => new PlannedRow(
            new TableRoute(
                route.Verb,
                route.Template,
                thunkOf[route.Handler],
                route.Handler.TypeName + "." + route.Handler.MethodName,
                route.Name,
                route.Rank,
                BodyBytesMax: route.BodyBytesMax),
            route.Middleware));
        IEnumerable<PlannedRow> mounted = emittable.Mounted.Select(entry => new PlannedRow(
            new TableRoute(
                entry.Row.Verb,
                entry.Template,
                "",
                entry.Row.Handler,
                entry.Row.Name,
                entry.Row.Rank,
                entry.Row.Scope,
                entry.Mount.Table,
                entry.Number),
            EquatableArray<MiddlewareModel>.Empty));
        // A stable sort: own routes are sorted already, down to their handlers.
        return own.Concat(mounted)
            .OrderBy(planned => planned.Row.Template, StringComparer.Ordinal)
            .ThenBy(planned => planned.Row.Verb, StringComparer.Ordinal)
            .ToList();
    }
}

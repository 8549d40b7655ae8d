using Waymark.Generator.Model;

namespace Waymark.Generator.Planning;

/// <summary>Which middleware stands around which routes.</summary>
internal static class MiddlewarePlan
{
    /// <summary>Names each place once, with the numbers of its routes.</summary>
    /// <remarks>
    /// In the order in which the routes first have them, the assembly's before all. So an outer place always comes
    /// before an inner one: whatever stands around one place stands, in the same order, around each of its routes.
    /// </remarks>
    public static MiddlewareFileModel Of(IReadOnlyList<PlannedRow> rows, TableSetup setup)
    {
        var order = new List<MiddlewareModel>();
        var routesOf = new Dictionary<MiddlewareModel, List<int>>();
        for (int number = 0; number < rows.Count; number++)
        {
            foreach (MiddlewareModel middleware in rows[number].Middleware)
            {
                if (!routesOf.TryGetValue(middleware, out List<int>? routes))
                {
                    routesOf[middleware] = routes = [];
                    order.Add(middleware);
                }

                routes.Add(number);
            }
        }

        IEnumerable<MiddlewarePlace> everywhere = rows.Count == 0
            ? []
            : setup.Middleware.Select(middleware =>
                new MiddlewarePlace(middleware, Enumerable.Range(0, rows.Count).ToEquatableArray()));
        return new MiddlewareFileModel(
            setup.Export?.Namespace ?? "",
            everywhere
                .Concat(order.Select(middleware =>
                    new MiddlewarePlace(middleware, routesOf[middleware].ToEquatableArray())))
                .ToEquatableArray(),
            MountsOf(rows, setup));
    }

    private static EquatableArray<MountedMiddleware> MountsOf(IReadOnlyList<PlannedRow> rows, TableSetup setup) =>
        setup.Mounts
            .Where(mount => mount is { Problem: null, HasMiddleware: true })
            .Select(mount => mount.Table)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(table => table, StringComparer.Ordinal)
            .Select(table => new MountedMiddleware(
                table,
                Enumerable.Range(0, rows.Count)
                    .Where(number => rows[number].Row.CalledTable == table)
                    .SelectMany(number => new[] { number, rows[number].Row.CalledNumber })
                    .ToEquatableArray()))
            .Where(mount => mount.Routes.Count > 0)
            .ToEquatableArray();
}

/// <summary>A row of the table and what stands around it, but for the assembly's own middleware.</summary>
internal sealed record PlannedRow(TableRoute Row, EquatableArray<MiddlewareModel> Middleware);

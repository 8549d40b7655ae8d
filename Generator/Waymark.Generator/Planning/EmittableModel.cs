using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.Generator.Planning;

/// <summary>Which routes are emitted, and the problems of those that are not.</summary>
/// <param name="Routes">Sorted by template, verb and handler.</param>
/// <param name="Mounted">The rows of mounted tables, in the order of the mounts.</param>
/// <param name="Problems">In the order of the routes they belong to; then those of the rest.</param>
internal sealed record EmittableModel(
    EquatableArray<RouteModel> Routes, EquatableArray<MountedEntry> Mounted, EquatableArray<RouteProblem> Problems)
{
    /// <summary>Sorts out what can be emitted.</summary>
    public static EmittableModel Of(EquatableArray<RouteModel> routes, TableSetup setup)
    {
        var emittable = new List<RouteModel>();
        var reports = new List<RouteProblem>();
        CheckedRoutes found = RouteChecks.FindProblems(routes, setup);
        for (int index = 0; index < routes.Count; index++)
        {
            RouteModel route = routes[index];
            if (found.Problems[index].Count == 0)
                emittable.Add(route);
            string handler = route.Handler.TypeName + "." + route.Handler.MethodName;
            reports.AddRange(
                found.Problems[index].Select(problem => new RouteProblem(route.Template, handler, problem)));
        }

        reports.AddRange(found.Others);
        reports.AddRange(setup.JsonContexts.SelectMany(context => context.Problems
            .Select(problem => new RouteProblem("", context.TypeName, problem))));
        return new EmittableModel(
            emittable.ToEquatableArray(), found.Mounted.ToEquatableArray(), reports.ToEquatableArray());
    }
}

using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Extraction;

/// <summary>The checks that need more than one method: constraints and JSON types against what the assembly has, and
/// routes against each other.</summary>
/// <remarks>Pure functions over models; compiled into the generator and into the analyzers.</remarks>
internal static class RouteChecks
{
    /// <summary>Orders routes by template, verb and handler: of two that conflict, the first one stays.</summary>
    public static int Compare(RouteModel left, RouteModel right)
    {
        int order = string.CompareOrdinal(left.Template, right.Template);
        if (order == 0)
            order = string.CompareOrdinal(left.Verb, right.Verb);
        if (order == 0)
            order = string.CompareOrdinal(left.Handler.QualifiedTypeName, right.Handler.QualifiedTypeName);
        if (order == 0)
            order = string.CompareOrdinal(left.Handler.MethodName, right.Handler.MethodName);
        return order != 0 ? order : string.CompareOrdinal(SignatureOf(left.Handler), SignatureOf(right.Handler));
    }

    /// <summary>All problems of each route: its own, unknown constraints, JSON types that no context lists, names given
    /// twice, and conflicts with earlier routes; and those of what the assembly says beside its routes.</summary>
    /// <param name="routes">Sorted by <see cref="Compare"/>.</param>
    /// <param name="setup">What the assembly says beside them.</param>
    public static CheckedRoutes FindProblems(IReadOnlyList<RouteModel> routes, TableSetup setup)
    {
        var listed = new HashSet<string>(
            setup.JsonContexts.SelectMany(context => context.SerializableTypes), StringComparer.Ordinal);
        var constraints = new ConstraintNames(setup.Constraints);
        var problems = new List<List<Problem>>();
        foreach (RouteModel route in routes)
        {
            problems.Add(
            [
                .. route.Problems, .. constraints.FindUnknown(TemplateParser.Parse(route.Template)),
                .. FindJsonProblems(route, listed),
            ]);
        }

        var others = new List<RouteProblem>(constraints.Problems);
        others.AddRange(setup.Mounts
            .Where(mount => mount.Problem is not null)
            .Select(mount => new RouteProblem(mount.Prefix, mount.Table, mount.Problem!)));
        others.AddRange(setup.Middleware
            .Where(middleware => middleware.Problem is not null)
            .Select(middleware => new RouteProblem("", "the assembly", middleware.Problem!)));
        NameChecks.Add(routes, problems);
        List<MountedEntry> mounted = MountedEntry.ListAll(setup.Mounts);
        AddExcessMethods(routes, problems, mounted, others);
        List<MountedEntry> kept = ConflictChecks.Add(routes, problems, mounted, others, setup.Options);
        return new CheckedRoutes(problems, kept, others);
    }

    private static void AddExcessMethods(
        IReadOnlyList<RouteModel> routes,
        List<List<Problem>> problems,
        List<MountedEntry> mounted,
        List<RouteProblem> mountProblems)
    {
        HashSet<string> excess = VerbToken.FindExcess(
            routes.Select(route => route.Verb).Concat(mounted.Select(entry => entry.Row.Verb)));
        if (excess.Count == 0)
            return;
        for (int index = 0; index < routes.Count; index++)
        {
            if (excess.Contains(routes[index].Verb))
                problems[index].Add(VerbToken.Excess(routes[index].Verb));
        }

        foreach (MountedEntry entry in mounted.FindAll(entry => excess.Contains(entry.Row.Verb)))
            mountProblems.Add(new RouteProblem(entry.Template, entry.Mount.Table, VerbToken.Excess(entry.Row.Verb)));
        mounted.RemoveAll(entry => excess.Contains(entry.Row.Verb));
    }

    /// <summary>The types that a handler reads from or writes as JSON, qualified.</summary>
    public static IEnumerable<string> JsonTypesOf(HandlerModel handler)
    {
        foreach (ParameterModel leaf in handler.Leaves)
        {
            if (leaf.Body == BodyKind.Json)
                yield return leaf.TypeName;
        }

        foreach (string type in handler.Result.JsonTypes)
            yield return type;
    }

    /// <summary>Tells overloads apart, so that the order does not depend on the order of the files.</summary>
    private static string SignatureOf(HandlerModel handler) =>
        string.Join(",", handler.Parameters.Select(Shown));

    private static string Shown(ParameterModel parameter) =>
        parameter.TypeName + (parameter.Nullability == Nullability.None ? "" : "?");

    private static IEnumerable<Problem> FindJsonProblems(RouteModel route, HashSet<string> listed)
    {
        foreach (ParameterModel parameter in route.Handler.Parameters)
        {
            foreach (ParameterModel leaf in parameter.Leaves)
            {
                if (leaf.Body == BodyKind.Json && !listed.Contains(leaf.TypeName))
                {
                    yield return Problem.AtParameter(
                        "WM3001", parameter.Name, Explain($"The body '{leaf.Name}' is read as", leaf.TypeName));
                }
            }
        }

        foreach (string type in route.Handler.Result.JsonTypes)
        {
            if (!listed.Contains(type))
                yield return Problem.AtMethod("WM3001", Explain($"'{route.Handler.MethodName}' returns", type));
        }
    }

    private static string Explain(string what, string qualified)
    {
        string type = qualified.Replace("global::", "");
        return $"{what} {type} in JSON, but no JsonSerializerContext that generated code can reach lists that type: " +
            $"add [JsonSerializable(typeof({type}))] to one.";
    }
}

/// <summary>What the checks found.</summary>
/// <param name="Problems">
/// As many lists as there are routes, in their order; an empty list means that the route is emitted.
/// </param>
/// <param name="Mounted">The rows of mounted tables that are emitted.</param>
/// <param name="Others">The problems of constraint methods, mounts and mounted rows.</param>
internal sealed record CheckedRoutes(
    IReadOnlyList<IReadOnlyList<Problem>> Problems,
    IReadOnlyList<MountedEntry> Mounted,
    IReadOnlyList<RouteProblem> Others);

using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Extraction;

/// <summary>The checks that need more than one method: JSON types against the contexts, and routes against each
/// other.</summary>
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

    /// <summary>All problems of each route: its own, JSON types that no context lists, and conflicts with earlier
    /// routes.</summary>
    /// <param name="routes">Sorted by <see cref="Compare"/>.</param>
    /// <param name="contexts">The JSON contexts of the compilation, in any order.</param>
    /// <returns>As many lists as there are routes, in their order; an empty list means that the route is
    /// emitted.</returns>
    public static IReadOnlyList<IReadOnlyList<Problem>> FindProblems(
        IReadOnlyList<RouteModel> routes, IReadOnlyList<JsonContextModel> contexts)
    {
        var listed = new HashSet<string>(
            contexts.SelectMany(context => context.SerializableTypes), StringComparer.Ordinal);
        var problems = new List<List<Problem>>();
        foreach (RouteModel route in routes)
            problems.Add([.. route.Problems, .. FindJsonProblems(route, listed)]);

        AddConflicts(routes, problems);
        return problems;
    }

    /// <summary>The types that a handler reads from or writes as JSON, qualified.</summary>
    public static IEnumerable<string> JsonTypesOf(HandlerModel handler)
    {
        foreach (ParameterModel parameter in handler.Parameters)
        {
            if (parameter.Source == ParameterSource.Body)
                yield return parameter.TypeName;
        }

        if (handler.Result.Kind == ResultKind.Json)
            yield return handler.Result.JsonType;
    }

    /// <summary>Tells overloads apart, so that the order does not depend on the order of the files.</summary>
    private static string SignatureOf(HandlerModel handler) =>
        string.Join(",", handler.Parameters.Select(Shown));

    private static string Shown(ParameterModel parameter) => parameter.TypeName + (parameter.IsNullable ? "?" : "");

    private static IEnumerable<Problem> FindJsonProblems(RouteModel route, HashSet<string> listed)
    {
        foreach (ParameterModel parameter in route.Handler.Parameters)
        {
            if (parameter.Source == ParameterSource.Body && !listed.Contains(parameter.TypeName))
            {
                yield return Problem.AtParameter(
                    "WM3001", parameter.Name, Explain($"The body '{parameter.Name}' is read as", parameter.TypeName));
            }
        }

        ResultModel result = route.Handler.Result;
        if (result.Kind == ResultKind.Json && !listed.Contains(result.JsonType))
            yield return Problem.AtMethod("WM3001", Explain($"'{route.Handler.MethodName}' returns", result.JsonType));
    }

    private static string Explain(string what, string qualified)
    {
        string type = qualified.Replace("global::", "");
        return $"{what} {type} in JSON, but no JsonSerializerContext that generated code can reach lists that type: " +
            $"add [JsonSerializable(typeof({type}))] to one.";
    }

    private static void AddConflicts(IReadOnlyList<RouteModel> routes, List<List<Problem>> problems)
    {
        List<int> sound = Enumerable.Range(0, routes.Count).Where(index => problems[index].Count == 0).ToList();
        List<(string, Template)> parsed =
            sound.ConvertAll(index => (routes[index].Verb, TemplateParser.Parse(routes[index].Template)));
        foreach (Conflict conflict in ConflictFinder.Find(parsed))
        {
            // Conflicts come sorted by their first route, so whether that one stays is already decided here.
            int first = sound[conflict.First];
            int second = sound[conflict.Second];
            if (problems[first].Count > 0)
                continue;
            RouteModel kept = routes[first];
            problems[second].Add(Problem.InTemplate(
                "WM1010", 0, routes[second].Template.Length,
                $"{routes[second].Verb} {routes[second].Template} and {kept.Verb} {kept.Template} of " +
                $"{kept.Handler.TypeName}.{kept.Handler.MethodName} both match {conflict.Witness}, and neither is " +
                "more specific: change the verb or the template of one."));
        }
    }
}

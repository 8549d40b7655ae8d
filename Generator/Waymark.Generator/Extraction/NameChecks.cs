using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>WM4001: a route's name is its own, since a link finds the route by it.</summary>
internal static class NameChecks
{
    /// <summary>Adds a problem to each route whose name an earlier one has.</summary>
    public static void Add(IReadOnlyList<RouteModel> routes, List<List<Problem>> problems)
    {
        var first = new Dictionary<string, RouteModel>(StringComparer.Ordinal);
        for (int index = 0; index < routes.Count; index++)
        {
            if (routes[index].Name is not { } name)
                continue;
            if (first.TryGetValue(name, out RouteModel? other))
            {
                string message = Explain(name, ConflictText.Of(routes[index]), ConflictText.Of(other));
                problems[index].Add(Problem.AtMethod("WM4001", message));
            }
            else
            {
                first.Add(name, routes[index]);
            }
        }
    }

    /// <summary>The sentence, for two routes as messages name them.</summary>
    public static string Explain(string name, string route, string other) =>
        $"{route} and {other} both have the name '{name}': " +
        "a link could mean either, so give one another name.";
}

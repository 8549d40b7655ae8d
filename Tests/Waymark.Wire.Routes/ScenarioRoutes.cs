namespace Waymark.Wire.Routes;

/// <summary>Routes for the scenarios H01 to H07; the generator makes <c>Routes.Table</c> of them.</summary>
public static class ScenarioRoutes
{
    /// <summary>The generated table.</summary>
    public static RouteTable Table => global::Routes.Table;

    [Get("/")]
    internal static string Root() => "root";

    // The capture stands before the literal here and behind it below: order never matters.
    [Get("/users/:id")]
    internal static string User(int id) => $"user {id}";

    [Get("/users/me")]
    internal static string Me() => "me";

    [Delete("/users/:id")]
    internal static string Remove(string id) => $"removed {id}";

    [Get("/teams/mine")]
    internal static string Mine() => "mine";

    [Get("/teams/:id")]
    internal static string Team(int id) => $"team {id}";

    [Get("/static/*path")]
    internal static string Static(string path) => $"static [{path}]";

    [Get("/docs/*path?")]
    internal static string Docs(string path) => $"docs [{path}]";

    [Get("/a")]
    internal static string A() => "a";

    [Get("/slash/")]
    internal static string Slash() => "slash/";

    [Get("/a/:x/b")]
    internal static string Between(string x) => $"between [{x}]";
}

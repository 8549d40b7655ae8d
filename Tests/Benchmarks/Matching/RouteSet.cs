using Waymark.Benchmarks.RouteSets;

namespace Waymark.Benchmarks.Matching;

/// <summary>A set of routes by its name; the table is made when it is first asked for.</summary>
/// <param name="FirstPath">A path of a GET route, for the first match of a process.</param>
internal sealed record RouteSet(string Name, Func<RouteTable> Table, string FirstPath)
{
    public static readonly RouteSet[] All =
    [
        new("github", () => Github.Table, "/repos/octocat/hello-world/issues/42/comments"),
        new("github x 5", () => Github5.Table, "/c/repos/octocat/hello-world/issues/42/comments"),
        new("parse", () => Parse.Table, "/1/classes/Game/42"),
        new("gplus", () => Gplus.Table, "/people/42/activities/public"),
        new("static", () => Static.Table, "/progs/go1.go"),
    ];
}

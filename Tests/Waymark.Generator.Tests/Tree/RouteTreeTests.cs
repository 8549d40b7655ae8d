using System.Text;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;
using Waymark.Generator.Tree;

namespace Waymark.Generator.Tests.Tree;

public sealed class RouteTreeTests
{
    [Theory]
    [InlineData("/", "'/' [GET]")]
    [InlineData("/users,/user,/us", "'/us' [GET] ('er' [GET] ('s' [GET]))")]
    [InlineData("/a/b,/a/c", "'/a/' ('b' [GET], 'c' [GET])")]
    [InlineData("/users/me,/users/:id", "'/users/' ('me' [GET], {} [GET])")]
    [InlineData("/:a,/:b/c", "'/' ({} [GET] ('/c' [GET]))")]
    [InlineData("/:a,/:a.json,/:a-:b", "'/' ({.json} [GET], {-}{} [GET], {} [GET])")]
    [InlineData("/v:a,/:a,/v1", "'/' ('v' ('1' [GET], {} [GET]), {} [GET])")]
    [InlineData("/:a,/:a<long>,/:a<int>", "'/' ({<int>} [GET], {<long>} [GET], {} [GET])")]
    [InlineData("/a/:id?", "'/a' [GET-0] ('/' ({} [GET]))")]
    [InlineData("/*rest,/", "'/' [GET] (* [GET])")]
    [InlineData("/a/*rest?", "'/a/' (*? [GET])")]
    [InlineData("/zeta,/alpha,/mid", "'/' ('alpha' [GET], 'mid' [GET], 'zeta' [GET])")]
    public void Routes_share_what_they_begin_with(string templates, string expected)
    {
        List<TableRoute> routes = templates.Split(',').Select(template => new TableRoute("GET", template, "T", "H"))
            .ToList();

        string tree = Show(RouteTree.Build(routes, TableOptions.Default));
        routes.Reverse();

        Assert.Equal(expected, tree);
        Assert.Equal(expected, Show(RouteTree.Build(routes, TableOptions.Default)));
    }

    [Fact]
    public void Verbs_meet_in_one_leaf_which_allows_HEAD_with_GET_and_always_OPTIONS()
    {
        RouteNode root = RouteTree.Build(
            [
                new TableRoute("POST", "/:a", "T", "H"),
                new TableRoute("GET", "/:b", "T", "H"),
                new TableRoute("DELETE", "/:c", "T", "H"),
            ],
            TableOptions.Default);
        RouteLeaf leaf = root.Children[0].Captures[0].Target.Leaf!;

        Assert.Equal(["DELETE", "GET", "POST"], leaf.Routes.Select(route => route.Verb));
        Assert.Equal(["DELETE", "GET", "HEAD", "OPTIONS", "POST"], leaf.AllowedVerbs);
        Assert.True(leaf.ServesHeadByGet);
    }

    [Fact]
    public void The_site_map_joins_what_never_parts()
    {
        SiteMap map = SiteMap.Of(
        [
            new TableRoute("GET", "/", "T", "Home.Index"), new TableRoute("GET", "/repos/:owner/:repo", "T",
                "Repos.Find"),
            new TableRoute("GET", "/repos/:owner/:repo/issues", "T", "Issues.List"), new TableRoute("GET", "/users/",
                "T", "Users.List"),
        ]);

        Assert.Equal(
            "/ [GET Home.Index]; repos/:owner/:repo [GET Repos.Find]; " +
            "> issues [GET Issues.List]; users/ [GET Users.List]", Show(map, ""));
    }

    private static string Show(RouteNode node)
    {
        if (node.Path.Length == 0)
            return Show(node.Children[0]);
        var text = new StringBuilder(node.Literal.Length == 0 ? "" : $"'{node.Literal}'");
        if (node.Leaf is { } leaf)
            text.Append(' ').Append(Show(leaf));
        List<string> below = node.Children.ConvertAll(Show);
        below.AddRange(node.Captures.Select(branch => Show(branch.Captures) + Show(branch.Target)));
        if (node.CatchAll is { } catchAll)
            below.Add("* " + Show(catchAll));
        if (node.CatchAllOrEmpty is { } orEmpty)
            below.Add("*? " + Show(orEmpty));
        return text + (below.Count == 0 ? "" : $" ({string.Join(", ", below)})");
    }

    private static string Show(IEnumerable<CapturePattern> captures) =>
        string.Concat(captures.Select(capture => $"{{{capture.ConstraintsText}{capture.Tail}}}"));

    private static string Show(RouteLeaf leaf) => "[" + string.Join(" ", leaf.Routes.Select(route =>
        route.Verb + (route.MissingCapture < 0 ? "" : $"-{route.MissingCapture}"))) + "]";

    private static string Show(SiteMap map, string indent) => string.Join(
        "; ", map.Children.Select(child => Show(child, map.Text == "/" ? "" : indent + "> "))
            .Prepend($"{indent}{map.Text} [{string.Join(", ", map.Routes)}]"));
}

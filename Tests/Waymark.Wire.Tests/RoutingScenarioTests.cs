using Waymark.Routing;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>The scenarios H01 to H07: generated routes behind the engine, octet by octet.</summary>
public sealed class RoutingScenarioTests
{
    private static readonly Handler Handler = new Router(ScenarioRoutes.Table).HandleAsync;

    [Fact]
    public Task H01_The_root_is_a_route() => AssertAnswerAsync("GET /", "200", "root");

    [Theory]
    [InlineData("GET /users/42", "200", "user 42")]
    [InlineData("GET /users/%34%32", "200", "user 42")]
    [InlineData("GET /users/-1", "200", "user -1")]
    [InlineData("GET /users/x", "400", null)]
    public Task H02_A_capture_becomes_a_parameter(string request, string status, string? body) =>
        AssertAnswerAsync(request, status, body);

    [Theory]
    [InlineData("GET /users/me", "me")]
    [InlineData("GET /users/%6de", "me")]
    [InlineData("GET /users/7", "user 7")]
    [InlineData("DELETE /users/me", "removed me")]
    [InlineData("GET /teams/mine", "mine")]
    [InlineData("GET /teams/7", "team 7")]
    public Task H03_A_literal_wins_in_either_order_and_gives_way_for_a_verb(string request, string body) =>
        AssertAnswerAsync(request, "200", body);

    // The policy: *path needs at least one octet, *path? may be empty. Neither answers without its slash.
    [Theory]
    [InlineData("GET /static/css/a.css", "200", "static [css/a.css]")]
    [InlineData("GET /static/a", "200", "static [a]")]
    [InlineData("GET /static/a/", "200", "static [a/]")]
    [InlineData("GET /static//", "200", "static [/]")]
    [InlineData("GET /static/", "404", null)]
    [InlineData("GET /static", "404", null)]
    [InlineData("GET /docs/css/a.css", "200", "docs [css/a.css]")]
    [InlineData("GET /docs/", "200", "docs []")]
    [InlineData("GET /docsx", "404", null)]
    public Task H04_A_catch_all_needs_an_octet_unless_it_is_optional(string request, string status, string? body) =>
        AssertAnswerAsync(request, status, body);

    [Theory]
    [InlineData("GET /nowhere", "404", null)]
    [InlineData("POST /nowhere", "404", null)]
    [InlineData("OPTIONS /nowhere", "404", null)]
    [InlineData("POST /", "405", "GET, HEAD, OPTIONS")]
    [InlineData("PUT /users/42", "405", "DELETE, GET, HEAD, OPTIONS")]
    [InlineData("PUT /users/me", "405", "DELETE, GET, HEAD, OPTIONS")]
    [InlineData("OPTIONS /users/42", "200", "DELETE, GET, HEAD, OPTIONS")]
    [InlineData("FOO /users/42", "501", null)]
    public async Task H05_An_unknown_path_is_404_and_a_wrong_method_405_with_a_sorted_Allow(
        string request, string status, string? allow)
    {
        WireAnswer answer = await PlayAsync(request);
        Assert.Equal(status, answer.Statuses);
        string[] lines = answer.Text.Split("\r\n")
            .Where(line => line.StartsWith("Allow:", StringComparison.Ordinal)).ToArray();
        Assert.Equal(allow is null ? [] : [$"Allow: {allow}"], lines);
    }

    // Trailing slash, doubled slash, escaped slash, escaped dots: nothing is merged, nothing decoded before the match.
    [Theory]
    [InlineData("/a", "200", "a")]
    [InlineData("/a/", "404", null)]
    [InlineData("/a//", "404", null)]
    [InlineData("//a", "404", null)]
    [InlineData("//", "404", null)]
    [InlineData("/slash/", "200", "slash/")]
    [InlineData("/slash", "404", null)]
    [InlineData("/slash//", "404", null)]
    [InlineData("/a/x/b", "200", "between [x]")]
    [InlineData("/a//b", "404", null)]
    [InlineData("/a///b", "404", null)]
    [InlineData("/a/x/b/", "404", null)]
    [InlineData("/a%2Fx/b", "404", null)]
    [InlineData("/a%2fx%2fb", "404", null)]
    [InlineData("/a/%2F/b", "200", "between [/]")]
    [InlineData("/a/x%2Fy/b", "200", "between [x/y]")]
    [InlineData("/a/x%252Fy/b", "200", "between [x%2Fy]")]
    [InlineData("/%61", "200", "a")]
    [InlineData("/A", "404", null)]
    [InlineData("/a/%2e%2e/b", "400", null)]
    [InlineData("/a/%2E%2E/b", "400", null)]
    [InlineData("/a/.%2e/b", "400", null)]
    [InlineData("/a/%2e/b", "400", null)]
    [InlineData("/a/%2e%2e", "400", null)]
    [InlineData("/%2e%2e", "400", null)]
    [InlineData("/a/%252e%252e/b", "200", "between [%2e%2e]")]
    [InlineData("/a/%2e%2e%2e/b", "200", "between [...]")]
    [InlineData("/a/%2e%2ex/b", "200", "between [..x]")]
    public Task H06_Slashes_and_escapes_follow_one_table(string path, string status, string? body) =>
        AssertAnswerAsync($"GET {path}", status, body);

    [Theory]
    [InlineData("/..", "400", null)]
    [InlineData("/../static/a", "400", null)]
    [InlineData("/static/../a", "400", null)]
    [InlineData("/static/..", "400", null)]
    [InlineData("/static/./a", "400", null)]
    [InlineData("/static/foo..bar", "200", "static [foo..bar]")]
    [InlineData("/static/..foo", "200", "static [..foo]")]
    [InlineData("/static/foo..", "200", "static [foo..]")]
    [InlineData("/static/...", "200", "static [...]")]
    [InlineData("/static/.foo", "200", "static [.foo]")]
    [InlineData("/docs/?p=/../", "200", "docs []")]
    public Task H07_Two_dots_are_refused_as_a_segment_only(string path, string status, string? body) =>
        AssertAnswerAsync($"GET {path}", status, body);

    private static async Task AssertAnswerAsync(string request, string status, string? body)
    {
        WireAnswer answer = await PlayAsync(request);
        Assert.Equal(status, answer.Statuses);
        if (body is not null)
            Assert.EndsWith($"\r\n\r\n{body}", answer.Text, StringComparison.Ordinal);
        // A path that is refused ends the connection; one that is only not found does not.
        bool isRefused = answer.Text.Contains("dot segment", StringComparison.Ordinal);
        Assert.Equal(isRefused, answer.SaysClose);
    }

    private static Task<WireAnswer> PlayAsync(string request) =>
        Engine.PlayAtEverySplitAsync($"{request} HTTP/1.1\r\nHost: x\r\n\r\n", handler: Handler);
}

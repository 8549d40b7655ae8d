using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Answers;

/// <summary>What a client gets from a generated table through a real server: status, Allow, Location.</summary>
public sealed class RouterAnswerTests
{
    private const string Routes =
        """
        static class H
        {
            [Get("/")] internal static string Home() => "home";
            [Get("/users")] internal static string List() => "list";
            [Post("/posts/")] internal static string Add() => "add";
            [Route("PURGE", "/users")] internal static string Purge() => "purge";
            [Route("*", "/any/:id<int>")] internal static string Any(int id, Request request) => request.Method + id;
            [Get("/any/:id<int>")] internal static string One(int id) => "one" + id;
            [Get("/typed/:id")] internal static string Typed(int id) => "typed" + id;
            [Get("/many/:a/:_b/:_c/:_d/:_e/:_f/:_g/:h/:i/:j")]
            internal static string Many(string a, string h, string i, string j) => a + h + i + j;
        }
        """;

    [Theory]
    [InlineData("GET /users", "200", "list")]
    [InlineData("PURGE /users", "200", "purge")]
    [InlineData("PUT /users", "405", "Allow: GET, HEAD, OPTIONS, PURGE\r\n")]
    [InlineData("OPTIONS /users", "200", "Allow: GET, HEAD, OPTIONS, PURGE\r\n")]
    [InlineData("OPTIONS *", "200", "Allow: DELETE, GET, HEAD, OPTIONS, PATCH, POST, PURGE, PUT\r\n")]
    [InlineData("PURGE /", "405", "Allow: GET, HEAD, OPTIONS\r\n")]
    [InlineData("BREW /users", "501", "")]
    [InlineData("BREW /nowhere", "501", "")]
    [InlineData("BREW /any/7", "200", "BREW7")]
    [InlineData("DELETE /any/7", "200", "DELETE7")]
    [InlineData("OPTIONS /any/7", "200", "OPTIONS7")]
    [InlineData("GET /any/7", "200", "one7")]
    [InlineData("HEAD /any/7", "200", "Content-Length: 4\r\n")]
    [InlineData("GET /any/x", "404", "")]
    [InlineData("TRACE /any/7", "405", "Allow: DELETE, GET, HEAD, OPTIONS, PATCH, POST, PURGE, PUT\r\n")]
    [InlineData("TRACE /users", "405", "Allow: GET, HEAD, OPTIONS, PURGE\r\n")]
    [InlineData("TRACE /nowhere", "404", "")]
    [InlineData("GET /typed/x", "400", "id")]
    [InlineData("GET /many/1/2/3/4/5/6/7/8/9/%31%30", "200", "18910")]
    [InlineData("GET /users/", "404", "")]
    [InlineData("get /users", "501", "")]
    public async Task A_request_is_answered(string request, string status, string expected)
    {
        using LoadedTable table = GeneratorRun.Load(Routes);
        await using var server = new AnsweringServer(table.Table);
        await AssertAnswer(server, request, status, expected);
    }

    [Theory]
    [InlineData("GET /users/", "308", "Location: /users\r\n")]
    [InlineData("GET /users/?a=b&c", "308", "Location: /users?a=b&c\r\n")]
    [InlineData("GET /users/?", "308", "Location: /users?\r\n")]
    [InlineData("HEAD /users/", "308", "Location: /users\r\n")]
    [InlineData("POST /posts", "308", "Location: /posts/\r\n")]
    [InlineData("PURGE /users/", "308", "Location: /users\r\n")]
    [InlineData("BREW /any/7/", "308", "Location: /any/7\r\n")]
    [InlineData("GET /%75sers/", "308", "Location: /users\r\n")]
    [InlineData("GET http://x/users/?q", "308", "Location: /users?q\r\n")]
    [InlineData("PUT /users/", "404", "")]
    [InlineData("OPTIONS /users/", "404", "")]
    [InlineData("GET /any/x/", "404", "")]
    [InlineData("GET //users/", "404", "")]
    [InlineData("GET //evil.example/users/", "404", "")]
    [InlineData("GET /nowhere/", "404", "")]
    [InlineData("TRACE /any/7/", "404", "")]
    public async Task The_other_form_of_the_last_slash_is_a_redirection(string request, string status, string expected)
    {
        using LoadedTable table = GeneratorRun.Load(
            "[assembly: RouteOptions(TrailingSlash = TrailingSlash.Redirect308)]", Routes);
        await using var server = new AnsweringServer(table.Table);
        await AssertAnswer(server, request, status, expected);
    }

    [Theory]
    [InlineData("GET //evil.example/../../users/", "308", "Location: /users\r\n")]
    [InlineData("GET /a/%2e%2e/users/?x", "308", "Location: /users?x\r\n")]
    public async Task A_redirection_leads_to_the_path_that_was_matched(string request, string status, string expected)
    {
        using LoadedTable table = GeneratorRun.Load(
            "[assembly: RouteOptions(TrailingSlash = TrailingSlash.Redirect308)]", Routes);
        var options = new ServerOptions { DotSegments = DotSegments.Remove, AcceptsRawOctets = true };
        await using var server = new AnsweringServer(table.Table, options);
        await AssertAnswer(server, request, status, expected);
    }

    private static async Task AssertAnswer(AnsweringServer server, string request, string status, string expected)
    {
        string answer = await server.SendRawAsync($"{request} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains(expected, answer, StringComparison.Ordinal);
        Assert.Equal(
            expected.StartsWith("Location", StringComparison.Ordinal), answer.Contains(
                "Location:", StringComparison.Ordinal));
    }
}

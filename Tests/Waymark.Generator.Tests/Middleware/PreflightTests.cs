using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Middleware;

/// <summary>A preflight passes through the middleware of the route that it asks for.</summary>
public sealed class PreflightTests
{
    private const string Routes =
        """
        [Mark("group")]
        static class A
        {
            [Get("/a"), Mark("get")] internal static string Get() => "got";
            [Put("/a"), Mark("put", Stops = true)] internal static string Put() => "put";
            [Route("PURGE", "/a"), Mark("purge")] internal static string Purge() => "purged";
            [Get("/own"), Mark("own")] internal static string Own() => "";
            [Options("/own"), Mark("options")] internal static string Options() => "mine";
        }
        static class Bare { [Post("/a")] internal static string Post() => ""; }
        """;

    [Theory]
    [InlineData("/a", "GET", "+group+get-get-group", "Allow: GET, HEAD, OPTIONS, POST, PURGE, PUT")]
    [InlineData("/a", "HEAD", "+group+get-get-group", "Allow: GET, HEAD, OPTIONS, POST, PURGE, PUT")]
    [InlineData("/a", "PUT", "+group+put-put-group", "stopped by put")]
    [InlineData("/a", "PURGE", "+group+purge-purge-group", "Allow: GET, HEAD, OPTIONS, POST, PURGE, PUT")]
    [InlineData("/a", "POST", "", "Allow: GET, HEAD, OPTIONS, POST, PURGE, PUT")]
    [InlineData("/a", "DELETE", "", "Allow: GET, HEAD, OPTIONS, POST, PURGE, PUT")]
    [InlineData("/a", "get", "", "Allow: GET, HEAD, OPTIONS, POST, PURGE, PUT")]
    [InlineData("/a", "NOBODY", "", "Allow: GET, HEAD, OPTIONS, POST, PURGE, PUT")]
    [InlineData("/a", null, "", "Allow: GET, HEAD, OPTIONS, POST, PURGE, PUT")]
    [InlineData("/a", "GET", "", "Allow: GET, HEAD, OPTIONS, POST, PURGE, PUT", null)]
    [InlineData("/own", "GET", "+group+options-options-group", "mine")]
    [InlineData("/none", "GET", "", "404")]
    public async Task It_is_answered_as_before_but_through_the_middleware(
        string path, string? method, string trace, string expected, string? origin = "https://app.example")
    {
        using LoadedTable table = GeneratorRun.Load(Sources.Marks, Routes);
        await using var server = new AnsweringServer(table.Table);

        string answer = await server.SendRawAsync(
            $"OPTIONS {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" +
            (origin is null ? "" : $"Origin: {origin}\r\n") +
            (method is null ? "" : $"Access-Control-Request-Method: {method}\r\n") + "\r\n");

        Assert.Contains(expected, answer, StringComparison.Ordinal);
        Assert.Equal(trace, MiddlewareTests.TraceOf(table.Routes.Assembly, "Text"));
    }

    [Fact]
    public async Task The_next_request_on_the_connection_reaches_the_handler()
    {
        using LoadedTable table = GeneratorRun.Load(Sources.Marks, Routes);
        await using var server = new AnsweringServer(table.Table);

        string answers = await server.SendRawAsync(
            "OPTIONS /a HTTP/1.1\r\nHost: x\r\nOrigin: https://y\r\nAccess-Control-Request-Method: GET\r\n\r\n" +
            "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.EndsWith("\r\n\r\ngot", answers, StringComparison.Ordinal);
    }
}

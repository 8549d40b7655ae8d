using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Middleware;

/// <summary>Who may call a route is decided by the attributes around it, from the assembly to the method.</summary>
public sealed class AuthorizationTests
{
    private const string Finder =
        """
        [assembly: FindUser, RequireUser]

        sealed class FindUserAttribute : MiddlewareAttribute
        {
            public override Handler Wrap(Handler next, ServerContext server) => exchange =>
            {
                if (exchange.Request.Headers["X-User"] is { } name)
                    exchange.User = new Principal(name) { Scopes = [name] };
                return next(exchange);
            };
        }

        sealed class PassAttribute : MiddlewareAttribute
        {
            public override Handler Wrap(Handler next, ServerContext server) => exchange => next(exchange);
        }
        """;

    private const string Routes =
        """
        static class Plain
        {
            [Get("/default")] internal static string Default() => "";
            [Get("/open"), AllowAnonymous] internal static string Open() => "";
            [Get("/hidden"), Pass, AllowAnonymous, Pass] internal static string Hidden() => "";
            [Get("/inner"), AllowAnonymous, RequireScope("a")] internal static string Inner() => "";
            [Get("/outer"), RequireScope("a"), AllowAnonymous] internal static string Outer() => "";
        }

        [RequireScope("a")]
        static class Closed
        {
            [Get("/closed")] internal static string Get() => "";
            [Get("/closed/open"), AllowAnonymous] internal static string Open() => "";
            [Get("/closed/both"), RequireScope("b")] internal static string Both() => "";

            [AllowAnonymous]
            internal static class Opened
            {
                [Get("/opened")] internal static string Get() => "";
                [Get("/opened/closed"), RequireUser] internal static string Closed() => "";
            }
        }
        """;

    [Theory]
    [InlineData("/default", 401, 200, 200)]
    [InlineData("/open", 200, 200, 200)]
    [InlineData("/hidden", 200, 200, 200)]
    [InlineData("/inner", 401, 200, 403)]
    [InlineData("/outer", 200, 200, 200)]
    [InlineData("/closed", 401, 200, 403)]
    [InlineData("/closed/open", 200, 200, 200)]
    [InlineData("/closed/both", 401, 403, 403)]
    [InlineData("/opened", 200, 200, 200)]
    [InlineData("/opened/closed", 401, 200, 200)]
    [InlineData("/nowhere", 404, 404, 404)]
    public async Task A_route_is_open_or_asks_for_what_stands_around_it(string path, int nobody, int a, int b)
    {
        using LoadedTable table = GeneratorRun.Load(Finder, Routes);
        await using var server = new AnsweringServer(table.Table);
        Assert.Equal(nobody, await StatusAsync(server, $"GET {path} HTTP/1.1\r\n"));
        Assert.Equal(a, await StatusAsync(server, $"GET {path} HTTP/1.1\r\nX-User: a\r\n"));
        Assert.Equal(b, await StatusAsync(server, $"GET {path} HTTP/1.1\r\nX-User: b\r\n"));
    }

    [Fact]
    public async Task A_preflight_is_not_asked_who_it_is_and_does_not_reach_the_handler()
    {
        using LoadedTable table = GeneratorRun.Load(Finder, Routes);
        await using var server = new AnsweringServer(table.Table);
        Assert.Equal(200, await StatusAsync(
            server, "OPTIONS /closed HTTP/1.1\r\nOrigin: https://a\r\nAccess-Control-Request-Method: GET\r\n"));
        Assert.Equal(401, await StatusAsync(
            server, "GET /closed HTTP/1.1\r\nOrigin: https://a\r\nAccess-Control-Request-Method: GET\r\n"));
    }

    private static async Task<int> StatusAsync(AnsweringServer server, string head)
    {
        string answer = await server.SendRawAsync(head + "Host: x\r\nConnection: close\r\n\r\n");
        return int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
    }
}

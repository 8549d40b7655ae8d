using Waymark;

[assembly: RequireUser] // Every route is closed, unless it says otherwise.

return await Program.MakeServer(new Dictionary<string, Principal>
{
    // In a program of yours, from a file or a database; JWTs have a middleware of their own.
    ["ada-token"] = new("ada") { Scopes = ["notes:read", "notes:write"] },
    ["bob-token"] = new("bob") { Scopes = ["notes:read"] },
}).RunAsync(args);

internal static partial class Program
{
    internal static HttpServer MakeServer(IReadOnlyDictionary<string, Principal> tokens)
    {
        var server = new HttpServer(Routes.Table);
        server.Use(Cors.From(new CorsOptions
        {
            Origins = ["https://app.example.org"],
            Headers = ["Authorization", "Content-Type"],
        }));
        server.Use(Authentication.Optional(
            BearerAuthentication.From(new BearerAuthenticationOptions { Tokens = tokens })));
        return server;
    }
}

[Group("/notes"), RequireScope("notes:read")]
internal static class Notes
{
    private static readonly List<string> Known = [];

    [Get("/")]
    internal static string List()
    {
        lock (Known)
            return string.Concat(Known);
    }

    [Post("/"), RequireScope("notes:write")]
    internal static void Add([Body] string note, Exchange exchange)
    {
        lock (Known)
            Known.Add($"{exchange.User!.Name}: {note}\n");
    }
}

internal static class Home
{
    [Get("/"), AllowAnonymous]
    internal static string Index() => "Welcome, whoever you are.\n";

    [Get("/me")]
    internal static string Me(Exchange exchange) => $"{exchange.User!.Name}\n";
}

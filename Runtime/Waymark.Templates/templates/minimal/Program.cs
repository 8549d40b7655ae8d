using Waymark;

// Addresses: the arguments, else this one. `--routes` prints the routes instead.
await using var server = new HttpServer(Routes.Table);
return await server.RunAsync(args.Length > 0 ? args : ["http://localhost:5000"]);

internal static class Home
{
    [Get("/")]
    internal static string Index() => "Hello, world!\n";

    [Get("/hello/:name")]
    internal static string Greet(string name) => $"Hello, {name}!\n";
}

using Waymark;

// Serves until Ctrl+C or SIGTERM. Addresses: the arguments, else WAYMARK_URLS, else http://localhost:8080.
return await Program.MakeServer().RunAsync(args);

internal static partial class Program
{
    internal static HttpServer MakeServer() => new(Routes.Table); // Routes is generated from the handlers below.
}

internal static class Home
{
    [Get("/")]
    internal static string Index() => "Hello, world!\n";

    [Get("/hello/:name")]
    internal static string Greet(string name) => $"Hello, {name}!\n";

    [Get("/add/:a/:b")]
    internal static string Add(int a, int b) => $"{a} + {b} = {(long)a + b}\n";
}

using System.Text.Json.Serialization;
using Realtime;
using Waymark;

// Serves until Ctrl+C or SIGTERM. Addresses: the arguments, else WAYMARK_URLS, else http://localhost:8080.
var chat = new Chat();
var walk = new RandomWalk();
await using var server = new HttpServer(
    Routes.Table, new ServerOptions { Services = new ServiceSet { chat, walk } });

// Open streams end with the first step of a stop; open sockets are closed by the library.
server.Stopping.Register(walk.End);
Task ticking = walk.RunAsync(server.Stopping);
int exitCode = await server.RunAsync(args);
await ticking;
return exitCode;

internal static class Page
{
    private static readonly byte[] _html = Read();

    [Get("/")]
    internal static BytesResult Show() => Results.Bytes(_html, "text/html; charset=utf-8");

    private static byte[] Read()
    {
        using Stream page = typeof(Page).Assembly.GetManifestResourceStream("page.html")!;
        byte[] bytes = new byte[page.Length];
        page.ReadExactly(bytes);
        return bytes;
    }
}

[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(Tick))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class Json : JsonSerializerContext;

using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Waymark;

// Serves until Ctrl+C or SIGTERM. Addresses: the arguments, else WAYMARK_URLS, else http://localhost:8080.
await using var server = new HttpServer(Routes.Table);
return await server.RunAsync(args);

internal static class Home
{
    [Get("/")]
    internal static string Hello() => "Hello, world!\n";

    [Get("/files/*path")]
    internal static string File(string path) => $"You asked for {path}\n";
}

[Group("/users")]
internal static class Users
{
    private static readonly ConcurrentDictionary<int, User> Known = new([new(1, new User(1, "Ada"))]);

    [Get("/:id")]
    internal static User? Find(int id) => Known.GetValueOrDefault(id);

    [Post("/")]
    internal static User Add(NewUser user)
    {
        int id = Known.Count + 1;
        while (!Known.TryAdd(id, new User(id, user.Name)))
            id++;
        return Known[id];
    }
}

internal sealed record User(int Id, string Name);

internal sealed record NewUser(string Name);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(NewUser))]
internal sealed partial class AppJson : JsonSerializerContext;

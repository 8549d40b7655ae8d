using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Emit;

/// <summary>What a reader sees when stepping into generated code.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void Shop() => Snapshot.Match(GeneratorRun.Run(GeneratorRun.Compile(
        EmittedCodeTests.JsonContext,
        """
        namespace Shop;
        [Group("/users")]
        static class Users
        {
            [Get("/:id")] internal static User? Find(int id) => null;
            [Get("/me")] internal static Task<User> Me(Exchange exchange, CancellationToken stop) => null!;
            [Post("/")] internal static async Task<User> Add(User user, [Query] int? priority)
            {
                await Task.Yield();
                return user;
            }
            [Get("/")] internal static List<User> List(int page = 1, string? filter = null) => [];
            [Delete("/:id")] internal static void Remove(int id) { }
        }

        static class Files
        {
            [Get("/files/*path?")] internal static byte[]? Read(string path) => null;
            [Get("/v:major.:minor?")] internal static string Version(int major, int minor = 0) => "";
            [Get("/:name.json"), Get("/:name")] internal static string Named(string name) => name;
        }
        """)));

    [Fact]
    public void Hello() => Snapshot.Match(GeneratorRun.Run(GeneratorRun.Compile(
        """
        static class Hello
        {
            [Get("/")] internal static string World() => "Hello, world!";
            [Get("/hello/:name")] internal static string Name(string name) => $"Hello, {name}!";
        }
        """)));
}

using Microsoft.CodeAnalysis;
using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>What the fixes of advice about answers, links, comments and projects yield.</summary>
public sealed class ResponseFixTests
{
    /// <summary>Key of a fix, and the source before and after it.</summary>
    public static TheoryData<string, string, string> Yields => new()
    {
        {
            "WM3006.spell",
            """
            [Produces("json")] internal static class A
            {
                [Get("/"), Produces("text/plain", "html; charset=utf-8", "aplication/pdf")]
                internal static void F() { }
            }
            """,
            """
            [Produces("application/json")] internal static class A
            {
                [Get("/"), Produces("text/plain", "text/html; charset=utf-8", "application/pdf")]
                internal static void F() { }
            }
            """
        },
        {
            "WM3012.spell",
            """internal static class A { [Get("/"), Produces("text/htm;q=1", "text/plian")] internal static void F() { } }""",
            """internal static class A { [Get("/"), Produces("text/html;q=1", "text/plain")] internal static void F() { } }"""
        },
        {
            "WM4009.spell",
            """
            [assembly: SecurityScheme("token", SecurityKind.Bearer)]
            [Security("tokn", "read")] internal static class A { [Get("/"), Security("Token")] internal static void F() { } }
            """,
            """
            [assembly: SecurityScheme("token", SecurityKind.Bearer)]
            [Security("token", "read")] internal static class A { [Get("/"), Security("token")] internal static void F() { } }
            """
        },
        {
            "WM4003.spell",
            """
            // top level: serves Routes.
            Results.Redirect("/user/7?all=1");
            Results.Redirect(@"/usres/7");

            internal static class Users { [Get("/users/:id")] internal static void Find(int id) { } }
            """,
            """
            // top level: serves Routes.
            Results.Redirect("/users/7?all=1");
            Results.Redirect(@"/users/7");

            internal static class Users { [Get("/users/:id")] internal static void Find(int id) { } }
            """
        },
        {
            "WM4004.summary",
            """
            internal static class Users
            {
                [Get("/:id")]
                internal static void FindUser(int id) { }

                /// <remarks>Slow.</remarks>
                [Get("/")] internal static void List() { }
            }
            """,
            """
            internal static class Users
            {
                /// <summary>Find user.</summary>
                [Get("/:id")]
                internal static void FindUser(int id) { }

                /// <remarks>Slow.</remarks>
                /// <summary>List.</summary>
                [Get("/")] internal static void List() { }
            }
            """
        },
        {
            "WM4005.rename",
            """
            internal static class Users
            {
                /// <param name="usrId">Which.</param>
                /// <param name="page">Where.</param>
                [Get("/:userId")] internal static void Find(int userId, int page) { }

                /// <param name="key">Which.</param>
                [Get("/a/:id")] internal static void Other(int id) { }
            }
            """,
            """
            internal static class Users
            {
                /// <param name="userId">Which.</param>
                /// <param name="page">Where.</param>
                [Get("/:userId")] internal static void Find(int userId, int page) { }

                /// <param name="id">Which.</param>
                [Get("/a/:id")] internal static void Other(int id) { }
            }
            """
        },
        {
            "WM5012.serve",
            """
            // top level
            Console.WriteLine("Open.");

            internal static class Pages { [Get("/")] internal static void Home() { } }
            """,
            """
            // top level
            Console.WriteLine("Open.");

            await using var server = new HttpServer(Routes.Table);
            return await server.RunAsync(args);

            internal static class Pages { [Get("/")] internal static void Home() { } }
            """
        },
    };

    /// <summary>The table itself is generated, which it is not here.</summary>
    [Theory]
    [MemberData(nameof(Yields))]
    public async Task A_fix_yields(string key, string before, string after) =>
        await Fix.YieldsAsync(key, [before], [after], key == "WM5012.serve" ? "CS0103" : "");

    private const string Context = """

        [JsonSerializable(typeof(Shape))]
        [JsonSerializable(typeof(IEnumerable<int>))]
        internal sealed partial class AppJson : JsonSerializerContext;
        """;

    /// <summary>Key of a fix, and the source before and after it; the context is in another file.</summary>
    public static TheoryData<string, string, string> YieldsJson => new()
    {
        {
            "WM3009.derived",
            """
            namespace Shop
            {
                /// <summary>Any.</summary>
                internal abstract record Shape(string Name);

                internal sealed record Square(string Name, double Side) : Shape(Name);

                internal static class Shapes
                {
                    internal sealed record Circle(string Name, double Radius) : Shape(Name);

                    [Post("/")] internal static void Add(Shape shape) { }
                    [Get("/")] internal static Shape First() => new Square("", 1);
                }
            }
            """,
            """
            using System.Text.Json.Serialization;

            namespace Shop
            {
                /// <summary>Any.</summary>
                [JsonDerivedType(typeof(Shapes.Circle), "circle")]
                [JsonDerivedType(typeof(Square), "square")]
                internal abstract record Shape(string Name);

                internal sealed record Square(string Name, double Side) : Shape(Name);

                internal static class Shapes
                {
                    internal sealed record Circle(string Name, double Radius) : Shape(Name);

                    [Post("/")] internal static void Add(Shape shape) { }
                    [Get("/")] internal static Shape First() => new Square("", 1);
                }
            }
            """
        },
        {
            "WM3010.list",
            """
            using System.Linq;

            namespace Shop;

            internal sealed class Shape : IDisposable
            {
                internal IEnumerable<int> Ids => [1];
                public void Dispose() { }
            }

            internal static class Shapes
            {
                [Get("/")] internal static async Task<IEnumerable<int>> List()
                {
                    using var shape = new Shape();
                    await Task.Yield();
                    return shape.Ids.Where(id => id > 1)
                        .Skip(1);
                }
            }
            """,
            """
            using System.Linq;

            namespace Shop;

            internal sealed class Shape : IDisposable
            {
                internal IEnumerable<int> Ids => [1];
                public void Dispose() { }
            }

            internal static class Shapes
            {
                [Get("/")] internal static async Task<IEnumerable<int>> List()
                {
                    using var shape = new Shape();
                    await Task.Yield();
                    return shape.Ids.Where(id => id > 1)
                        .Skip(1).ToList();
                }
            }
            """
        },
        {
            "WM3011.ignore",
            """
            namespace Shop;

            internal sealed record Shape(string Name, Action? Drawn)
            {
                public Type Kind => typeof(Shape);
            }

            internal static class Shapes
            {
                [Get("/")] internal static Shape First() => new("", null);
            }
            """,
            """
            using System.Text.Json.Serialization;

            namespace Shop;

            internal sealed record Shape(string Name, [property: JsonIgnore] Action? Drawn)
            {
                [JsonIgnore] public Type Kind => typeof(Shape);
            }

            internal static class Shapes
            {
                [Get("/")] internal static Shape First() => new("", null);
            }
            """
        },
    };

    [Theory]
    [MemberData(nameof(YieldsJson))]
    public async Task A_fix_of_JSON_yields(string key, string before, string after)
    {
        const string context = "using System.Text.Json.Serialization;\nnamespace Shop;\n" + Context;
        await Fix.YieldsAsync(key, [before, context], [after, context], "CS0534 CS7036");
    }

    /// <summary>Id and a source in which a fix would guess, or write what does not compile.</summary>
    public static TheoryData<string, string> NotOffered => new()
    {
        { "WM3001", """internal static class A { [Get("/")] internal static object F() => 1; }""" },
        { "WM3006", """internal static class A { [Get("/"), Produces("zzz")] internal static void F() { } }""" },
        {
            "WM3006",
            """
            internal static class A
            {
                private const string J = "json";
                [Get("/"), Produces(J)] internal static void F() { }
            }
            """
        },
        {
            "WM3009",
            """
            using System.Text.Json.Serialization;
            internal abstract record Shape(string Name);
            internal static class A { [Post("/")] internal static void F(Shape shape) { } }
            [JsonSerializable(typeof(Shape))] internal sealed partial class J : JsonSerializerContext;
            """
        },
        {
            "WM3010",
            """
            using System.Linq;
            using System.Text.Json.Serialization;
            internal sealed class S : IDisposable { public IEnumerable<int> Ids => [1]; public void Dispose() { } }
            internal static class A
            {
                [Get("/")] internal static Ok<IEnumerable<int>> F()
                {
                    using var s = new S();
                    return Results.Ok(s.Ids.Skip(1));
                }
            }
            [JsonSerializable(typeof(IEnumerable<int>))] internal sealed partial class J : JsonSerializerContext;
            """
        },
        {
            "WM4005",
            """
            internal static class A
            {
                /// <param name="zebra">Which.</param>
                [Get("/")] internal static void F(int a, int b) { }
            }
            """
        },
        {
            "WM5012",
            """
            // top level
            if (args.Length > 0)
                return;

            internal static class A { [Get("/")] internal static void F() { } }
            """
        },
    };

    [Theory]
    [MemberData(nameof(NotOffered))]
    public async Task A_fix_that_would_guess_is_not_offered(string id, string source) =>
        Assert.Empty(await Fix.OffersAsync(id, source));

    [Fact]
    public async Task A_mount_that_conflicts_gets_a_prefix_of_its_own()
    {
        MetadataReference billing = Library.Compile(
            "Billing",
            """
            [assembly: ExportRoutes]
            namespace Billing;
            internal static class Invoices { [Get("/invoices/:id")] internal static void Find(int id) { } }
            """);
        const string source = """
            [assembly: Mount<Billing.Routes>("")]

            internal static class Pages
            {
                [Get("/invoices/:number")] internal static void Invoice(int number) { }
                [Get("/billing")] internal static void Home() { }
            }
            """;
        await Fix.YieldsAcrossAsync(
            "WM5010.prefix",
            [billing],
            [source.Replace("\"\"", "\"/\"", StringComparison.Ordinal)],
            [source.Replace("\"\"", "\"/billing-2\"", StringComparison.Ordinal)]);
    }
}

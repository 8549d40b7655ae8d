using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>Endpoints that ASP.NET maps become handlers.</summary>
public sealed class MapCallRefactoringTests
{
    private static readonly Refactor Convert = new() { Libraries = [AspNet.Reference] };

    // The members of a JSON context are written by the generator of System.Text.Json, which does not run here.
    private static readonly Refactor ConvertJson =
        new() { Libraries = [AspNet.Reference], CompilerErrors = "CS0534 CS7036" };

    [Fact]
    public async Task A_lambda_of_a_program_becomes_a_handler_below_it() => await Convert.YieldsAsync(
        "aspnet.map",
        """
        // top level
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.Create();

        // Says who it is.
        app.$$MapGet("/users/{id:int:min(1)}", (int id /* theirs */) => $"user {id}"); // For now.

        app.Run();
        """,
        """
        // top level
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.Create();

        app.Run();

        internal static class Handlers
        {
            // Says who it is.
            // For now.
            [Get("/users/:id<int,min(1)>")]
            internal static string GetUsersById(int id /* theirs */) => $"user {id}";
        }
        """);

    private const string ProgramBefore = """"
        // top level
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;

        var app = WebApplication.Create();
        app.MapPost("users$$", async (User user, IStore store, CancellationToken stop) =>
        {
            // A name is a must.
            if (user.Name.Length == 0)
                return Microsoft.AspNetCore.Http.Results.BadRequest("""
                    No name.
                    """);
            await store.AddAsync(user, stop);
            return Microsoft.AspNetCore.Http.Results.Created($"/users/{user.Name}", user);
        });
        app.Run();

        internal static class Handlers
        {
            [Get("/")]
            internal static string GetRoot() => "";
        }

        internal sealed record User(string Name);

        internal interface IStore { Task AddAsync(User user, CancellationToken stop); }
        """";

    private const string ProgramAfter = """"
        // top level
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using System.Text.Json.Serialization;

        var app = WebApplication.Create();
        app.Run();

        internal static class Handlers
        {
            [Get("/")]
            internal static string GetRoot() => "";

            [Post("/users")]
            internal static async Task<Waymark.Results<Created<User>, BadRequest<string>>> PostUsers(User user, [Service] IStore store, CancellationToken stop)
            {
                // A name is a must.
                if (user.Name.Length == 0)
                    return Waymark.Results.BadRequest<string>("""
                        No name.
                        """);
                await store.AddAsync(user, stop);
                return Waymark.Results.Created($"/users/{user.Name}", user);
            }
        }

        [JsonSerializable(typeof(User))]
        [JsonSerializable(typeof(string))]
        internal sealed partial class AppJson : JsonSerializerContext;

        internal sealed record User(string Name);

        internal interface IStore { Task AddAsync(User user, CancellationToken stop); }
        """";

    [Fact]
    public async Task The_next_one_goes_into_the_same_class() => await ConvertJson.YieldsAsync(
        "aspnet.map",
        ProgramBefore,
        ProgramAfter);

    /// <summary>Arguments of a call, and the handler that they become.</summary>
    public static TheoryData<string, string, string> Calls => new()
    {
        {
            "MapGet", """ "/{Id}", (int id) => "" """,
            """[Get("/:id")] internal static string GetById(int id) => "";"""
        },
        { "MapGet", """ "/a/b", () => "" """, """[Get("/a/b")] internal static string GetAB() => "";""" },
        { "MapGet", """ "/a/", () => "" """, """[Get("/a")] internal static string GetA() => "";""" },
        { "MapGet", """ "/a:b", () => "" """, """[Get("/a::b")] internal static string GetAB() => "";""" },
        {
            "MapGet", """ "/a/{id?}", (Guid? id) => "" """,
            """[Get("/a/:id?")] internal static string GetAById(Guid? id) => "";"""
        },
        {
            "MapGet", """ "/f/{*rest}", (string rest) => "" """,
            """[Get("/f/*rest")] internal static string GetFByRest(string rest) => "";"""
        },
        {
            "MapGet", """ "/f/{**rest}", (string? rest) => "" """,
            """[Get("/f/*rest?")] internal static string GetFByRest(string? rest) => "";"""
        },
        {
            "MapGet", """ "/{id:guid}.json", (Guid id) => "" """,
            """[Get("/:id<guid>.json")] internal static string GetJsonById(Guid id) => "";"""
        },
        {
            "MapGet", """ "/{n:alpha:length(2,5):required}", (string n) => "" """,
            """[Get("/:n<alpha,len(2,5)>")] internal static string GetByN(string n) => "";"""
        },
        {
            "MapGet", """ "/{n:maxlength(5)}/{o:range(1,9)}", (string n, int o) => "" """,
            """[Get("/:n<len(1,5)>/:o<range(1,9)>")] internal static string GetByNAndO(string n, int o) => "";"""
        },
        {
            "MapGet", """ @"/{n:regex(^[a-c]{{2}}-x\d+$)}", (string n) => "" """,
            """[Get("/:n<re([A-Ca-c]{2}-[Xx]\\d+)>")] internal static string GetByN(string n) => "";"""
        },
        {
            "MapDelete", """ "/{id}", ([FromRoute(Name = "id")] int key, [FromServices] IFormatProvider p) => "" """,
            """[Delete("/:key")] internal static string DeleteByKey(int key, [Service] IFormatProvider p) => "";"""
        },
        {
            "MapGet", """ "/", ([FromQuery(Name = "q")] string? text, [FromHeader] string? userAgent) => "" """,
            """
            [Get("/")] internal static string GetRoot([Query("q")] string? text, [Header("userAgent")] string? userAgent) => "";
            """
        },
        {
            "MapPut", """ "/x", ([FromHeader(Name = "If-Match")] string tag, [FromQuery] int page = 1) => "" """,
            """[Put("/x")] internal static string PutX([Header("If-Match")] string tag, [Query] int page = 1) => "";"""
        },
        {
            "MapMethods", """ "/x", new[] { "GET", "PURGE" }, () => "" """,
            """[Get("/x")] [Waymark.Route("PURGE", "/x")] internal static string GetX() => "";"""
        },
        {
            "MapGet", """ "/x", (Action store) => "" """,
            """[Get("/x")] internal static string GetX([Service] Action store) => "";"""
        },
        {
            "MapGet", """ "/x", () => TypedResults.StatusCode(418) """,
            """[Get("/x")] internal static StatusResult GetX() => Results.Status(418);"""
        },
        {
            "MapGet", """ "/x", (bool b) => b ? TypedResults.StatusCode(418) : TypedResults.NotFound() """,
            """
            [Get("/x")] internal static Results<NotFound, StatusResult> GetX(bool b) => b ? Results.Status(418) : Results.NotFound();
            """
        },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_becomes_a_handler_beside_its_method(string method, string arguments, string handler)
    {
        string before = Endpoints($"app.$${method}({arguments.Trim()});");
        string lines = handler.Trim()
            .Replace("] internal", "]\n    internal", StringComparison.Ordinal)
            .Replace("] [Waymark", "]\n    [Waymark", StringComparison.Ordinal);
        string after = Endpoints("").Replace(
            "{\n        \n    }", $"{{\n    }}\n\n    {lines}", StringComparison.Ordinal);
        await Convert.YieldsAsync("aspnet.map", before, after);
    }

    [Fact]
    public async Task A_method_that_is_mapped_becomes_a_handler_where_it_stands() => await Convert.YieldsAsync(
        "aspnet.map",
        [
            Endpoints("app.$$MapGet(\"/users/{id:int}\", UserEndpoints.Find);"),
            """
            using Microsoft.AspNetCore.Mvc;

            internal static class UserEndpoints
            {
                /// <summary>Finds a user.</summary>
                private static void Other() { }

                // Theirs.
                public static string Find(int id, [FromQuery(Name = "n")] string? name) => $"{id}";
            }
            """,
        ],
        [
            Endpoints("").Replace("{\n        \n    }", "{\n    }", StringComparison.Ordinal),
            """
            using Microsoft.AspNetCore.Mvc;

            internal static class UserEndpoints
            {
                /// <summary>Finds a user.</summary>
                private static void Other() { }

                // Theirs.
                [Get("/users/:id<int>")]
                public static string Find(int id, [Query("n")] string? name) => $"{id}";
            }
            """,
        ]);

    [Fact]
    public async Task Names_of_both_libraries_are_kept_apart()
    {
        const string head = """
            using Microsoft.AspNetCore.Builder;
            using Microsoft.AspNetCore.Http;
            using Microsoft.AspNetCore.Routing;


            """;
        await new Refactor { Libraries = [AspNet.Reference], HasGlobalUsings = false, HasMore = true }.YieldsAsync(
            "aspnet.map",
            head + """
            internal static class Endpoints
            {
                internal static void Map(IEndpointRouteBuilder app)
                {
                    app.$$MapGet("/a", (bool b) => b ? Results.NoContent() : Results.NotFound());
                    app.MapGet("/b", () => Results.NoContent());
                }
            }
            """,
            head + """
            internal static class Endpoints
            {
                internal static void Map(IEndpointRouteBuilder app)
                {
                    app.MapGet("/b", () => Results.NoContent());
                }

                [Waymark.Get("/a")]
                internal static Waymark.Results<Waymark.NoContent, Waymark.NotFound> GetA(bool b) =>
                    b ? Waymark.Results.NoContent() : Waymark.Results.NotFound();
            }
            """);
    }

    /// <summary>Statements with the cursor for which nothing is right.</summary>
    public static TheoryData<string> NotConvertible =>
    [
        """app.$$MapGet("/{id=5}", (int id) => "");""",
        """app.$$MapGet("/{id:decimal}", (decimal id) => "");""",
        """app.$$MapGet("/{id:regex(a)}", (string id) => "");""",
        """app.$$MapGet("/{id:regex(^a|b$)}", (string id) => "");""",
        """app.$$MapGet("/{a}-{b}", (string a, string b) => "");""",
        """app.$$MapGet("/{a}", () => "");""",
        """app.$$MapGet("/{id}px", (int id) => "");""",
        """app.$$MapGet("/{id?}", (int id) => "");""",
        """string x = ""; app.$$MapGet("/", () => x);""",
        """string F() => ""; app.$$MapGet("/", () => F());""",
        """string F() => ""; app.$$MapGet("/", F);""",
        """app.$$MapGet("/", () => new { A = 1 });""",
        """app.$$MapGet("/", (HttpContext c) => "");""",
        """app.$$MapGet("/", () => { HttpContext? c = null; return ""; });""",
        """app.$$MapGet("/", () => Microsoft.AspNetCore.Http.Results.File("x"));""",
        """app.$$MapGet("/", (int[] ids, string? x) => Microsoft.AspNetCore.Http.Results.Ok(x));""",
        """app.$$MapGet("/", () => "").RequireAuthorization();""",
        """app.MapGroup("/g").$$MapGet("/", () => "");""",
        """app.$$MapPost("/", (Uri a, Version b, Tuple<int> c, Progress<int> d) => "");""",
        """app.$$MapPost("/", ([FromForm] string a) => "");""",
        """app.$$MapPost("/", ([FromBody] string a) => "");""",
        """app.$$MapGet("/" /* why */, () => "");""",
        """app.$$MapGet("/", () => /* why */ { return ""; });""",
        """app.$$MapGet("/", Twice); app.MapGet("/b", Twice);""",
        """app.MapGet("/", () => { Console.$$WriteLine(); return ""; });""",
        """app.$$MapMethods("/x", Verbs, () => "");""",
    ];

    [Theory]
    [MemberData(nameof(NotConvertible))]
    public async Task What_has_no_equal_is_left_alone(string statement) =>
        Assert.Empty(await Convert.OffersAsync(Endpoints(statement)));

    [Fact]
    public async Task What_may_lie_in_a_group_is_left_alone()
    {
        string source = Endpoints("app.$$MapGet(\"/x\", () => \"\");").Replace(
            "WebApplication app", "Microsoft.AspNetCore.Routing.IEndpointRouteBuilder app", StringComparison.Ordinal);
        const string caller = """
            using Microsoft.AspNetCore.Builder;
            class Caller { void Call(WebApplication app) => Endpoints.Map(app.MapGroup("/g")); }
            """;
        Assert.Equal(["aspnet.map"], await Convert.OffersAsync(source));
        Assert.Empty(await Convert.OffersAsync(source, caller));
    }

    [Fact]
    public async Task The_menu_says_what_will_be_different()
    {
        Assert.Equal(
            ["Convert to a handler of POST /x (204 instead of 200)"],
            await Convert.TitlesAsync(Endpoints("app.$$MapPost(\"/x\", () => { });")));
        Assert.Equal(
            ["Convert to a handler of GET /x (null: 404 instead of 200)"],
            await Convert.TitlesAsync(Endpoints("app.$$MapGet(\"/x\", string? () => null);")));
    }

    private static string Endpoints(string statement) => $$"""
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Mvc;
        using HttpContext = Microsoft.AspNetCore.Http.HttpContext;
        using TypedResults = Microsoft.AspNetCore.Http.TypedResults;

        internal static class Endpoints
        {
            private static readonly string[] Verbs = ["GET"];

            internal static string Twice() => "";

            internal static void Map(WebApplication app)
            {
                {{statement}}
            }
        }
        """;
}

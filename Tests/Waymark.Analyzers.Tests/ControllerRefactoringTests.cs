using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>Controllers of ASP.NET, and single actions of them, become handlers.</summary>
public sealed class ControllerRefactoringTests
{
    // The members of a JSON context are written by the generator of System.Text.Json, which does not run here.
    private static readonly Refactor ConvertJson =
        new() { Libraries = [AspNet.Reference], CompilerErrors = "CS0534 CS7036" };

    private static readonly Refactor Convert = new() { Libraries = [AspNet.Reference] };

    private const string UsersBefore = """
        using Microsoft.AspNetCore.Mvc;

        namespace Shop;

        /// <summary>Who buys.</summary>
        [ApiController]
        [Route("api/[controller]")]
        public sealed class $$UsersController : ControllerBase
        {
            private static readonly Dictionary<int, User> All = [];

            /// <summary>Finds one.</summary>
            [HttpGet("{id:int}", Name = "user")]
            [ProducesResponseType(200)]
            [ProducesResponseType(404)]
            public ActionResult<User> Find(int id)
            {
                if (!All.TryGetValue(id, out User? user))
                    return NotFound(); // Never seen.
                return user;
            }

            [HttpGet]
            public IEnumerable<User> List(string? name, int page) => All.Values;

            [HttpPost]
            public async Task<IActionResult> Add([FromBody] User user, CancellationToken stop)
            {
                await Task.Delay(1, stop);
                All[user.Id] = user;
                return CreatedAtAction(nameof(Find), new { id = user.Id }, user);
            }

            [HttpDelete("{id:int}")]
            public IActionResult Remove([FromRoute] int id) => All.Remove(id) ? NoContent() : Unauthorized();
        }

        public sealed record User(int Id);
        """;

    private const string UsersAfter = """
        using Microsoft.AspNetCore.Mvc;
        using System.Text.Json.Serialization;

        namespace Shop;

        /// <summary>Who buys.</summary>
        [Group("/api/Users")]
        public static class UsersController
        {
            private static readonly Dictionary<int, User> All = [];

            /// <summary>Finds one.</summary>
            [Get("/:id<int>", Name = "user")]
            public static Results<Ok<User>, NotFound> Find(int id)
            {
                if (!All.TryGetValue(id, out User? user))
                    return Results.NotFound(); // Never seen.
                return Results.Ok(user);
            }

            [Get("/")]
            public static IEnumerable<User> List(string? name, int page = default) => All.Values;

            [Post("/")]
            public static async Task<Created<User>> Add([Body] User user, CancellationToken stop)
            {
                await Task.Delay(1, stop);
                All[user.Id] = user;
                return Results.Created($"/api/Users/{user.Id}", user);
            }

            [Delete("/:id<int>")]
            public static Results<NoContent, ProblemResult> Remove(int id) => All.Remove(id) ? Results.NoContent() : Results.Problem(401);
        }

        [JsonSerializable(typeof(User))]
        [JsonSerializable(typeof(IEnumerable<User>))]
        internal sealed partial class AppJson : JsonSerializerContext;

        public sealed record User(int Id);
        """;

    [Fact]
    public async Task A_controller_becomes_a_static_class_in_a_group() => await ConvertJson.YieldsAsync(
        "aspnet.controller",
        UsersBefore,
        UsersAfter);

    [Fact]
    public async Task An_action_becomes_a_handler_beside_others_that_cannot() => await Convert.YieldsAsync(
        "aspnet.action",
        """
        using Microsoft.AspNetCore.Mvc;

        [ApiController, Microsoft.AspNetCore.Mvc.Route("api/[controller]/[action]")]
        public class Users : ControllerBase
        {
            private int _count;

            [HttpGet("{name:regex(^[[a-z]]+$)}")]
            public IActionResult $$FindAsync(string name) => Ok("I am " + name);

            [HttpGet]
            public int Count() => _count++;
        }
        """,
        """
        using Microsoft.AspNetCore.Mvc;

        [ApiController, Microsoft.AspNetCore.Mvc.Route("api/[controller]/[action]")]
        public class Users : ControllerBase
        {
            private int _count;

            [Get("/api/Users/Find/:name<re([A-Za-z]+)>")]
            public static TextResult FindAsync(string name) => Results.Text("I am " + name);

            [HttpGet]
            public int Count() => _count++;
        }
        """);

    [Fact]
    public async Task Templates_that_leave_the_prefix_keep_the_class_out_of_a_group() => await Convert.YieldsAsync(
        "aspnet.controller",
        """
        using Microsoft.AspNetCore.Mvc;

        [ApiController]
        [$$Route("shops/{shop}")]
        internal partial class Stock : ControllerBase
        {
            [HttpPut, Route("items")] public string Put(string shop) => shop;
            [HttpDelete("/items/{id?}")] public string Drop(int? id) => $"{id}";
        }
        """,
        """
        using Microsoft.AspNetCore.Mvc;

        internal static partial class Stock
        {
            [Put("/shops/:shop/items")] public static string Put(string shop) => shop;
            [Delete("/items/:id?")] public static string Drop(int? id) => $"{id}";
        }
        """);

    /// <summary>Members of a controller with the cursor, and what is offered.</summary>
    public static TheoryData<string, string> Members => new()
    {
        { "[HttpGet] public string $$A() => HttpContext.TraceIdentifier;", "" },
        { "private int _x; [HttpGet] public int $$A() => _x;", "" },
        { "private int _x; [HttpGet] public int A() => 1; [HttpGet(\"b\")] public string $$B() => \"\";", "aspnet.action" },
        { "[HttpGet, Microsoft.AspNetCore.Authorization.Authorize] public string $$A() => \"\";", "" },
        { "[HttpGet(Order = 1)] public string $$A() => \"\";", "" },
        { "[HttpGet(\"[area]\")] public string $$A() => \"\";", "" },
        { "[HttpGet(\"{id=5}\")] public string $$A(int id) => \"\";", "" },
        { "[HttpGet] public IActionResult $$A() => BadRequest(\"no\");", "" },
        { "[HttpGet] public IActionResult $$A(string? x) => Ok(x);", "" },
        { "[HttpGet] public ActionResult<string> $$A(string? x) => x!;", "aspnet.action" },
        { "[HttpGet] public string $$A(System.Version a, int[] b) => \"\";", "" },
        { "[HttpPost] public string $$A(object a, Exception b) => \"\";", "" },
        { "[HttpGet] public string $$A(int page, string x) => \"\";", "" },
        { "[HttpGet] public IActionResult $$A() => CreatedAtAction(\"A\", new { id = 5 }, 1);", "" },
        { "[HttpGet] public virtual string $$A() => \"\";", "" },
        { "public string $$A() => \"\";", "" },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public async Task Only_what_has_an_equal_is_offered(string members, string keys)
    {
        string source = $$"""
            using Microsoft.AspNetCore.Mvc;

            [ApiController, Route("x")]
            public class XController : ControllerBase { {{members}} }
            """;
        Assert.Equal(keys, string.Join(' ', await Convert.OffersAsync(source)));
        // What one action cannot do, the whole controller cannot.
        if (keys.Length == 0)
        {
            Assert.Empty(await Convert.OffersAsync(source
                .Replace("$$", "", StringComparison.Ordinal)
                .Replace("XController", "$$XController", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_class_that_is_no_api_controller_is_left_alone()
    {
        const string source = """
            using Microsoft.AspNetCore.Mvc;
            [ApiController] public class $$X : ControllerBase { [HttpGet("/a")] public string A() => ""; }
            """;
        Assert.Equal(["aspnet.controller"], await Convert.OffersAsync(source));
        Assert.Empty(await Convert.OffersAsync(source.Replace("[ApiController] ", "", StringComparison.Ordinal)));
        Assert.Empty(await Convert.OffersAsync(
            source.Replace("class $$X", "class $$X(int y)", StringComparison.Ordinal)));
        Assert.Empty(await Convert.OffersAsync(source + " public class Y : X { }"));
    }

    [Fact]
    public async Task A_controller_that_a_test_makes_is_left_alone()
    {
        const string source = """
            using Microsoft.AspNetCore.Mvc;
            [ApiController] public class $$X : ControllerBase { [HttpGet("/a")] public string A() => ""; }
            """;
        const string test = "class T { string F(X x) => x.A(); }";
        Assert.Empty(await Convert.OffersAsync(source, test));
        string onAction = source
            .Replace("$$", "", StringComparison.Ordinal)
            .Replace("A()", "$$A()", StringComparison.Ordinal);
        Assert.Empty(await Convert.OffersAsync(onAction, test));
    }

    [Fact]
    public async Task The_menu_names_the_prefix_and_what_will_be_different() => Assert.Equal(
        ["Convert the controller to handlers under /x (204 instead of 200; null: 404 instead of 204)"],
        await Convert.TitlesAsync("""
            using Microsoft.AspNetCore.Mvc;
            [ApiController, Route("x")]
            public class $$X : ControllerBase
            {
                [HttpGet("/a")] public void A() { }
                [HttpGet("/b")] public string? B() => null;
            }
            """.Replace("/a", "a", StringComparison.Ordinal).Replace("/b", "b", StringComparison.Ordinal)));
}

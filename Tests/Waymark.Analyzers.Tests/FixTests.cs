using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>Each code fix: what it makes of one method, in the document and in a second one at the same time.</summary>
public sealed class FixTests
{
    /// <summary>Key of the fix, the members before and after.</summary>
    public static TheoryData<string, string, string> Members => new()
    {
        {
            "WM1001.prepend",
            """[Get("u")] internal static void A() { }""",
            """[Get("/u")] internal static void A() { }"""
        },
        {
            "WM1001.prepend",
            """[Get("")] internal static void A() { }""",
            """[Get("/")] internal static void A() { }"""
        },
        {
            "WM1001.prepend",
            """[Get(@"u")] internal static void A() { }""",
            """[Get(@"/u")] internal static void A() { }"""
        },
        {
            "WM1001.prepend",
            "[Get(\"\"\"u\"\"\")] internal static void A() { }",
            "[Get(\"\"\"/u\"\"\")] internal static void A() { }"
        },
        {
            "WM1002.collapse",
            """[Get("/a//b///c")] internal static void A() { }""",
            """[Get("/a/b/c")] internal static void A() { }"""
        },
        {
            "WM1003.spell",
            """[Get("/{id}/{name:alpha}")] internal static void A(int id, string name) { }""",
            """[Get("/:id/:name")] internal static void A(int id, string name) { }"""
        },
        {
            "WM1003.spell",
            """[Get("/{*rest}")] internal static void A(string rest) { }""",
            """[Get("/*rest")] internal static void A(string rest) { }"""
        },
        {
            "WM1003.spell",
            """[Get("/:1x")] internal static void A() { }""",
            """[Get("/:_1x")] internal static void A() { }"""
        },
        {
            "WM1004.rename",
            """[Get("/:id/:id/:x")] internal static void A(int id, int x, int page = 1) { }""",
            """[Get("/:id/:id2/:x")] internal static void A(int id, string id2, int x, int page = 1) { }"""
        },
        {
            "WM1005.segment",
            """[Get("/*rest/x")] internal static void A(string rest) { }""",
            """[Get("/:rest/x")] internal static void A(string rest) { }"""
        },
        {
            "WM1005.segment",
            """[Get("/*rest.json")] internal static void A(string rest) { }""",
            """[Get("/:rest.json")] internal static void A(string rest) { }"""
        },
        {
            "WM1006.drop",
            """[Get("/:id?/x")] internal static void A(string id) { }""",
            """[Get("/:id/x")] internal static void A(string id) { }"""
        },
        {
            "WM2001.add",
            """[Get("/:id")] internal static void A() { }""",
            """[Get("/:id")] internal static void A(string id) { }"""
        },
        {
            "WM2001.add",
            """[Get("/:a/:b/:c")] internal static void A(int b, CancellationToken stop) { }""",
            """[Get("/:a/:b/:c")] internal static void A(string a, int b, string c, CancellationToken stop) { }"""
        },
        {
            "WM2001.add",
            """[Get("/:a/:b")] internal static void A(int page = 1) { }""",
            """[Get("/:a/:b")] internal static void A(string a, string b, int page = 1) { }"""
        },
        {
            "WM2001.add",
            """[Get("/:class/:end?")] internal static void A(Exchange e, int p = 1) { }""",
            """
            [Get("/:class/:end?")] internal static void A(string @class, Exchange e, string? end = null, int p = 1) { }
            """
        },
        {
            "WM2001.add",
            """[Get("/:a/:b")] internal static void A(int a = 1) { }""",
            """[Get("/:a/:b")] internal static void A(string b, int a = 1) { }"""
        },
        {
            "WM2001.add",
            """[Get("/:a/:b<int>/:c<guid>")] internal static void A(Exchange e, string a, string? d = null) { }""",
            """
            [Get("/:a/:b<int>/:c<guid>")] internal static void A(Exchange e, string a, int b, Guid c, string? d = null) { }
            """
        },
        {
            "WM2001.rename",
            """[Get("/:usrId")] internal static void A(int userId) { }""",
            """[Get("/:userId")] internal static void A(int userId) { }"""
        },
        {
            "WM2002.append",
            """[Get("/a")] internal static void A([Path] int id) { }""",
            """[Get("/a/:id")] internal static void A([Path] int id) { }"""
        },
        {
            "WM2002.append",
            """[Get("/")] [Post("/b/")] internal static void A([Path] int id, [Path] int x) { }""",
            """[Get("/:id/:x")] [Post("/b/:id/:x")] internal static void A([Path] int id, [Path] int x) { }"""
        },
        {
            "WM2002.rename",
            """[Get("/:userId")] internal static int A([Path] int usrId) => usrId + 1;""",
            """[Get("/:userId")] internal static int A([Path] int userId) => userId + 1;"""
        },
        {
            "WM2010.service",
            """[Get("/")] internal static void A(int page, IDisposable users, Action? call) { }""",
            """[Get("/")] internal static void A(int page, [Service] IDisposable users, [Service] Action? call) { }"""
        },
        {
            "WM2010.query",
            """internal record F(int Page); [Get("/")] internal static void A(F filter) { }""",
            """internal record F(int Page); [Get("/")] internal static void A([Query] F filter) { }"""
        },
        {
            "WM2010.bind",
            """internal record F(int Page); [Get("/:page")] internal static void A(int page, F @new) { }""",
            """internal record F(int Page); [Get("/:page")] internal static void A(int page, [Bind] F @new) { }"""
        },
        {
            "WM2010.body",
            """internal record F(int Page); [Route("QUERY", "/")] internal static void A(F filter) { }""",
            """internal record F(int Page); [Route("QUERY", "/")] internal static void A([Body] F filter) { }"""
        },
        {
            "WM2011.value",
            """[Get("/:id")] internal static void A(in int id, ref readonly long x, params Guid[] keys) { }""",
            """[Get("/:id")] internal static void A(int id, long x, Guid[] keys) { }"""
        },
        {
            "WM2033.valuetask",
            """[Get("/")] internal static async void A() => await Task.Yield();""",
            """[Get("/")] internal static async ValueTask A() => await Task.Yield();"""
        },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public async Task A_fix_mends_two_documents_at_once(string key, string before, string after) =>
        await Fix.YieldsAsync(
            key,
            [InClass("One", before), InClass("Two", before)],
            [InClass("One", after), InClass("Two", after)]);

    [Fact]
    public async Task A_slash_that_ends_a_prefix_is_removed() => await Fix.YieldsAsync(
        "WM1002.collapse",
        ["[Group(\"/u/\")] internal static class A { [Get(\"/x\")] internal static void F() { } }"],
        ["[Group(\"/u\")] internal static class A { [Get(\"/x\")] internal static void F() { } }"]);

    [Fact]
    public async Task A_handler_becomes_static_behind_its_accessibility() => await Fix.YieldsAsync(
        "WM2030.static",
        [
            "internal sealed class A { [Get(\"/a\")] internal async Task F() => await Task.Yield(); }",
            "internal sealed class B { [Get(\"/b\")] public string F() => \"\"; }",
        ],
        [
            "internal sealed class A { [Get(\"/a\")] internal static async Task F() => await Task.Yield(); }",
            "internal sealed class B { [Get(\"/b\")] public static string F() => \"\"; }",
        ]);

    [Fact]
    public async Task A_handler_and_the_types_around_it_become_internal() => await Fix.YieldsAsync(
        "WM2031.internal",
        [
            "static class A { private static partial class B { [Get(\"/a\")] static void F() { } } }",
            "file static class C { [Get(\"/b\")] private static string F() => \"\"; }",
        ],
        [
            "static class A { internal static partial class B { [Get(\"/a\")] internal static void F() { } } }",
            "internal static class C { [Get(\"/b\")] internal static string F() => \"\"; }",
        ]);

    [Fact]
    public async Task What_two_handlers_share_becomes_internal_once() => await Fix.YieldsAsync(
        "WM2031.internal",
        ["class A { static class B { [Get(\"/a\")] static void F() { } [Post(\"/a\")] static void G() { } } }"],
        [
            "class A { internal static class B { [Get(\"/a\")] internal static void F() { } " +
            "[Post(\"/a\")] internal static void G() { } } }",
        ]);

    [Fact]
    public async Task The_types_in_a_signature_become_internal_with_it() => await Fix.YieldsAsync(
        "WM2031.internal",
        ["static class A { record D(int X); [Post(\"/\")] static void F(D d) { } }"],
        ["static class A { internal record D(int X); [Post(\"/\")] internal static void F(D d) { } }"]);

    [Fact]
    public async Task A_JSON_type_that_no_context_lists_is_the_next_step() => await Fix.YieldsAsync(
        "WM2031.internal",
        ["static class A { internal record D(int X); [Get(\"/\")] static D F() => new(1); }"],
        ["static class A { internal record D(int X); [Get(\"/\")] internal static D F() => new(1); }"]);

    /// <summary>Types that are accessible to more than what they derive from, or than what they hold.</summary>
    [Theory]
    [InlineData("static class A { class B { } class D : B { } [Post(\"/\")] static void F(D d) { } }")]
    [InlineData("file static class A { [Get(\"/a\")] internal static void F() { } } file interface A2 { }", "static class A { }")]
    public async Task What_would_not_compile_does_not_become_internal(params string[] sources) =>
        Assert.Empty(await Fix.OffersAsync("WM2031", sources));

    [Fact]
    public async Task A_using_is_added_where_the_task_type_needs_it() => await Fix.YieldsAsync(
        "WM2033.valuetask",
        ["using Waymark;\n\nstatic class A { [Get(\"/\")] internal static async void F() => await G.Yield(); }",
         "using System.Threading.Tasks;\nstatic class G { internal static Task Yield() => Task.CompletedTask; }"],
        ["using Waymark;\nusing System.Threading.Tasks;\n\n" +
         "static class A { [Get(\"/\")] internal static async ValueTask F() => await G.Yield(); }",
         "using System.Threading.Tasks;\nstatic class G { internal static Task Yield() => Task.CompletedTask; }"],
        hasGlobalUsings: false);

    [Fact]
    public async Task Json_types_are_listed_in_the_context_of_the_project() => await Fix.YieldsAsync(
        "WM3001.list",
        [
            """
            namespace Shop;

            internal sealed record User(int Id);

            internal static class Users
            {
                [Get("/:id")] internal static User? Find(int id) => null;
                [Post("/")] internal static Task<List<User>> Add(User user) => Task.FromResult<List<User>>([]);
            }
            """,
            """
            using System.Text.Json.Serialization;

            namespace Shop.Json;

            [JsonSerializable(typeof(int))]
            internal sealed partial class ShopJson : JsonSerializerContext
            {
            }
            """,
        ],
        [
            """
            namespace Shop;

            internal sealed record User(int Id);

            internal static class Users
            {
                [Get("/:id")] internal static User? Find(int id) => null;
                [Post("/")] internal static Task<List<User>> Add(User user) => Task.FromResult<List<User>>([]);
            }
            """,
            """
            using System.Text.Json.Serialization;

            namespace Shop.Json;

            [JsonSerializable(typeof(int))]
            [JsonSerializable(typeof(User))]
            [JsonSerializable(typeof(List<User>))]
            internal sealed partial class ShopJson : JsonSerializerContext
            {
            }
            """,
        ],
        // The context's members are written by the generator of System.Text.Json, which does not run here.
        compilerErrors: "CS0534 CS7036");

    [Fact]
    public async Task A_context_is_written_where_the_project_has_none() => await Fix.YieldsAsync(
        "WM3001.list",
        [
            """
            namespace Shop
            {
                internal static class Users
                {
                    internal sealed record User(int Id);

                    [Get("/:id")] internal static User? Find(int id) => null;
                    [Post("/")] internal static void Add(User user) { }
                }
            }
            """,
        ],
        [
            """
            using System.Text.Json.Serialization;

            namespace Shop
            {
                internal static class Users
                {
                    internal sealed record User(int Id);

                    [Get("/:id")] internal static User? Find(int id) => null;
                    [Post("/")] internal static void Add(User user) { }
                }

                [JsonSerializable(typeof(Users.User))]
                internal sealed partial class AppJson : JsonSerializerContext;
            }
            """,
        ],
        compilerErrors: "CS0534 CS7036");

    [Fact]
    public async Task One_context_is_written_for_the_types_of_several_files() => await Fix.YieldsAsync(
        "WM3001.list",
        [
            "namespace Shop.Orders;\n\nstatic class H { [Get(\"/o\")] internal static Order? F() => null; }\n",
            "namespace Shop;\n\nstatic class H { [Get(\"/u\")] internal static User? F() => null; }\n",
            "namespace Shop { record User; namespace Orders { record Order; } }",
        ],
        [
            "using System.Text.Json.Serialization;\n\nnamespace Shop.Orders;\n\n"
            + "static class H { [Get(\"/o\")] internal static Order? F() => null; }\n\n"
            + "[JsonSerializable(typeof(Order))]\n[JsonSerializable(typeof(User))]\n"
            + "internal sealed partial class AppJson : JsonSerializerContext;\n",
            "namespace Shop;\n\nstatic class H { [Get(\"/u\")] internal static User? F() => null; }\n",
            "namespace Shop { record User; namespace Orders { record Order; } }",
        ],
        compilerErrors: "CS0534 CS7036");

    [Fact]
    public async Task Every_source_that_can_be_meant_is_offered()
    {
        Assert.Equal(
            ["WM2010.service", "WM2010.query", "WM2010.bind"],
            await Fix.OffersAsync(
                "WM2010", InClass("A", "internal record F(int P); [Get(\"/\")] internal static void A(F filter) { }")));
        Assert.Equal(
            ["Add [Service] to 'call'", "Add [Body] to 'call'"],
            await Fix.TitlesAsync(
                "WM2010", InClass("A", "[Route(\"QUERY\", \"/\")] internal static void A(Action call) { }")));
    }

    /// <summary>Id and members for which no fix, or not that of the key, is right.</summary>
    public static TheoryData<string, string, string> NotOffered => new()
    {
        { "WM1001", "WM1001.prepend", """private const string X = "x"; [Get(X)] internal static void A() { }""" },
        { "WM1002", "WM1002.collapse", """[Get("/a\u002f/b")] internal static void A() { }""" },
        { "WM1003", "WM1003.spell", """[Get("/{id}x")] internal static void A(int id) { }""" },
        { "WM1005", "WM1005.segment", """[Get("/*rest?x")] internal static void A(string rest) { }""" },
        { "WM2001", "WM2001.rename", """[Get("/:user")] internal static void A(int page) { }""" },
        { "WM2001", "WM2001.rename", """[Get("/:usr")] internal static void A(Exchange user) { }""" },
        { "WM2002", "WM2002.append", """[Get("/*rest")] internal static void A(string rest, [Path] int id) { }""" },
        { "WM2010", "WM2010.service", """[Get("/")] internal static void A(KeyValuePair<int, int> pair) { }""" },
        { "WM2010", "WM2010.query", """[Get("/")] internal static void A(IDisposable service) { }""" },
        { "WM2010", "WM2010.bind", """[Get("/")] internal static void A(object any) { }""" },
        { "WM2010", "WM2010.body", """[Delete("/")] internal static void A(object any) { }""" },
        { "WM2011", "WM2011.value", """[Get("/")] internal static void A(in Span<byte> text) { }""" },
        { "WM2002", "WM2002.rename", """[Get("/:page")] internal static void A(int page, [Path] int pag) { }""" },
    };

    [Theory]
    [MemberData(nameof(NotOffered))]
    public async Task A_fix_that_would_guess_is_not_offered(string id, string key, string members) =>
        Assert.DoesNotContain(key, await Fix.OffersAsync(id, InClass("A", members)));

    [Fact]
    public async Task A_handler_that_uses_its_instance_is_not_made_static() => Assert.Empty(await Fix.OffersAsync(
        "WM2030",
        "internal sealed class A { private readonly string _x = \"\"; [Get(\"/\")] internal string F() => _x; }"));

    [Fact]
    public async Task The_closest_name_is_offered_before_a_new_parameter() => Assert.Equal(
        ["WM2001.rename", "WM2001.add"],
        await Fix.OffersAsync("WM2001", InClass("A", """[Get("/:nme")] internal static void A(string name) { }""")));

    // The template is what distinguishes the routes, so that two documents do not conflict with each other.
    private static string InClass(string name, string members) => $$"""
        [Group("/{{name}}")]
        internal static class {{name}}
        {
            {{members.Trim()}}
        }
        """;
}

using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>The fixes of templates and of routes among each other, in two documents at the same time.</summary>
public sealed class RoutingFixTests
{
    /// <summary>Key of the fix, the members before and after.</summary>
    public static TheoryData<string, string, string> Members => new()
    {
        {
            "WM1007.dash",
            """[Get("/:year:month")] internal static void A(int year, int month) { }""",
            """[Get("/:year-:month")] internal static void A(int year, int month) { }"""
        },
        {
            "WM1007.segment",
            """[Get(@"/:y:m:d?")] internal static void A(int y, int m, int d = 1) { }""",
            """[Get(@"/:y/:m/:d?")] internal static void A(int y, int m, int d = 1) { }"""
        },
        {
            "WM1009.swap",
            """[Get("/:_a<range(9,-1)>/:_b<len(20, 2)>")] internal static void A() { }""",
            """[Get("/:_a<range(-1,9)>/:_b<len( 2,20)>")] internal static void A() { }"""
        },
        {
            "WM1009.drop",
            """[Get("/:_a<int()>")] internal static void A() { }""",
            """[Get("/:_a<int>")] internal static void A() { }"""
        },
        {
            "WM1010.constrain",
            """
            [Get("/:name")] internal static void A(string name) { }
            [Get("/:id")] internal static void B(int id) { }
            """,
            """
            [Get("/:name")] internal static void A(string name) { }
            [Get("/:id<int>")] internal static void B(int id) { }
            """
        },
        {
            "WM1010.constrain",
            """
            [Get("/:name/" + ":last/x")] internal static void A(string name, Guid? last) { }
            [Get("/:who" + "/:key/x")] internal static void B(string who, string key) { }
            """,
            """
            [Get("/:name/" + ":last<guid>/x")] internal static void A(string name, Guid? last) { }
            [Get("/:who" + "/:key/x")] internal static void B(string who, string key) { }
            """
        },
        {
            "WM1010.remove",
            """
            [Get("/:a")] internal static void A(string a) { }
            [Get("/:b")]
            internal static void B(string b) { }
            [Post("/x"), Get("/:c")] internal static void C(string c = "") { }
            """,
            """
            [Get("/:a")] internal static void A(string a) { }
            internal static void B(string b) { }
            [Post("/x")] internal static void C(string c = "") { }
            """
        },
        {
            "WM1011.remove",
            """
            [Get("/a")] internal static void A() { }
            [Get("/:_x<in(a)>"), Get("/b")] internal static void B() { }
            """,
            """
            [Get("/a")] internal static void A() { }
            [Get("/b")] internal static void B() { }
            """
        },
        {
            "WM1013.slash",
            """[Get("/a\\b"), Get(@"/c\d\")] internal static void A() { }""",
            """[Get("/a/b"), Get(@"/c/d/")] internal static void A() { }"""
        },
        {
            "WM1014.spell",
            """[Get("/%61b%2fc%c3%BC")] internal static void A() { }""",
            """[Get("/ab%2Fc%C3%BC")] internal static void A() { }"""
        },
        {
            "WM1015.query",
            """[Get("/a?page=1&sort=asc&q=&my-key&all=true#top")] internal static void A(int page) { }""",
            """
            [Get("/a")] internal static void A(int page, [Query] string sort = "asc", [Query] string? q = null, [Query("my-key")] string? myKey = null, [Query] bool all = true) { }
            """
        },
        {
            "WM1015.query",
            """
            [Get("/a?class=:x"), Get("/b?page=2"), Get("/c#top")]
            internal static void A() { }
            """,
            """
            [Get("/a"), Get("/b"), Get("/c")]
            internal static void A([Query] string? @class = null, [Query] int page = 2) { }
            """
        },
        {
            "WM1016.end",
            """[Get("/a"), Get("/b"), Get("/c/:_x/")] internal static void A() { }""",
            """[Get("/a"), Get("/b"), Get("/c/:_x")] internal static void A() { }"""
        },
        {
            "WM1016.end",
            """[Get("/a/"), Get("/b/"), Get("/c/:_x<int>")] internal static void A() { }""",
            """[Get("/a/"), Get("/b/"), Get("/c/:_x<int>/")] internal static void A() { }"""
        },
        {
            "WM1017.lower",
            """[Get("/Items/:_X.Json%2F")] internal static void A() { }""",
            """[Get("/items/:_X.json%2F")] internal static void A() { }"""
        },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public async Task A_fix_mends_two_documents_at_once(string key, string before, string after) =>
        await Fix.YieldsAsync(
            key, [InClass("one", before), InClass("two", before)], [InClass("one", after), InClass("two", after)]);

    [Fact]
    public async Task A_repeated_prefix_is_left_out() => await Fix.YieldsAsync(
        "WM1020.strip",
        [
            """
            [Group("/api")]
            internal static class A
            {
                [Get("/api/x")] internal static void F() { }
                [Group("/api/users")]
                internal static class B
                {
                    [Get("/api/users/api/users/:_id")] internal static void F() { }
                    [Get("/api/users")] internal static void G() { }
                }
            }
            """,
        ],
        [
            """
            [Group("/api")]
            internal static class A
            {
                [Get("/x")] internal static void F() { }
                [Group("/users")]
                internal static class B
                {
                    [Get("/:_id")] internal static void F() { }
                    [Get("/")] internal static void G() { }
                }
            }
            """,
        ]);

    // The lines of the literals run on, as the sources do.
    [Fact]
    public async Task A_constraint_gets_one_method_in_the_first_class_that_names_it() => await Fix.YieldsAsync(
        "WM1008.method",
        [
            "using Waymark;\n\ninternal static class A\n{\n    [Get(\"/a/:_x<sku>\")] internal static void F() { }\n" +
            "    internal static bool IsSku => true;\n}\n",
            "using Waymark;\n\nstatic class B { [Get(\"/b/:_x<sku>/:_y<isbn>\")] internal static void F() { } }",
        ],
        [
            "using Waymark;\nusing System;\n\ninternal static class A\n{\n    [Get(\"/a/:_x<sku>\")] internal static void F() { }\n" +
            "    internal static bool IsSku => true;\n\n    [Constraint(\"sku\")]\n" +
            "    internal static bool IsSkuConstraint(ReadOnlySpan<byte> value) => throw new NotImplementedException();\n}\n",
            "using Waymark;\nusing System;\n\nstatic class B { [Get(\"/b/:_x<sku>/:_y<isbn>\")] internal static void F() { } " +
            "[Constraint(\"isbn\")] internal static bool IsIsbn(ReadOnlySpan<byte> value) => " +
            "throw new NotImplementedException(); }",
        ],
        hasGlobalUsings: false);

    [Fact]
    public async Task The_prefix_of_a_mount_gets_its_slash() => await Fix.YieldsAcrossAsync(
        "WM5014.spell",
        [
            Library.Compile(
                "Billing",
                "[assembly: ExportRoutes] internal static class I { [Get(\"/a\")] internal static void A() { } }"),
        ],
        ["[assembly: Mount<Billing.Routes>(\"a//billing/\")]\n[assembly: Mount<Billing.Routes>(\"/b/\")]"],
        ["[assembly: Mount<Billing.Routes>(\"/a/billing\")]\n[assembly: Mount<Billing.Routes>(\"/b\")]"]);

    /// <summary>Id and members for which no fix, or not that of the key, is right.</summary>
    public static TheoryData<string, string> NotOffered => new()
    {
        { "WM1007.dash", """private const string X = "/:_a:_b"; [Get(X)] internal static void A() { }""" },
        { "WM1008.method", """[Get("/:_a<>")] internal static void A() { }""" },
        { "WM1008.method", """[Get("/:_a<my-sku>")] internal static void A() { }""" },
        { "WM1009.swap", """[Get("/:_a<len(9,0)>")] internal static void A() { }""" },
        { "WM1009.swap", """[Get("/:_a<range(1,x)>")] internal static void A() { }""" },
        { "WM1009.drop", """[Get("/:_a<len()>")] internal static void A() { }""" },
        { "WM1009.drop", """[Get("/:_a<alpha(3)>")] internal static void A() { }""" },
        {
            "WM1010.constrain",
            """
            [Get("/:a")] internal static void A(int a) { }
            [Get("/:b")] internal static void B(int b) { }
            """
        },
        {
            "WM1010.constrain",
            """
            private const string X = "/:a";
            [Get(X)] internal static void A(int a) { }
            [Get("/:b")] internal static void B(string b) { }
            """
        },
        {
            "WM1010.constrain",
            """
            [Get("/:a")] internal static void A(int a) { }
            [Get("/:_b<alpha>"), Get("/:c<hex>")] internal static void B(int c) { }
            """
        },
        {
            "WM1010.constrain",
            """
            [Get("/x/:a?")] internal static void A(int a = 0) { }
            [Get("/x/:b?")] internal static void B(string b = "") { }
            """
        },
        { "WM1013.slash", """private const string X = "/a\\b"; [Get(X)] internal static void A() { }""" },
        { "WM1014.spell", """private const string X = "/%61"; [Get(X)] internal static void A() { }""" },
        { "WM1015.query", """private const string X = "/a?b"; [Get(X)] internal static void A() { }""" },
        { "WM1015.query", """[Get("/a?1x=1")] internal static void A() { }""" },
        { "WM1015.query", """[Get("/a?b=\"")] internal static void A() { }""" },
    };

    [Theory]
    [MemberData(nameof(NotOffered))]
    public async Task A_fix_that_would_guess_is_not_offered(string key, string members) =>
        Assert.DoesNotContain(key, await Fix.OffersAsync(key[..6], $"internal static class A {{ {members} }}"));

    [Fact]
    public async Task A_constraint_is_offered_before_the_removal() => Assert.Equal(
        ["Let ':id<int>' take those values only", "Remove the route"],
        await Fix.TitlesAsync(
            "WM1010",
            """
            internal static class A
            {
                [Get("/:id")] internal static void F(int id) { }
                [Get("/:name")] internal static void G(string name) { }
            }
            """));

    // A group of its own, so that two documents do not conflict with each other.
    private static string InClass(string name, string members) =>
        $"[Group(\"/{name}\")]\ninternal static class {name}\n{{\n{members.Trim()}\n}}\n";
}

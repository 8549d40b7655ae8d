using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>The code fixes that know constraints, ranks and the named arguments of an attribute.</summary>
public sealed class LanguageFixTests
{
    /// <summary>Key of the fix, the members before and after.</summary>
    public static TheoryData<string, string, string> Members => new()
    {
        {
            "WM1008.spell",
            """[Get("/:_a<itn>")] internal static void A() { }""",
            """[Get("/:_a<int>")] internal static void A() { }"""
        },
        {
            "WM1008.spell",
            """[Get(@"/:_a<Guid,len(36)>/:_b<alhpa>", Name = "{0}")] internal static void A() { }""",
            """[Get(@"/:_a<guid,len(36)>/:_b<alpha>", Name = "{0}")] internal static void A() { }"""
        },
        {
            "WM1010.rank",
            """[Get("/:_a<alpha>")] [Get("/:_b<hex>")] internal static void A() { }""",
            """[Get("/:_a<alpha>")] [Get("/:_b<hex>", Rank = 1)] internal static void A() { }"""
        },
        {
            "WM1010.rank",
            """
            [Get("/:_a<alpha>", Rank = 4)] internal static void A() { }
                [Route("GET", template: "/:_b<hex>", Rank = 4, Name = "{0}")] internal static void B() { }
            """,
            """
            [Get("/:_a<alpha>", Rank = 4)] internal static void A() { }
                [Route("GET", template: "/:_b<hex>", Rank = 5, Name = "{0}")] internal static void B() { }
            """
        },
        {
            "WM1010.rank",
            """[Get("/:_a<alpha>", Rank = -1)] [Get("/:_b<hex>", Rank = -1)] internal static void A() { }""",
            """[Get("/:_a<alpha>", Rank = -1)] [Get("/:_b<hex>", Rank = 0)] internal static void A() { }"""
        },
        {
            // Each of the three overlaps with the two others.
            "WM1010.rank",
            """[Get("/:_a<alpha>")] [Get("/:_b<hex>")] [Get("/:_c<len(3)>")] static internal void A() { }""",
            """[Get("/:_a<alpha>")] [Get("/:_b<hex>", Rank = 1)] [Get("/:_c<len(3)>", Rank = 2)] """ +
            "static internal void A() { }"
        },
        {
            "WM1004.rename",
            """[Get("/:id/:id<int>?")] internal static void A(string id) { }""",
            """[Get("/:id/:id2<int>?")] internal static void A(string id, int? id2 = null) { }"""
        },
        {
            "WM2001.add",
            """[Get("/:a<int>/:b<long>/:c<min(1)>/:d<max(9)>/:e<range(1,9)>")] internal static void A() { }""",
            """[Get("/:a<int>/:b<long>/:c<min(1)>/:d<max(9)>/:e<range(1,9)>")] """ +
            "internal static void A(int a, long b, long c, long d, long e) { }"
        },
        {
            "WM2001.add",
            """[Get("/:a<guid>/:b<slug>/:c<min(1),int>/:d<hex,guid>", Rank = 1)] internal static void A() { }""",
            """[Get("/:a<guid>/:b<slug>/:c<min(1),int>/:d<hex,guid>", Rank = 1)] """ +
            "internal static void A(Guid a, string b, int c, Guid d) { }"
        },
        {
            "WM2001.add",
            """[Get("/:a<int>/:b<guid>?", Name = "{0}")] internal static void A(Exchange e) { }""",
            """[Get("/:a<int>/:b<guid>?", Name = "{0}")] """ +
            "internal static void A(int a, Exchange e, Guid? b = null) { }"
        },
        {
            // One parameter takes the capture of both routes: only text takes all of their values.
            "WM2001.add",
            """[Get("/a/:x<int>/:y<int>")] [Get("/b/:x<guid>/:y<int>")] internal static void A() { }""",
            """[Get("/a/:x<int>/:y<int>")] [Get("/b/:x<guid>/:y<int>")] internal static void A(string x, int y) { }"""
        },
        {
            "WM2001.rename",
            """[Get("/:usrId<int>", Rank = 1)] internal static void A(int userId) { }""",
            """[Get("/:userId<int>", Rank = 1)] internal static void A(int userId) { }"""
        },
        {
            "WM2002.append",
            """[Get("/a", Rank = 1, Name = "{0}")] internal static void A([Path] int id) { }""",
            """[Get("/a/:id", Rank = 1, Name = "{0}")] internal static void A([Path] int id) { }"""
        },
        {
            "WM2002.append",
            """[Route("PROPFIND", "/a")] internal static void A([Path] int id) { }""",
            """[Route("PROPFIND", "/a/:id")] internal static void A([Path] int id) { }"""
        },
        {
            "WM2002.append",
            """[Route(template: "/a", method: "PROPFIND")] internal static void A([Path] int id) { }""",
            """[Route(template: "/a/:id", method: "PROPFIND")] internal static void A([Path] int id) { }"""
        },
        {
            "WM1001.prepend",
            """[Route("PROPFIND", "u", Name = "{0}", Rank = 1)] internal static void A() { }""",
            """[Route("PROPFIND", "/u", Name = "{0}", Rank = 1)] internal static void A() { }"""
        },
        {
            "WM1002.collapse",
            """[Get("/a//b", Name = "{0}", Rank = 1)] internal static void A() { }""",
            """[Get("/a/b", Name = "{0}", Rank = 1)] internal static void A() { }"""
        },
        {
            "WM1006.drop",
            """[Get("/:_id<int>?/x", Name = "{0}")] internal static void A() { }""",
            """[Get("/:_id<int>/x", Name = "{0}")] internal static void A() { }"""
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
    public async Task Constraints_of_prefixes_are_spelled_as_well() => await Fix.YieldsAsync(
        "WM1008.spell",
        [
            "[assembly: Group(\"/:_t<slgu>\")]\n",
            "[Group(\"/:_a<loong>\")] internal static class A { [Get(\"/x\")] internal static void F() { } }",
        ],
        [
            "[assembly: Group(\"/:_t<slug>\")]\n",
            "[Group(\"/:_a<long>\")] internal static class A { [Get(\"/x\")] internal static void F() { } }",
        ]);

    [Fact]
    public async Task A_constraint_of_ones_own_is_spelled() => await Fix.YieldsAsync(
        "WM1008.spell",
        [
            "static class A { [Get(\"/:_a<tenent>\")] internal static void F() { } }",
            "static class B { [Constraint(\"tenant\")] internal static bool F(ReadOnlySpan<byte> value) => true; }",
        ],
        [
            "static class A { [Get(\"/:_a<tenant>\")] internal static void F() { } }",
            "static class B { [Constraint(\"tenant\")] internal static bool F(ReadOnlySpan<byte> value) => true; }",
        ]);

    [Fact]
    public async Task Ranks_decide_between_routes_of_two_documents() => await Fix.YieldsAsync(
        "WM1010.rank",
        [
            "static class A { [Get(\"/:_b<hex>/x\")] [Get(\"/:_b<hex>/y\")] internal static void F() { } }",
            "static class B { [Get(\"/:_a<alpha>/x\")] [Get(\"/:_a<alpha>/y\")] internal static void F() { } }",
        ],
        [
            "static class A { [Get(\"/:_b<hex>/x\", Rank = 1)] [Get(\"/:_b<hex>/y\", Rank = 1)] " +
            "internal static void F() { } }",
            "static class B { [Get(\"/:_a<alpha>/x\")] [Get(\"/:_a<alpha>/y\")] internal static void F() { } }",
        ]);

    [Fact]
    public async Task A_using_is_added_where_the_parameter_needs_it() => await Fix.YieldsAsync(
        "WM2001.add",
        ["using Waymark;\n\nstatic class A { [Get(\"/:id<guid>\")] internal static void F() { } }"],
        [
            "using Waymark;\nusing System;\n\n" +
            "static class A { [Get(\"/:id<guid>\")] internal static void F(Guid id) { } }",
        ],
        hasGlobalUsings: false);

    /// <summary>Id and members for which no fix is right.</summary>
    public static TheoryData<string, string> NotOffered => new()
    {
        // Nothing is near enough; a name that needs an argument; a name that an escape is part of; no name at all.
        { "WM1008", """[Get("/:_a<whatever>")] internal static void A() { }""" },
        { "WM1008", """[Get("/:_a<renge>")] internal static void A() { }""" },
        { "WM1008", """private const string X = "/:_a<itn>"; [Get(X)] internal static void A() { }""" },
        { "WM1008", """[Get("/:_a<>")] internal static void A() { }""" },
        // No rank helps.
        { "WM1010", """[Get("/:_a")] [Get("/:_b")] internal static void A() { }""" },
        {
            "WM1010",
            """
            [Get("/:_a<alpha>/x", Rank = 1)] [Get("/:_b<hex>/x")] internal static void A() { }
            [Get("/:_b<hex>/y", Rank = 2)] internal static void B() { }
            """
        },
        // A rank decides against the first, not against the second.
        {
            "WM1010",
            """
            [Get("/:_a<alpha>")] [Get("/:_b<hex>/:_z")] [Get("/:_c<hex>/:_q?")] internal static void A() { }
            """
        },
        // The constant may be the rank of other routes.
        {
            "WM1010",
            """
            private const int Low = 1;
            [Get("/:_a<alpha>", Rank = Low)] [Get("/:_b<hex>", Rank = Low)] internal static void A() { }
            """
        },
    };

    [Theory]
    [MemberData(nameof(NotOffered))]
    public async Task A_fix_that_would_guess_is_not_offered(string id, string members) =>
        Assert.Empty((await Fix.OffersAsync(id, InClass("A", members)))
            // These guess nothing: one leaves its body to be written, one takes away what is not served.
            .Except(["WM1008.method", "WM1010.remove"]));

    /// <summary>Id, members and the title that the menu shows.</summary>
    public static TheoryData<string, string, string> Titles => new()
    {
        { "WM1008", """[Get("/:_a<itn>")] internal static void A() { }""", "Write 'int'" },
        {
            "WM1010",
            """[Get("/:_a<alpha>")] [Get("/:_b<hex>")] internal static void A() { }""",
            "Add 'Rank = 1'"
        },
        {
            "WM1010",
            """[Get("/:_a<alpha>")] [Get("/:_b<hex>", Rank = 0)] internal static void A() { }""",
            "Set 'Rank = 1'"
        },
        { "WM2001", """[Get("/:a<range(1,9)>")] internal static void A() { }""", "Add the parameter 'long a'" },
        { "WM2001", """[Get("/:a<alpha>")] internal static void A() { }""", "Add the parameter 'string a'" },
    };

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task The_menu_shows_what_a_fix_writes(string id, string members, string title) =>
        Assert.Equal(title, (await Fix.TitlesAsync(id, InClass("A", members)))[0]);

    private static string InClass(string name, string members) => $$"""
        [Group("/{{name}}")]
        internal static class {{name}}
        {
            {{members.Trim().Replace("{0}", name, StringComparison.Ordinal)}}
        }
        """;
}

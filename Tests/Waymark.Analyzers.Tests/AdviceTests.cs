using System.Globalization;
using Microsoft.CodeAnalysis;
using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>What is suspicious in a template, or a matter of style: where it is shown, what is left alone.</summary>
public sealed class AdviceTests
{
    /// <summary>Id and members of a static class that shows it; the marks are exact.</summary>
    public static TheoryData<string, string> Fires => new()
    {
        { "WM1013", """[Get("/a[|\\|]b")] internal static void A() { }""" },
        { "WM1013", """[Get(@"/a[|\|]:_b")] internal static void A() { }""" },
        { "WM1014", """[Get("/x[|%61|]")] internal static void A() { }""" },
        { "WM1014", """[Get("/[|%c3%bc|]-:_a[|%7e%2F|]")] internal static void A() { }""" },
        { "WM1016", """[Get("/a"), Get("/b"), Get("/c[|/|]")] internal static void A() { }""" },
        { "WM1016", """[Get("/a/"), Post("/b/:_x/"), Get("/[|c|]")] internal static void A() { }""" },
        { "WM1017", """[Get("/[|Users|]/:_Id[|.Json|]")] internal static void A() { }""" },
        { "WM1017", """[Get("/[|a%C3%BCB|]")] internal static void A() { }""" },
        { "WM1022", """[Get("/a"), [|Head|]("/a")] internal static void A() { }""" },
        { "WM1022", """[Get("/:_a"), Route([|"HEAD"|], "/:_b")] internal static void A() { }""" },
        { "WM1022", """[Post("/a/:_b?"), [|Options|]("/a")] internal static void A() { }""" },
        { "WM1025", """[Get("/a/[|..|]/b")] internal static void A() { }""" },
        { "WM1025", """[Get("/[|.|]")] internal static void A() { }""" },
        { "WM1025", """[Get("/a[|*|]b*")] internal static void A() { }""" },
        { "WM1025", """[Get("/:_a[|*|]")] internal static void A() { }""" },
    };

    [Theory]
    [MemberData(nameof(Fires))]
    public async Task Advice_is_shown_at_its_place(string id, string members) =>
        await Verify.ReportsWithAsync(id, "", $"internal static class S\n{{\n{members}\n}}");

    /// <summary>Id and members that do not show it.</summary>
    public static TheoryData<string, string> Silent => new()
    {
        { "WM1014", """[Get("/ab%2F%C3%BC%25"), Get("/ü/é")] internal static void A() { }""" },
        { "WM1014", """[Get("/:_a<in(%61)>")] internal static void A() { }""" },
        { "WM1016", """[Get("/a"), Get("/b/")] internal static void A() { }""" },
        { "WM1016", """[Get("/"), Get("/b/"), Get("/c/")] internal static void A() { }""" },
        { "WM1016", """[Get("/a"), Get("/b"), Get("/c"), Get("/c/")] internal static void A() { }""" },
        { "WM1016", """[Get("/a/"), Get("/b/"), Get("/feed.xml"), Get("/*_r")] internal static void A() { }""" },
        { "WM1016", """[Get("/a/"), Get("/b/"), Get("/c/:_x?")] internal static void A() { }""" },
        { "WM1017", """[Get("/users/:_Id<in(A)>/%2F")] internal static void A() { }""" },
        { "WM1017", """[Get("/users"), Get("/Users")] internal static void A() { }""" },
        { "WM1022", """[Get("/a"), Head("/b"), Options("/c")] internal static void A() { }""" },
        { "WM1022", """[Route("*", "/a"), Options("/a")] internal static void A() { }""" },
        { "WM1022", """[Get("/:_a<int>"), Head("/:_b")] internal static void A() { }""" },
        { "WM1025", """[Get("/.well-known/a..b/..."), Get("/:_a.")] internal static void A() { }""" },
        { "WM1025", """[Get("/a/*_rest"), Get("/%2A")] internal static void A() { }""" },
    };

    [Theory]
    [MemberData(nameof(Silent))]
    public async Task What_is_meant_is_left_alone(string id, string members) =>
        await Verify.IsSilentAsync(id, $"internal static class S {{ {members} }}");

    [Fact]
    public async Task A_backslash_is_not_a_forbidden_character_as_well() => await Verify.ReportsAsync(
        """internal static class S { [Get("/a{|WM1013:\\|}b{|WM1026: |}c")] internal static void A() { } }""");

    [Fact]
    public async Task Composed_letters_are_not_told_apart_by_their_spelling()
    {
        // Without the tables of ICU, no text is known to be another.
        Assert.SkipUnless("u\u0308".Normalize() == "\u00fc", "Normalisation is not available.");
        await Verify.ReportsAsync(
            "internal static class S { [Get(\"/{|WM1014:u\u0308|}/\u00fc\")] internal static void A() { } }");
    }

    [Fact]
    public async Task A_prefix_that_is_repeated_is_shown_where_it_is_repeated() => await Verify.ReportsAsync(
        """
        [assembly: Group("/v1")]
        [Group("{|WM1020:/v1|}/users")]
        internal static class Users
        {
            [Get("{|WM1020:/v1/users|}/:_id")] internal static void A() { }
            [Get("/v1/:_id")] internal static void B() { }
            [Get("/v1users")] internal static void C() { }
        }
        """,
        """
        [Group("/users")]
        internal static class Others
        {
            [Get("{|WM1020:/users/users|}/:_id")] internal static void A() { }
            [Get("{|WM1020:/v1/users|}")] internal static void B() { }
            [Get("/:_x/users")] internal static void C() { }
        }
        """,
        """
        [Group("/")]
        internal static class Root { [Get("/v2/v2")] internal static void A() { } }
        """);

    [Fact]
    public async Task Advice_about_a_prefix_is_shown_once_at_the_group() => await Verify.ReportsAsync(
        """
        [Group("/{|WM1014:%61|}/{|WM1025:..|}")]
        internal static class S
        {
            [Get("/x")] internal static void A() { }
            [Get("/y")] internal static void B() { }
        }
        """);

    [Fact]
    public async Task Options_of_the_table_switch_advice_off()
    {
        const string Routes = """
            internal static class S { [Get("/a"), Get("/b"), Get("/C/")] internal static void A() { } }
            """;
        await Verify.IsSilentAsync(
            "WM1016", "[assembly: RouteOptions(TrailingSlash = TrailingSlash.Ignore)]\n" + Routes);
        await Verify.IsSilentAsync("WM1017", "[assembly: RouteOptions(CaseInsensitive = true)]\n" + Routes);
    }

    [Fact]
    public async Task A_template_that_is_wrong_gets_no_advice()
    {
        await Verify.ReportsAsync(
            """internal static class S { [Get("/{|WM1003:{id}|}/%61")] internal static void A(int id) { } }""");
        await Verify.IsSilentAsync(
            "WM1014", """internal static class S { [Get("/ /%61")] internal static void A() { } }""");
    }

    [Fact]
    public async Task Messages_say_what_to_write()
    {
        List<Diagnostic> diagnostics = await Verify.ReportsAsync(
            """
            internal static class S
            {
                [Get("/{|WM1014:%7E|}"), Get("/:_path{|WM1025:*|}")] internal static void A() { }
            }
            """);
        Assert.EndsWith(
            "Write '~'.", diagnostics[0].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Contains(
            "'/*_path' takes the rest", diagnostics[1].GetMessage(CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }
}

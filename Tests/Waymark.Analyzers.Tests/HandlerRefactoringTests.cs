using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>The signature of a handler follows its templates and its body.</summary>
public sealed class HandlerRefactoringTests
{
    private static readonly Refactor Plain = new();

    // The members of a JSON context are written by the generator of System.Text.Json, which does not run here.
    private static readonly Refactor WithJson = new() { CompilerErrors = "CS0534 CS7036" };

    [Fact]
    public async Task All_parameters_of_the_templates_are_added_at_once() => await Plain.YieldsAsync(
        "handler.parameters",
        InClass("""[Get("/:a$$<int>/:b/:c?", Name = "a"), Put("/:a<int>/:b/:c?")] internal static void F(string b, Exchange e) { }"""),
        InClass("""[Get("/:a<int>/:b/:c?", Name = "a"), Put("/:a<int>/:b/:c?")] internal static void F(int a, string b, Exchange e, string? c = null) { }"""));

    [Fact]
    public async Task A_parameter_of_the_query_becomes_a_capture_of_every_template() => await Plain.YieldsAsync(
        "handler.capture",
        InClass("""[Get("/a", Name = "a"), Put("/")] internal static string F(int $$id) => $"{id}";"""),
        InClass("""[Get("/a/:id", Name = "a"), Put("/:id")] internal static string F(int id) => $"{id}";"""));

    [Fact]
    public async Task A_parameter_that_may_be_missing_becomes_an_optional_capture() => await Plain.YieldsAsync(
        "handler.capture",
        InClass("""[Get("/a")] internal static string F(Guid? $$id) => $"{id}";"""),
        InClass("""[Get("/a/:id?")] internal static string F(Guid? id) => $"{id}";"""));

    [Fact]
    public async Task What_comes_from_the_query_is_gathered_in_a_record() => await Plain.YieldsAsync(
        "handler.bind",
        """
        internal static class Items
        {
            // Some of them.
            [Get("/items/:id"), Put("/:id", Name = "put")]
            internal static string $$List(int id, Exchange e, [Query("q")] string? text, int page = 1, string[]? tags = null)
            {
                string Local(int page) => $"{page}";
                return $"{id} {text} {Local(page: page)} {tags?.Length}"; // Here.
            }
        }
        """,
        """
        internal static class Items
        {
            // Some of them.
            [Get("/items/:id"), Put("/:id", Name = "put")]
            internal static string List(int id, Exchange e, ListQuery query)
            {
                string Local(int page) => $"{page}";
                return $"{id} {query.Text} {Local(page: query.Page)} {query.Tags?.Length}"; // Here.
            }

            [Bind]
            internal sealed record ListQuery([Query("q")] string? Text, int Page = 1, string[]? Tags = null);
        }
        """);

    [Fact]
    public async Task The_record_and_its_parameter_get_names_that_are_free() => await Plain.YieldsAsync(
        "handler.bind",
        InClass("internal record FQuery; [Get(\"/\")] internal static string $$F(int a, int b) { int query = a; return $\"{query}{b}\"; }"),
        InClass("internal record FQuery; [Get(\"/\")] internal static string F(FQuery2 query2) { int query = query2.A; return $\"{query}{query2.B}\"; }\n\n"
            + "    [Bind]\n    internal sealed record FQuery2(int A, int B);"));

    [Fact]
    public async Task What_is_returned_becomes_a_union() => await WithJson.YieldsAsync(
        "handler.results",
        """
        internal sealed record User(int Id);

        internal static class Users
        {
            [Get("/:id")]
            internal static async Task<User> $$Find(int id)
            {
                await Task.Yield();
                if (id == 0)
                    return Results.NotFound();
                return id < 0 ? Results.BadRequest("No.") : new User(id);
            }
        }
        """,
        """
        using System.Text.Json.Serialization;

        internal sealed record User(int Id);

        internal static class Users
        {
            [Get("/:id")]
            internal static async Task<Results<NotFound, BadRequest, User>> Find(int id)
            {
                await Task.Yield();
                if (id == 0)
                    return Results.NotFound();
                return id < 0 ? Results.BadRequest("No.") : new User(id);
            }
        }

        [JsonSerializable(typeof(User))]
        internal sealed partial class AppJson : JsonSerializerContext;
        """);

    public static TheoryData<string> NothingToDo =>
    [
        """[Get("/a")] internal static string $$F(int a) => $"{a}";""",
        """[Get("/a")] internal static string $$F(int a, int b) => nameof(a);""",
        """[Get("/a")] internal static string $$F(int a, int b) => $"{new { a }}";""",
        """[Get("/a")] internal static string $$F(int a, int b) => $"{a++}";""",
        """[Get("/a")] internal static string $$F(int A, int b) => "";""",
        """[Get("/a")] internal static string $$F(int a, /* why */ int b) => "";""",
        """[Get("/a")] internal static string $$F(CancellationToken c = default, int a = 1, int b = 2) => "";""",
        """[Get("/a")] internal static string $$F(int a, int b) => ""; internal static string G() => F(1, 2);""",
        """[Get("/:a")] internal static void $$F() { }""",
        """[Get("/a")] internal static void F([Query] int $$id) { }""",
        """[Get("/a")] internal static void F(int[] $$id) { }""",
        """[Get("/a/*r")] internal static void F(string r, int $$id) { }""",
        """[Get("/a/:id")] internal static void F(int $$id) { }""",
        """internal static void F(int $$id) { }""",
        """[Get("/a")] internal static string $$F(bool b) => b ? "a" : "b";""",
        """[Get("/a")] internal static NotFound $$F() => Results.NotFound();""",
        """[Get("/a/:c?")] internal static object $$F(bool b, string? c) { if (b) return Results.NotFound(); return c; }""",
        """[Get("/a")] internal static object $$F(bool b) { if (b) return Results.NotFound(); return (IFormattable)1; }""",
        """[Get("/a")] internal static Results<NotFound, NoContent> $$F(bool b) => b ? Results.NotFound() : Results.NoContent();""",
        """[Get("/a")] internal static Results<NoContent, NotFound> $$F(bool b) => b ? Results.NotFound() : Results.NoContent();""",
        """[Get("/a")] internal static async Task<Waymark.Results<NoContent, Waymark.NotFound>> $$F(bool b) { await Task.Yield(); return b ? Results.NotFound() : Results.NoContent(); }""",
        """internal static object $$F(bool b) { if (b) return Results.NotFound(); return Results.NoContent(); }""",
    ];

    [Theory]
    [MemberData(nameof(NothingToDo))]
    public async Task Nothing_is_offered_where_nothing_follows(string members) =>
        Assert.Empty(await Plain.OffersAsync(InClass(members)));

    [Fact]
    public async Task The_menu_names_what_is_done()
    {
        Assert.Equal(
            ["Add the parameters 'a', 'b'"],
            await Plain.TitlesAsync(InClass("""[Get("/:a/:b")] internal static void $$F() { }""")));
        Assert.Equal(
            ["Gather the query in the record 'FQuery'"],
            await Plain.TitlesAsync(InClass("""[Get("/")] internal static void $$F(int a, int b) { }""")));
        Assert.Equal(
            ["Take 'id' from the path"],
            await Plain.TitlesAsync(InClass("""[Get("/")] internal static void F(int id$$) { }""")));
        Assert.Equal(
            ["Return 'Results<NotFound, NoContent>'"],
            await Plain.TitlesAsync(InClass(
                """[Get("/")] internal static obj$$ect F(bool b) { if (b) return Results.NotFound(); return Results.NoContent(); }""")));
    }

    private static string InClass(string members) => $$"""
        internal static class Handlers
        {
            {{members}}
        }
        """;
}

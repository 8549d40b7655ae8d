using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Analyzers.Tests.Harness;
using Project = Waymark.Analyzers.Tests.Harness.Project;

namespace Waymark.Analyzers.Tests;

/// <summary>WM4002-WM4006, WM5012, WM6002: literal paths, comments above handlers, and the project itself.</summary>
public sealed class LinkAdviceTests
{
    private const string Table = """
        // top level: serves Routes.
        Console.WriteLine();

        internal static class Users
        {
            [Get("/users/:id")] internal static void Find(int id) { }
            [Get("/users/me")] internal static void Me() { }
            [Put("/users/:id")] internal static void Change(int id) { }
            [Get("/users")] internal static void List(int page = 1) { }
            [Get("/search")] internal static void Search(string q) { }
            [Get("/pages/:page/:part?")] internal static void Show(string page, string? part = null) { }
            [Get("/v:version/notes.txt")] internal static void Notes(long version) { }
            [Get("/files/*path")] internal static void File(string path) { }
            [Get("/items/:id<int>")] internal static void Item(int id) { }
            [Get("/items/:name<alpha>")] internal static void Named(string name) { }
            [Get("/tags/:name<slug>")] internal static void Tag(string name) { }
            [Get("/tags/:a-:b")] internal static void Tags(string a, string b) { }
            [Get("/broken")] internal static void Broken(Action hidden) { }
        }
        """;

    /// <summary>Members of a class beside the table; the marks are exact.</summary>
    public static TheoryData<string> Links =>
    [
        """internal static void A(int id) => Results.Redirect({|WM4002:"/users/7"|});""",
        """internal static void A(int id) => Results.SeeOther({|WM4002:$"/users/{id}"|});""",
        """internal static void A(int id) => Results.Created(location: {|WM4002:"/users/me"|});""",
        """internal static void A(int id) => Results.Accepted({|WM4002:"/users"|}, id);""",
        """internal static void A(long id) => Results.Redirect({|WM4002:$"/v{id}/notes.txt"|});""",
        """internal static void A() => Results.Redirect({|WM4002:"/pages/about"|});""",
        """internal static void A() => Results.Redirect({|WM4002:"/items/5"|});""",
        """internal static void A(System.Net.Http.HttpClient c) => c.GetAsync({|WM4002:"/users/7"|});""",
        """internal static void A(System.Net.Http.HttpClient c,int i) => c.PutAsync({|WM4002:$"/users/{i}"|}, null);""",
        """internal static void A() => Go({|WM4002:"/users/me"|}); private static void Go(string url) { }""",
        """internal static void A() => Results.Redirect({|WM4003:"/user/7"|});""",
        """internal static void A() => Results.Redirect({|WM4003:"/usres"|});""",
        """internal static void A() => Results.Created({|WM4003:"/itmes/5"|});""",
        """internal static void A() => Results.Redirect({|WM4003:"/user?page=2"|});""",
    ];

    [Theory]
    [MemberData(nameof(Links))]
    public async Task A_literal_path_is_shown(string members) => await Verify.ReportsWithAsync(
        "", "", Table.Replace("internal static void Broken(Action hidden) { }", "internal static void Broken() { }",
            StringComparison.Ordinal),
        $"internal static class B {{ {members} }}");

    /// <summary>Members of a class beside the table in which nothing is certain.</summary>
    public static TheoryData<string> NoLinks =>
    [
        """internal static void A() => Console.WriteLine("/users/me");""",
        """internal const string A = "/users/me";""",
        """internal static void A() => Results.Redirect("/users/ada");""",
        """internal static void A() => Results.Redirect("/users/007");""",
        """internal static void A(long id) => Results.Redirect($"/users/{id}");""",
        """internal static void A(int id) => Results.Redirect($"/users/{id:D5}");""",
        """internal static void A(int id) => Results.Redirect($"/users/{id}?all=1");""",
        """internal static void A() => Results.Redirect("/users?page=2");""",
        """internal static void A() => Results.Redirect("/search");""",
        """internal static void A() => Results.Redirect("/files/a/b");""",
        """internal static void A() => Results.Redirect("https://example.com/users/me");""",
        """internal static void A() => Results.Redirect("//users/me");""",
        """internal static void A() => Results.Redirect("/elsewhere");""",
        """internal static void A() => Results.Redirect("/other/7");""",
        """internal static void A() => Results.File("/users/me");""",
        """internal static void A(System.Net.Http.HttpClient c) => c.GetAsync("/user/7");""",
        """internal static void A(System.Net.Http.HttpClient c) => c.PostAsync("/users/7", null);""",
        """internal static void A(string user) => Results.Redirect($"/user/{user}");""",
        """internal static void A(HttpServer s) { s.MapDocs("/user"); Results.Redirect("/user"); }""",
        """internal static void A(HttpServer s, string p) { s.MapDocs(p); Results.Redirect("/user"); }""",
        """internal static void A() => Results.Redirect("/broken");""",
        """internal static void A() => Results.Redirect("/users/5000000000");""",
        """internal static void A() => Results.Redirect("/pages/..");""",
        """internal static void A() => Results.Redirect("/pages/about#top");""",
        """internal static void A(string name) => Results.Redirect($"/tags/{name}");""",
        """internal static void A() => Results.Redirect("/tags/a-b");""",
    ];

    [Theory]
    [MemberData(nameof(NoLinks))]
    public async Task What_is_not_certain_is_left_alone(string members)
    {
        string[] sources = [Table, $"internal static class B {{ {members} }}"];
        await Verify.IsSilentAsync("WM4002", sources);
        await Verify.IsSilentAsync("WM4003", sources);
    }

    /// <summary>Generated code has no link to what it leaves out: the fix would not compile.</summary>
    [Fact]
    public async Task A_route_whose_JSON_type_no_context_lists_has_no_link() => await Verify.IsSilentAsync(
        "WM4002",
        """
        internal sealed record Item(int Id);

        internal static class Items
        {
            [Get("/items/new")] internal static Item New() => new(1);
            [Post("/items")] internal static void Add() => Results.Redirect("/items/new");
        }
        """);

    [Fact]
    public async Task A_library_may_redirect_to_what_its_host_serves() => await Verify.IsSilentAsync(
        "WM4003",
        Table.Replace("// top level: serves Routes.\nConsole.WriteLine();\n", "", StringComparison.Ordinal),
        """internal static class B { internal static void A() => Results.Redirect("/user/7"); }""");

    [Fact]
    public async Task A_path_that_a_mount_answers_is_known() => Assert.DoesNotContain(
        "WM4003",
        (await Project.AnalyseAsync(Project.Create(
            [
                """
                // top level: serves Routes.
                [assembly: Mount<Billing.Routes>("/b")]
                Results.Redirect("/b/invoice");

                internal static class A { [Get("/b/invoices")] internal static void F() { } }
                """,
            ],
            OutputKind.ConsoleApplication,
            libraries:
            [
                Library.Compile(
                    "Billing",
                    """
                    [assembly: ExportRoutes]
                    namespace Billing;
                    internal static class A { [Get("/invoice")] internal static void F() { } }
                    """),
            ]))).Select(diagnostic => diagnostic.Id));

    /// <summary>Handlers and what is above them.</summary>
    public static TheoryData<string> Comments =>
    [
        """[Get("/")] internal static void {|WM4004:A|}() { }""",
        "/// <remarks>Long.</remarks>\n[Get(\"/\")] internal static void {|WM4004:A|}() { }",
        "/// <param name=\"{|WM4005:idd|}\">Which.</param>\n[Get(\"/:id\")] internal static void A(int id) { }",
        "/** <param name='{|WM4005:other|}'>Which.</param> */\n[Get(\"/:id\")] internal static void A(int id) { }",
        "/// <response code=\"{|WM4006:200|}\">Done.</response>\n[Get(\"/\")] internal static void A() { }",
        "/// <response code=\"{|WM4006:ok|}\">Done.</response>\n[Get(\"/\")] internal static string A() => \"\";",
        "/// <response code=\"{|WM4006:600|}\">Done.</response>\n[Get(\"/\")] internal static string A() => \"\";",
        "/// <response code=\"{|WM4006:4xx|}\">Bad.</response>\n[Get(\"/\")] internal static string A() => \"\";",
        "/// <response code=\"{|WM4006:0XX|}\">Bad.</response>\n[Get(\"/\")] internal static string A() => \"\";",
        "/// <response code=\"{|WM4006:201|}\">Done.</response>\n[Get(\"/\")] internal static NotFound A() => default;",
    ];

    [Theory]
    [MemberData(nameof(Comments))]
    public async Task What_a_comment_gets_wrong_is_shown(string members) =>
        await Verify.ReportsAsync($"internal static class B\n{{\n{members}\n}}");

    /// <summary>Id, handlers and what is above them.</summary>
    public static TheoryData<string, string> RightComments => new()
    {
        { "WM4004", "/// <summary>Adds.</summary>\n[Get(\"/\")] internal static void A() { }" },
        { "WM4004", "internal static void A() { }" },
        { "WM4004", "[Get(\"/:id\")] internal static void A() { }" },
        { "WM4005", "/// <param name=\"id\">Which.</param>\n[Get(\"/:id\")] internal static void A(int id) { }" },
        { "WM4005", "/// <param name=\"x\">Which.</param>\ninternal static void A(int id) { }" },
        { "WM4005", "/// <param name=\"x>Which.</param>\n[Get(\"/:id\")] internal static void A(int id) { }" },
        { "WM4006", "/// <response code=\"204\">Done.</response>\n[Get(\"/\")] internal static void A() { }" },
        { "WM4006", "/// <response code=\"409\">Taken.</response>\n[Get(\"/\")] internal static void A() { }" },
        { "WM4006", "/// <response code=\"302\">Moved.</response>\n[Get(\"/\")] internal static void A() { }" },
        { "WM4006", "/// <response code=\"default\">Failed.</response>\n[Get(\"/\")] internal static void A() { }" },
        { "WM4006", "/// <response code=\"4XX\">Refused.</response>\n[Get(\"/\")] internal static void A() { }" },
        {
            "WM4006",
            "/// <response code=\"200\">Done.</response>\n[Get(\"/\")] internal static void A(Response r) { }"
        },
        {
            "WM4006",
            "/// <response code=\"206\">Part.</response>\n[Get(\"/\")] internal static FileResult A() => default;"
        },
        {
            "WM4006",
            "/// <response code=\"299\">Odd.</response>\n[Get(\"/\")] internal static StatusResult A() => default;"
        },
    };

    [Theory]
    [MemberData(nameof(RightComments))]
    public async Task A_comment_that_is_right_is_left_alone(string id, string members) =>
        await Verify.IsSilentAsync(id, $"internal static class B\n{{\n{members}\n}}");

    [Fact]
    public async Task A_parameter_that_the_compiler_reports_is_left_to_it()
    {
        Solution solution = Project.Create(
            ["static class B { \n/// <param name=\"x\">X.</param>\n[Get(\"/\")] internal static void A() { } }"],
            OutputKind.DynamicallyLinkedLibrary);
        solution = solution.WithProjectParseOptions(
            solution.ProjectIds.Single(),
            new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Diagnose));
        Assert.DoesNotContain("WM4005", (await Project.AnalyseAsync(solution)).Select(diagnostic => diagnostic.Id));
    }

    [Theory]
    [InlineData("// top level\n{|WM5012:Console.WriteLine(|}\n    1);\n", "")]
    [InlineData("", "internal static class P { private static void {|WM5012:Main|}() { } }")]
    [InlineData("// top level\n{|WM5012:var HomeRoutes = new Routes1();|}\n", "internal sealed class Routes1;")]
    public async Task A_program_that_never_names_its_table_is_shown(string statements, string types)
    {
        Markup markup = Markup.Parse(
            $"{statements}{types}\ninternal static class A {{ [Get(\"/\")] internal static void F() {{ }} }}");
        List<Diagnostic> diagnostics = await Project.AnalyseAsync(
            Project.Create([markup.Source], OutputKind.ConsoleApplication));
        Diagnostic shown = Assert.Single(diagnostics, diagnostic => diagnostic.Id == "WM5012");
        Assert.Equal(markup.Expected[0].Span, shown.Location.SourceSpan);
    }

    [Theory]
    [InlineData("Console.WriteLine(Routes.Table);", "")]
    [InlineData("Console.WriteLine();", "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Tests\")]")]
    [InlineData("Console.WriteLine();", "[assembly: ExportRoutes]")]
    [InlineData("Console.WriteLine();", "// Served by Routes.")]
    public async Task A_program_whose_table_may_be_served_is_left_alone(string statement, string other)
    {
        Solution solution = Project.Create(
            [statement, other, "internal static class A { [Get(\"/\")] internal static void F() { } }"],
            OutputKind.ConsoleApplication);
        Assert.DoesNotContain("WM5012", (await Project.AnalyseAsync(solution)).Select(diagnostic => diagnostic.Id));
    }

    [Theory]
    [InlineData("internal static class A { internal static void F() { } }")]
    [InlineData("internal static class A { [Get(\"a\")] internal static void F() { } }")]
    public async Task A_program_without_sound_routes_has_nothing_to_serve(string source) =>
        await Verify.IsSilentAsync("WM5012", "// top level\nConsole.WriteLine();", source.Replace(
            "[Get(\"a\")]", "[Get(\"a\")] ", StringComparison.Ordinal));

    [Theory]
    [InlineData(LanguageVersion.CSharp11, true)]
    [InlineData(LanguageVersion.CSharp12, false)]
    [InlineData(LanguageVersion.Latest, false)]
    public async Task A_version_of_CSharp_that_generated_code_is_not_is_shown_once(
        LanguageVersion version, bool isShown)
    {
        Markup markup = Markup.Parse(
            """
            class B
            {
                [Get("/b")] internal static void F() { }
                [Get("/a")] internal static void {|WM6002:G|}() { }
            }
            """);
        List<Diagnostic> diagnostics = await Project.AnalyseAsync(Project.InLanguage(
            Project.Create([markup.Source], OutputKind.DynamicallyLinkedLibrary), version));
        Assert.Equal(
            isShown ? [markup.Expected[0].Span] : [],
            diagnostics.Where(diagnostic => diagnostic.Id == "WM6002")
                .Select(diagnostic => diagnostic.Location.SourceSpan));
    }

    /// <summary>What WM6002 says is true: the generator's files for routes of every kind compile as C# 12.</summary>
    [Fact]
    public async Task Generated_code_is_CSharp_12()
    {
        Solution solution =
            await Project.GenerateAsync(Project.Create([Everything], OutputKind.DynamicallyLinkedLibrary));
        Assert.Equal("", await Project.CompilerErrorsAsync(Project.InLanguage(solution, LanguageVersion.CSharp12)));
        Assert.NotEqual("", await Project.CompilerErrorsAsync(Project.InLanguage(solution, LanguageVersion.CSharp11)));
    }

    private const string Everything = """
        internal static class A
        {
            [Get("/a/:id<int>/:name?")] internal static string B(int id, string? name = null, int[]? tags = null) => "";
            [Get("/b/*rest"), Produces("text/plain", "text/html")]
            internal static string C(ReadOnlySpan<byte> rest) => "";
            [Post("/c")] internal static async Task<Results<Created, NotFound>> D([Form] int id, [File] FormFile file)
            {
                await Task.Yield();
                return Results.NotFound();
            }
            [Get("/d/:k<sku>")]
            internal static IAsyncEnumerable<SseItem<string>> E(Guid k, [Header] DateTime? since) => null!;
            [Constraint("sku")] internal static bool IsSku(ReadOnlySpan<byte> value) => true;
        }
        """;
}

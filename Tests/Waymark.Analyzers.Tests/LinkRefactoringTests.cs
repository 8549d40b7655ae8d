using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>Paths that are written out become links to the routes that they lead to.</summary>
public sealed class LinkRefactoringTests
{
    private const string Handlers = """
        internal static class Users
        {
            [Get("/users/:id<int>")] internal static string Find(int id) => "";
            [Get("/users/:name")] internal static string ByName(string name) => "";
            [Post("/users")] internal static void Add(string name) { }
            [Get("/users")] internal static string List(int page = 1, string? name = null) => "";
            [Get("/users/:id<range(1,9)>/notes/:note?")] internal static string Note(long id, Guid? note) => "";
            [Get("/users/me/")] internal static string Me() => "";
        }

        internal static class Files
        {
            [Get("/")] internal static string Home() => "";
            [Get("/files/*path")] internal static string Read(string path) => "";
            [Get("/reports/:year.csv")] internal static string Report(int year) => "";
            [Get("/posts/:day")] internal static string Day(DateTime day) => "";
            [Get("/a/:b-:c")] internal static string Two(string b, string c) => "";
            [Get("/stock/:k<sku>")] internal static string Stock(string k) => "";
            [Constraint("sku")] internal static bool IsSku(ReadOnlySpan<byte> value) => value.Length == 6;
        }
        """;

    private static readonly Refactor Generated = new() { IsGenerated = true, HasMore = true };

    /// <summary>A statement, and what becomes of it.</summary>
    public static TheoryData<string, string> Statements => new()
    {
        { """Go($$"/users/5");""", """Go(Routes.Links.Users.Find(5));""" },
        { """Go("/users/05$$");""", """Go(Routes.Links.Users.ByName("05"));""" },
        { """Go($"/users$$/{id}");""", """Go(Routes.Links.Users.Find(id));""" },
        { """Go($$$"/users/{name}");""", """Go(Routes.Links.Users.ByName(name));""" },
        { """string path = $$"/users";""", """string path = Routes.Links.Users.List();""" },
        { """var path = $$"/users";""", """var path = Routes.Links.Users.List().ToString();""" },
        { """object path = $$"/users";""", """object path = Routes.Links.Users.List().ToString();""" },
        { """Url = $$"/users?name=Ada";""", """Url = Routes.Links.Users.List(name: "Ada");""" },
        { """Url = $$$"/users?name={name}&page={id}";""", """Url = Routes.Links.Users.List(id, name);""" },
        { """Url = $$"/users/7/notes";""", """Url = Routes.Links.Users.Note(7);""" },
        { """Url = $$$"/users/7/notes/{key}";""", """Url = Routes.Links.Users.Note(7, key);""" },
        { """Url = $$"/users/me/";""", """Url = Routes.Links.Users.Me();""" },
        { """Url = $$"/";""", """Url = Routes.Links.Files.Home();""" },
        { """Url = $$"/files/css/site.css";""", """Url = Routes.Links.Files.Read("css/site.css");""" },
        { """Url = $$$"/files/{name}";""", """Url = Routes.Links.Files.Read(name);""" },
        { """Url = $$"/reports/2024.csv";""", """Url = Routes.Links.Files.Report(2024);""" },
        { """Url = $$$"/reports/{id}.csv";""", """Url = Routes.Links.Files.Report(id);""" },
        { """Go($$$"/stock/{name}");""", """Go(Routes.Links.Files.Stock(name));""" },
        { """Same($$"/users");""", """Same(Routes.Links.Users.List().ToString());""" },
        { """Many($$"/users", "x");""", """Many(Routes.Links.Users.List(), "x");""" },
        { """Overloaded($$"/users");""", """Overloaded(Routes.Links.Users.List().ToString());""" },
        { """_ = new Uri($$"/users", UriKind.Relative);""", """_ = new Uri(Routes.Links.Users.List(), UriKind.Relative);""" },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task A_path_becomes_a_link(string before, string after) =>
        await Generated.YieldsAsync("link.replace", [InMethod(before), Handlers], [InMethod(after), Handlers]);

    public static TheoryData<string> NoLink =>
    [
        """Go($$"/user");""",
        """Go($$"users");""",
        """Go($$"/users/5/x");""",
        """Go($$"/users/me/x");""",
        """Go($$"/users/");""",
        """Go($$"/users?page=1");""",
        """Go($$"/users?size=1");""",
        """Go($$"/users#top");""",
        """Go($$"/users/a%20b");""",
        """Go($$$"/users/{day}");""",
        """Go($$$"/users/{id:000}");""",
        """Go($$$"/posts/{day}");""",
        """Go($$"/users/12/notes");""",
        """Go($$"/a/b-c");""",
        """const string path = $$"/users"; Go(path);""",
        """Go($$"/users" + name);""",
        """Go(id switch { 1 => $$"/users", _ => "" });""",
        """Url += $$"/users";""",
        """Go($"/users$$/{id switch { 1 => "a", _ => "b" }}/x");""",
        """if (name is $$"/users") Go(name);""",
        """Go($$"/users/..");""",
        """Go($$"//users");""",
        """Go($$"/reports/5000000000.csv");""",
        """Go($$"/stock/a");""",
        """_ = new System.Net.Http.HttpClient().DeleteAsync($$"/users/5");""",
    ];

    [Theory]
    [MemberData(nameof(NoLink))]
    public async Task What_no_link_says_exactly_is_left_alone(string statement) =>
        Assert.Empty(await Generated.OffersAsync(InMethod(statement), Handlers));

    [Fact]
    public async Task The_links_of_an_exported_table_are_named_with_their_namespace()
    {
        const string setup = "[assembly: ExportRoutes(Namespace = \"Shop.Web\")]\n";
        await Generated.YieldsAsync(
            "link.replace",
            [InMethod("""Go($$"/users/5");"""), setup + Handlers],
            [InMethod("""Go(Shop.Web.Routes.Links.Users.Find(5));"""), setup + Handlers]);
    }

    [Fact]
    public async Task Nothing_is_offered_where_the_generator_wrote_no_links() =>
        Assert.Empty(await new Refactor().OffersAsync(InMethod("""Go($$"/users/5");"""), Handlers));

    /// <summary>The fix of WM4002 is the same replacement: tried out, and the same overload.</summary>
    [Fact]
    public async Task The_fix_of_a_literal_path_is_the_same() => await Fix.YieldsGeneratedAsync(
        "WM4002.link",
        [
            """
            // top level: serves Routes.
            Results.Redirect("/users/7");
            Results.Redirect($"/users/{args.Length}");
            Results.Redirect("/pages/a%20b");
            Results.Redirect("/pages/about");
            A.Go("/users/8");
            await new System.Net.Http.HttpClient().PutAsync("/users/9", null);

            internal static class Users
            {
                [Get("/users/:id")] internal static void Find(int id) { }
                [Put("/users/:id")] internal static void Change(int id) { }
                [Get("/pages/:name", Name = "Page")] internal static void Show(string name) { }
            }

            internal static class A
            {
                internal static void Go(string url) { }
                internal static void Go<T>(T url) { }
            }
            """,
        ],
        [
            """
            // top level: serves Routes.
            Results.Redirect(Routes.Links.Users.Find(7));
            Results.Redirect(Routes.Links.Users.Find(args.Length));
            Results.Redirect("/pages/a%20b");
            Results.Redirect(Routes.Links.Users.Page("about"));
            A.Go(Routes.Links.Users.Find(8).ToString());
            await new System.Net.Http.HttpClient().PutAsync(Routes.Links.Users.Change(9), null);

            internal static class Users
            {
                [Get("/users/:id")] internal static void Find(int id) { }
                [Put("/users/:id")] internal static void Change(int id) { }
                [Get("/pages/:name", Name = "Page")] internal static void Show(string name) { }
            }

            internal static class A
            {
                internal static void Go(string url) { }
                internal static void Go<T>(T url) { }
            }
            """,
        ]);

    [Fact]
    public async Task The_fix_is_not_offered_where_the_generator_wrote_no_links() => Assert.Empty(
        await Fix.OffersAsync(
            "WM4002",
            """
            // top level: serves Routes.
            Results.Redirect("/users/7");

            internal static class Users { [Get("/users/:id")] internal static void Find(int id) { } }
            """));

    private static string InMethod(string statement) => $$"""
        internal static class Caller
        {
            internal static string Url { get; set; } = "";

            internal static void Call(int id, string name, Guid key, DateTime day)
            {
                {{statement}}
            }

            private static void Go(string path) { }
            private static T Same<T>(T value) => value;
            private static void Many(params string[] paths) { }
            private static void Overloaded(string path) { }
            private static void Overloaded<T>(T path) { }
        }
        """;
}

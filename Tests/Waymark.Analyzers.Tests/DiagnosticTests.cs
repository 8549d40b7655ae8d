using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>Each diagnostic: where it is shown, and code that it leaves alone.</summary>
public sealed class DiagnosticTests
{
    /// <summary>Id and members of a static class that shows it; the marks are exact.</summary>
    public static TheoryData<string, string> Fires => new()
    {
        { "WM1001", """[Get("[|u|]sers")] internal static void A() { }""" },
        { "WM1001", """[Get([|""|])] internal static void A() { }""" },
        { "WM1001", """[Get([|null!|])] internal static void A() { }""" },
        { "WM1002", """[Get("/a[|//|]b")] internal static void A() { }""" },
        { "WM1003", """[Get("/[|{id}|]")] internal static void A(int id) { }""" },
        { "WM1003", """[Get("/:[|1x|]")] internal static void A() { }""" },
        { "WM1003", """[Get("/[|:|]/x")] internal static void A() { }""" },
        { "WM1004", """[Get("/:id/[|:id|]")] internal static void A(int id) { }""" },
        { "WM1005", """[Get("/[|*rest|]/x")] internal static void A(string rest) { }""" },
        { "WM1005", """[Get("/*rest[|.json|]")] internal static void A(string rest) { }""" },
        { "WM1006", """[Get("/[|:id?|]/x")] internal static void A(string id) { }""" },
        { "WM1007", """[Get("/:a[|:|]b")] internal static void A(string a, string b) { }""" },
        { "WM1008", """[Get("/:id<[|itn|]>")] internal static void A(int id) { }""" },
        { "WM1009", """[Get("/:id<[|range(9,1)|]>")] internal static void A(int id) { }""" },
        {
            "WM1010",
            """
            [Get("/:id")] internal static void A(int id) { }
            [Get([|"/:name"|])] internal static void B(string name) { }
            """
        },
        { "WM1015", """[Get("/a[|?page=1|]")] internal static void A() { }""" },
        {
            "WM1019",
            $$"""
            [Get("{{Captures(0, 64)}}/[|:_64|]{{Captures(65, 2)}}")] internal static void A() { }
            """
        },
        { "WM1021", """[Route([|""|], "/a")] internal static void A() { }""" },
        { "WM1021", """[Route([|"F OO"|], "/a")] internal static void A() { }""" },
        { "WM1021", """[Route([|"ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG"|], "/a")] internal static void A() { }""" },
        { "WM1021", """[Route([|"CONNECT"|], "/a")] internal static void A() { }""" },
        { "WM1021", """[Route([|"get"|], "/a")] internal static void A() { }""" },
        { "WM1021", """[Route([|"Post"|], "/a")] internal static void A() { }""" },
        { "WM1021", """[Route(template: "/a", method: [|"é"|], Rank = 2)] internal static void A() { }""" },
        { "WM1021", """[Route([|null!|], "/a")] internal static void A() { }""" },
        { "WM1026", """[Get("/a[| |]b")] internal static void A() { }""" },
        { "WM2001", """[Get("/[|:id|]")] internal static void A() { }""" },
        { "WM2001", """[Get("/[|*rest|]")] internal static void A() { }""" },
        { "WM2002", """[Get("/a")] internal static void A([Path] int [|id|]) { }""" },
        { "WM2003", """[Get("/:id")] internal static void A(Action [|id|]) { }""" },
        { "WM2003", """[Get("/:id")] internal static void A(int[] [|id|]) { }""" },
        { "WM2003", """[Get("/:id")] internal static void A([Path("id")] object [|other|]) { }""" },
        { "WM2004", """[Get("/")] internal static void A([Query] Action [|call|]) { }""" },
        { "WM2004", """[Get("/")] internal static void A([Query] int[][] [|rows|]) { }""" },
        { "WM2004", """[Get("/")] internal static void A([Header] List<object> [|call|]) { }""" },
        { "WM2004", """[Get("/")] internal static void A([Cookie] int[] [|ids|]) { }""" },
        { "WM2004", """[Post("/")] internal static void A([Form] IDisposable [|field|]) { }""" },
        {
            "WM2007",
            """[Post("/")] internal static void A([Body] int {|WM3001:a|}, [Body] int {|WM3001:[|b|]|}) { }"""
        },
        { "WM2009", """[Post("/")] internal static void A([Form] int id, [Body] string [|text|]) { }""" },
        { "WM2009", """[Post("/")] internal static void A(System.IO.Stream [|body|], [Form] int id) { }""" },
        { "WM2010", """[Get("/")] internal static void A(Action [|call|]) { }""" },
        { "WM2010", """[Delete("/")] internal static void A(IDisposable? [|service|]) { }""" },
        { "WM2010", """[Route("QUERY", "/")] internal static void A(Version?[,] [|table|]) { }""" },
        { "WM2011", """[Get("/:id")] internal static void A(in int [|id|]) { }""" },
        { "WM2011", """[Get("/")] internal static void A(params int[] [|ids|]) { }""" },
        { "WM2011", """[Get("/")] internal static void A(ReadOnlySpan<int> [|ids|]) { }""" },
        { "WM2011", """[Get("/")] internal static void A(Span<byte> [|text|]) { }""" },
        { "WM2011", """[Post("/")] internal static void A([Body] ReadOnlySpan<byte> [|body|]) { }""" },
        { "WM2011", """[Get("/")] internal static void A([Service] ReadOnlySpan<char> [|service|]) { }""" },
        { "WM2015", """[Get("/")] internal static void A([Header("user agent")] string [|agent|]) { }""" },
        { "WM2015", """[Get("/")] internal static void A([Header("")] int[] [|ids|]) { }""" },
        { "WM2015", """[Get("/")] internal static void A([Header] string [|größe|]) { }""" },
        { "WM2016", """[Get("/")] internal static void A([Cookie("a=b")] string [|cookie|]) { }""" },
        { "WM2016", """[Get("/")] internal static void A([Cookie] string [|größe|]) { }""" },
        { "WM2017", """[Get("/")] internal static void A([Query("b")] int a, int [|b|]) { }""" },
        { "WM2017", """[Get("/")] internal static void A([Header("X-A")] int a, [Header] int [|xA|]) { }""" },
        { "WM2017", """[Get("/")] internal static void A([Cookie] int a, [Cookie("a")] string [|b|]) { }""" },
        { "WM2017", """[Get("/:id")] internal static void A(int id, [Path("id")] string [|text|]) { }""" },
        { "WM2017", """[Post("/")] internal static void A([Form] int id, [Form("id")] string [|text|]) { }""" },
        {
            "WM2017",
            """
            internal sealed record Page(int Number);
            [Get("/")] internal static void A([Query("number")] int first, [Bind] Page [|page|]) { }
            """
        },
        {
            "WM2019",
            """
            [Bind] internal abstract record Filter(int Page);
            [Get("/")] internal static void A(Filter [|filter|]) { }
            """
        },
        {
            "WM2019",
            """
            [Bind] internal sealed class Filter { public Filter() { } public Filter(int page) { } }
            [Get("/")] internal static void A(Filter [|filter|]) { }
            """
        },
        {
            "WM2019",
            """
            [Bind] internal sealed class Filter { private Filter() { } }
            [Get("/")] internal static void A(Filter [|filter|]) { }
            """
        },
        {
            "WM2019",
            """
            [Bind] internal sealed class Filter { internal Filter(out int page) => page = 1; }
            [Get("/")] internal static void A(Filter [|filter|]) { }
            """
        },
        {
            "WM2019",
            """
            [Bind] internal sealed record Filter(int Page, Filter? Inner);
            [Get("/")] internal static void A(Filter [|filter|]) { }
            """
        },
        {
            "WM2019",
            """
            internal sealed class Filter { public int Page { get; set; } = Math.Max(1, 2); }
            [Get("/")] internal static void A([Query] Filter [|filter|]) { }
            """
        },
        {
            "WM2019",
            """
            internal sealed class Filter { public List<int> Pages { get; set; } = [1]; }
            [Get("/")] internal static void A([Query] Filter [|filter|]) { }
            """
        },
        { "WM2019", """[Get("/")] internal static void A([Bind] IDisposable [|filter|]) { }""" },
        { "WM2022", """[Get("/")] internal static void A([Form] string [|name|]) { }""" },
        { "WM2022", """[Head("/")] internal static void A([Form] int? [|id|]) { }""" },
        { "WM2031", """[Get("/")] static void [|A|]() { }""" },
        { "WM2032", """[Get("/")] internal static void [|A|]<T>() { }""" },
        { "WM2033", """[Get("/")] internal static async void [|A|]() => await Task.Yield();""" },
        { "WM3001", """[Get("/")] internal static [|Uri?|] A() => null;""" },
        { "WM3001", """[Get("/")] internal static [|Task<int>|] A() => Task.FromResult(1);""" },
        { "WM3001", """[Post("/")] internal static void A(Uri?[,] [|links|]) { }""" },
        { "WM3001", """[Post("/")] internal static void A([Body] Uri[] [|links|]) { }""" },
    };

    /// <summary>Id and members of a static class that come close to it.</summary>
    public static TheoryData<string, string> StaysSilent => new()
    {
        { "WM1001", """[Get("/")] internal static void A() { }""" },
        { "WM1002", """[Get("/a/")] internal static void A() { }""" },
        { "WM1003", """[Get("/:_1x/a::b")] internal static void A() { }""" },
        { "WM1004", """[Get("/:id/:Id")] internal static void A(int id, int Id) { }""" },
        { "WM1005", """[Get("/x/*rest")] internal static void A(string rest) { }""" },
        { "WM1006", """[Get("/x/:id?")] internal static void A(string id) { }""" },
        { "WM1007", """[Get("/:a-:b")] internal static void A(string a, string b) { }""" },
        { "WM1008", """[Get("/:id<int,min(1)>")] internal static void A(long id) { }""" },
        {
            "WM1010",
            """
            [Get("/:id")] internal static void A(int id) { }
            [Post("/:name")] internal static void B(string name) { }
            [Get("/me")] internal static void C() { }
            [Get("/*rest")] internal static void D(string rest) { }
            """
        },
        { "WM1015", """[Get("/a")] internal static void A(int page) { }""" },
        { "WM1019", $$"""[Get("{{Captures(0, 64)}}")] internal static void A() { }""" },
        { "WM1021", """[Route("*", "/a")] internal static void A() { }""" },
        { "WM1021", """[Route("PROPFIND", "/a")] internal static void A() { }""" },
        { "WM1021", """[Route("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF", "/a")] internal static void A() { }""" },
        { "WM1021", """[Route("m-search", "/a")] internal static void A() { }""" },
        { "WM1026", """[Get("/a%20b/ü")] internal static void A() { }""" },
        { "WM2001", """[Get("/:_id")] internal static void A() { }""" },
        { "WM2002", """[Get("/:id")] internal static void A([Path] int id) { }""" },
        { "WM2003", """[Get("/:id")] internal static void A(Guid id) { }""" },
        { "WM2004", """[Get("/")] internal static void A(int? page, string q = "") { }""" },
        { "WM2003", """[Get("/:id")] internal static void A(ReadOnlySpan<byte> id) { }""" },
        { "WM2003", """[Get("/:day")] internal static void A(DateOnly day) { }""" },
        { "WM2003", """[Get("/:day")] internal static void A(DayOfWeek day) { }""" },
        { "WM2003", """[Get("/:day")] internal static void A(Version? day) { }""" },
        {
            "WM2004",
            """
            [Get("/")] internal static void A(
                int[] a, List<DateTime> b, [Header] IReadOnlyList<Guid> c, [Cookie] char d, HashSet<string>? e) { }
            """
        },
        { "WM2009", """[Post("/")] internal static void A([Form] int id, [Form] string name) { }""" },
        { "WM2010", """[Get("/")] internal static void A(Exchange exchange, CancellationToken stop) { }""" },
        { "WM2010", """[Get("/")] internal static void A([Service] Action call, IServiceProvider all) { }""" },
        { "WM2011", """[Get("/")] internal static void A(string text) { }""" },
        { "WM2011", """[Get("/")] internal static void A(ReadOnlySpan<byte> a, scoped ReadOnlySpan<char> b) { }""" },
        { "WM2011", """[Get("/:id")] internal static Task A(ReadOnlySpan<char> id) => Task.CompletedTask;""" },
        { "WM2015", """[Get("/")] internal static void A([Header] string userAgent, [Header("X!")] int x) { }""" },
        { "WM2016", """[Get("/")] internal static void A([Cookie("__Host-id")] Guid id) { }""" },
        { "WM2017", """[Get("/:a")] internal static void A(int a, [Query("a")] int b, [Header("A")] int c) { }""" },
        { "WM2017", """[Get("/")] internal static void A([Query("a")] int a, [Query("A")] int b) { }""" },
        {
            "WM2019",
            """
            [Bind] internal readonly record struct Filter(int Page = 1, string? Text = null);
            internal class Base { public long Low { get; init; } = -1; public List<int> Ids { get; set; } = []; }
            internal sealed class Derived : Base { public required DayOfWeek Day { get; init; } }
            [Get("/")] internal static void A(Filter filter, [Query] Derived derived) { }
            """
        },
        { "WM2022", """[Post("/")] internal static void A([Form] string name) { }""" },
        { "WM2022", """[Delete("/")] internal static void A([Form] string name) { }""" },
        { "WM2031", """[Get("/")] public static void A() { }""" },
        { "WM2033", """[Get("/")] internal static async Task A() => await Task.Yield();""" },
        { "WM3001", """[Get("/")] internal static ValueTask<byte[]> A() => new([]);""" },
    };

    // As "/:_0/:_1": a parameter whose name starts with '_' needs no handler parameter.
    private static string Captures(int start, int count) =>
        string.Concat(Enumerable.Range(start, count).Select(number => $"/:_{number}"));

    [Theory]
    [MemberData(nameof(Fires))]
    public async Task A_mistake_is_shown_at_its_exact_place(string id, string members) =>
        await Verify.ReportsWithAsync(id, "", $"internal static class Users\n{{\n{members}\n}}");

    [Theory]
    [MemberData(nameof(StaysSilent))]
    public async Task Right_code_shows_nothing(string id, string members)
    {
        Assert.StartsWith("WM", id, StringComparison.Ordinal);
        await Verify.ReportsAsync($"internal static class Users\n{{\n{members}\n}}");
    }

    [Theory]
    [InlineData("WM2011", "out int x", "'x' is passed by reference, and")]
    [InlineData("WM2011", "params int[] x", "'x' is params, and")]
    [InlineData("WM2011", "Span<int> x", "'x' has the type 'Span<int>', a ref struct")]
    [InlineData("WM2010", "Exception x", "Say [Service] for a service of the server, [Bind] to take its members")]
    public async Task The_message_says_which_rule_a_parameter_breaks(string id, string parameter, string text)
    {
        List<Microsoft.CodeAnalysis.Diagnostic> reported = await Verify.ReportsWithAsync(
            id, "",
            $"internal static class Users {{ [Get(\"/\")] internal static void A({parameter[..^1]}[|x|]) => throw new(); }}");
        Assert.Contains(
            text, reported[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_handler_is_shown_at_its_name() => await Verify.ReportsAsync(
        "internal sealed class Users { [Get(\"/\")] internal void {|WM2030:A|}() { } }");

    [Fact]
    public async Task A_handler_in_a_hidden_or_generic_class_is_shown() => await Verify.ReportsAsync(
        "file static class A { [Get(\"/a\")] internal static void {|WM2031:F|}() { } }",
        "internal static class B<T> { [Get(\"/b\")] internal static void {|WM2032:F|}() { } }",
        "internal static class C { private static class D { [Get(\"/c\")] internal static void {|WM2031:F|}() { } } }");

    [Fact]
    public async Task A_route_on_an_interface_member_operator_or_accessor_is_shown() => await Verify.ReportsAsync(
        """
        internal interface IUsers { [Get("/a")] static void {|WM2034:F|}() { } }
        internal sealed class P
        {
            [Get("/b")] public static P operator {|WM2034:+|}(P left, P right) => left;
            internal static int Q { [Get("/c")] {|WM2034:get|}; }
        }
        """);

    [Fact]
    public async Task A_route_on_a_local_function_of_top_level_statements_is_shown() => await Verify.ReportsAsync(
        """
        // top level
        [Get("/")] static string {|WM2034:Hello|}() => "Hello";
        Hello();
        Action a = [{|WM2034:Get("/x")|}] () => { };
        [Obsolete("x")] static void Fine() { }
        Func<int, int> b = x => x;
        """);

    [Fact]
    public async Task The_compilers_own_errors_are_not_repeated() => await Verify.ReportsWithAsync(
        "", "CS0246", "internal static class A { [Get(\"/\")] internal static Usr F() => null!; }");

    [Theory]
    [InlineData("CS0246", """[Get("/")] internal static void F(Usr user) { }""")]
    [InlineData("CS0246", """[Get("/")] internal static void F(List<Usr> users) { }""")]
    [InlineData("CS0246", """[Get("/:id")] internal static void F(Usr id) { }""")]
    [InlineData("CS4012", """[Get("/")] internal static async Task F(ReadOnlySpan<char> x) => await Task.Yield();""")]
    public async Task Nor_are_those_about_parameters(string error, string members) =>
        await Verify.ReportsWithAsync("", error, $"internal static class A {{ {members} }}");

    [Fact]
    public async Task A_route_whose_method_is_wrong_conflicts_with_nothing() => await Verify.ReportsAsync(
        """
        internal static class Users
        {
            [Route({|WM1021:"get"|}, "/a")] internal static void A() { }
            [Route({|WM1021:"get"|}, "/a")] internal static void B() { }
        }
        """);

    [Fact]
    public async Task A_name_given_twice_is_shown_at_the_later_name() => await Verify.ReportsAsync(
        """
        internal static class Users
        {
            [Get("/a", Name = "x")] internal static void A() { }
            [Get("/c", Rank = 1, Name = {|WM4001:"x"|})] [Post("/c", Name = "X")] internal static void C() { }
        }
        """,
        """
        internal static class Posts
        {
            private const string Name = "x";
            [Route("PROPFIND", "/b", Name = {|WM4001:Name|})] internal static void B() { }
            [Get("/d", Name = null)] [Post("/d", Name = null)] internal static void D() { }
        }
        """);

    [Fact]
    public async Task A_link_that_another_route_has_is_shown_at_the_later_template() => await Verify.ReportsAsync(
        """
        internal static class Users
        {
            [Get("/a/:id"), Get({|WM2035:"/b/:id"|})] internal static void Find(int id) { }
            [Get("/c/:id"), Get("/d/:id", Name = "Other")] internal static void Named(int id) { }
            [Get("/e/:id"), Head("/e/:id"), Post("/e/:id")] internal static void OnePath(int id) { }
            [Get("/f/:id")] internal static void Overload(int id) { }
            [Get("/g/:id")] internal static void Overload(long id) { }
            [Get("/h/:id")] internal static void Query(int id, string q) { }
            [Get({|WM2035:"/i/:id"|})] internal static void Query(int id, string? q, CancellationToken stop) { }
        }
        """);
}

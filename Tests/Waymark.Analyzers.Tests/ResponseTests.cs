using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>WM3002-WM3006, WM3009-WM3012: what handlers answer and read.</summary>
public sealed class ResponseTests
{
    private const string Context = """

        [System.Text.Json.Serialization.JsonSerializable(typeof(object))]
        [System.Text.Json.Serialization.JsonSerializable(typeof(User))]
        [System.Text.Json.Serialization.JsonSerializable(typeof(Admin))]
        [System.Text.Json.Serialization.JsonSerializable(typeof(List<Shape>))]
        [System.Text.Json.Serialization.JsonSerializable(typeof(IShape))]
        [System.Text.Json.Serialization.JsonSerializable(typeof(Known))]
        [System.Text.Json.Serialization.JsonSerializable(typeof(IEnumerable<int>))]
        internal sealed partial class AppJson : System.Text.Json.Serialization.JsonSerializerContext;

        internal sealed record User(string Name);
        internal sealed record Admin(string Name);
        internal abstract record Shape(string Name);
        internal sealed record Circle(string Name, double Radius) : Shape(Name);
        internal interface IShape { string Name { get; } }
        internal sealed record Plain(string Name) : IShape;
        [System.Text.Json.Serialization.JsonDerivedType(typeof(Cat), "cat")]
        internal abstract record Known(string Name);
        internal sealed record Cat(string Name, int Lives) : Known(Name);

        internal sealed class Store : IDisposable
        {
            public IEnumerable<int> Ids => [1];
            public List<int> Kept => [1];
            public int Of(int id) => id;
            public void Dispose() { }
        }
        """;

    /// <summary>Id and members of a static class that shows it; the marks are exact.</summary>
    public static TheoryData<string, string> Fires => new()
    {
        { "WM3002", """[Get("/")] internal static [|object|] A() => 1;""" },
        { "WM3002", """[Get("/")] internal static [|Task<object?>|] A() => Task.FromResult<object?>(1);""" },
        { "WM3002", """[Get("/")] internal static [|Results<Ok<object>, NotFound>|] A() => Results.NotFound();""" },
        { "WM3001", """[Get("/")] internal static [|dynamic|] A() => 1;""" },
        { "WM3003", """[Get("/")] internal static [|StatusResult|] A() => Results.Status(204);""" },
        {
            "WM3003",
            """[Get("/")] internal static [|Results<JsonResult<User>, NotFound>|] A() => Results.NotFound();"""
        },
        { "WM3004", """[Get("/")] internal static void A(Response r) => r.StatusCode = [|99|];""" },
        { "WM3004", """[Get("/")] internal static void A(Response r) { r.StatusCode = [|100|]; }""" },
        { "WM3004", """[Get("/")] internal static StatusResult A() => Results.Status([|600|]);""" },
        { "WM3004", """[Get("/")] internal static StatusResult A() => Results.Status(code: [|-1|]);""" },
        { "WM3004", """[Get("/")] internal static ProblemResult A() => Results.Problem([|200|]);""" },
        { "WM3004", """[Get("/")] internal static JsonResult<User> A() => Results.Json(new User(""), [|204|]);""" },
        {
            "WM3004",
            """
            private const int Empty = 304;
            [Get("/")] internal static JsonResult<User> A() => Results.Json(status: [|Empty|], value: new User(""));
            """
        },
        { "WM3004", """internal static ProblemDetails A() => new() { Status = [|204|] };""" },
        { "WM3004", """internal static void A(HttpServer s) => s.MapException<TimeoutException>([|302|]);""" },
        {
            "WM3005",
            """[Get("/")] internal static [|Results<Ok<User>, Ok<Admin>>|] A() => Results.Ok(new User(""));"""
        },
        { "WM3005", """[Get("/")] internal static [|Results<User, Admin>|] A() => new User("");""" },
        {
            "WM3005",
            """[Get("/")] internal static [|Results<User, NotFound<User>, NotFound<Admin>>|] A() => new User("");"""
        },
        { "WM3006", """[Get("/"), Produces([|"json"|])] internal static void A() { }""" },
        { "WM3006", """[Get("/"), Produces("text/html", [|"text/*"|])] internal static void A() { }""" },
        { "WM3006", """[Get("/"), Produces([|"aplication/json"|])] internal static void A() { }""" },
        { "WM3006", """[Get("/"), Produces([|"text/html; charset"|])] internal static void A() { }""" },
        { "WM3006", """[Get("/"), Produces([|""|])] internal static void A() { }""" },
        { "WM3006", """[Get("/"), Produces([|"text/plain\n"|])] internal static void A() { }""" },
        { "WM3006", """[Get("/"), [|Produces(new[] { "a/b", "a b/c" })|]] internal static void A() { }""" },
        { "WM3006", """[Produces([|"html"|])] internal static class B { [Get("/")] internal static void A() { } }""" },
        { "WM3012", """[Get("/"), Produces([|"text/plian"|])] internal static void A() { }""" },
        { "WM3012", """[Get("/"), Produces("text/html", [|"image/jpg; q=a"|])] internal static void A() { }""" },
        { "WM3012", """[Get("/"), Produces([|"application/problem+jsn"|])] internal static void A() { }""" },
        { "WM3009", """[Post("/")] internal static void A([Body] List<Shape> [|shapes|]) { }""" },
        { "WM3009", """[Post("/")] internal static void A([Body] IShape [|shape|]) { }""" },
        { "WM3009", """[Get("/")] internal static [|List<Shape>|] A() => [];""" },
        { "WM3009", """[Get("/")] internal static [|Task<Results<Ok<List<Shape>>, NotFound>>|] A() => null!;""" },
        {
            "WM3010",
            """
            [Get("/")] internal static IEnumerable<int> A()
            {
                using var store = new Store();
                return [|store.Ids.Where(id => id > 1)|];
            }
            """
        },
        {
            "WM3010",
            """
            [Get("/")] internal static Results<Ok<IEnumerable<int>>, NotFound> A(int page)
            {
                using (var store = new Store())
                {
                    return Results.Ok([|new List<int>().Select(id => store.Of(id)).Skip(page)|]);
                }
            }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Fires))]
    public async Task It_is_shown_where_it_is(string id, string members) =>
        await Verify.ReportsWithAsync(id, "CS0534 CS7036", InClass(members));

    /// <summary>Id and members that have nothing of it.</summary>
    public static TheoryData<string, string> Silent => new()
    {
        { "WM3002", """[Get("/")] internal static User A() => new("");""" },
        { "WM3002", """internal static object A() => 1;""" },
        { "WM3002", """[Get("/:id")] internal static object A() => 1;""" },
        { "WM3003", """[Get("/")] internal static ProblemResult A() => Results.Problem(500);""" },
        {
            "WM3003",
            """
            /// <response code="204">Done.</response>
            [Get("/")] internal static StatusResult A() => Results.Status(204);
            """
        },
        { "WM3004", """[Get("/")] internal static StatusResult A(int code) => Results.Status(code);""" },
        { "WM3004", """[Get("/")] internal static StatusResult A() => Results.Status(599);""" },
        { "WM3004", """[Get("/")] internal static StatusResult A() => Results.Status(204);""" },
        { "WM3004", """[Get("/")] internal static ProblemResult A() => Results.Problem(400);""" },
        { "WM3004", """internal static int Status(int code) => code; internal static int A() => Status(1);""" },
        { "WM3004", """internal static int StatusCode { get; set; } internal static void A() => StatusCode = 1;""" },
        {
            "WM3005",
            """[Get("/")] internal static Results<Ok<User>, NotFound<Admin>> A() => Results.Ok(new User(""));"""
        },
        { "WM3005", """[Get("/")] internal static Results<User, NotFound, NotFound<Admin>> A() => new User("");""" },
        { "WM3005", """[Get("/")] internal static Results<User, TextResult> A() => new User("");""" },
        { "WM3006", """[Get("/"), Produces("chemical/x-pdb", "x-a/b")] internal static void A() { }""" },
        { "WM3006", """[Get("/"), Produces("text/html; charset=utf-8; a=\"b;c\"")] internal static void A() { }""" },
        { "WM3006", """[Get("/"), Produces] internal static void A() { }""" },
        { "WM3012", """[Get("/"), Produces("TEXT/PLAIN", "text/css; a=b")] internal static void A() { }""" },
        { "WM3012", """[Get("/"), Produces("image/apng", "application/gzip")] internal static void A() { }""" },
        { "WM3012", """[Get("/"), Produces("font/woff", "text/x-plain")] internal static void A() { }""" },
        { "WM3012", """[Get("/"), Produces("application/vnd.json", "video/ogg")] internal static void A() { }""" },
        { "WM3012", """[Get("/"), Produces("text/plane-tickets")] internal static void A() { }""" },
        { "WM3012", """[Get("/"), Produces("application/jsonl", "image/tiff")] internal static void A() { }""" },
        { "WM3009", """[Post("/")] internal static void A([Body] Known known) { }""" },
        { "WM3009", """[Get("/")] internal static IShape A() => new Plain("");""" },
        { "WM3009", """internal static void A(Shape shape) { }""" },
        {
            "WM3010",
            """
            [Get("/")] internal static IEnumerable<int> A()
            {
                using var store = new Store();
                return store.Ids.Where(id => id > 1).ToList();
            }
            [Get("/b")] internal static IEnumerable<int> B()
            {
                using var store = new Store();
                return store.Kept.Where(id => id > 1);
            }
            [Get("/c")] internal static IEnumerable<int> C()
            {
                using var store = new Store();
                return new List<int>().Skip(store.Of(1));
            }
            [Get("/d")] internal static IEnumerable<int> D()
            {
                var store = new Store();
                return store.Ids.Where(id => id > 1);
            }
            internal static IEnumerable<int> E()
            {
                using var store = new Store();
                return store.Ids.Where(id => id > 1);
            }
            [Get("/f")] internal static IEnumerable<int> F(Store[] stores)
            {
                using var store = new Store();
                return stores.Select(other => other.Of(1));
            }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Silent))]
    public async Task What_is_right_is_left_alone(string id, string members) =>
        await IsSilentAsync(id, InClass(members));

    [Theory]
    [InlineData("Action? {|WM3011:Done|}")]
    [InlineData("Func<int> {|WM3011:Done|}")]
    [InlineData("Type {|WM3011:Done|}")]
    [InlineData("System.Reflection.MethodInfo {|WM3011:Done|}")]
    [InlineData("nint? {|WM3011:Done|}")]
    [InlineData("UIntPtr {|WM3011:Done|}")]
    [InlineData("int[,] {|WM3011:Done|}")]
    [InlineData("System.IO.Stream {|WM3011:Done|}")]
    [InlineData("System.IO.MemoryStream? {|WM3011:Done|}")]
    [InlineData("InvalidOperationException? {|WM3011:Done|}")]
    [InlineData("Task<int> {|WM3011:Done|}")]
    [InlineData("ValueTask<int>? {|WM3011:Done|}")]
    [InlineData("CancellationToken {|WM3011:Done|}")]
    public async Task A_member_that_JSON_cannot_hold_is_shown(string member) =>
        await Verify.ReportsWithAsync("", "CS0534 CS7036", Job(member));

    [Theory]
    [InlineData("public unsafe int* {|WM3011:Done|} { get; set; }")]
    [InlineData("public unsafe delegate*<int> {|WM3011:Done|} { get; set; }")]
    [InlineData("[System.Text.Json.Serialization.JsonIgnore] public unsafe int* Done { get; set; }")]
    [InlineData("internal unsafe int* Done { get; set; }")]
    public async Task A_pointer_is_shown(string member) => await Verify.ReportsWithAsync(
        "", "CS0227 CS0534 CS7036",
        $$"""
        internal sealed class Job { {{member}} }
        internal static class A { [Get("/")] internal static Job F() => new(); }

        [System.Text.Json.Serialization.JsonSerializable(typeof(Job))]
        internal sealed partial class AppJson : System.Text.Json.Serialization.JsonSerializerContext;
        """);

    [Theory]
    [InlineData("int[][] Done")]
    [InlineData("[property: System.Text.Json.Serialization.JsonConverter(typeof(TypeConverter))] Exception Done")]
    [InlineData("IAsyncEnumerable<int> Done")]
    [InlineData("Job? Next")]
    [InlineData("[property: System.Text.Json.Serialization.JsonIgnore] Action Done")]
    [InlineData("[property: System.Text.Json.Serialization.JsonConverter(typeof(TypeConverter))] Type Done")]
    public async Task A_member_that_JSON_can_hold_is_not(string member) => await IsSilentAsync("WM3011", Job(member));

    [Fact]
    public async Task A_type_that_no_route_reads_or_answers_may_hold_anything() => await IsSilentAsync(
        "WM3011",
        """
        internal sealed record Job(Action Done);
        internal static class A { [Get("/")] internal static string F() => ""; }
        """);

    private static string Job(string member) => $$"""
        internal sealed record Job(int Id, {{member}})
        {
            private Action? Hidden { get; }
            public static Type Own => typeof(Job);
        }
        internal sealed record Outer(List<Job> Jobs);
        internal abstract class TypeConverter : System.Text.Json.Serialization.JsonConverter<Type>;
        internal static class A { [Get("/")] internal static Outer F() => new([]); }

        [System.Text.Json.Serialization.JsonSerializable(typeof(Outer))]
        internal sealed partial class AppJson : System.Text.Json.Serialization.JsonSerializerContext;
        """;

    private static string InClass(string members) => $$"""
        using System.Linq;

        internal static class Handlers
        {
            {{members}}
        }
        {{Context}}
        """;

    /// <summary>The context has members that another generator writes, so that the source alone has errors.</summary>
    private static async Task IsSilentAsync(string id, string source)
    {
        Microsoft.CodeAnalysis.Solution solution =
            Project.Create([source], Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary);
        Assert.Contains(await Project.CompilerErrorsAsync(solution), (string[])["", "CS0534 CS7036"]);
        Assert.DoesNotContain(id, (await Project.AnalyseAsync(solution)).Select(diagnostic => diagnostic.Id));
    }
}

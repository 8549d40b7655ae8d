using System.Text;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Emit;

/// <summary>Emitted code compiles in C# 12 with every warning an error, whatever the handlers look like.</summary>
public sealed class EmittedCodeTests
{
    /// <summary>A context as the JSON generator would complete it; the metadata itself is not asked for here.</summary>
    internal const string JsonContext =
        """
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;
        namespace Shop
        {
            public sealed record User(int Id, string? Name);
            public readonly record struct Point(int X, int Y);

            [JsonSerializable(typeof(User)), JsonSerializable(typeof(Point)), JsonSerializable(typeof(List<User>))]
            [JsonSerializable(typeof(int)), JsonSerializable(typeof((int Left, string Right))), JsonSerializable(typeof(User[]))]
            [JsonSerializable(typeof(Dictionary<string, List<User>>)), JsonSerializable(typeof(object)), JsonSerializable(typeof(bool))]
            internal sealed partial class AppJson : JsonSerializerContext;

            internal sealed partial class AppJson
            {
                public AppJson() : base(null) { }
                public static AppJson Default { get; } = new();
                protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override JsonTypeInfo? GetTypeInfo(Type type) => null;
            }
        }
        """;

    [Fact]
    public void Every_parameter_goes_with_every_result()
    {
        (string Template, string Parameter)[] parameters =
        [
            ("", ""), ("/:id", "int id"), ("/:id", "long id"), ("/:id", "Guid id"), ("/:id", "string id"), ("/:id", "int? id"),
            ("/:id?", "int id"), ("/:id?", "int? id"), ("/:id?", "long? id = null"), ("/:id?", "Guid id = default"),
            ("/:id?", "string id"), ("/:id?", "string? id"), ("/:id?", "int id = -5"), ("/*rest", "string rest"),
            ("/*rest?", "string rest"), ("/*rest?", "string? rest"), ("", "int page"), ("", "long page = long.MinValue"),
            ("", "int? page"), ("", "int? page = 7"), ("", "Guid key"), ("", "Guid? key = null"), ("", "string q"),
            ("", "string? q"), ("", "string q = \"a\\\"\\n\\u2028b\""), ("", "CancellationToken stop = default"),
            ("", "Exchange exchange, Request request, Response response"), ("", "Shop.User body"), ("", "Shop.User? body = null"),
            ("", "[Body] int body, [Query] string exchange"), ("", "Shop.Point point, int page = 1"),
            ("/:exchange", "string exchange, Exchange other"), ("", "Dictionary<string, List<Shop.User>> body"),
        ];
        string[] results =
        [
            "void", "string", "string?", "byte[]", "byte[]?", "Shop.User", "Shop.User?", "Shop.Point", "Shop.Point?", "int",
            "List<Shop.User?>", "(int A, string B)", "Shop.User[]?", "object?", "bool",
        ];
        var source = new StringBuilder("static class H\n{\n");
        int count = 0;
        foreach ((string template, string parameter) in parameters)
        {
            foreach (string result in results)
            {
                foreach (string wrapper in new[] { "", "Task", "ValueTask" })
                {
                    string type = wrapper.Length == 0 ? result : result == "void" ? wrapper : $"{wrapper}<{result}>";
                    source.Append($"    [Post(\"/r{count}{template}\")] public static {type} M{count++}({parameter}) => throw new Exception();\n");
                }
            }
        }

        source.Append('}');
        Assert.Equal("", GeneratorRun.Run(GeneratorRun.Compile(JsonContext, source.ToString()), ("RunAnalyzers", "false"))
            .GetValueOrDefault("Waymark.Problems.g.cs", ""));
        using LoadedTable table = GeneratorRun.Load(JsonContext, source.ToString());

        Assert.Equal(count, table.Table.Routes.Count);
    }

    [Theory]
    [InlineData("a keyword as every name", "namespace @namespace.@class; static class @static { [Get(\"/:int\")] internal static string @event(int @int, string @string) => \"\"; }")]
    [InlineData("contextual keywords", "static class @async { [Post(\"/:await\")] internal static string await(int @await, Shop.User @async, int @field = 1) => \"\"; }")]
    [InlineData("nested classes", "namespace A.B.C; static class Outer { public static class Inner { internal class Deep { [Get(\"/\")] internal static void M() { } } } }")]
    [InlineData("a struct and a record", "struct S { [Get(\"/s\")] public static void M() { } } record R { [Get(\"/r\")] public static void M() { } }")]
    [InlineData("unicode names", "namespace Größe; static class Straße { [Get(\"/:größe\")] internal static string Finde(int größe, string? straße) => \"\"; }")]
    [InlineData("combining marks", "static class क्षेत्र { [Get(\"/a\")] internal static void M() { } }")]
    [InlineData("a line separator in a template", "static class A { [Get(\"/a\\u2028b\")] internal static void M() { } }")]
    [InlineData("a comment's end in a template", "static class A { [Get(\"/a*/b\")] internal static void M() { } [Get(\"/x&y'<\")] internal static void N() { } [Get(\"/x&y'z\")] internal static void O() { } }")]
    [InlineData("an obsolete handler", "static class A { [Obsolete] [Get(\"/a\")] internal static void M() { } [Obsolete(\"no\")] [Get(\"/b\")] internal static void N() { } }")]
    [InlineData("nullable disabled", "#nullable disable\nstatic class A { [Post(\"/a\")] internal static Shop.User M(Shop.User u, string q) => u; }")]
    [InlineData("names of the runtime in the global namespace", "class Bind { } class Results { } class Verbs { } class Exchange2 { } class ValueTask { } static class A { [Get(\"/a/:id\")] internal static string M(int id) => \"\"; }")]
    [InlineData("namespaces in the way", "namespace Shop.System.Threading { class X { } } namespace Shop.Waymark { class Y { } } namespace Shop.Wm { static class A { [Get(\"/a\")] internal static void M() { } } } class Wm { }")]
    [InlineData("classes whose names differ in case", "static class Ab { [Get(\"/a\")] internal static void M() { } } static class AB { [Get(\"/b\")] internal static void M() { } }")]
    [InlineData("names that collide when joined", "namespace Shop { static class A_B { [Get(\"/a\")] internal static void M() { } } } static class Shop_A { [Get(\"/b\")] internal static void B_M() { } } namespace Shop.A { static class B { [Get(\"/c\")] internal static void M() { } } }")]
    [InlineData("names of the generated members", "static class Match { [Get(\"/users\")] internal static void users() { } [Get(\"/x\")] internal static Shop.User Json() => null!; } static class Table { [Get(\"/t\")] internal static Shop.User Json() => null!; }")]
    [InlineData("names of the generated files", "namespace Waymark { static class Problems { [Get(\"/a\")] internal static void M() { } } static class Routes { [Get(\"/b\")] internal static void M() { } } }")]
    [InlineData("overloads", "static class A { [Get(\"/a\")] internal static void M() { } [Get(\"/a/:id\")] internal static void M(int id) { } [Get(\"/b/:id\"), Get(\"/c/:id\"), Get(\"/d/:x/:id\")] internal static void M(long id) { } }")]
    [InlineData("an extension method and an async one", "static class A { [Get(\"/a/:id\")] internal static string M(this int id) => \"\"; [Get(\"/b\")] internal static async Task<Shop.User?> N() { await Task.Yield(); return null; } }")]
    [InlineData("a JSON type called like its class or like object's members", "namespace N { public class Equals { } public class A_Json { } } [System.Text.Json.Serialization.JsonSerializable(typeof(N.Equals)), System.Text.Json.Serialization.JsonSerializable(typeof(N.A_Json))] partial class J : System.Text.Json.Serialization.JsonSerializerContext { public J() : base(null) { } public static J Default { get; } = new(); protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null; public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null; } static class A { [Get(\"/a\")] internal static N.Equals M() => new(); [Get(\"/b\")] internal static N.A_Json N() => new(); }")]
    public void Unusual_handlers_compile(string what, string source)
    {
        using LoadedTable table = GeneratorRun.Load(JsonContext, source);

        Assert.True(table.Table.Routes.Count > 0, what);
    }

    [Fact]
    public void A_project_without_routes_gets_no_file() =>
        Assert.Empty(GeneratorRun.Run(GeneratorRun.Compile(JsonContext, "class C { }")));

    [Fact]
    public void Colliding_names_get_counters_and_equal_handlers_one_thunk()
    {
        string file = GeneratorRun.Run(GeneratorRun.Compile(
            """
            static class A
            {
                [Get("/a")] internal static void M() { }
                [Get("/b/:id"), Get("/c/:id"), Get("/d/:x/:id")] internal static void M(long id, [Query] string? x) { }
            }
            """))["A.g.cs"];

        Assert.Contains(" A_M(", file, StringComparison.Ordinal);
        Assert.Contains("    // GET /b/:id\n    // GET /c/:id\n    private static", file, StringComparison.Ordinal);
        Assert.Contains(" A_M_2(", file, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_lists_every_route_by_template_and_verb()
    {
        using LoadedTable table = GeneratorRun.Load(
            """
            namespace Shop;
            [Group("/users")]
            static class Users
            {
                [Post("/")] internal static void Add() { }
                [Get("/:id")] internal static void Find(int id) { }
                [Get("/")] internal static void List() { }
                [Group("/x")] internal static class Inner { [Get("/")] internal static void M() { } }
            }
            """);

        Assert.Equal(
            [
                new RouteInfo("GET", "/users", "Users.List"), new RouteInfo("POST", "/users", "Users.Add"),
                new RouteInfo("GET", "/users/:id", "Users.Find"), new RouteInfo("GET", "/users/x", "Users.Inner.M"),
            ],
            table.Table.Routes);
    }

    [Fact]
    public void The_order_of_files_and_the_culture_do_not_show()
    {
        string[] sources =
        [
            JsonContext,
            "static class Ia { [Get(\"/i/:id\")] internal static Shop.User? M(int id, int page = -1) => null; }",
            "static class ia { [Get(\"/I/:id\")] internal static void M(int id) { } }",
            "static class A { [Post(\"/a\")] internal static void M() { } [Get(\"/a\")] internal static void N() { } }",
        ];
        Dictionary<string, string> expected = GeneratorRun.Run(GeneratorRun.Compile(sources));
        System.Globalization.CultureInfo culture = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = CultureWithAnotherMinus();
            Assert.Equal(expected, GeneratorRun.Run(GeneratorRun.Compile([.. sources.Reverse()])));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Generated_files_have_a_header_and_line_feeds_only()
    {
        foreach (string file in GeneratorRun.Run(GeneratorRun.Compile(JsonContext, "static class A { [Get(\"/\")] internal static Shop.User? M() => null; }")).Values)
        {
            Assert.StartsWith("// <auto-generated/>\n#nullable enable\n", file, StringComparison.Ordinal);
            Assert.DoesNotContain('\r', file);
            Assert.EndsWith("}\n", file, StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// The tests run in invariant mode, which has no Turkish: what numbers could change is set by hand. Casing is never
    /// asked of the culture: names are compared ordinally.
    /// </summary>
    private static System.Globalization.CultureInfo CultureWithAnotherMinus()
    {
        var culture = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "~";
        return culture;
    }
}

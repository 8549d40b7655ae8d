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
            [JsonSerializable(typeof(int)), JsonSerializable(typeof((int Left, string Right)))]
            [JsonSerializable(typeof(User[]))]
            [JsonSerializable(typeof(Dictionary<string, List<User>>)), JsonSerializable(typeof(object))]
            [JsonSerializable(typeof(bool))]
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
            ("", ""), ("/:id", "int id"), ("/:id", "long id"), ("/:id", "Guid id"), ("/:id", "string id"), ("/:id",
                "int? id"),
            ("/:id?", "int id"), ("/:id?", "int? id"), ("/:id?", "long? id = null"), ("/:id?", "Guid id = default"),
            ("/:id?", "string id"), ("/:id?", "string? id"), ("/:id?", "int id = -5"), ("/*rest", "string rest"),
            ("/*rest?", "string rest"), ("/*rest?", "string? rest"), ("", "int page"), ("",
                "long page = long.MinValue"),
            ("", "int? page"), ("", "int? page = 7"), ("", "Guid key"), ("", "Guid? key = null"), ("", "string q"),
            ("", "string? q"), ("", "string q = \"a\\\"\\n\\u2028b\""), ("", "CancellationToken stop = default"),
            ("", "Exchange exchange, Request request, Response response"), ("", "Shop.User body"), ("",
                "Shop.User? body = null"),
            ("", "[Body] int body, [Query] string exchange"), ("", "Shop.Point point, int page = 1"),
            ("/:exchange", "string exchange, Exchange other"), ("", "Dictionary<string, List<Shop.User>> body"),
        ];
        string[] results =
        [
            "void", "string", "string?", "byte[]", "byte[]?", "Shop.User", "Shop.User?", "Shop.Point", "Shop.Point?",
                "int",
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
                    source.Append(
                        $"    [Post(\"/r{count}{template}\")] public static {type} " +
                        $"M{count++}({parameter}) => throw new Exception();\n");
                }
            }
        }

        source.Append('}');
        Assert.Equal("", GeneratorRun.Run(GeneratorRun.Compile(JsonContext, source.ToString()), ("RunAnalyzers",
            "false"))
            .GetValueOrDefault("Waymark.Problems.g.cs", ""));
        using LoadedTable table = GeneratorRun.Load(JsonContext, source.ToString());

        Assert.Equal(count, table.Table.Routes.Count);
    }

    /// <summary>Types that text becomes, each with a default value as C# writes it.</summary>
    private static readonly (string Type, string Default)[] Values =
    [
        ("int", "-1"), ("long", "long.MinValue"), ("short", "-5"), ("ushort", "5"), ("uint", "uint.MaxValue"),
        ("ulong", "ulong.MaxValue"), ("byte", "255"), ("sbyte", "-128"), ("nint", "-1"), ("nuint", "7"),
        ("Int128", "default"), ("UInt128", "default"), ("Half", "default"), ("float", "float.NaN"),
        ("double", "double.NegativeInfinity"), ("double", "-0.0"), ("decimal", "-79228162514264337593543950335m"),
        ("bool", "true"), ("char", "'\\''"), ("char", "'\\u2028'"), ("string", "\"a\\\"b\\\\ \\n{0}\""),
        ("Guid", "default"),
        ("DateTime", "default"), ("DateTimeOffset", "default"), ("DateOnly", "default"), ("TimeOnly", "default"),
        ("TimeSpan", "default"), ("DayOfWeek", "DayOfWeek.Friday"), ("DayOfWeek", "(DayOfWeek)(-9)"),
        ("System.Numerics.BigInteger", "default"), ("System.Text.Rune", "default"),
        ("System.Numerics.Complex", "default"), ("Uri", "null!"), ("Version", "null!"),
        ("System.Net.IPAddress", "null!"), ("System.Net.IPNetwork", "default"),
    ];

    [Fact]
    public void Every_value_goes_with_every_source()
    {
        string[] lists =
        [
            "{0}[]", "List<{0}>", "HashSet<{0}>", "IReadOnlyList<{0}>", "IEnumerable<{0}>?", "ISet<{0}>", "IList<{0}>?",
            "System.Collections.Immutable.ImmutableArray<{0}>",
        ];
        var source = new StringBuilder("static class V\n{\n");
        int count = 0;
        foreach ((string type, string value) in Values)
        {
            string many = string.Join(", ", lists.Select((list, index) =>
                $"{(index % 2 == 0 ? "" : "[Header] ")}{string.Format(null, list, type)} l{index}"));
            source.Append(
                $"""
                    [Get("/r{count++}/:a/:b?")] internal static void M{count}({type} a, {type}? b, {type} c, {type}? d,
                        [Header] {type} e, [Header] {type}? f, [Cookie] {type} g, [Cookie] {type}? h,
                        {type} i = {value}, [Header] {type}? j = null, [Cookie] {type} k = {value}) =>
                        Seen(a, b, c, d, e, f, g, h, i, j, k);
                    [Get("/r{count++}")] internal static void M{count}({many}) { "{ }" }

                """);
        }

        source.Append("    private static void Seen(params object?[] values) { }\n}");
        Assert.Equal("", GeneratorRun
            .Run(GeneratorRun.Compile(JsonContext, source.ToString()), ("RunAnalyzers", "false"))
            .GetValueOrDefault("Waymark.Problems.g.cs", ""));
        using LoadedTable table = GeneratorRun.Load(JsonContext, source.ToString());

        Assert.Equal(count, table.Table.Routes.Count);
    }

    public static TheoryData<string> Unusual => new(UnusualHandlers.All.Select(handler => handler.What));

    [Theory]
    [MemberData(nameof(Unusual))]
    public void Unusual_handlers_compile(string what)
    {
        string source = UnusualHandlers.All.First(handler => handler.What == what).Source;
        // What is not emitted cannot fail to compile; other rules than those of parameters are met on purpose.
        Assert.DoesNotContain("WM2", GeneratorRun
            .Run(GeneratorRun.Compile(JsonContext, source), ("RunAnalyzers", "false"))
            .GetValueOrDefault("Waymark.Problems.g.cs", ""), StringComparison.Ordinal);
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
        foreach (string file in GeneratorRun.Run(GeneratorRun.Compile(JsonContext,
            "static class A { [Get(\"/\")] internal static Shop.User? M() => null; }")).Values)
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

using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>What the fixes of wrong bindings, attributes and names make of the code.</summary>
public sealed class BindingFixTests
{
    /// <summary>The key of a fix, and members before and after all of its diagnostics are fixed.</summary>
    public static TheoryData<string, string, string> Members => new()
    {
        {
            "WM2003.text",
            """[Get("/:id/:x")] internal static void A(Action id, int[]? x) { }""",
            """[Get("/:id/:x")] internal static void A(string id, string? x) { }"""
        },
        {
            "WM2004.text",
            """[Get("/")] internal static void A([Header] Action id, [Header] List<object> x, [Cookie] int[] c) { }""",
            """[Get("/")] internal static void A([Header] string id, [Header] string[] x, [Cookie] string c) { }"""
        },
        {
            "WM2007.drop",
            """[Post("/")] internal static void A([Body] string a, [Body] int b, [Body, NotNull] int c) { }""",
            """[Post("/")] internal static void A([Body] string a, int b, [NotNull] int c) { }"""
        },
        {
            "WM2017.rename",
            """[Get("/")] internal static void A([Query("b")] int a, int b, [Query("b")] int c) { }""",
            """[Get("/")] internal static void A([Query("b")] int a, [Query("b2")] int b, [Query("c")] int c) { }"""
        },
        {
            "WM2017.rename",
            """[Get("/")] internal static void A([Header("X-A")] int a, [Header] int xA, [Cookie("a")] int b, [Cookie("a")] int c) { }""",
            """[Get("/")] internal static void A([Header("X-A")] int a, [Header("xa")] int xA, [Cookie("a")] int b, [Cookie("c")] int c) { }"""
        },
        {
            "WM2019.internal",
            """internal sealed class F { private F(int page) { } } [Get("/")] internal static void A([Bind] F f) { }""",
            """internal sealed class F { internal F(int page) { } } [Get("/")] internal static void A([Bind] F f) { }"""
        },
        {
            "WM2021.swap",
            """[Get("/")] internal static void A([Range(9, -1)] int a, [Length(3, 2)] string b, [StringLength(2, MinimumLength = 3)] string c) { }""",
            """[Get("/")] internal static void A([Range(-1, 9)] int a, [Length(2, 3)] string b, [StringLength(3, MinimumLength = 2)] string c) { }"""
        },
        {
            "WM2022.post",
            """[Get("/"), Head("/x")] internal static void A([Form] int a) { } [Route("GET", "/y")] internal static void B([Form] int a) { }""",
            """[Post("/"), Post("/x")] internal static void A([Form] int a) { } [Route("POST", "/y")] internal static void B([Form] int a) { }"""
        },
        {
            "WM2035.name",
            """[Get("/a/:id"), Get("/b/:id"), Get("/c/:id", Rank = 1)] internal static void A(int id) { }""",
            """[Get("/a/:id"), Get("/b/:id", Name = "A2"), Get("/c/:id", Rank = 1, Name = "A3")] internal static void A(int id) { }"""
        },
    };

    /// <summary>Key and members for which no fix is right.</summary>
    public static TheoryData<string, string> NotOffered => new()
    {
        { "WM2003.text", """[Get("/:id")] internal static void A(Action id) => id();""" },
        { "WM2003.stub", """[Get("/:id")] internal static void A(Action id) { }""" },
        { "WM2007.drop", """internal record F(int P); [Post("/")] internal static void A([Body] string a, [Body] F b) { }""" },
        { "WM2011.value", """[Get("/")] internal static void A(int a = 1, params int[] ids) { }""" },
        { "WM2017.rename", """[Get("/:id")] internal static void A(int id, [Path("id")] string text) { }""" },
        { "WM2017.rename", """private const string K = "a"; [Get("/")] internal static void A(int a, [Query(K)] int b) { }""" },
        { "WM2019.internal", """internal abstract class F { } [Get("/")] internal static void A([Bind] F f) { }""" },
        { "WM2019.internal", """internal sealed class F { private F() { } private F(int a) { } } [Get("/")] internal static void A([Bind] F f) { }""" },
        { "WM2021.swap", """[Get("/")] internal static void A([Range(1, 2)] string a) { }""" },
        { "WM2021.swap", """private const int X = 9; [Get("/")] internal static void A([Range(X, 1)] int a) { }""" },
        { "WM2022.post", """[Get("/")] internal static void A([Form] int a) { } [Post("/")] internal static void B() { }""" },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public async Task A_fix_mends_two_documents_at_once(string key, string before, string after) =>
        await Fix.YieldsAsync(
            key,
            [InClass("One", before), InClass("Two", Again(before))],
            [InClass("One", after), InClass("Two", Again(after))]);

    [Theory]
    [MemberData(nameof(NotOffered))]
    public async Task A_fix_that_would_not_do_is_not_offered(string key, string members) =>
        Assert.DoesNotContain(key, await Fix.OffersAsync(key[..6], InClass("A", members)));

    [Fact]
    public async Task Bounds_on_a_member_of_a_body_are_swapped() => await Fix.YieldsAsync(
        "WM2021.swap",
        [Order("Range(9, 1)", "Range(typeof(DateOnly), \"2025-01-01\", \"2024-01-01\")")],
        [Order("Range(1, 9)", "Range(typeof(DateOnly), \"2024-01-01\", \"2025-01-01\")")],
        compilerErrors: "CS0534 CS7036");

    [Fact]
    public async Task A_parser_is_begun_on_each_type_once() => await Fix.YieldsAsync(
        "WM2003.stub",
        [
            """
            namespace Shop;

            internal static class Items
            {
                [Get("/a/:id")] internal static void A(Sku id) { }
                [Get("/b/:id/:key")] internal static void B(Sku? id, Key key) { }
            }
            """,
            """
            namespace Shop;

            internal sealed record Sku(int Number);

            internal struct Key : IDisposable
            {
                public void Dispose() { }
            }
            """,
        ],
        [
            """
            namespace Shop;

            internal static class Items
            {
                [Get("/a/:id")] internal static void A(Sku id) { }
                [Get("/b/:id/:key")] internal static void B(Sku? id, Key key) { }
            }
            """,
            """
            namespace Shop;

            internal sealed record Sku(int Number) : IUtf8SpanParsable<Sku>
            {
                public static Sku Parse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider) =>
                    TryParse(utf8Text, provider, out Sku result) ? result : throw new FormatException();

                public static bool TryParse(
                    ReadOnlySpan<byte> utf8Text, IFormatProvider? provider, out Sku result) =>
                    throw new NotImplementedException();
            }

            internal struct Key : IDisposable, IUtf8SpanParsable<Key>
            {
                public void Dispose() { }

                public static Key Parse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider) =>
                    TryParse(utf8Text, provider, out Key result) ? result : throw new FormatException();

                public static bool TryParse(
                    ReadOnlySpan<byte> utf8Text, IFormatProvider? provider, out Key result) =>
                    throw new NotImplementedException();
            }
            """,
        ]);

    [Fact]
    public async Task A_parser_is_begun_for_a_header_field() => await Fix.YieldsAsync(
        "WM2004.stub",
        [
            """
            internal class Sku { }
            internal static class A { [Get("/")] internal static void F([Header] Sku[] x) { } }
            """,
        ],
        [
            """
            internal class Sku : IUtf8SpanParsable<Sku> {
                public static Sku Parse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider) =>
                    TryParse(utf8Text, provider, out Sku result) ? result : throw new FormatException();

                public static bool TryParse(
                    ReadOnlySpan<byte> utf8Text, IFormatProvider? provider, out Sku result) =>
                    throw new NotImplementedException();
            }
            internal static class A { [Get("/")] internal static void F([Header] Sku[] x) { } }
            """,
        ]);

    [Fact]
    public async Task A_name_that_is_taken_gets_a_number() => await Fix.YieldsAsync(
        "WM4001.name",
        [
            """
            internal static class Users
            {
                private const string Taken = "x";
                [Get("/a", Name = "x")] internal static void A() { }
                [Get("/b", Name = "x")] internal static void B() { }
                [Get("/c", Name = Taken, Rank = 1)] internal static void X2() { }
            }
            """,
        ],
        [
            """
            internal static class Users
            {
                private const string Taken = "x";
                [Get("/a", Name = "x")] internal static void A() { }
                [Get("/b", Name = "x3")] internal static void B() { }
                [Get("/c", Name = "x4", Rank = 1)] internal static void X2() { }
            }
            """,
        ]);

    private static string Order(string number, string day) =>
        $$"""
        using System.ComponentModel.DataAnnotations;
        using System.Text.Json.Serialization;
        [JsonSerializable(typeof(Order))]
        internal sealed partial class AppJson : JsonSerializerContext;
        internal sealed record Order([{{number}}] int Count, [property: {{day}}] DateOnly Day);
        internal static class Orders
        {
            [Post("/orders")] internal static void Add(Order order) { }
        }
        """;

    // Names are of the whole project, so the second document has others.
    private static string Again(string members) => members
        .Replace(" A(", " Z(", StringComparison.Ordinal)
        .Replace("\"A", "\"Z", StringComparison.Ordinal);

    // The template is what distinguishes the routes, so that two documents do not conflict with each other.
    private static string InClass(string name, string members) => $$"""
        using System.ComponentModel.DataAnnotations;
        using System.Diagnostics.CodeAnalysis;

        [Group("/{{name}}")]
        internal static class {{name}}
        {
            {{members.Trim()}}
        }
        """;
}

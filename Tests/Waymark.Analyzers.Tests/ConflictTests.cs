using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>WM1010: which pairs conflict, and that the path in the message really matches both.</summary>
public sealed partial class ConflictTests
{
    /// <summary>Two templates of GET; all captures are written <c>:_x</c>, so that no parameter is needed.</summary>
    public static TheoryData<string, string> Pairs => new()
    {
        { "/", "/" },
        { "/:_a", "/:_b" },
        { "/a/:_a/c", "/a/:_b/c" },
        { "/a-:_a", "/a-:_b" },
        { "/:_a-x:_b", "/:_c.y:_d" },
        { "/:_a?", "/" },
        { "/*_a", "/*_b?" },
        { "/a/*_a?", "/a/*_b" },
        { "/%61", "/a" },
        { "/ü", "/%c3%bc" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task The_witness_matches_both_templates(string first, string second)
    {
        bool isFirstLater = string.CompareOrdinal(first, second) > 0;
        List<Diagnostic> diagnostics = await Verify.ReportsAsync(
            Source("A", first, isFirstLater), Source("B", second, !isFirstLater));

        string message = MessageOf(diagnostics.Single());
        string one = $"'GET {first} (A.F)' at File0.cs(3)";
        string other = $"'GET {second} (B.F)' at File1.cs(3)";
        Assert.StartsWith(
            isFirstLater ? $"{one} and {other} both match " : $"{other} and {one} both match ",
            message,
            StringComparison.Ordinal);
        string witness = WitnessPattern().Match(message).Groups[1].Value;
        Assert.Matches(RegexOf(first), witness);
        Assert.Matches(RegexOf(second), witness);
        Assert.Equal(
            isFirstLater ? "File1.cs" : "File0.cs",
            Path.GetFileName(diagnostics[0].AdditionalLocations.Single().SourceTree!.FilePath));
    }

    private static string Source(string name, string template, bool isShown) =>
        $$"""
        internal static class {{name}}
        {
            [Get({{(isShown ? $"{{|WM1010:\"{template}\"|}}" : $"\"{template}\"")}})] internal static void F() { }
        }
        """;

    [Fact]
    public async Task A_route_that_conflicts_with_several_shows_one_diagnostic_that_counts_them()
    {
        // The alphas and the numbers share no path, so both stay; the third overlaps with each.
        List<Diagnostic> diagnostics = await Verify.ReportsAsync(
            """
            internal static class A
            {
                [Get("/:_a<alpha>")] internal static void F() { }
                [Get("/:_b<int>")] internal static void G() { }
                [Get({|WM1010:"/:_c<len(3)>"|})] internal static void H() { }
            }
            """);
        Assert.Equal(2, diagnostics.Single().AdditionalLocations.Count);
        Assert.EndsWith(" 1 more route conflicts with this one.", MessageOf(diagnostics[0]), StringComparison.Ordinal);
    }

    /// <summary>What the message says of the way out, and members; the marks are exact.</summary>
    public static TheoryData<string, string> Found => new()
    {
        {
            Alike,
            """
            [Get("/:id<int>")] internal static void A(int id) { }
            [Get({|WM1010:"/:x<int>"|}, Rank = 1)] internal static void B(int x) { }
            """
        },
        {
            Alike,
            """
            [Get("/:_a<min(1),max(9)>")] internal static void A() { }
            [Get({|WM1010:"/:_b<max(9),min(1)>"|}, Name = "b")] internal static void B() { }
            """
        },
        { Alike, """[Get("/a/:_a")] [Get({|WM1010:"/a/:_b"|})] internal static void A() { }""" },
        { Alike, """[Get("/a")] [Get({|WM1010:"/a"|})] internal static void A() { }""" },
        { Alike, """[Route("*", "/:_a")] [Route("*", {|WM1010:"/:_b"|})] internal static void A() { }""" },
        { Alike, """[Route("PROPFIND", "/a")] [Route("PROPFIND", {|WM1010:"/a"|})] internal static void A() { }""" },
        { Alike, """[Route("GET", {|WM1010:"/:_b"|})] [Get("/:_a")] internal static void A() { }""" },
        { Ambiguous, """[Get("/:_a<alpha>")] [Get({|WM1010:"/:_b<hex>"|})] internal static void A() { }""" },
        {
            Ambiguous,
            """[Get("/:_a<alpha>", Rank = 2)] [Get({|WM1010:"/:_b<hex>"|}, Rank = 2)] internal static void A() { }"""
        },
        { Ambiguous, """[Get("/:_a<in(b|c)>")] [Get({|WM1010:"/:_b<in(a|b)>"|})] internal static void A() { }""" },
        { Ambiguous, """[Get("/:_a<re(a.*)>")] [Get({|WM1010:"/:_b<re(.*b)>"|})] internal static void A() { }""" },
        {
            Ambiguous,
            """
            [Get("/:_a<int>")] [Get({|WM1010:"/:_b<sku>"|})] internal static void A() { }
            [Constraint("sku")] internal static bool IsSku(ReadOnlySpan<byte> value) => value.Length == 8;
            """
        },
        { Ambiguous, """[Route("*", {|WM1010:"/:_b<hex>"|})] [Get("/:_a<alpha>")] internal static void A() { }""" },
        {
            RanksCross,
            """
            [Get("/:_a<alpha>/x", Rank = 1)] [Get({|WM1010:"/:_b<hex>/x"|})] internal static void A() { }
            [Get("/:_b<hex>/y", Rank = 2)] internal static void B() { }
            """
        },
    };

    /// <summary>Members that conflict in nothing.</summary>
    public static TheoryData<string> Silent =>
    [
        """[Get("/:_a<int>")] [Get("/:_b<alpha>")] internal static void A() { }""",
        """[Get("/:_a<int>")] [Get("/:_b<long>")] [Get("/:_c")] internal static void A() { }""",
        """[Get("/:_a<alpha>")] [Get("/:_b<hex>", Rank = 1)] internal static void A() { }""",
        """[Get("/:_a<alpha>", Rank = -1)] [Get("/:_b<hex>")] internal static void A() { }""",
        """[Get("/:_a<alpha>")] [Post("/:_b<hex>")] internal static void A() { }""",
        """[Get("/:_a<alpha>/x")] [Get("/:_b<hex>/y")] internal static void A() { }""",
        """[Get("/:_a<in(a|b)>")] [Get("/:_b<in(c|d)>")] internal static void A() { }""",
        """[Get("/:_a<in(a|b)>")] [Get("/:_b<in(A|B)>")] internal static void A() { }""",
        """[Route("*", "/:_a")] [Get("/:_b")] internal static void A() { }""",
        """[Route("*", "/:_a<alpha>")] [Route("TRACE", "/:_b<hex>")] internal static void A() { }""",
        """[Route("*", "/a")] [Route("TRACE", "/a")] [Get("/a")] [Head("/a")] internal static void A() { }""",
        """[Get("/a")] [Get("/a/")] [Get("/A")] internal static void A() { }""",
        """[Get("/a/:_x?")] [Get("/a/*_rest")] internal static void A() { }""",
    ];

    [Theory]
    [MemberData(nameof(Found))]
    public async Task A_conflict_is_one_diagnostic_at_the_later_template(string wayOut, string members)
    {
        List<Diagnostic> diagnostics =
            await Verify.ReportsAsync($"internal static class Users\n{{\n{members}\n}}");
        Assert.Contains(wayOut, MessageOf(diagnostics.Single()), StringComparison.Ordinal);
        Assert.Contains(" at File0.cs(3) ", MessageOf(diagnostics[0]), StringComparison.Ordinal);
        Assert.Equal(
            wayOut == Ambiguous, diagnostics[0].Properties.ContainsKey(Places.Place.RankProperty));
    }

    [Theory]
    [MemberData(nameof(Silent))]
    public async Task Routes_that_something_tells_apart_show_nothing(string members) =>
        await Verify.ReportsAsync($"internal static class Users\n{{\n{members}\n}}");

    /// <summary>Named arguments of RouteOptions, and members.</summary>
    public static TheoryData<string, string> WithOptions => new()
    {
        { "TrailingSlash = TrailingSlash.Strict", """[Get("/a")] [Get("/a/")] internal static void A() { }""" },
        { "TrailingSlash = TrailingSlash.Redirect308", """[Get("/a")] [Get("/a/")] internal static void A() { }""" },
        {
            "TrailingSlash = TrailingSlash.Ignore",
            """[Get("/a")] [Get({|WM1010:"/a/"|})] internal static void A() { }"""
        },
        {
            "TrailingSlash = TrailingSlash.Ignore",
            """[Get("/:_a")] [Get({|WM1010:"/:_b/"|})] internal static void A() { }"""
        },
        { "CaseInsensitive = false", """[Get("/a")] [Get("/A")] internal static void A() { }""" },
        { "CaseInsensitive = true", """[Get({|WM1018:"/a"|})] [Get("/A")] internal static void A() { }""" },
        {
            "CaseInsensitive = true",
            """[Get({|WM1018:"/x-:_a"|}, Rank = 3)] [Get("/X-:_b")] internal static void A() { }"""
        },
        { "CaseInsensitive = true", """[Get("/a")] [Get({|WM1010:"/a"|})] internal static void A() { }""" },
        { "CaseInsensitive = true", """[Get("/a")] [Post("/A")] internal static void A() { }""" },
        { "CaseInsensitive = true", """[Get("/é")] [Get("/É")] internal static void A() { }""" },
        {
            "CaseInsensitive = true",
            """[Get("/:_a<in(a|b)>")] [Get("/:_b<in(A|B)>")] internal static void A() { }"""
        },
        {
            "CaseInsensitive = true, TrailingSlash = TrailingSlash.Ignore",
            """[Get({|WM1018:"/a"|})] [Get("/A/")] internal static void A() { }"""
        },
    };

    [Theory]
    [MemberData(nameof(WithOptions))]
    public async Task The_options_of_the_table_count(string options, string members)
    {
        List<Diagnostic> diagnostics = await Verify.ReportsAsync(
            $"[assembly: RouteOptions({options})]\n\ninternal static class Users\n{{\n{members}\n}}");
        Assert.All(diagnostics, diagnostic =>
            Assert.Contains(" both match /", MessageOf(diagnostic), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Groups_and_prefixes_of_the_assembly_count() => await Verify.ReportsAsync(
        """
        [assembly: Group("/api")]
        [Group("/:_a<alpha>")] internal static class A { [Get("/x")] internal static void F() { } }
        """,
        """
        [Group("/:_b<hex>")] internal static class B { [Get({|WM1010:"/x"|})] internal static void F() { } }
        """);

    private const string Alike = "their templates differ in nothing that a request could tell";
    private const string Ambiguous = "give one of the routes a higher Rank";
    private const string RanksCross = "give all routes of one of the templates the higher rank";

    private static string MessageOf(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);

    [GeneratedRegex("both match ([^ ,]+),")]
    private static partial Regex WitnessPattern();

    /// <summary>The obvious twin of the matcher.</summary>
    private static string RegexOf(string template)
    {
        string canonical = template
            .Replace("%61", "a", StringComparison.Ordinal)
            .Replace("ü", "%C3%BC", StringComparison.Ordinal)
            .Replace("%c3%bc", "%C3%BC", StringComparison.Ordinal);
        string pattern = Regex.Replace(
            canonical.Replace(".", "[.]", StringComparison.Ordinal),
            @"/?(:_\w+\??|\*_\w+\??)",
            match => (match.Value[0] == '/' ? "/" : "") + (match.Value.Contains('*', StringComparison.Ordinal)
                ? match.Value.EndsWith('?') ? ".*" : ".+"
                : match.Value.EndsWith('?') ? "[^/]*" : "[^/]+"));
        return $"^{pattern}$";
    }
}

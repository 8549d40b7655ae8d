using System.Globalization;
using Microsoft.CodeAnalysis;
using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>WM1011 and WM1012: routes whose paths go to others. Captures <c>:_x</c> need no parameter.</summary>
public sealed class ReachTests
{
    /// <summary>What the message names, and members; the mark is exact.</summary>
    public static TheoryData<string, string> Taken => new()
    {
        {
            "is matched by 'GET /a (S.A)' at File0.cs(3), 'GET /b (S.A)' at File0.cs(3) as well, more",
            """[Get("/a"), Get("/b"), Get({|WM1011:"/:_x<in(a|b)>"|})] internal static void A() { }"""
        },
        {
            "is matched by 'GET /:_x<in(a|b|c)> (S.A)' at",
            """
            [Get("/:_x<in(a|b|c)>")]
            internal static void A() { }
            [Get({|WM1011:"/:_x<in(b|c)>"|}, Rank = -1)] internal static void B() { }
            """
        },
        {
            "'GET /c (S.A)' at File0.cs(3) and 1 more as well, more specific",
            """
            [Get("/a"), Get("/b"), Get("/c"), Get("/d")] internal static void A() { }
            [Get({|WM1011:"/:_x<re([a-d])>"|})] internal static void B() { }
            """
        },
        {
            "is matched by 'GET /:_a<int> (S.A)' at",
            """
            [Get("/:_a<int>", Rank = 1)] internal static void A() { }
            [Get({|WM1011:"/:_b<range(1,9)>"|})] internal static void B() { }
            """
        },
        {
            "is matched by 'GET /:_a<max(0)> (S.A)' at File0.cs(3), 'GET /:_a<min(1)> (S.A)' at",
            """
            [Get("/:_a<max(0)>", Rank = 1), Get("/:_a<min(1)>", Rank = 2)] internal static void A() { }
            [Get({|WM1011:"/:_b<int>"|})] internal static void B() { }
            """
        },
        {
            "is matched by 'GET /x/*_r (S.A)' at",
            """
            [Get("/x/*_r")] internal static void A() { }
            [Get({|WM1011:"/:_k<in(x)>/b/:_id"|})] internal static void B() { }
            """
        },
        {
            "is matched by '* /a (S.A)' at",
            """
            [Route("*", "/a")] internal static void A() { }
            [Get({|WM1011:"/:_x<in(a)>"|}), Head({|WM1011:"/:_y<in(a)>"|})] internal static void B() { }
            """
        },
        {
            "is matched by 'GET /a/ (S.A)' at File0.cs(3), 'GET /a/*_r (S.A)' at",
            """
            [Get("/a/"), Get("/a/*_r")] internal static void A() { }
            [Get({|WM1011:"/:_x<in(a)>/*_r?"|})] internal static void B() { }
            """
        },
        {
            "is matched by 'GET /a (S.A)' at File0.cs(3), 'GET /a/x (S.A)' at",
            """
            [Get("/a"), Get("/a/x")] internal static void A() { }
            [Get({|WM1011:"/:_x<in(a)>/:_y<in(x)>?"|})] internal static void B() { }
            """
        },
        {
            "is matched by 'GET /v1-:_b (S.A)' at File0.cs(3), 'GET /v2-:_b (S.A)' at",
            """
            [Get("/v1-:_b"), Get("/v2-:_b")] internal static void A() { }
            [Get({|WM1011:"/v:_a<in(1|2)>-:_b"|})] internal static void B() { }
            """
        },
        {
            "is matched by 'GET /a/:_y<sku> (S.A)' at",
            """
            [Get("/a/:_y<sku>")] internal static void A() { }
            [Get({|WM1011:"/:_x<in(a)>/:_y<sku>"|})] internal static void B() { }
            [Constraint("sku")] internal static bool IsSku(ReadOnlySpan<byte> value) => value.Length == 8;
            """
        },
    };

    [Theory]
    [MemberData(nameof(Taken))]
    public async Task A_route_without_a_path_of_its_own_names_those_that_take_them(string named, string members)
    {
        List<Diagnostic> diagnostics = await Verify.ReportsAsync($"internal static class S\n{{\n{members}\n}}");
        Assert.Contains(named, MessageOf(diagnostics[0]), StringComparison.Ordinal);
        Assert.NotEmpty(diagnostics[0].AdditionalLocations);
        Assert.Contains(WellKnownDiagnosticTags.Unnecessary, diagnostics[0].Descriptor.CustomTags);
    }

    /// <summary>Members in which every route has a path, or nobody can tell.</summary>
    public static TheoryData<string> Reached =>
    [
        """[Get("/a"), Get("/b"), Get("/:_x<in(a|b|c)>")] internal static void A() { }""",
        """[Get("/a"), Post("/b"), Get("/:_x<in(a|b)>")] internal static void A() { }""",
        """[Get("/a"), Route("*", "/:_x<in(a)>")] internal static void A() { }""",
        """[Head("/a"), Get("/:_x<in(a)>")] internal static void A() { }""",
        """[Get("/x"), Get("/:_x")] internal static void A() { }""",
        """[Get("/x"), Get("/x:_y"), Get("/:_x")] internal static void A() { }""",
        """[Get("/a"), Get("/:_x<in(a)>/:_y?")] internal static void A() { }""",
        """[Get("/a/*_r"), Get("/:_x<in(a)>/*_r?")] internal static void A() { }""",
        """[Get("/a/:_y"), Get("/:_x<in(a)>/*_r")] internal static void A() { }""",
        """
        [Get("/:_a<max(0)>", Rank = 1), Get("/:_b<min(2)>", Rank = 1), Get("/:_c<int>")] internal static void A() { }
        """,
        """
        [Get("/a/:_y<sku>"), Get("/:_x<in(a)>/:_y<in(b)>")] internal static void A() { }
        [Constraint("sku")] internal static bool IsSku(ReadOnlySpan<byte> value) => true;
        """,
        // Left out itself, so something else is wrong with it.
        """[Get("/a"), Get("/:x<in(a)>")] internal static void A() { }""",
    ];

    [Theory]
    [MemberData(nameof(Reached))]
    public async Task A_route_that_has_a_path_shows_nothing(string members) =>
        await Verify.IsSilentAsync("WM1011", $"internal static class S {{ {members} }}");

    [Fact]
    public async Task More_than_can_be_looked_at_shows_nothing()
    {
        // 65 literals take all values of the list: one more than a set of bits holds.
        string values = string.Join('|', Enumerable.Range(100, 65));
        string literals = string.Join(", ", Enumerable.Range(100, 65).Select(value => $"Get(\"/{value}\")"));
        await Verify.IsSilentAsync(
            "WM1011",
            $"internal static class S {{ [{literals}, Get(\"/:_x<in({values})>\")] internal static void A() {{ }} }}");
    }

    [Fact]
    public async Task Options_and_mounts_count()
    {
        await Verify.ReportsAsync(
            """
            [assembly: RouteOptions(CaseInsensitive = true, TrailingSlash = TrailingSlash.Ignore)]
            internal static class S
            {
                [Get("/Ab/"), Get({|WM1011:"/:_x<in(AB|aB|Ab|ab)>"|})] internal static void A() { }
            }
            """);
        List<Diagnostic> diagnostics = await Verify.ReportsAcrossAsync(
            "", "",
            [
                Library.Compile(
                    "Billing",
                    """
                    [assembly: ExportRoutes]
                    internal static class Invoices { [Get("/a/:_x")] internal static void A() { } }
                    """),
            ],
            """
            [assembly: Mount<Billing.Routes>("/billing")]
            internal static class S { [Get({|WM1011:"/:_x<in(billing)>/a/:_y"|})] internal static void A() { } }
            """);
        Assert.Contains(
            "is matched by 'GET /billing/a/:_x (Invoices.A of Billing.Routes)' as well, more specific",
            MessageOf(diagnostics.Single()), StringComparison.Ordinal);
    }

    /// <summary>What the message says, and members; the mark is exact.</summary>
    public static TheoryData<string, string> Overlapping => new()
    {
        {
            "'GET /:_a<int> (S.A)' at File0.cs(3) and 'GET /:_b<long> (S.A)' both match /0, and the former is tried " +
                "first, because every value that '<int>' lets through meets '<long>' as well.",
            """[Get("/:_a<int>"), Get({|WM1012:"/:_b<long>"|})] internal static void A() { }"""
        },
        {
            "'GET /:_a<alpha>/x (S.A)' at File0.cs(3) and 'GET /:_b<alnum>/:_c (S.A)' both match /x/x,",
            """[Get("/:_a<alpha>/x"), Get({|WM1012:"/:_b<alnum>/:_c"|})] internal static void A() { }"""
        },
        {
            "'GET /:_a<in(a|b)> (S.A)' at",
            """[Get("/:_a<in(a|b)>"), Get({|WM1012:"/:_b<in(a|b|c)>"|})] internal static void A() { }"""
        },
        {
            "'GET /v:_a<int>.:_b<alpha> (S.A)' at",
            """[Get("/v:_a<int>.:_b<alpha>"), Get({|WM1012:"/v:_a<long>.:_b<alpha>"|})] internal static void A() { }"""
        },
        {
            "'* /:_a<int> (S.A)' at",
            """[Route("*", "/:_a<int>"), Put({|WM1012:"/:_b<long>"|})] internal static void A() { }"""
        },
        {
            "'GET /:_a<bool>/x (S.A)' at",
            """[Get({|WM1012:"/:_a<alpha>/:_x?"|}), Get("/:_a<bool>/x")] internal static void A() { }"""
        },
    };

    [Theory]
    [MemberData(nameof(Overlapping))]
    public async Task A_route_that_only_a_wider_constraint_puts_second_names_the_first(string named, string members)
    {
        List<Diagnostic> diagnostics = await Verify.ReportsAsync($"internal static class S\n{{\n{members}\n}}");
        Assert.StartsWith(named, MessageOf(diagnostics.Single()), StringComparison.Ordinal);
        Assert.Single(diagnostics[0].AdditionalLocations);
    }

    /// <summary>Members whose order a reader sees, or which share no request.</summary>
    public static TheoryData<string> Told =>
    [
        """[Get("/:_a<int>"), Get("/:_b")] internal static void A() { }""",
        """[Get("/:_a<int>", Rank = 1), Get("/:_b<long>")] internal static void A() { }""",
        """[Get("/:_a<int,min(1)>"), Get("/:_b<int>")] internal static void A() { }""",
        """[Get("/:_a<in(asc|desc)>"), Get("/:_b<alpha>")] internal static void A() { }""",
        """[Get("/:_a<int>"), Get("/:_b<alpha>")] internal static void A() { }""",
        """[Get("/:_a<int>"), Post("/:_b<long>")] internal static void A() { }""",
        """[Get("/:_a<int>/x"), Get("/:_b<long>/y")] internal static void A() { }""",
        """[Get("/:_a<int>/x"), Get("/:_b<long>")] internal static void A() { }""",
        """[Get("/v:_a<int>"), Get("/:_b<long>")] internal static void A() { }""",
    ];

    [Theory]
    [MemberData(nameof(Told))]
    public async Task Constraints_whose_order_shows_show_nothing(string members) =>
        await Verify.IsSilentAsync("WM1012", $"internal static class S {{ {members} }}");

    private static string MessageOf(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);
}

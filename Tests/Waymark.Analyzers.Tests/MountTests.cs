using System.Globalization;
using Microsoft.CodeAnalysis;
using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>
/// WM5009-WM5011, WM5014: mounts of tables that other assemblies export; each is shown at the attribute.
/// </summary>
public sealed class MountTests
{
    private const string Billing = """
        [assembly: ExportRoutes]

        namespace Billing;

        public sealed class Invoices
        {
            [Get("/invoices/:id<int>", Name = "invoice")] internal static string Find(int id) => "";
            [Post("/invoices")] internal static void Add() { }
            [Get("/:key<sku>/x")] internal static void Show(string key) { }
            [Constraint("sku")] internal static bool IsSku(ReadOnlySpan<byte> value) => value.Length == 8;
        }
        """;

    private const string Shop = """
        [assembly: ExportRoutes]

        namespace Shop;

        internal static class Carts { [Get("/invoices/:cart<int>")] internal static void Find(int cart) { } }
        """;

    /// <summary>Sources that mount a table as they should.</summary>
    public static TheoryData<string> Right =>
    [
        """[assembly: Mount<Billing.Routes>("/billing")]""",
        """[assembly: Mount<Billing.Routes>("/")]""",
        """[assembly: Mount<Billing.Routes>("/a")] [assembly: Mount<Billing.Routes>("/b")]""",
        """[assembly: Mount<Billing.Routes>("/a"), Mount<Shop.Routes>("/b")]""",
        """
        [assembly: Mount<Billing.Routes>("/")]
        internal static class A
        {
            [Get("/invoices/:name")] internal static void Any(string name) { }
            [Get("/invoices/7")] internal static void Seven() { }
            [Delete("/invoices/:id<int>")] internal static void Remove(int id) { }
        }
        """,
    ];

    [Theory]
    [MemberData(nameof(Right))]
    public async Task A_sound_mount_shows_nothing(string source) =>
        await Verify.ReportsAcrossAsync("", "", Libraries(), source);

    [Fact]
    public async Task A_type_without_a_manifest_is_shown()
    {
        List<Diagnostic> diagnostics = await Verify.ReportsAcrossAsync(
            "",
            "",
            Libraries(),
            """
            [assembly: {|WM5009:Mount<Billing.Invoices>("/a")|}]
            [assembly: {|WM5009:Mount<string>("/b")|}]
            [assembly: Mount<Billing.Routes>("/c")]
            """);
        Assert.StartsWith(
            "'Billing.Invoices' is not an exported route table", TextOf(diagnostics[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_manifest_is_shown() => Assert.Contains(
        "'Newer.Routes' was built with a newer Waymark",
        TextOf((await Verify.ReportsAcrossAsync(
            "WM5009",
            "",
            [
                Library.Compile(
                    "Newer",
                    "namespace Newer; [Waymark.CompilerServices.RouteManifest(3, new string[0])] " +
                    "public sealed class Routes;"),
            ],
            """[assembly: [|Mount<Newer.Routes>("/a")|]]""")).Single()),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_conflict_with_an_own_route_is_shown_at_the_mount()
    {
        List<Diagnostic> diagnostics = await Verify.ReportsAcrossAsync(
            "WM5010",
            "",
            Libraries(),
            """
            internal static class A
            {
                [Get("/b/invoices/:number<int>")] internal static void Find(int number) { }
            }
            """,
            """
            [assembly: Mount<Shop.Routes>("/s")]
            [assembly: [|Mount<Billing.Routes>("/b")|]]
            """);
        Assert.StartsWith(
            "'GET /b/invoices/:id<int> (Invoices.Find of Billing.Routes)' and " +
            "'GET /b/invoices/:number<int> (A.Find)' at File0.cs(3) both match /b/invoices/",
            TextOf(diagnostics.Single()),
            StringComparison.Ordinal);
        Assert.Equal(
            "\"/b/invoices/:number<int>\"",
            Marked(diagnostics[0].AdditionalLocations.Single()));
    }

    [Fact]
    public async Task Each_route_that_a_mount_loses_is_shown() => Assert.Equal(
        2,
        (await Verify.ReportsAcrossAsync(
            "WM5010",
            "",
            Libraries(),
            """
            [assembly: {|WM5010:[|Mount<Billing.Routes>("/b")|]|}]
            internal static class A
            {
                [Post("/b/invoices")] [Get("/b/:_key<hex>/x")] internal static void F() { }
            }
            """)).Count);

    [Fact]
    public async Task A_conflict_between_two_mounts_is_shown_at_the_later_one()
    {
        List<Diagnostic> diagnostics = await Verify.ReportsAcrossAsync(
            "WM5010",
            "",
            Libraries(),
            """
            [assembly: [|Mount<Shop.Routes>("/x")|]]
            [assembly: Mount<Billing.Routes>("/x")]
            """);
        Assert.Contains("(Carts.Find of Shop.Routes)' and 'GET /x/invoices/:id<int>", TextOf(diagnostics.Single()),
            StringComparison.Ordinal);
        Assert.Equal("Mount<Billing.Routes>(\"/x\")", Marked(diagnostics[0].AdditionalLocations.Single()));
    }

    [Fact]
    public async Task The_same_table_mounted_twice_at_one_place_is_shown()
    {
        List<Diagnostic> diagnostics = await Verify.ReportsAcrossAsync(
            "WM5010",
            "",
            [Library.Compile("Shop", Shop)],
            """
            [assembly: Mount<Shop.Routes>("/x")]
            [assembly: [|Mount<Shop.Routes>("/x")|]]
            """);
        Assert.Contains("/x/invoices/", TextOf(diagnostics.Single()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_mounts_itself_is_shown() => await Verify.ReportsAsync(
        """
        [assembly: {|WM5011:Mount<Routes>("/a")|}]
        internal partial class Routes;
        """);

    /// <summary>Prefixes, as C# source, and what the message says of them.</summary>
    public static TheoryData<string, string> Prefixes => new()
    {
        { "\"\"", "cannot stand before mounted routes" },
        { "null!", "cannot stand before mounted routes" },
        { "\"billing\"", "starts with '/'" },
        { "\"/billing/\"", "remove the last one" },
        { "\"/:tenant\"", "use literal text" },
        { "\"/x-:tenant<int>/y\"", "use literal text" },
        { "\"/*rest\"", "use literal text" },
        { "\"/a//b\"", "cannot stand before mounted routes" },
        { "\"/a b\"", "cannot stand before mounted routes" },
    };

    [Theory]
    [MemberData(nameof(Prefixes))]
    public async Task A_prefix_that_is_no_literal_path_is_shown(string prefix, string message) => Assert.Contains(
        message,
        TextOf((await Verify.ReportsAcrossAsync(
            "", "", Libraries(), $"[assembly: {{|WM5014:Mount<Billing.Routes>({prefix})|}}]")).Single()),
        StringComparison.Ordinal);

    [Fact]
    public async Task What_the_compiler_does_not_know_is_left_to_it() => await Verify.ReportsAcrossAsync(
        "", "CS0246", Libraries(), """[assembly: Mount<Nothing>("/a")]""");

    private static MetadataReference[] Libraries() =>
        [Library.Compile("Billing", Billing), Library.Compile("Shop", Shop)];

    private static string TextOf(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);

    private static string Marked(Location location) =>
        location.SourceTree!.ToString().Substring(location.SourceSpan.Start, location.SourceSpan.Length);
}

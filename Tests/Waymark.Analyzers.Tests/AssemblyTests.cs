using Microsoft.CodeAnalysis;
using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>What assembly attributes say: options, groups and mounts.</summary>
public sealed class AssemblyTests
{
    [Fact]
    public async Task Case_that_does_not_count_makes_templates_alike() => await Verify.ReportsAsync(
        """
        [assembly: RouteOptions(CaseInsensitive = true)]
        internal static class A
        {
            [Get("/Users")] internal static void F() { }
            [Get({|WM1018:"/users"|})] internal static void G() { }
            [Get("/items/:id")] internal static void H(int id) { }
            [Get({|WM1010:"/items/:key"|})] internal static void I(int key) { }
        }
        """);

    [Fact]
    public async Task A_slash_that_does_not_count_makes_templates_alike() => await Verify.ReportsAsync(
        """
        [assembly: RouteOptions(TrailingSlash = TrailingSlash.Ignore)]
        internal static class A
        {
            [Get("/users")] internal static void F() { }
            [Get({|WM1010:"/users/"|})] internal static void G() { }
        }
        """);

    [Fact]
    public async Task A_group_of_the_assembly_is_read_and_shown_at_its_own_place() => await Verify.ReportsAsync(
        """
        [assembly: Group("/api{|WM1002://|}:tenant<{|WM1008:intt|}>")]
        """,
        "internal static class A { [Get(\"/a\")] internal static void F(int tenant) { } }",
        "internal static class B { [Get(\"/b\")] internal static void F(int tenant) { } }");

    [Fact]
    public async Task The_prefix_of_the_assembly_is_part_of_every_template() => await Verify.ReportsAsync(
        "[assembly: Group(\"/api/:tenant\")]",
        """
        [Group("/users")]
        internal static class A
        {
            [Get("/:id")] internal static void F(string tenant, int id) { }
            [Get("/{|WM1004::tenant|}")] internal static void G(string tenant) { }
        }
        """);

    [Theory]
    [InlineData("[assembly: {|WM5009:Mount<Billing.Plain>(\"/a\")|}]")]
    [InlineData("[assembly: {|WM5009:Mount<Billing.NewerRoutes>(\"/a\")|}]")]
    [InlineData("[assembly: {|WM5014:Mount<Billing.Routes>(\"a\")|}]")]
    [InlineData("[assembly: {|WM5014:Mount<Billing.Routes>(\"/:a\")|}]")]
    [InlineData("[assembly: {|WM5014:Mount<Billing.Routes>(\"/a/\")|}]")]
    [InlineData("[assembly: Mount<Billing.Routes>(\"/a\")]")]
    [InlineData("[assembly: Mount<Billing.Routes>(\"/\")]")]
    [InlineData("[assembly: Mount<Billing.Routes>(\"/a\"), Mount<Billing.Routes>(\"/b\")]")]
    public async Task A_mount_is_judged_at_its_attribute(string source) => await Verify.ReportsAsync(source);

    [Fact]
    public async Task A_table_is_not_mounted_into_itself() => await Verify.ReportsAsync(
        """
        [assembly: ExportRoutes]
        [assembly: {|WM5011:Mount<Routes>("/a")|}]
        public sealed class Routes { }
        """);

    [Fact]
    public async Task A_conflict_with_a_mounted_route_is_one_message_with_both_places()
    {
        List<Diagnostic> diagnostics = await Verify.ReportsAsync(
            "// The host.\n[assembly: {|WM5010:Mount<Billing.Routes>(\"/b\")|}]",
            """
            internal static class A
            {
                [Get("/b/invoices/:code<hex>")] internal static void F(string code) { }
            }
            """);

        string message = diagnostics[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(
            "'GET /b/invoices/:id<int> (Invoices.Find of Billing.Routes)'", message, StringComparison.Ordinal);
        Assert.Contains("'GET /b/invoices/:code<hex> (A.F)' at File1.cs(3)", message, StringComparison.Ordinal);
        Assert.Contains("both match /b/invoices/0,", message, StringComparison.Ordinal);
        Assert.Equal("File1.cs", diagnostics[0].AdditionalLocations.Single().SourceTree!.FilePath);
    }

    [Fact]
    public async Task A_name_is_not_given_again_by_a_mount() => await Verify.ReportsAsync(
        "[assembly: {|WM4001:Mount<Billing.Routes>(\"/b\")|}]",
        "internal static class A { [Get(\"/a\", Name = \"invoice\")] internal static void F() { } }");

    [Fact]
    public async Task Methods_beyond_the_bits_of_a_table_are_shown()
    {
        IEnumerable<string> routes = Enumerable.Range(10, 23).Select(number => number < 32
            ? $"[Route(\"M{number}\", \"/\")] internal static void F{number}() {{ }}"
            : $"[Route({{|WM1021:\"M{number}\"|}}, \"/\")] internal static void F{number}() {{ }}");
        await Verify.ReportsAsync($"internal static class A {{ {string.Join("\n", routes)} }}");
    }
}

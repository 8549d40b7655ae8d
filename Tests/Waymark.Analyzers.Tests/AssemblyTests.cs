using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>What assembly attributes say beside mounts, and what the whole table is too small for.</summary>
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

    [Fact]
    public async Task Methods_beyond_the_bits_of_a_table_are_shown()
    {
        IEnumerable<string> routes = Enumerable.Range(10, 23).Select(number => number < 32
            ? $"[Route(\"M{number}\", \"/\")] internal static void F{number}() {{ }}"
            : $"[Route({{|WM1021:\"M{number}\"|}}, \"/\")] internal static void F{number}() {{ }}");
        await Verify.ReportsAsync($"internal static class A {{ {string.Join("\n", routes)} }}");
    }
}

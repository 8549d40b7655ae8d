using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>WM6004: types with the name of the generated table.</summary>
public sealed class TableNameTests
{
    private const string Users = "internal static class Users { [Get(\"/\")] internal static void A() { } }";

    [Theory]
    [InlineData("internal static class {|WM6004:Routes|} { }")]
    [InlineData("internal struct {|WM6004:Routes|} { }")]
    [InlineData("internal enum {|WM6004:Routes|} { A }")]
    [InlineData("internal delegate void {|WM6004:Routes|}();")]
    [InlineData("internal partial record {|WM6004:Routes|};")]
    [InlineData("public static partial class {|WM6004:Routes|} { }")]
    public async Task A_type_of_that_name_is_shown_at_its_name(string type) => await Verify.ReportsAsync(Users, type);

    [Theory]
    [InlineData("partial class Routes { }")]
    [InlineData("internal static partial class Routes { }")]
    [InlineData("namespace Shop { internal static class Routes { } }")]
    [InlineData("internal static class Shop { internal static class Routes { } }")]
    [InlineData("internal static class Routes<T> { }")]
    public async Task A_part_of_the_table_and_other_names_are_left_alone(string type) =>
        await Verify.ReportsAsync(Users, type);

    [Fact]
    public async Task A_project_without_routes_may_use_the_name() =>
        await Verify.ReportsAsync("internal static class Routes { }");

    [Fact]
    public async Task The_namespace_of_an_exported_table_counts() => await Verify.ReportsAsync(
        "[assembly: ExportRoutes(Namespace = \"Billing\")]\n" + Users,
        """
        namespace Billing { public class {|WM6004:Routes|} { } }
        namespace Shop { public class Routes { } }
        """,
        "internal static class Routes { }");
}

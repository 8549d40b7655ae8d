using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>WM6004: types and namespaces with the name of the generated table.</summary>
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
    [InlineData("namespace {|WM6004:Routes|} { internal static class Home; }")]
    [InlineData("namespace {|WM6004:Routes|};\ninternal static class Home;")]
    [InlineData("namespace {|WM6004:Routes|}.Admin { internal static class Home; }")]
    [InlineData("namespace {|WM6004:@Routes|} { internal static class Home; }")]
    public async Task A_namespace_of_that_name_is_shown_at_its_name(string type) =>
        await Verify.ReportsAsync(Users, type);

    [Fact]
    public async Task A_namespace_is_shown_in_each_file_that_opens_it() => await Verify.ReportsAsync(
        Users, "namespace {|WM6004:Routes|};\nclass A;", "namespace {|WM6004:Routes|}.Admin;\nclass B;");

    [Theory]
    [InlineData("partial class Routes { }")]
    [InlineData("namespace Shop.Routes { internal static class Home; }")]
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

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Mounting;

/// <summary>What becomes of mounts and mounted routes that cannot be emitted; the rest stands.</summary>
public sealed class MountProblemTests
{
    private const string ProblemsFile = "Waymark.Problems.g.cs";

    private const string Lib =
        """
        [assembly: ExportRoutes(Namespace = "Lib")]
        static class InLib
        {
            [Get("/:id<int>")] internal static void Find(int id) { }
            [Get("/fine")] internal static void Fine() { }
        }
        """;

    private const string OtherLib =
        """
        [assembly: ExportRoutes(Namespace = "Other")]
        static class InOther { [Get("/:key<hex>")] internal static void Find(string key) { } }
        """;

    [Fact]
    public void A_mounted_route_that_conflicts_with_one_of_the_host_is_left_out()
    {
        using Assemblies built = new Assemblies().Add("Lib", Lib).Add(
            "Host",
            """
            [assembly: Mount<Lib.Routes>("/lib")]
            static class Home { [Get("/lib/:text<hex>")] internal static void Take(string text) { } }
            """);

        Assert.Equal(
            [new RouteInfo("GET", "/lib/:text<hex>", "Home.Take"), new RouteInfo("GET", "/lib/fine", "InLib.Fine")],
            built.Table.Routes);
        Assert.StartsWith(
            "#error WM5010: 'GET /lib/:id<int> (InLib.Find of Lib.Routes)' and " +
            "'GET /lib/:text<hex> (Home.Take)' both match /lib/0, and neither is more specific: ",
            built.LastErrors().Single(), StringComparison.Ordinal);
        Assert.EndsWith("(/lib/:id<int>, Lib.Routes)", built.LastErrors().Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_mounted_routes_that_conflict_the_later_is_left_out()
    {
        using Assemblies built = new Assemblies().Add("Lib", Lib).Add("Other", OtherLib).Add(
            "Host",
            """
            [assembly: Mount<Other.Routes>("/x")]
            [assembly: Mount<Lib.Routes>("/x")]
            """);

        Assert.Equal(["/x/:id<int>", "/x/fine"], built.Table.Routes.Select(route => route.Template));
        Assert.StartsWith(
            "#error WM5010: 'GET /x/:key<hex> (InOther.Find of Other.Routes)' and " +
            "'GET /x/:id<int> (InLib.Find of Lib.Routes)' both match /x/0, ",
            built.LastErrors().Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_mounted_twice_at_one_prefix_conflicts_with_itself()
    {
        using Assemblies built = new Assemblies().Add("Other", OtherLib).Add(
            "Host",
            """
            [assembly: Mount<Other.Routes>("/x")]
            [assembly: Mount<Other.Routes>("/x")]
            """);

        Assert.Single(built.Table.Routes);
        Assert.Single(built.LastErrors());
    }

    [Fact]
    public void Constraints_of_one_name_in_two_assemblies_are_not_taken_for_the_same()
    {
        const string Source =
            """
            static class In@
            {
                [Get("/:x<sku>", Rank = @)] internal static void Find(string x) { }
                [Constraint("sku")] internal static bool IsSku(ReadOnlySpan<byte> value) => value[0] == '@';
            }
            """;
        using Assemblies built = new Assemblies()
            .Add("Lib", "[assembly: ExportRoutes(Namespace = \"Lib\")]" + Source.Replace('@', '1'))
            .Add("Host", "[assembly: Mount<Lib.Routes>(\"/\")]" + Source.Replace('@', '2'));

        Assert.Empty(built.LastErrors());
        Assert.Equal("In1.Find 1", built.Match("/1"));
        Assert.Equal("In2.Find 2", built.Match("/2"));
    }

    [Theory]
    [InlineData("Nothing", "/n", "WM5009: 'Nothing' is not an exported route table: mount the generated class " +
        "'Routes' of an assembly that says [assembly: ExportRoutes]. (/n, Nothing)")]
    [InlineData("Newer", "/n", "WM5009: 'Newer' was built with a newer Waymark, whose manifest this version does not " +
        "read: update the package of this project. (/n, Newer)")]
    [InlineData("Host.Routes", "/n", "WM5011: 'Host.Routes' is the table of this assembly: mounted into itself, it " +
        "would never end. Remove the mount. (/n, Host.Routes)")]
    [InlineData("Lib.Routes", "/:n", "WM5014: \"/:n\" cannot stand before mounted routes. The handlers behind it " +
        "were built without its parameters: use literal text. (/:n, Lib.Routes)")]
    [InlineData("Lib.Routes", "/n/", "WM5014: \"/n/\" cannot stand before mounted routes. The templates behind it " +
        "start with their own slash: remove the last one. (/n/, Lib.Routes)")]
    [InlineData("Lib.Routes", "n", "WM5014: \"n\" cannot stand before mounted routes. A template starts with '/'")]
    [InlineData("Lib.Routes", "", "WM5014: \"\" cannot stand before mounted routes. ")]
    public void A_mount_that_cannot_be_is_said_and_left_out(string table, string prefix, string message)
    {
        using Assemblies built = new Assemblies().Add("Lib", Lib);
        built.Build(built.Prepare(
            "Host",
            $$"""
            [assembly: Mount<{{table}}>("{{prefix}}")]
            [assembly: ExportRoutes(Namespace = "Host")]
            class Nothing { }
            [Waymark.CompilerServices.RouteManifest(3, new string[0])] class Newer { }
            static class Home { [Get("/own")] internal static void Own() { } }
            namespace Host { partial class Routes { } }
            """));

        Assert.StartsWith("#error " + message, built.LastErrors().Single(), StringComparison.Ordinal);
        Assert.Equal(["/own"], built.Table.Routes.Select(route => route.Template));
    }

    [Fact]
    public void A_table_of_the_host_s_own_name_is_hidden_by_it()
    {
        using var built = new Assemblies();
        built.Add("Lib", Lib.Replace("\"Lib\"", "\"\"", StringComparison.Ordinal));
        CSharpCompilation host = built.Prepare("Host", "[assembly: Mount<Routes>(\"/lib\")]");
        Dictionary<string, string> files = GeneratorRun.Run(host, ("RunAnalyzers", "false"));

        Assert.Contains(
            "#error WM5011: 'Routes' is also the name of this assembly's own table, which hides the other: ",
            files[ProblemsFile], StringComparison.Ordinal);
        Assert.DoesNotContain("MountedTable", files["Waymark.Routes.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_type_is_the_compilers_to_report() =>
        Assert.DoesNotContain(
            ProblemsFile,
            GeneratorRun
                .Run(GeneratorRun.Compile("[assembly: Mount<Nowhere>(\"/x\")]"), ("RunAnalyzers", "false"))
                .Keys);

    [Fact]
    public void A_friend_whose_table_has_the_same_name_is_warned_by_the_compiler()
    {
        using var built = new Assemblies();
        built.Add("Lib", "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Host\")]" +
            "static class InLib { [Get(\"/\")] internal static void M() { } }");
        CSharpCompilation host = built.Prepare(
            "Host", "static class Own { [Get(\"/own\")] internal static string M() => Routes.Explain(\"/\"); }");
        GeneratorRun.CreateDriver().RunGeneratorsAndUpdateCompilation(
            host, out Compilation updated, out _, TestContext.Current.CancellationToken);

        // The own class wins. The way out is in the documentation of ExportRoutes: a namespace for one of the two.
        string[] ids =
        [
            .. updated.GetDiagnostics(TestContext.Current.CancellationToken)
                .Where(found => found.Severity >= DiagnosticSeverity.Warning)
                .Select(found => found.Id)
                .Distinct(),
        ];
        Assert.Equal(["CS0436"], ids);
    }
}

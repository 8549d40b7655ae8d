using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.CompilerServices;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Mounting;

/// <summary>A host's table holds the routes of the libraries that it mounts.</summary>
public sealed class MountTests
{
    private const string Billing =
        """
        [assembly: ExportRoutes(Namespace = "Billing")]
        [Group("/invoices")]
        static class Invoices
        {
            [Get("/:id<sku>", Name = "invoice")] internal static string Find(string id) => "invoice " + id;
            [Get("/:a/:b", Rank = 3)] internal static string Two(string a, string b) => a + "+" + b;
            [Get("/files/*rest?")] internal static string File(string rest) => "file " + rest;
            [Get("/v:major.:minor")] internal static string Version(int major, int minor) => $"{major}.{minor}";
            [Route("PURGE", "/")] internal static string Purge() => "purged";
            [Constraint("sku")] internal static bool IsSku(ReadOnlySpan<byte> value) => value[0] == (byte)'i';
        }
        """;

    private const string Host =
        """
        static class Home { [Get("/")] internal static string Hello() => "hello"; }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Routes_captures_constraints_and_handlers_of_a_library_work_behind_the_prefix(bool asBytes)
    {
        using Assemblies built = new Assemblies(asBytes)
            .Add("Billing", Billing)
            .Add("Host", "[assembly: Mount<Billing.Routes>(\"/billing\")]\n" + Host);

        Assert.Equal("Home.Hello", built.Match("/"));
        Assert.Equal("Invoices.Find i7", built.Match("/billing/invoices/i7"));
        Assert.Equal("", built.Match("/billing/invoices/x7"));
        Assert.Equal("Invoices.Two x 7", built.Match("/billing/invoices/x/7"));
        Assert.Equal("Invoices.File a/b", built.Match("/billing/invoices/files/a/b"));
        Assert.Equal("Invoices.File ", built.Match("/billing/invoices/files/"));
        Assert.Equal("Invoices.Version 1 2", built.Match("/billing/invoices/v1.2"));
        Assert.Equal("", built.Match("/invoices/i7"));
        Assert.Equal("Invoices.Purge", built.Match("/billing/invoices", Verbs.FirstCustom));

        await using var server = new AnsweringServer(built.Table);
        Assert.Equal("hello", await server.GetAsync("/"));
        Assert.Equal("invoice i\u00E9", await server.GetAsync("/billing/invoices/i%C3%A9"));
        Assert.Equal("x+7", await server.GetAsync("/billing/invoices/x/7"));
        Assert.Equal("1.2", await server.GetAsync("/billing/invoices/v1.2"));
        Assert.Equal("file a/b", await server.GetAsync("/billing/invoices/files/a/b"));
        Assert.Equal("purged", await server.SendAsync("PURGE", "/billing/invoices"));
        Assert.Contains("'minor'", await server.GetAsync("/billing/invoices/v1.x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mounted_route_is_logged_by_its_whole_template()
    {
        using Assemblies built = new Assemblies(asBytes: true)
            .Add("Billing", Billing)
            .Add("Host", "[assembly: Mount<Billing.Routes>(\"/billing\")]\n" + Host);
        using var stream = new MemoryStream();
        var options = new AccessLogOptions { Stream = stream, Fields = AccessLogFields.Route };
        HttpServer server = new HttpServer(built.Table, new ServerOptions { Logger = NullLogger.Instance })
            .Use(AccessLog.Text(options));
        await server.StartAsync("http://127.0.0.1:0");
        using (var client = new HttpClient { BaseAddress = new Uri(server.Endpoints[0]) })
            await client.GetStringAsync("/billing/invoices/i7", TestContext.Current.CancellationToken);

        // The lines are written by then.
        await server.StopAsync();
        Assert.Equal(
            "route=\"/billing/invoices/:id<sku>\"\n", System.Text.Encoding.ASCII.GetString(stream.ToArray()));
    }

    [Fact]
    public void Templates_handlers_names_and_ranks_are_carried_over()
    {
        using Assemblies built = new Assemblies()
            .Add("Billing", Billing)
            .Add("Host", "[assembly: Mount<Billing.Routes>(\"/billing\")]\n" + Host);

        Assert.Contains(
            new RouteInfo("GET", "/billing/invoices/:id<sku>", "Invoices.Find", "invoice"), built.Table.Routes);
        Assert.Contains(
            new RouteInfo("GET", "/billing/invoices/:a/:b", "Invoices.Two", Rank: 3), built.Table.Routes);
        Assert.Equal(6, built.Table.Routes.Count);
    }

    [Fact]
    public void Of_a_library_only_the_table_its_constraints_and_its_links_are_public()
    {
        using Assemblies built = new Assemblies().Add("Billing", Billing);

        string[] exported =
        [
            .. built.Loaded[0].GetExportedTypes().Select(type => type.FullName!).Order(StringComparer.Ordinal),
        ];
        Assert.Equal(
            ["Billing.Routes", "Billing.Routes+Constraints", "Billing.Routes+Constraints+Is_sku"],
            exported.Where(name => !name.StartsWith("Billing.Routes+Link", StringComparison.Ordinal)));
        Assert.Contains("Billing.Routes+Links", exported);
        Type routes = built.Loaded[0].GetType("Billing.Routes")!;
        Assert.Equal(
            ["Explain", "Table", "get_Table"],
            routes.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(member => member is not Type)
                .Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Empty(routes.GetConstructors());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mounts_nest_and_equal_constraint_names_stay_apart(bool asBytes)
    {
        const string C =
            """
            [assembly: ExportRoutes(Namespace = "Low.Level")]
            static class InC
            {
                [Get("/:c<sku>")] internal static string M(string c) => "c " + c;
                [Constraint("sku")] internal static bool IsSku(ReadOnlySpan<byte> value) => value[0] == (byte)'c';
            }
            """;
        const string B =
            """
            [assembly: ExportRoutes(Namespace = "Middle")]
            [assembly: Mount<Low.Level.Routes>("/c")]
            static class InB
            {
                [Get("/c/:b<sku>", Rank = 2)] internal static string M(string b) => "b " + b;
                [Constraint("sku")]
                internal static bool IsSku(ReadOnlySpan<byte> value) => value[0] is (byte)'b' or (byte)'2';
            }
            """;
        const string A =
            """
            [assembly: ExportRoutes(Namespace = "Top")]
            [assembly: Mount<Middle.Routes>("/b")]
            static class InA
            {
                [Get("/b/c/:a<sku>", Rank = 1)] internal static string M(string a) => "a " + a;
                [Constraint("sku")] internal static bool IsSku(ReadOnlySpan<byte> value) => value[0] == (byte)'a';
            }
            """;
        using Assemblies built = new Assemblies(asBytes).Add("C", C).Add("B", B).Add("A", A)
            .Add("Host", "[assembly: Mount<Top.Routes>(\"/a\")]");

        Assert.Equal("InA.M a1", built.Match("/a/b/c/a1"));
        Assert.Equal("InB.M b1", built.Match("/a/b/c/b1"));
        Assert.Equal("InC.M c1", built.Match("/a/b/c/c1"));
        Assert.Equal("", built.Match("/a/b/c/d1"));
        await using var server = new AnsweringServer(built.Table);
        Assert.Equal("a a1", await server.GetAsync("/a/b/c/a1"));
        Assert.Equal("b 2", await server.GetAsync("/a/b/c/2"));
        Assert.Equal("c c1", await server.GetAsync("/a/b/c/c1"));
    }

    [Fact]
    public async Task One_table_may_be_mounted_at_two_prefixes_from_two_files()
    {
        using var built = new Assemblies();
        built.Add("Billing", Billing);
        CSharpCompilation host = built.Prepare("Host", "[assembly: Mount<Billing.Routes>(\"/a\")]")
            .AddSyntaxTrees(Harness.GeneratorRun.Parse("[assembly: Mount<Billing.Routes>(\"/b\")]", "Other.cs"));
        built.Build(host);

        Assert.Equal(10, built.Table.Routes.Count);
        await using var server = new AnsweringServer(built.Table);
        Assert.Equal("invoice i1", await server.GetAsync("/a/invoices/i1"));
        Assert.Equal("invoice i1", await server.GetAsync("/b/invoices/i1"));
    }

    [Fact]
    public void A_prefix_of_a_slash_adds_nothing()
    {
        using Assemblies built = new Assemblies()
            .Add("Billing", Billing)
            .Add("Host", "[assembly: Mount<Billing.Routes>(\"/\")]\n" + Host);

        Assert.Equal("Invoices.Find i7", built.Match("/invoices/i7"));
        Assert.Equal("Home.Hello", built.Match("/"));
    }

    [Fact]
    public void A_library_s_root_is_the_prefix_itself()
    {
        using Assemblies built = new Assemblies()
            .Add("Lib", "[assembly: ExportRoutes(Namespace = \"Lib\")]" + Host)
            .Add("Host", "[assembly: Mount<Lib.Routes>(\"/lib\")]");

        Assert.Equal("Home.Hello", built.Match("/lib"));
        Assert.Equal("", built.Match("/lib/"));
    }

    [Fact]
    public void The_host_s_options_hold_for_mounted_routes()
    {
        using Assemblies built = new Assemblies()
            .Add("Billing", Billing)
            .Add("Host", "[assembly: RouteOptions(CaseInsensitive = true, TrailingSlash = TrailingSlash.Redirect308)]" +
                "[assembly: Mount<Billing.Routes>(\"/billing\")]");

        Assert.Equal("Invoices.Find i7", built.Match("/Billing/INVOICES/i7"));
        RouteMatch match = default;
        Assert.Equal(-1, built.Table.Match("/billing/invoices/i7/"u8, Verbs.Get, ref match));
        Assert.True((match.Redirect & Verbs.Get) != 0);
    }

    [Theory]
    [InlineData("[assembly: ExportRoutes]", "Acme.Billing", "Acme.Billing.Routes")]
    [InlineData("[assembly: ExportRoutes]", "my-library.2nd", "my_library._2nd.Routes")]
    [InlineData("[assembly: ExportRoutes]", "Some.class", "Some.@class.Routes")]
    [InlineData("[assembly: ExportRoutes(Namespace = \"Named\")]", "Acme.Billing", "Named.Routes")]
    [InlineData("[assembly: ExportRoutes]", "", "Routes")]
    [InlineData("[assembly: ExportRoutes(Namespace = \"\")]", "Acme.Billing", "Routes")]
    public void The_class_lies_in_the_root_namespace_the_named_one_or_none(string export, string root, string table)
    {
        using Assemblies built = new Assemblies()
            .Add("Lib", export + Host, ("RootNamespace", root))
            .Add("Host", $"[assembly: ExportRoutes(Namespace = \"Host\")] [assembly: Mount<{table}>(\"/x\")]");

        Assert.Equal("Home.Hello", built.Match("/x"));
    }

    [Fact]
    public void A_library_without_routes_can_be_mounted()
    {
        using Assemblies built = new Assemblies()
            .Add("Lib", "[assembly: ExportRoutes(Namespace = \"Lib\")]")
            .Add("Host", "[assembly: Mount<Lib.Routes>(\"/lib\")]");

        Assert.Empty(built.Table.Routes);
        Assert.Equal("", built.Match("/lib"));
    }

    [Fact]
    public void A_library_that_documents_everything_gets_no_warning()
    {
        using Assemblies built = new Assemblies()
            .Add("Low", Billing.Replace("\"Billing\"", "\"Low\"", StringComparison.Ordinal));
        CSharpCompilation library = built.Prepare("Lib", "[assembly: Mount<Low.Routes>(\"/low\")]" + Billing);
        Harness.GeneratorRun.CreateDriver().RunGeneratorsAndUpdateCompilation(library, out Compilation updated, out _,
            TestContext.Current.CancellationToken);
        SyntaxTree[] documented = [.. updated.SyntaxTrees.Select(tree => tree.WithRootAndOptions(
            tree.GetRoot(), Harness.GeneratorRun.ParseOptions.WithDocumentationMode(DocumentationMode.Diagnose)))];

        Assert.Empty(library.RemoveAllSyntaxTrees().AddSyntaxTrees(documented)
            .GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(found => found.Severity >= DiagnosticSeverity.Warning));
    }

    [Fact]
    public void Friends_that_both_export_see_their_own_tables()
    {
        const string Library = "[assembly: ExportRoutes(Namespace = \"Lib\")]" +
            "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Host\")]" + Host;
        const string Friend = "[assembly: Mount<Lib.Routes>(\"/lib\")]" +
            "static class Own { [Get(\"/own\")] internal static string M() => Routes.Explain(\"/\"); }";
        using Assemblies built = new Assemblies().Add("Lib", Library).Add("Host", Friend);

        Assert.Equal(["/lib", "/own"], built.Table.Routes.Select(route => route.Template));
    }

    [Fact]
    public void A_library_that_exports_nothing_does_not_show_in_a_host_with_routes()
    {
        const string Friend =
            "static class Own { [Get(\"/own\")] internal static string M() => Routes.Explain(\"/\"); }";
        using Assemblies built = new Assemblies().Add("Lib", Host).Add("Host", Friend);

        Assert.Equal(["/own"], built.Table.Routes.Select(route => route.Template));
    }

    [Fact]
    public void A_table_that_was_built_anew_with_other_routes_is_refused_at_start()
    {
        using var known = new Assemblies();
        RouteTable table = known.Add("Billing", Billing).Table;

        var error = Assert.Throws<InvalidOperationException>(() => MountedTable.Check(table, "Billing.Routes", 1));

        Assert.Contains("'Billing.Routes' has other routes than when this program was built", error.Message,
            StringComparison.Ordinal);
    }
}

using System.Reflection;
using Waymark.Generator.Tests.Harness;
using Waymark.Generator.Tests.Mounting;

namespace Waymark.Generator.Tests.Middleware;

/// <summary>A mounted table brings its middleware along, and the host's assembly stands around it.</summary>
public sealed class MountedMiddlewareTests
{
    private const string Low =
        """
        [assembly: ExportRoutes(Namespace = "Low")]
        [assembly: Mark("low")]
        """ + Sources.Marks +
        """
        static class InLow
        {
            [Get("/a"), Mark("a")] internal static string A() => "a";
            [Get("/b")] internal static string B() => "b";
        }
        """;

    private const string Middle =
        """
        [assembly: ExportRoutes(Namespace = "Middle")]
        [assembly: Mount<Low.Routes>("/low")]
        static class InMiddle { [Get("/m")] internal static string M() => "m"; }
        """;

    private const string Host =
        """
        [assembly: Mount<Middle.Routes>("/1")]
        [assembly: Mount<Middle.Routes>("/2")]
        [assembly: Mark("host")]
        static class Home { [Get("/"), Mark("home")] internal static string Hello() => "hello"; }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Middleware_of_mounted_tables_runs_inside_of_the_hosts(bool asBytes)
    {
        using Assemblies built = new Assemblies(asBytes).Add("Low", Low).Add("Middle", Middle).Add("Host", Host);
        await using var server = new AnsweringServer(built.Table);

        async Task<string> TraceAsync(string path) =>
            $"{await server.GetAsync(path)} {Trace(built).GetMethod("Take")!.Invoke(null, null)}";

        Assert.Equal("hello +host+home-home-host", await TraceAsync("/"));
        Assert.Equal("a +host+low+a-a-low-host", await TraceAsync("/1/low/a"));
        Assert.Equal("b +host+low-low-host", await TraceAsync("/2/low/b"));
        Assert.Equal("m +host-host", await TraceAsync("/2/m"));
        // Five routes below "host"; of "low" one instance for both prefixes, and one call for each route.
        List<string> wrapped = [.. (List<string>)Trace(built).GetProperty("Wrapped")!.GetValue(null)!];
        Assert.Equal(7, wrapped.Count(mark => mark.StartsWith("host", StringComparison.Ordinal)));
        Assert.Equal(4, wrapped.Count(mark => mark.StartsWith("low", StringComparison.Ordinal)));
        Assert.Single(wrapped.Where(mark => mark.StartsWith("low", StringComparison.Ordinal)).Distinct());
    }

    [Theory]
    [InlineData(Low, 2)]
    [InlineData("[assembly: ExportRoutes] static class A { [Get(\"/\")] internal static void F() { } }", 1)]
    public void The_manifest_of_a_table_with_middleware_has_a_version_that_older_generators_refuse(
        string source, int version)
    {
        using Assemblies built = new Assemblies().Add("Low", source, ("RootNamespace", "Low"));

        Assert.Equal(
            version,
            built.Loaded[0].GetType("Low.Routes")!
                .GetCustomAttribute<CompilerServices.RouteManifestAttribute>()!.Version);
    }

    [Fact]
    public void A_table_that_got_middleware_behind_its_hosts_back_is_refused()
    {
        using Assemblies built = new Assemblies().Add("Low", Low);
        string name = "Low.Routes";

        var thrown = Assert.Throws<InvalidOperationException>(
            () => CompilerServices.MountedTable.Check(built.Table, name, 0));
        Assert.Contains("'Low.Routes' has middleware around its routes", thrown.Message, StringComparison.Ordinal);
        // The routes are looked at only then.
        thrown = Assert.Throws<InvalidOperationException>(
            () => CompilerServices.MountedTable.Check(built.Table, name, 0, runsMiddleware: true));
        Assert.Contains("has other routes", thrown.Message, StringComparison.Ordinal);
    }

    private static Type Trace(Assemblies built) => built.Loaded[0].GetType("Trace")!;
}

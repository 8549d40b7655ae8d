using Waymark.TestSupport;

namespace Waymark.Package.Tests;

/// <summary>Routes of a class library, a program in one file, and a later version of the package.</summary>
public sealed class LibraryTests(PackedWaymark package)
{
    private const string Library = """
        using Waymark;

        [assembly: ExportRoutes(Namespace = "Billing")]

        internal static class Invoices
        {
            [Get("/invoices/:number")]
            internal static string Find(string number) => $"Invoice {number}\n";
        }
        """;

    private const string Host = """
        using Waymark;

        [assembly: Mount<Billing.Routes>("/billing")]

        await using var server = new HttpServer(Routes.Table);
        return await server.RunAsync("http://127.0.0.1:0");

        internal static class Home
        {
            [Get("/")]
            internal static string Hello() => "Shop\n";
        }
        """;

    private const string Added = """
        using Waymark;

        internal static class Later
        {
            [Get("/later")]
            internal static string Hello() => "Later\n";
        }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task A_host_mounts_a_librarys_routes_and_goes_over_to_a_later_version_before_it()
    {
        await package.CreateAsync("Billing", ("Invoices.cs", Library));
        await package.EditAsync("Billing", "<OutputType>Exe</OutputType>", "");
        await package.CreateAsync("Mounting", ("Program.cs", Host));
        await package.EditAsync(
            "Mounting", "</ItemGroup>", """<ProjectReference Include="../Billing/Billing.csproj" /></ItemGroup>""");
        await BuildAndAskAsync(("/", "Shop\n"), ("/billing/invoices/7", "Invoice 7\n"));

        // In the build's own folder, not cleaned: everything of the former version has to go.
        await package.PackLaterAsync();
        await package.EditAsync("Mounting", PackedWaymark.Version, PackedWaymark.LaterVersion);
        await package.WriteAsync("Mounting/Later.cs", Added);
        string output = await BuildAndAskAsync(
            ("/", "Shop\n"), ("/billing/invoices/7", "Invoice 7\n"), ("/later", "Later\n"));
        Assert.Contains($"waymark/{PackedWaymark.LaterVersion}/analyzers/", output, StringComparison.Ordinal);
        Assert.DoesNotContain($"waymark/{PackedWaymark.Version}/", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_program_in_one_file_serves_a_route()
    {
        string page = await File.ReadAllTextAsync(Repository.PathOf("docs/templates.md"), Stop);
        string program = page.Split("```csharp\n")[1].Split("```")[0];
        Assert.Contains("#:package Waymark@*", program, StringComparison.Ordinal);
        await package.WriteAsync(
            "app.cs", program.Replace("Waymark@*", $"Waymark@{PackedWaymark.Version}", StringComparison.Ordinal));

        (int exitCode, string output) = await package.RunAsync(
            "build", "app.cs", "-p:TreatWarningsAsErrors=true", "-o", "app-out");
        Assert.True(exitCode == 0, output);
        await using RunningServer server = await RunningServer.StartAsync(
            [package.PathOf("app-out/app"), "http://127.0.0.1:0"]);
        string answer = await server.Client.GetStringAsync(new Uri("/hello/Ada", UriKind.Relative), Stop);
        Assert.Equal("Hello, Ada!\n", answer);
    }

    /// <returns>What the build printed of the compiler's command line for the host.</returns>
    private async Task<string> BuildAndAskAsync(params (string Path, string Answer)[] cases)
    {
        (int exitCode, string output) = await package.RunAsync(
            "build", "Mounting", "--nologo", "-warnaserror", "-v:detailed");
        Assert.True(exitCode == 0, output);
        await using RunningServer server = await RunningServer.StartAsync(
            [package.PathOf("Mounting/bin/Debug/net10.0/Mounting")]);
        foreach ((string path, string answer) in cases)
            Assert.Equal(answer, await server.Client.GetStringAsync(new Uri(path, UriKind.Relative), Stop));
        return string.Join('\n', output.Split('\n').Where(line =>
            line.Contains("/analyzer:", StringComparison.Ordinal)
            && line.Contains("/out:obj/Debug/net10.0/Mounting.dll", StringComparison.Ordinal)));
    }
}

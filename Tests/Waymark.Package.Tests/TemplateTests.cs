using Waymark.TestSupport;

namespace Waymark.Package.Tests;

/// <summary>What <c>dotnet new</c> makes is built without a warning, passes its tests and serves.</summary>
/// <remarks>The package is installed into a home of the fixture's own.</remarks>
public sealed class TemplateTests(PackedWaymark package, TemplateTests.Installed installed)
    : IClassFixture<TemplateTests.Installed>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_package_installs_three_templates() =>
        Assert.All(
            (string[])["waymark ", "waymark-api ", "waymark-tcp "],
            name => Assert.Contains($" {name}", installed.Output, StringComparison.Ordinal));

    [Fact(Timeout = 600_000)]
    public async Task The_minimal_service_is_published_natively_and_answers()
    {
        await package.SucceedAsync(
            "new", "waymark", "-o", "my-shop", "--framework", "net9.0", "--port", "0", "--no-restore");
        await package.SucceedAsync("publish", "my-shop", "--nologo", "-warnaserror", "-o", "my-shop-out");

        string binary = package.PathOf("my-shop-out/my-shop");
        Assert.False(File.Exists(binary + ".dll"));
        await using RunningServer server = await RunningServer.StartAsync([binary]);
        // localhost is both loopback addresses.
        Assert.All(server.Addresses, address => Assert.True(address.IsLoopback));
        string answer = await server.Client.GetStringAsync(new Uri("/hello/Ada", UriKind.Relative), Stop);
        Assert.Equal("Hello, Ada!\n", answer);
        Assert.Equal(0, await server.TerminateAsync());
    }

    // A name that is no identifier, and one of two parts. A project of tests for net9.0 needs packages that net10.0 has
    // in it and no folder of packages here: that framework's case is the minimal service above.
    [Theory]
    [InlineData("waymark", "plain-1", "net10.0", 0)]
    [InlineData("waymark-api", "my-api.v1", "net10.0", 5)]
    [InlineData("waymark-tcp", "Chat", "net10.0", 2)]
    public async Task It_is_built_without_a_warning_and_passes_its_tests(
        string template, string name, string framework, int tests)
    {
        await package.SucceedAsync("new", template, "-o", name, "--framework", framework, "--no-restore");
        await package.SucceedAsync("build", name, "-v:quiet", "--nologo", "-warnaserror");
        if (tests > 0)
        {
            string output = await package.SucceedAsync("test", name, "--no-build", "--nologo");
            Assert.Matches($"Passed! .* Passed: *{tests},", output);
        }
    }

    /// <summary>The package, installed once for all tests.</summary>
    public sealed class Installed(PackedWaymark package) : IAsyncLifetime
    {
        /// <summary>What the installation printed.</summary>
        public string Output { get; private set; } = "";

        public async ValueTask InitializeAsync() =>
            Output = await package.SucceedAsync("new", "install", package.FileOf("Waymark.Templates"));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

using Waymark.TestSupport;

namespace Waymark.Package.Tests;

/// <summary>The README's first program, in a project of its own, is built without a warning and answers.</summary>
public sealed class FirstSnippetTests(PackedWaymark package)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task It_builds_from_the_package_and_answers()
    {
        await CreateAsync("Shop");

        await package.SucceedAsync("build", "Shop", "-v:quiet", "--nologo", "-warnaserror");
        await AssertAnswersAsync("Shop/bin/Debug/net10.0/Shop");
    }

    [Fact(Timeout = 600_000)]
    public async Task It_is_published_natively_and_answers()
    {
        await CreateAsync("NativeShop");
        await package.EditAsync(
            "NativeShop", "<TargetFramework>net10.0</TargetFramework>",
            "<TargetFramework>net9.0</TargetFramework><PublishAot>true</PublishAot>");

        await package.SucceedAsync("publish", "NativeShop", "--nologo", "-warnaserror", "-o", "native-out");
        Assert.False(File.Exists(package.PathOf("native-out/NativeShop.dll")));
        await AssertAnswersAsync("native-out/NativeShop");
    }

    private async Task CreateAsync(string name)
    {
        string readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"), Stop);
        string program = readme.Split("```csharp\n")[1].Split("```")[0];
        await package.SucceedAsync("new", "console", "-o", name, "--no-restore");
        await package.SucceedAsync("add", name, "package", "Waymark", "--version", PackedWaymark.Version);
        await package.WriteAsync($"{name}/Program.cs", program);
    }

    private async Task AssertAnswersAsync(string binary)
    {
        // A port of its own, so that nothing else on the machine is in the way.
        await using RunningServer server = await RunningServer.StartAsync(
            [package.PathOf(binary), "http://127.0.0.1:0"]);
        string answer = await server.Client.GetStringAsync(new Uri("/hello/Ada?times=2", UriKind.Relative), Stop);
        Assert.Equal("Hello, Ada!\nHello, Ada!\n", answer);
    }
}

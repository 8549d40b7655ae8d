using Waymark.TestSupport;

namespace Waymark.Package.Tests;

/// <summary>The README's first program, in a project of its own, is built without a warning and answers.</summary>
public sealed class FirstSnippetTests(PackedWaymark package)
{
    [Fact]
    public async Task It_builds_from_the_package_and_answers()
    {
        string readme = await File.ReadAllTextAsync(
            Repository.PathOf("README.md"), TestContext.Current.CancellationToken);
        string program = readme.Split("```csharp\n")[1].Split("```")[0];
        Assert.Contains("\"http://localhost:5000\"", program, StringComparison.Ordinal);
        // A port of its own, so that nothing else on the machine is in the way.
        program = program.Replace("http://localhost:5000", "http://127.0.0.1:0", StringComparison.Ordinal);
        await package.CreateAsync("Shop", ("Program.cs", program));

        (int exitCode, string output) = await package.BuildAsync("Shop", "-warnaserror");
        Assert.True(exitCode == 0, output);
        await using RunningServer server = await RunningServer.StartAsync(
            [package.PathOf("Shop/bin/Debug/net10.0/Shop")]);
        string answer = await server.Client.GetStringAsync(
            new Uri("/items/1", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("""{"id":1,"name":"Lamp"}""", answer);
    }
}

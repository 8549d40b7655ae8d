namespace Waymark.Package.Tests;

/// <summary>WM6001: a compiler that does not load the generator is named, instead of a type that is missing.</summary>
public sealed class OldCompilerTests(PackedWaymark package)
{
    [Fact]
    public async Task A_build_by_an_older_compiler_says_what_to_install_and_nothing_else()
    {
        await package.CreateAsync("Old", Planting.Program);

        (int exitCode, string output) = await package.BuildAsync("Old", "-p:CompilerApiVersion=roslyn4.13");

        Assert.Equal(1, exitCode);
        string error = Assert.Single(
            output.Split('\n').Distinct(), line => line.Contains("error", StringComparison.Ordinal));
        Assert.StartsWith(
            package.PathOf("Old/Old.csproj") + " : error WM6001: The C# compiler of this build is version 4.13, and ",
            error, StringComparison.Ordinal);
        Assert.Contains(".NET SDK 9.0.300 or later", error, StringComparison.Ordinal);
    }
}

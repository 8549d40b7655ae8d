namespace Waymark.Package.Tests;

/// <summary>Twenty mistakes in a project that uses the package: seen in the build, mended by dotnet format.</summary>
/// <remarks>The sources are in Planted/Mistakes; comments in them say what is expected where.</remarks>
public sealed class PlantedMistakeTests(PackedWaymark package)
{
    /// <summary>The planted ones that have no fix, because only the author knows what was meant.</summary>
    private static readonly string[] WithoutFix = ["WM1021", "WM2032"];

    private static readonly (string File, string Text)[] Sources = Planting.SourcesOf("Mistakes");

    [Fact]
    public void They_are_twenty_different_ones() =>
        Assert.Equal(20, Planting.Expected(Sources).Select(found => found.Id).Distinct().Count());

    [Fact]
    public async Task The_build_shows_each_at_its_place_and_dotnet_format_mends_those_with_a_fix()
    {
        await package.CreateAsync("Planted", [.. Sources, Planting.Program]);

        (int exitCode, string output) = await package.BuildAsync("Planted");
        Assert.Equal(1, exitCode);
        List<Found> expected = Planting.Expected(Sources);
        Assert.Equal(expected, Planting.Shown(output));

        (exitCode, output) = await package.RunAsync(
            "format", "analyzers", "Planted/Planted.csproj", "--no-restore", "-v:normal");
        Assert.True(exitCode == 0, output);

        // Every fix edits within its lines, or below them: what is left stays where it was. A parameter that a fix has
        // added deserves advice, since nothing reads it yet; that is no mistake that was planted.
        (exitCode, output) = await package.BuildAsync("Planted", "--no-restore");
        Assert.Equal(1, exitCode);
        Assert.Equal(
            expected.FindAll(found => WithoutFix.Contains(found.Id)),
            Planting.Shown(output).FindAll(found => found.Id is not ("WM2006" or "WM2024")));
    }

    /// <summary>
    /// The generator cannot see into string literals as the analyzers do: it shows attribute, parameter or method.
    /// </summary>
    [Fact]
    public async Task A_build_without_analyzers_fails_at_the_same_lines()
    {
        await package.CreateAsync("Unanalysed", [.. Sources, Planting.Program]);

        (int exitCode, string output) = await package.BuildAsync("Unanalysed", "-p:RunAnalyzers=false");

        Assert.Equal(1, exitCode);
        Assert.Equal(
            Planting.Expected(Sources).Select(found => (found.File, found.Line, found.Id)),
            Planting.Shown(output).Select(found => (found.File, found.Line, found.Id)));
        Assert.Contains(
            "Templates.cs(11,6): error CS1029: #error: 'WM1002: Nothing stands between these two slashes", output,
            StringComparison.Ordinal);
        Assert.Contains("remove one '/'. (/a//b, Templates.Segments)'", output, StringComparison.Ordinal);
    }
}

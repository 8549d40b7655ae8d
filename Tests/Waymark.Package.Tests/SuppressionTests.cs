namespace Waymark.Package.Tests;

/// <summary>
/// What the SDK's analyzers and the compiler say of handlers, with the suppressions and without them.
/// </summary>
/// <remarks>The source is in Planted/Advice; comments in it say what is expected where.</remarks>
public sealed class SuppressionTests(PackedWaymark package)
{
    private static readonly string[] Watched =
        ["CA1062", "CA1801", "CA1811", "CA1812", "CA1823", "CS8618", "IDE0051", "IDE0060", "IDE1006", "VSTHRD200"];

    private static readonly (string, string) Style = (
        ".editorconfig",
        """
        root = true
        [*.cs]
        dotnet_diagnostic.CA1062.severity = warning
        dotnet_diagnostic.CA1812.severity = warning
        dotnet_diagnostic.CA1823.severity = warning
        dotnet_diagnostic.IDE0051.severity = warning
        dotnet_diagnostic.IDE0060.severity = warning
        dotnet_diagnostic.IDE1006.severity = warning
        dotnet_naming_rule.asynchronous.symbols = asynchronous_methods
        dotnet_naming_rule.asynchronous.style = ends_in_async
        dotnet_naming_rule.asynchronous.severity = warning
        dotnet_naming_symbols.asynchronous_methods.applicable_kinds = method
        dotnet_naming_symbols.asynchronous_methods.required_modifiers = async
        dotnet_naming_style.ends_in_async.required_suffix = Async
        dotnet_naming_style.ends_in_async.capitalization = pascal_case
        """);

    private static readonly (string, string) Analyzers = (
        "Directory.Build.props",
        """
        <Project>
          <PropertyGroup>
            <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Microsoft.VisualStudio.Threading.Analyzers" Version="18.12.1" PrivateAssets="all" />
          </ItemGroup>
        </Project>
        """);

    [Fact]
    public async Task Those_that_cannot_know_better_are_taken_back_and_all_others_stay()
    {
        (string, string)[] sources = Planting.SourcesOf("Advice");
        await package.CreateAsync("Advised", [.. sources, Planting.Program, Style, Analyzers]);

        (int exitCode, string output) = await package.BuildAsync("Advised");
        Assert.True(exitCode == 0, output);
        Assert.Equal(Planting.Expected(sources), Seen(output));

        // A suppression can be switched off like a diagnostic.
        (exitCode, output) = await package.BuildAsync(
            "Advised", "--no-restore", "--no-incremental", "-p:NoWarn=WMS002%3BWMS004%3BWMS005%3BWMS007");
        Assert.True(exitCode == 0, output);
        Assert.Equal(Planting.Expected(sources, areTakenBack: false), Seen(output));
    }

    private static List<Found> Seen(string output) =>
        Planting.Shown(output).FindAll(found => Watched.Contains(found.Id));
}

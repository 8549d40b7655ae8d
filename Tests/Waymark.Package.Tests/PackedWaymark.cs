using Waymark.Package.Tests;
using Waymark.TestSupport;

[assembly: AssemblyFixture(typeof(PackedWaymark))]

namespace Waymark.Package.Tests;

/// <summary>
/// The packages, packed once for all tests into a feed outside the repository, and projects beside it that use them.
/// </summary>
/// <remarks>
/// The feed is the only source, and packages are unpacked into a folder of the fixture's own: so nobody else's Waymark
/// can be taken by mistake, and nothing is downloaded. What the package depends on comes from the machine's folder of
/// packages, where the restore of this repository has put it.
/// </remarks>
public sealed class PackedWaymark : IAsyncLifetime
{
    public const string Version = "0.0.0-test";

    private readonly string _folder = Directory.CreateTempSubdirectory("waymark-package-").FullName;

    /// <summary>The package as a file.</summary>
    public string Path => PathOf($"feed/Waymark.{Version}.nupkg");

    /// <summary>Its symbols.</summary>
    public string SymbolsPath => PathOf($"feed/Waymark.{Version}.snupkg");

    /// <summary>One of the packages beside it, as a file.</summary>
    public string FileOf(string name) => PathOf($"feed/{name}.{Version}.nupkg");

    /// <summary>A path below the folder of the fixture.</summary>
    public string PathOf(string path) => System.IO.Path.Combine(_folder, path);

    public async ValueTask InitializeAsync()
    {
        // An artifacts folder of its own: the running test session's outputs stay untouched. The build of the
        // repository has analysed the same sources before.
        foreach (string name in (string[])["Waymark", "Waymark.RateLimiting", "Waymark.Testing"])
        {
            (int exitCode, string output) = await Tool.RunAsync(
                Repository.Root,
                [],
                "pack", $"Runtime/{name}", "-c", "Release", "-o", PathOf("feed"), "--artifacts-path",
                PathOf("artifacts"), $"-p:Version={Version}", "-p:RunAnalyzers=false", "--nologo");
            if (exitCode != 0)
                throw new InvalidOperationException($"dotnet pack Runtime/{name} ended with {exitCode}:\n{output}");
        }

        await WriteAsync(
            "nuget.config",
            """
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="feed" />
              </packageSources>
            </configuration>
            """);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes a project as <c>dotnet new console</c> does, with the package added, and its sources.</summary>
    /// <param name="name">The project and its folder.</param>
    /// <param name="sources">The sources by file name.</param>
    public Task CreateAsync(string name, params (string File, string Text)[] sources) =>
        CreateWithAsync(name, "Waymark", sources);

    /// <summary>The same with another of the packages, which brings along what it needs.</summary>
    public async Task CreateWithAsync(string name, string package, params (string File, string Text)[] sources)
    {
        await WriteAsync(
            $"{name}/{name}.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        foreach ((string file, string text) in sources)
            await WriteAsync($"{name}/{file}", text);
    }

    /// <summary>Builds a project; of the output, errors and warnings are left.</summary>
    public Task<(int ExitCode, string Output)> BuildAsync(string name, params string[] arguments) =>
        RunAsync(["build", name, "-v:quiet", "--nologo", .. arguments]);

    /// <summary>Runs a command of <c>dotnet</c> in the fixture's folder.</summary>
    public Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => Tool.RunAsync(
        _folder,
        [("NUGET_PACKAGES", PathOf("packages")), ("NUGET_FALLBACK_PACKAGES", MachinePackages())],
        arguments);

    private async Task WriteAsync(string path, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(PathOf(path))!);
        await File.WriteAllTextAsync(PathOf(path), text);
    }

    private static string MachinePackages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : System.IO.Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}

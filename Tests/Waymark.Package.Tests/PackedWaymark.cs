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
    public const string LaterVersion = "0.0.1-test";
    public const string RepositoryUrl = "https://example.com/waymark";

    private static readonly string[] Names =
        ["Waymark", "Waymark.RateLimiting", "Waymark.Testing", "Waymark.Templates"];

    private readonly string _folder = Directory.CreateTempSubdirectory("waymark-package-").FullName;
    private readonly SemaphoreSlim _packingLater = new(1);

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
        foreach (string name in Names)
            await PackAsync(name, Version, "artifacts", "feed");

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
        _packingLater.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Waymark once more, as a later version and as a release is packed: with its address.</summary>
    /// <returns>The package as a file; packed once, whoever asks first.</returns>
    public async Task<string> PackLaterAsync()
    {
        string file = PathOf($"feed/Waymark.{LaterVersion}.nupkg");
        await _packingLater.WaitAsync();
        try
        {
            if (!File.Exists(file))
                await PackAsync("Waymark", LaterVersion, "artifacts", "feed", $"-p:RepositoryUrl={RepositoryUrl}");
            return file;
        }
        finally
        {
            _packingLater.Release();
        }
    }

    /// <summary>The same Waymark once more, from the first file on.</summary>
    /// <returns>The package as a file.</returns>
    public async Task<string> PackAgainAsync()
    {
        await PackAsync("Waymark", Version, "again/artifacts", "again");
        return PathOf($"again/Waymark.{Version}.nupkg");
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

    /// <summary>Changes a project file.</summary>
    public async Task EditAsync(string name, string from, string to)
    {
        string path = $"{name}/{name}.csproj";
        string text = await File.ReadAllTextAsync(PathOf(path));
        Assert.Contains(from, text, StringComparison.Ordinal);
        await WriteAsync(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Builds a project; of the output, errors and warnings are left.</summary>
    public Task<(int ExitCode, string Output)> BuildAsync(string name, params string[] arguments) =>
        RunAsync(["build", name, "-v:quiet", "--nologo", .. arguments]);

    /// <summary>Runs a command of <c>dotnet</c> in the fixture's folder.</summary>
    public Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => Tool.RunAsync(
        _folder,
        [
            ("NUGET_PACKAGES", PathOf("packages")),
            ("NUGET_FALLBACK_PACKAGES", MachinePackages()),
            // Installed templates, and what file-based programs are built into, stay in here as well.
            ("DOTNET_CLI_HOME", PathOf("home")),
            ("XDG_DATA_HOME", PathOf("home")),
            // Where only a later runtime is installed, tests for net9.0 run on that.
            ("DOTNET_ROLL_FORWARD", "Major"),
        ],
        arguments);

    /// <summary>Runs a command of <c>dotnet</c>, which has to succeed.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> SucceedAsync(params string[] arguments)
    {
        (int exitCode, string output) = await RunAsync(arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
        return output;
    }

    /// <summary>Writes a file below the folder of the fixture.</summary>
    public async Task WriteAsync(string path, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(PathOf(path))!);
        await File.WriteAllTextAsync(PathOf(path), text);
    }

    // An artifacts folder of its own: the running test session's outputs stay untouched. The build of the repository
    // has analysed the same sources before.
    private async Task PackAsync(
        string name, string version, string artifacts, string output, params string[] arguments)
    {
        (int exitCode, string printed) = await Tool.RunAsync(
            Repository.Root,
            [],
            [
                "pack", $"Runtime/{name}", "-c", "Release", "-o", PathOf(output), "--artifacts-path",
                PathOf(artifacts), $"-p:Version={version}", "-p:RunAnalyzers=false", "--nologo", .. arguments,
            ]);
        if (exitCode != 0)
            throw new InvalidOperationException($"dotnet pack Runtime/{name} ended with {exitCode}:\n{printed}");
    }

    private static string MachinePackages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : System.IO.Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}

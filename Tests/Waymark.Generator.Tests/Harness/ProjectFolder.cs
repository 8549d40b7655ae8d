using System.Diagnostics;

namespace Waymark.Generator.Tests.Harness;

/// <summary>Projects in a folder outside the repository, which reference what was built beside this test.</summary>
internal sealed class ProjectFolder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string _folder = Directory.CreateTempSubdirectory("waymark-build-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public string PathOf(string path) => Path.Combine(_folder, path);

    public void Write(string path, string text)
    {
        string file = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>A project file; <paramref name="more"/> stands at its end.</summary>
    public static string ProjectOf(string outputType, string reference, string more = "") =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>{outputType}</OutputType>
            <Nullable>enable</Nullable>
            <NuGetAudit>false</NuGetAudit>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="{Built("Waymark", "_net10.0")}" />
            <Analyzer Include="{Built("Waymark.Generator", "")}" />
            <Analyzer Include="{Built("Waymark.Analyzers", "")}" />
            {reference}
          </ItemGroup>
          {more}
        </Project>
        """;

    /// <summary>A product's assembly in the configuration of this test: .../bin/Name/debug/Name.dll</summary>
    private static string Built(string name, string framework)
    {
        string own = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string path = Path.GetFullPath(
            Path.Combine(own, "..", "..", name, Path.GetFileName(own) + framework, name + ".dll"));
        Assert.True(File.Exists(path), path);
        return path;
    }

    public async Task<(int ExitCode, string Output)> BuildAsync(string project)
    {
        var start = new ProcessStartInfo("dotnet", ["build", Path.Combine(_folder, project), "--nologo"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = _folder,
        };
        // The test host's own build settings are not those of a user's shell.
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, output);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}

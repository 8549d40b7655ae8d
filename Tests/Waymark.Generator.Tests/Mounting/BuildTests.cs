using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Waymark.Generator.Tests.Mounting;

/// <summary>A conflict between two projects fails <c>dotnet build</c>, once and with both places.</summary>
/// <remarks>
/// Two projects in a folder outside the repository, which reference what was built beside this test: one build of about
/// five seconds.
/// </remarks>
public sealed partial class BuildTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string _folder = Directory.CreateTempSubdirectory("waymark-mount-").FullName;

    [Fact]
    public async Task Two_conflicting_routes_in_two_projects_fail_the_build_with_one_message()
    {
        Write("Lib/Lib.csproj", ProjectOf("Library", ""));
        Write(
            "Lib/Invoices.cs",
            """
            using Waymark;
            [assembly: ExportRoutes]
            static class Invoices { [Get("/:id<int>")] internal static string Find(int id) => ""; }
            """);
        Write("Host/Host.csproj", ProjectOf("Exe", "<ProjectReference Include=\"../Lib/Lib.csproj\" />"));
        Write(
            "Host/Program.cs",
            """
            using Waymark;
            [assembly: Mount<Lib.Routes>("/lib")]
            System.Console.WriteLine(Routes.Table);
            static class Home
            {
                [Get("/lib/:text<hex>")] internal static string Take(string text) => text;
            }
            """);

        (int exitCode, string output) = await BuildAsync("Host");

        Assert.Equal(1, exitCode);
        string error = Assert.Single(ErrorPattern().Matches(output).Select(match => match.Value).Distinct());
        Assert.StartsWith("Program.cs(2,12): error WM5010: ", error, StringComparison.Ordinal);
        Assert.Contains("'GET /lib/:id<int> (Invoices.Find of Lib.Routes)'", error, StringComparison.Ordinal);
        Assert.Contains(
            "'GET /lib/:text<hex> (Home.Take)' at Program.cs(6) both match /lib/0,", error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string path, string text)
    {
        string file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static string ProjectOf(string outputType, string reference) =>
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

    private async Task<(int ExitCode, string Output)> BuildAsync(string project)
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

    [GeneratedRegex(@"[^/\\\s]+\(\d+,\d+\): error [^\n]*?(?= \[)|error [^\n]*?(?= \[)")]
    private static partial Regex ErrorPattern();
}

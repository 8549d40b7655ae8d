using System.Text.RegularExpressions;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Mounting;

/// <summary>A conflict between two projects fails <c>dotnet build</c>, once and with both places.</summary>
/// <remarks>
/// Two projects in a folder outside the repository, which reference what was built beside this test: one build of about
/// five seconds.
/// </remarks>
public sealed partial class BuildTests : IDisposable
{
    private readonly ProjectFolder _folder = new();

    [Fact]
    public async Task Two_conflicting_routes_in_two_projects_fail_the_build_with_one_message()
    {
        _folder.Write("Lib/Lib.csproj", ProjectFolder.ProjectOf("Library", ""));
        _folder.Write(
            "Lib/Invoices.cs",
            """
            using Waymark;
            [assembly: ExportRoutes]
            static class Invoices { [Get("/:id<int>")] internal static string Find(int id) => ""; }
            """);
        _folder.Write(
            "Host/Host.csproj",
            ProjectFolder.ProjectOf("Exe", "<ProjectReference Include=\"../Lib/Lib.csproj\" />"));
        _folder.Write(
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

        (int exitCode, string output) = await _folder.BuildAsync("Host");

        Assert.Equal(1, exitCode);
        string error = Assert.Single(ErrorPattern().Matches(output).Select(match => match.Value).Distinct());
        Assert.StartsWith("Program.cs(2,12): error WM5010: ", error, StringComparison.Ordinal);
        Assert.Contains("'GET /lib/:id<int> (Invoices.Find of Lib.Routes)'", error, StringComparison.Ordinal);
        Assert.Contains(
            "'GET /lib/:text<hex> (Home.Take)' at Program.cs(6) both match /lib/0,", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex(@"[^/\\\s]+\(\d+,\d+\): error [^\n]*?(?= \[)|error [^\n]*?(?= \[)")]
    private static partial Regex ErrorPattern();
}

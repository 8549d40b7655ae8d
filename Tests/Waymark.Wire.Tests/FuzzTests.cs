using System.Diagnostics;
using System.Globalization;

namespace Waymark.Wire.Tests;

/// <summary>A minute of fuzzing in every run; <c>Tests/Waymark.Fuzz/README.md</c> has the longer command.</summary>
public sealed class FuzzTests
{
    /// <summary>Shortens or lengthens the minute, in seconds.</summary>
    private const string SecondsVariable = "WAYMARK_FUZZ_SECONDS";

    // Starting, rewriting and a loaded machine; what is fuzzed has its own watch.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Nothing_is_found_within_a_minute()
    {
        int seconds = int.TryParse(Environment.GetEnvironmentVariable(SecondsVariable), CultureInfo.InvariantCulture,
            out int wanted) ? wanted : 60;
        string findings = Directory.CreateTempSubdirectory("waymark-fuzz-found-").FullName;
        (int exitCode, string output) = await RunAsync(
            "--seconds", seconds.ToString(CultureInfo.InvariantCulture), "--out", findings);
        TestContext.Current.TestOutputHelper!.WriteLine(output);
        Assert.True(exitCode == 0, output);
        Assert.Matches("[1-9][0-9,]* executions, [1-9][0-9,]{4,} edges", output);
        Directory.Delete(findings, recursive: true);
    }

    [Fact]
    public async Task An_unknown_target_is_refused_with_the_list()
    {
        (int exitCode, string output) = await RunAsync("heads");
        Assert.Equal(2, exitCode);
        Assert.Contains("\"heads \" is not understood.", output, StringComparison.Ordinal);
        Assert.Contains("targets: head chunk path", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        // The same configuration as this test: .../bin/Waymark.Wire.Tests/debug -> .../bin/Waymark.Fuzz/debug
        string own = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string program = Path.Combine(own, "..", "..", "Waymark.Fuzz", Path.GetFileName(own), "Waymark.Fuzz.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}

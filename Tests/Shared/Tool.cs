using System.Diagnostics;

namespace Waymark.TestSupport;

/// <summary>A program of the system that is run against a server; tests skip where it is missing.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Skips the test where a program is missing.</summary>
    public static void Need(params string[] programs)
    {
        foreach (string program in programs)
            Assert.SkipUnless(Exists(program), $"{program} is not installed.");
    }

    public static bool Exists(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs a program to its end, with nothing to read.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments) =>
        RunWithInputAsync("", program, arguments);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="input">What it reads from standard input, and then its end.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The exit code, and what it wrote to standard output and behind that to standard error.</returns>
    public static async Task<(int ExitCode, string Output)> RunWithInputAsync(
        string input, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), patience.Token);
            process.StandardInput.Close();
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

using System.Diagnostics;
using System.Text;
using Waymark.TestSupport;

namespace Waymark.Aot.Tests;

/// <summary>A sample, published natively once for all tests, into a folder of its own.</summary>
/// <param name="name">Its folder in Samples, which is the binary's name as well.</param>
public abstract class PublishedSample(string name) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waymark-aot-").FullName;

    /// <summary>What the publish printed.</summary>
    public string PublishOutput { get; private set; } = "";

    /// <summary>The native binary.</summary>
    public string BinaryPath => Path.Combine(_folder, "out", name);

    public async ValueTask InitializeAsync()
    {
        // An artifacts folder of its own: the running test session's build outputs stay untouched.
        string[] arguments =
        [
            "publish", Repository.PathOf($"Samples/{name}"), "-c", "Release", "-f", "net9.0", "-r", "linux-x64",
            "--artifacts-path", Path.Combine(_folder, "artifacts"), "-o", Path.Combine(_folder, "out"), "--nologo",
        ];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The test host's own build settings are not those of a user's shell.
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        PublishOutput = new StringBuilder(await output).Append(await errors).ToString();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"dotnet publish ended with {process.ExitCode}:\n{PublishOutput}");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Fails where trimming or AOT warned of anything, or where nothing native was made.</summary>
    internal void AssertCleanNative()
    {
        Assert.DoesNotContain("warning", PublishOutput, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Generating native code", PublishOutput, StringComparison.Ordinal);
    }
}

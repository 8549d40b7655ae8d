using System.Diagnostics;
using System.Text;
using Waymark.Aot.Tests;
using Waymark.TestSupport;

[assembly: AssemblyFixture(typeof(PublishedHello))]

namespace Waymark.Aot.Tests;

/// <summary>Samples/Hello, published natively once for all tests, into a folder of its own.</summary>
public sealed class PublishedHello : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waymark-aot-").FullName;

    /// <summary>What the publish printed.</summary>
    public string PublishOutput { get; private set; } = "";

    /// <summary>The native binary.</summary>
    public string BinaryPath { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        // An artifacts folder of its own: the running test session's build outputs stay untouched.
        string[] arguments =
        [
            "publish", Repository.PathOf("Samples/Hello"), "-c", "Release", "-f", "net9.0", "-r", "linux-x64",
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
        BinaryPath = Path.Combine(_folder, "out", "Hello");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Waymark.Testing;

/// <summary>A project, published as a native binary.</summary>
/// <remarks>Immutable and safe for use by any number of threads.</remarks>
/// <example>
/// <code>
/// NativeApp app = await NativeApp.PublishAsync("../Shop/Shop.csproj");
/// await using AppProcess shop = await app.StartAsync(new AppStart { HealthPath = "/readyz" });
/// </code>
/// </example>
public sealed class NativeApp
{
    private static readonly TimeSpan LockPeriod = TimeSpan.FromMilliseconds(200);
    private static readonly ConcurrentDictionary<(string, string?), Lazy<Task<NativeApp>>> Published = new();

    private NativeApp(string binaryPath, string publishOutput)
    {
        BinaryPath = binaryPath;
        PublishOutput = publishOutput;
    }

    /// <summary>The binary.</summary>
    public string BinaryPath { get; }

    /// <summary>What the publish printed: the warnings of the trimmer and the compiler are in it.</summary>
    public string PublishOutput { get; }

    /// <summary>Publishes a project, once for this process: whoever asks again gets the same binary.</summary>
    /// <remarks>
    /// Runs <c>dotnet publish</c>, so the SDK and a linker have to be there, and the project has to set
    /// <c>PublishAot</c>. Test processes that publish the same project at the same time take turns.
    /// </remarks>
    /// <param name="projectPath">The project file, or its folder; relative to the current directory.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException"><paramref name="projectPath"/> is null or empty.</exception>
    /// <exception cref="InvalidOperationException">
    /// The publish has failed, or has made nothing native: the message is what it printed.
    /// </exception>
    /// <exception cref="TimeoutException">It took longer than <see cref="NativeAppOptions.Timeout"/>.</exception>
    public static Task<NativeApp> PublishAsync(string projectPath, NativeAppOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(projectPath);
        string project = Path.TrimEndingDirectorySeparator(Path.GetFullPath(projectPath));
        NativeAppOptions chosen = options ?? new NativeAppOptions();
        string[] arguments = ArgumentsOf(project, chosen);
        string folder = Path.GetFullPath(chosen.OutputFolder ?? FolderOf(project, arguments));
        return Published.GetOrAdd(
            (string.Join('\0', [folder, .. arguments]), chosen.BinaryName),
            _ => new Lazy<Task<NativeApp>>(() => PublishAsync(project, arguments, folder, chosen))).Value;
    }

    /// <summary>Starts the binary, and waits until it serves.</summary>
    /// <param name="start">How; null for the defaults: on a free port of 127.0.0.1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="AppStart.Timeout"/> is not more than zero.</exception>
    /// <exception cref="InvalidOperationException">
    /// It cannot be started, has ended, or did not serve in time: the message says which, and what it printed.
    /// </exception>
    public Task<AppProcess> StartAsync(AppStart? start = null) => AppProcess.StartAsync(BinaryPath, start);

    // PublishAot is left to the project: as an argument it would go to the projects that it references as well, which
    // fails for those that are no applications of .NET's own frameworks, as generators are not.
    private static string[] ArgumentsOf(string project, NativeAppOptions options) =>
    [
        "publish", project, "-c", options.Configuration, "-r", options.RuntimeIdentifier,
        .. options.Framework is null ? (string[])[] : ["-f", options.Framework],
        "--nologo", .. options.Arguments,
    ];

    private static string FolderOf(string project, string[] arguments)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', arguments)));
        string beside = Directory.Exists(project) ? project : Path.GetDirectoryName(project)!;
        return Path.Combine(beside, "obj", "waymark-native", Convert.ToHexStringLower(hash.AsSpan(0, 8)));
    }

    private static async Task<NativeApp> PublishAsync(
        string project, string[] arguments, string folder, NativeAppOptions options)
    {
        string output = Path.Combine(folder, "out");
        Directory.CreateDirectory(folder);
        using var patience = new CancellationTokenSource(options.Timeout);
        try
        {
            using FileStream held = await LockAsync(Path.Combine(folder, "lock"), patience.Token).ConfigureAwait(false);
            string printed = await RunAsync(
                [.. arguments, "--artifacts-path", Path.Combine(folder, "artifacts"), "-o", output], patience.Token)
                .ConfigureAwait(false);
            string name = options.BinaryName ?? NameOf(project);
            return new NativeApp(BinaryIn(output, name, printed), printed);
        }
        catch (OperationCanceledException cause)
        {
            throw new TimeoutException($"dotnet publish {project} took longer than {options.Timeout}.", cause);
        }
    }

    /// <summary>Waits until no other process publishes into the folder.</summary>
    private static async Task<FileStream> LockAsync(string path, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(LockPeriod, TimeProvider.System, stop).ConfigureAwait(false);
            }
        }
    }

    private static async Task<string> RunAsync(string[] arguments, CancellationToken stop)
    {
        // The `dotnet` that runs the tests, where it says so; else the one that the shell would take.
        string? host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH");
        string dotnet = string.IsNullOrEmpty(host) ? "dotnet" : host;
        var start = new ProcessStartInfo(dotnet, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The test host's own build settings are not those of a user's shell, and a build server that stays would keep
        // the pipes open for minutes.
        foreach (string name in start.Environment.Keys.Where(IsOfBuild).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(stop);
            Task<string> errors = process.StandardError.ReadToEndAsync(stop);
            string printed = await output.ConfigureAwait(false) + await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(stop).ConfigureAwait(false);
            return process.ExitCode == 0
                ? printed
                : throw new InvalidOperationException(
                    $"dotnet {string.Join(' ', arguments)} ended with exit code {process.ExitCode}.\n{printed}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static bool IsOfBuild(string name) => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string project)
    {
        if (!Directory.Exists(project))
            return Path.GetFileNameWithoutExtension(project);
        string[] files = Directory.GetFiles(project, "*.*proj");
        return Path.GetFileNameWithoutExtension(files.Length == 1 ? files[0] : project);
    }

    private static string BinaryIn(string output, string name, string printed)
    {
        string binary = Path.Combine(output, name + (OperatingSystem.IsWindows() ? ".exe" : ""));
        if (!File.Exists(binary))
        {
            throw new InvalidOperationException(
                $"The publish has made no {binary}: where AssemblyName is another, set BinaryName.\n{printed}");
        }

        // Beside a binary that is not native lies the assembly that it runs.
        return File.Exists(Path.Combine(output, name + ".dll"))
            ? throw new InvalidOperationException(
                $"{binary} is not native: set PublishAot in the project, not only on a command line.\n{printed}")
            : binary;
    }
}

using System.Diagnostics;

namespace Waymark.Wire.Tests.Support;

/// <summary>Headless Chromium, where the machine has one, on a page of a test.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly Process _process;
    private readonly string _profile;

    private Browser(Process process, string profile)
    {
        _process = process;
        _profile = profile;
    }

    /// <summary>How long a page may take: a browser starts in seconds, and in many more on a busy machine.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(90);

    /// <summary>The program; null where there is none.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Opens a page and leaves it open. The test is skipped where there is no browser.</summary>
    public static Browser Open(Uri page) => Start(page, "--remote-debugging-port=0");

    /// <summary>Opens a page, waits until its scripts are done, and writes what it shows into a PNG file.</summary>
    public static async Task TakeScreenshotAsync(Uri page, string file)
    {
        await using Browser browser = Start(
            page, $"--screenshot={file}", "--window-size=800,600", "--virtual-time-budget=30000");
        await browser._process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        for (int attempt = 0; Directory.Exists(_profile) && attempt < 10; attempt++)
        {
            try
            {
                Directory.Delete(_profile, recursive: true);
            }
            catch (IOException)
            {
                // A process of the tree is still writing its last files.
                await Task.Yield();
            }
        }
    }

    private static Browser Start(Uri page, params string[] more)
    {
        Assert.SkipWhen(Program is null, "There is no Chromium on the PATH.");
        string profile = Directory.CreateTempSubdirectory("waymark-browser-").FullName;
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-extensions", "--disable-background-networking", "--disable-component-update",
            "--no-proxy-server", $"--user-data-dir={profile}", .. more, page.AbsoluteUri,
        ];
        var process = Process.Start(new ProcessStartInfo(Program!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new Browser(process, profile);
    }
}

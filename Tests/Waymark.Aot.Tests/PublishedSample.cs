using Waymark.TestSupport;
using Waymark.Testing;

namespace Waymark.Aot.Tests;

/// <summary>A program of ours, published natively once for all tests, into a folder of its own.</summary>
/// <param name="project">Its folder, called like its project.</param>
public abstract class PublishedSample(string project) : IAsyncLifetime
{
    // Empty, so that all of it is compiled, and what the compilers say of it is seen.
    private readonly string _folder = Directory.CreateTempSubdirectory("waymark-aot-").FullName;
    private NativeApp? _app;

    /// <summary>The program.</summary>
    public NativeApp App => _app!;

    /// <summary>What the publish printed.</summary>
    public string PublishOutput => App.PublishOutput;

    /// <summary>The native binary.</summary>
    public string BinaryPath => App.BinaryPath;

    public async ValueTask InitializeAsync() => _app = await NativeApp.PublishAsync(
        Repository.PathOf(project),
        new NativeAppOptions { Framework = "net9.0", RuntimeIdentifier = "linux-x64", OutputFolder = _folder });

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

using Waymark.Aot.Tests;
using Waymark.Testing;

[assembly: AssemblyFixture(typeof(PublishedAllMiddleware))]

namespace Waymark.Aot.Tests;

/// <summary>Tests/AllMiddleware as a native binary.</summary>
public sealed class PublishedAllMiddleware() : PublishedSample("Tests/AllMiddleware");

/// <summary>The native binary, running on a folder of static files, for a class of tests.</summary>
public sealed class NativeAllMiddleware(PublishedAllMiddleware published) : IAsyncLifetime
{
    private readonly string _assets = Directory.CreateTempSubdirectory("waymark-assets-").FullName;
    private AppProcess? _app;

    internal AppProcess App => _app!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_assets, "site.css"), "body { color: navy }\n");
        _app = await published.App.StartAsync(new AppStart
        {
            Environment = new Dictionary<string, string> { ["ALL_ASSETS"] = _assets },
            HealthPath = "/readyz",
        });
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, await App.StopAsync());
        await App.DisposeAsync();
        Directory.Delete(_assets, recursive: true);
    }
}

using System.Net.Http.Json;
using Waymark.TestSupport;
using Waymark.Wire.Tests;

[assembly: AssemblyFixture(typeof(RunningShop))]

namespace Waymark.Wire.Tests;

/// <summary>Samples/Modules/Shop in a process of its own, for all tests here.</summary>
public sealed class RunningShop : IAsyncLifetime
{
    private RunningServer? _server;

    internal RunningServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        // The same configuration as this test: .../bin/Waymark.Wire.Tests/debug -> .../bin/Shop/debug
        string own = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string shop = Path.Combine(own, "..", "..", "Shop", Path.GetFileName(own), "Shop.dll");
        _server = await RunningServer.StartAsync(["dotnet", Path.GetFullPath(shop), "http://127.0.0.1:0"]);
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, await Server.TerminateAsync());
        await Server.DisposeAsync();
    }
}

/// <summary>What a host serves of its own and of a mounted library, through real sockets.</summary>
public sealed class ModulesTests(RunningShop shop)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HttpClient Client => shop.Server.Client;

    [Theory]
    [InlineData("/", 200, "Shop\n")]
    [InlineData("/items/it-1", 200, "Item it-1\n")]
    [InlineData("/items/INV-1", 404, null)]
    [InlineData("/billing/invoices", 200, """[{"number":"INV-1","cents":4200}]""")]
    [InlineData("/billing/invoices/INV-7", 200, """{"number":"INV-7","cents":4200}""")]
    [InlineData("/billing/invoices/INV-%C3%A9", 200, """{"number":"INV-\u00E9","cents":4200}""")]
    [InlineData("/billing/invoices/it-7", 200, "Billing has no invoices/it-7\n")]
    [InlineData("/billing", 404, null)]
    [InlineData("/billing/", 200, "Billing has no \n")]
    [InlineData("/invoices", 404, null)]
    public async Task A_GET_is_answered_by_host_or_library(string path, int status, string? body)
    {
        using HttpResponseMessage answer = await Client.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(status, (int)answer.StatusCode);
        if (body is not null)
            Assert.Equal(body, await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task A_mounted_handler_reads_JSON_by_the_library_s_own_metadata()
    {
        using HttpResponseMessage answer = await Client.PostAsJsonAsync("/billing/invoices", new { cents = 5 }, Stop);

        Assert.Equal("""{"number":"INV-2","cents":5}""", await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Allow_joins_the_verbs_of_host_and_library()
    {
        using HttpResponseMessage answer = await Client.DeleteAsync(
            new Uri("/billing/invoices", UriKind.Relative), Stop);

        Assert.Equal(405, (int)answer.StatusCode);
        Assert.Equal(["GET", "HEAD", "OPTIONS", "POST"], answer.Content.Headers.Allow.Order(StringComparer.Ordinal));
    }
}

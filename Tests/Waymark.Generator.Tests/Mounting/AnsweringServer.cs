namespace Waymark.Generator.Tests.Mounting;

/// <summary>Serves a table on a free port, for tests that call handlers.</summary>
internal sealed class AnsweringServer(RouteTable table) : IAsyncDisposable
{
    private readonly HttpServer _server = new(table);
    private HttpClient? _client;

    public Task<string> GetAsync(string path) => SendAsync("GET", path);

    /// <summary>The body of the answer, whatever its status.</summary>
    public async Task<string> SendAsync(string method, string path)
    {
        _client ??= await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        using HttpResponseMessage answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<HttpClient> StartAsync()
    {
        await _server.StartAsync("http://127.0.0.1:0");
        return new HttpClient { BaseAddress = new Uri(_server.Endpoints[0]) };
    }
}

namespace Waymark.Generator.Tests.Harness;

/// <summary>Serves a table on a free port, for tests that call handlers.</summary>
internal sealed class AnsweringServer(RouteTable table, ServerOptions? options = null) : IAsyncDisposable
{
    private readonly HttpServer _server = new(table, options);
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

    /// <summary>The answer to a request that is sent byte for byte, up to the end of the connection.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        _client ??= await StartAsync();
        using var client = new System.Net.Sockets.TcpClient();
        CancellationToken stop = TestContext.Current.CancellationToken;
        await client.ConnectAsync("127.0.0.1", new Uri(_server.Endpoints[0]).Port, stop);
        await client.GetStream().WriteAsync(System.Text.Encoding.Latin1.GetBytes(request), stop);
        using var reader = new StreamReader(client.GetStream(), System.Text.Encoding.Latin1);
        return await reader.ReadToEndAsync(stop);
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

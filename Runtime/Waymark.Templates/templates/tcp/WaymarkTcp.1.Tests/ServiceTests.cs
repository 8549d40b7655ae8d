using Waymark;

namespace WaymarkTcp._1.Tests;

public sealed class ServiceTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpServer _server = Service.Create();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // A free port of this machine.
    public async ValueTask InitializeAsync() => await _server.StartAsync("tcp://127.0.0.1:0");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Each_client_has_its_lines_counted()
    {
        await using StreamClient<string, string> ada = await ConnectAsync();
        await using StreamClient<string, string> bob = await ConnectAsync();

        Assert.Equal("1: hello", await AskAsync(ada, "hello"));
        Assert.Equal("1: hi", await AskAsync(bob, "hi"));
        Assert.Equal("2: hello again", await AskAsync(ada, "hello again"));
    }

    [Fact]
    public async Task Quit_ends_the_connection()
    {
        await using StreamClient<string, string> client = await ConnectAsync();

        Assert.Equal("Bye.", await AskAsync(client, "quit"));
        await Assert.ThrowsAsync<ClientDisconnectedException>(
            async () => await client.ReceiveAsync(Patience, Stop));
    }

    private Task<StreamClient<string, string>> ConnectAsync() =>
        StreamClient.ConnectAsync(_server.Endpoints[0], new LineProtocol(), cancellation: Stop);

    private static async Task<string> AskAsync(StreamClient<string, string> client, string line)
    {
        await client.SendAsync(line, Stop);
        return await client.ReceiveAsync(Patience, Stop);
    }
}

using System.Text;
using Waymark.Hosting;
using Waymark.Tests.Support;

namespace Waymark.Tests.Streams;

/// <summary>A server of lines for one test, whose handler is made of lambdas.</summary>
internal sealed class StreamHost : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private StreamHost(TcpServer server, ListLogger logger, LambdaLines handler) =>
        (Server, Logger, Handler) = (server, logger, handler);

    public TcpServer Server { get; }

    public ListLogger Logger { get; }

    public LambdaLines Handler { get; }

    public string Endpoint => Server.Endpoints[0];

    public static async Task<StreamHost> StartAsync(
        LambdaLines handler, Func<TcpServerOptions, TcpServerOptions>? options = null,
        string address = "tcp://127.0.0.1:0", HostEnvironment? environment = null)
    {
        StreamHost host = Create(handler, options, environment);
        await host.Server.StartAsync(address);
        return host;
    }

    public static StreamHost Create(
        LambdaLines handler, Func<TcpServerOptions, TcpServerOptions>? options = null,
        HostEnvironment? environment = null)
    {
        var logger = new ListLogger();
        var all = new TcpServerOptions { Logger = logger, IdleGrace = TimeSpan.FromMilliseconds(100) };
        var server = TcpServer.Create(
            new LineProtocol(), handler, options?.Invoke(all) ?? all, environment ?? new HostEnvironment());
        return new StreamHost(server, logger, handler);
    }

    public Task<Peer> ConnectAsync() =>
        Peer.ConnectAsync(Endpoint.Replace("tcp://", "http://", StringComparison.Ordinal));

    /// <summary>What the client hears in all, after it has said something and finished.</summary>
    public async Task<string> TalkAsync(string text)
    {
        using Peer peer = await ConnectAsync();
        await peer.SendAsync(text);
        peer.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        return await peer.ReceiveToEndAsync();
    }

    /// <summary>Receives until so many characters have come.</summary>
    public static async Task<string> ReceiveAsync(Peer peer, int count)
    {
        var text = new StringBuilder();
        while (text.Length < count && await peer.ReceiveAsync() is { Length: > 0 } part)
            text.Append(part);
        return text.ToString();
    }

    /// <summary>Waits until the server is in some state.</summary>
    public async Task UntilAsync(Func<TcpServer, bool> isSo)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!isSo(Server))
        {
            Assert.False(limit.IsCancellationRequested, "The server did not come there.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What the last client was let go for.</summary>
    public Task<(DisconnectReason Reason, bool WasClosing)> UntilDisconnectedAsync() =>
        Handler.Disconnected.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>A handler of lines whose methods a test gives.</summary>
internal sealed class LambdaLines(Func<StreamClient<string, string>, CancellationToken, Task> handle)
    : StreamHandler<string, string>
{
    public Func<ServiceScope, CancellationToken, ValueTask>? OnStarting { get; init; }

    public Func<StreamClient<string, string>, CancellationToken, Task>? OnConnected { get; init; }

    public Func<StreamClient<string, string>, DisconnectReason, Task>? OnDisconnected { get; init; }

    public TaskCompletionSource<(DisconnectReason Reason, bool WasClosing)> Disconnected { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int HandleCount { get; private set; }

    public int DisconnectCount { get; private set; }

    /// <summary>Sends back what it gets, one line a turn.</summary>
    public static LambdaLines Echo() => new(async (client, stop) =>
        await client.SendAsync(await client.ReceiveAsync(stop), stop));

    protected internal override ValueTask OnStartingAsync(ServiceScope scope, CancellationToken stop) =>
        OnStarting?.Invoke(scope, stop) ?? default;

    protected internal override async ValueTask OnConnectedAsync(
        StreamClient<string, string> client, CancellationToken stop)
    {
        if (OnConnected is not null)
            await OnConnected(client, stop);
    }

    protected internal override async ValueTask HandleAsync(
        StreamClient<string, string> client, CancellationToken stop)
    {
        HandleCount++;
        await handle(client, stop);
    }

    protected internal override async ValueTask OnDisconnectedAsync(
        StreamClient<string, string> client, DisconnectReason reason)
    {
        DisconnectCount++;
        bool wasClosing = client.IsClosing;
        try
        {
            if (OnDisconnected is not null)
                await OnDisconnected(client, reason);
        }
        finally
        {
            Disconnected.TrySetResult((reason, wasClosing));
        }
    }
}

using Waymark.CompilerServices;
using Waymark.Tests.Support;

namespace Waymark.Tests.Hosting;

/// <summary>Handlers that block their thread, on each transport: nobody else waits for them.</summary>
public sealed class BlockingHandlerTests
{
    private const int OthersCount = 1000;
    private const int AttemptsMax = 200;
    private const int RouteBlocks = 1312;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly BlockingTable _table = new();

    [Theory]
    [InlineData(ServerTransport.Epoll)]
    [InlineData(ServerTransport.Sockets)]
    public async Task A_handler_that_blocks_leaves_a_thousand_other_connections_answered(ServerTransport transport)
    {
        await using HttpServer server = await StartAsync(transport);
        using HttpPeer blocked = await HttpPeer.ConnectAsync(server);
        await blocked.SendAsync("/block");
        await _table.HasEntered.WaitAsync(Patience, TestContext.Current.CancellationToken);
        for (int i = 0; i < OthersCount; i++)
        {
            using HttpPeer other = await HttpPeer.ConnectAsync(server);
            Assert.StartsWith("HTTP/1.1 200", await other.AskAsync("/fast"), StringComparison.Ordinal);
        }

        _table.Go.Set();
        Assert.StartsWith("HTTP/1.1 200", await blocked.ReceiveAsync(), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await blocked.AskAsync("/fast"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServerTransport.Epoll)]
    [InlineData(ServerTransport.Sockets)]
    public async Task A_handler_that_blocks_on_a_request_to_its_own_server_is_answered(ServerTransport transport)
    {
        await using HttpServer server = await StartAsync(transport);
        using var client = new HttpClient { BaseAddress = new Uri(server.Endpoints[0]), Timeout = Patience };
        _table.Client = client;
        for (int i = 0; i < 4; i++)
            Assert.Contains("fast", await AskAsync(server, "/self"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_that_blocks_runs_on_the_thread_pool_from_its_third_time_on_and_others_do_not()
    {
        var logger = new ListLogger();
        await using HttpServer server = await StartAsync(ServerTransport.Epoll, logger);
        Assert.EndsWith("reactor", await AskAsync(server, "/where"), StringComparison.Ordinal);
        int times = await BlockUntilOnPoolAsync(server, "/block");
        Assert.InRange(times, 3, AttemptsMax);
        Assert.EndsWith("reactor", await AskAsync(server, "/where"), StringComparison.Ordinal);
        Assert.Equal(1, logger.CountOf(RouteBlocks));
    }

    [Fact]
    public async Task A_middleware_that_blocks_runs_on_the_thread_pool_from_its_third_time_on()
    {
        var logger = new ListLogger();
        var options = new ServerOptions { Transport = ServerTransport.Epoll, Logger = logger };
        await using var server = new HttpServer(_table, options);
        server.Use(next => exchange =>
        {
            if (exchange.Request.Path == "/fast2")
            {
                exchange.Response.Headers.Set("Where", Where());
                _table.Block();
            }

            return next(exchange);
        });
        await server.StartAsync("http://127.0.0.1:0");
        Assert.InRange(await BlockUntilOnPoolAsync(server, "/fast2"), 3, AttemptsMax);
        Assert.EndsWith("pool", await AskAsync(server, "/where"), StringComparison.Ordinal);
        Assert.Equal(1, logger.CountOf(RouteBlocks));
    }

    [Fact]
    public async Task A_middleware_of_a_route_that_blocks_runs_on_the_thread_pool_and_other_routes_do_not()
    {
        _table.IsWrapped = true;
        await using HttpServer server = await StartAsync(ServerTransport.Epoll);
        Assert.InRange(await BlockUntilOnPoolAsync(server, "/fast2"), 3, AttemptsMax);
        Assert.EndsWith("reactor", await AskAsync(server, "/where"), StringComparison.Ordinal);
    }

    /// <summary>Blocks for longer each time, until that is on the pool.</summary>
    private async Task<int> BlockUntilOnPoolAsync(HttpServer server, string path)
    {
        for (int times = 1; times <= AttemptsMax; times++)
        {
            using HttpPeer blocked = await HttpPeer.ConnectAsync(server);
            await blocked.SendAsync(path);
            await _table.HasEntered.WaitAsync(Patience, TestContext.Current.CancellationToken);
            for (int i = 0; i < times; i++)
                await AnswerOnEveryReactorAsync(server);
            _table.Go.Set();
            if ((await blocked.ReceiveAsync()).Contains("pool", StringComparison.Ordinal))
                return times;
        }

        return AttemptsMax + 1;
    }

    /// <summary>Proves that the reactor of the blocked connection goes on: each of them has some of these.</summary>
    private static async Task AnswerOnEveryReactorAsync(HttpServer server)
    {
        var others = new List<HttpPeer>();
        for (int i = 0; i < 4 * Environment.ProcessorCount; i++)
            others.Add(await HttpPeer.ConnectAsync(server));
        foreach (HttpPeer other in others)
        {
            Assert.StartsWith("HTTP/1.1 200", await other.AskAsync("/fast"), StringComparison.Ordinal);
            other.Dispose();
        }
    }

    private static async Task<string> AskAsync(HttpServer server, string path)
    {
        using HttpPeer peer = await HttpPeer.ConnectAsync(server);
        return await peer.AskAsync(path);
    }

    private static string Where() => Thread.CurrentThread.IsThreadPoolThread ? "pool" : "reactor";

    private Task<HttpServer> StartAsync(ServerTransport transport, ListLogger? logger = null)
    {
        var options = new ServerOptions { Transport = transport, Logger = logger ?? new ListLogger() };
        return new HttpServer(_table, options).StartAsync("http://127.0.0.1:0");
    }

    /// <summary>/block blocks until it is let go, /fast does not, /self asks its own server, /where tells.</summary>
    private sealed class BlockingTable : RouteTable, IMiddleware
    {
        private static readonly string[] Paths = ["/block", "/fast", "/self", "/where", "/fast2"];

        public SemaphoreSlim HasEntered { get; } = new(0);

        public AutoResetEvent Go { get; } = new(initialState: false);

        public HttpClient? Client { get; set; }

        public bool IsWrapped { get; set; }

        public override IReadOnlyList<RouteInfo> Routes { get; } =
            [.. Paths.Select(path => new RouteInfo("GET", path, "Test"))];

        protected internal override RouteMiddleware? Middleware =>
            IsWrapped ? new RouteMiddleware().Add("", () => this, Array.IndexOf(Paths, "/fast2")) : null;

        public Handler Wrap(Handler next, ServerContext server) => exchange =>
        {
            exchange.Response.Headers.Set("Where", Where());
            Block();
            return next(exchange);
        };

        public void Block()
        {
            HasEntered.Release();
            Assert.True(Go.WaitOne(Patience));
        }

        protected internal override int Match(ReadOnlySpan<byte> path, Verbs verb, ref RouteMatch match)
        {
            for (int i = 0; i < Paths.Length; i++)
            {
                if (System.Text.Ascii.Equals(path, Paths[i]))
                    return i;
            }

            return NoRoute;
        }

        protected internal override ValueTask InvokeAsync(int route, Exchange exchange)
        {
            switch (Paths[route])
            {
                case "/block":
                    string where = Where();
                    Block();
                    exchange.Response.Write(System.Text.Encoding.ASCII.GetBytes(where));
                    break;
                case "/self":
#pragma warning disable xUnit1031 // Blocking is what is tested.
                    exchange.Response.Write(Client!.GetByteArrayAsync(new Uri("/fast", UriKind.Relative)).Result);
#pragma warning restore xUnit1031
                    break;
                default:
                    exchange.Response.Write("fast "u8);
                    exchange.Response.Write(System.Text.Encoding.ASCII.GetBytes(Where()));
                    break;
            }

            return ValueTask.CompletedTask;
        }
    }
}

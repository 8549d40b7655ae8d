using System.Net;
using System.Net.Sockets;
using System.Text;
using Waymark.CompilerServices;
using Waymark.Tests.Support;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Whole servers that are logged, measured and asked for their health.</summary>
public sealed class ObservedServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ListLogger _logger = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_the_gate_refuses_is_named_logged_and_counted_and_health_passes_it()
    {
        using var stream = new MemoryStream();
        var table = new WaitingTable();
        using var log = new MeasurementLog(scope => ReferenceEquals(scope.Routes, table));
        HttpServer server = new HttpServer(table, Options() with { MaxConcurrentRequests = 1 })
            .Use(Health.From())
            .Use(RequestId.From())
            .Use(Telemetry.From())
            .Use(AccessLog.Text(new AccessLogOptions { Stream = stream }));
        await server.StartAsync("http://127.0.0.1:0");
        using var client = new HttpClient { BaseAddress = new Uri(server.Endpoints[0]), Timeout = Patience };
        Task<HttpResponseMessage> waiting = client.GetAsync("/wait", Stop);
        await table.Entered.Task.WaitAsync(Patience, Stop);
        using HttpResponseMessage refused = await client.GetAsync("/wait", Stop);
        using HttpResponseMessage alive = await client.GetAsync("/readyz", Stop);
        table.Release.SetResult();
        using HttpResponseMessage answered = await waiting;
        await server.StopAsync();
        Assert.Equal(
            [HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK, HttpStatusCode.OK],
            [refused.StatusCode, alive.StatusCode, answered.StatusCode]);
        string id = Assert.Single(refused.Headers.GetValues("X-Request-Id"));
        Assert.Contains(log.Of("http.server.request.duration"), line => line.EndsWith(
            " error.type=503 http.request.method=GET http.response.status_code=503 network.protocol.version=1.1 url.scheme=http",
            StringComparison.Ordinal));
        Assert.Contains(log.Of("http.server.request.duration"), line => line.EndsWith(
            " http.request.method=GET http.response.status_code=200 http.route=/wait network.protocol.version=1.1 url.scheme=http",
            StringComparison.Ordinal));

        // Written by the stop, at the latest.
        string[] lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n')[..^1];
        Assert.Contains(lines, line => line.Contains(" /wait HTTP/1.1 503 ", StringComparison.Ordinal)
            && line.EndsWith($" id=\"{id}\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(" /wait HTTP/1.1 200 ", StringComparison.Ordinal)
            && line.Contains(" route=\"/wait\" ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task H24_While_requests_drain_readiness_is_503_on_an_open_connection()
    {
        var table = new WaitingTable();
        HttpServer server = new HttpServer(table, Options()).Use(Health.From());
        await server.StartAsync("http://127.0.0.1:0");
        var address = new Uri(server.Endpoints[0]);
        using var open = new TcpClient();
        await open.ConnectAsync(IPAddress.Loopback, address.Port, Stop);
        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(open, "/readyz"), StringComparison.Ordinal);
        using var client = new HttpClient { BaseAddress = address, Timeout = Patience };
        Task<HttpResponseMessage> waiting = client.GetAsync("/wait", Stop);
        await table.Entered.Task.WaitAsync(Patience, Stop);
        Task stopping = server.StopAsync();
        string answer = await AskAsync(open, "/readyz");
        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"stopping\"", answer, StringComparison.Ordinal);
        table.Release.SetResult();
        using HttpResponseMessage answered = await waiting;
        await stopping;
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        using var late = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(
            async () => await late.ConnectAsync(IPAddress.Loopback, address.Port, Stop));
    }

    [Fact]
    public async Task A_server_that_has_stopped_listening_is_not_ready()
    {
        HttpServer server = new HttpServer(new WaitingTable(), Options()).Use(Health.From());
        await server.StartAsync("http://127.0.0.1:0");
        using var open = new TcpClient();
        await open.ConnectAsync(IPAddress.Loopback, new Uri(server.Endpoints[0]).Port, Stop);
        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(open, "/readyz"), StringComparison.Ordinal);
        await server.StopListeningAsync();
        Assert.StartsWith("HTTP/1.1 503 ", await AskAsync(open, "/readyz"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(open, "/livez"), StringComparison.Ordinal);
        await server.StopAsync();
    }

    [Fact]
    public async Task Connections_are_counted_and_timed_and_refused_ones_told_why()
    {
        var table = new WaitingTable();
        using var log = new MeasurementLog(scope => ReferenceEquals(scope.Routes, table));
        bool isAdmitting = true;
        HttpServer server = new HttpServer(table, Options() with
        {
            MaxConnections = 1,
            OnConnect = (_, _) => ValueTask.FromResult(Volatile.Read(ref isAdmitting)),
        }).Use(Telemetry.From());
        await server.StartAsync("http://127.0.0.1:0");
        int port = new Uri(server.Endpoints[0]).Port;
        using (var first = new TcpClient())
        {
            await first.ConnectAsync(IPAddress.Loopback, port, Stop);
            Assert.StartsWith("HTTP/1.1 404 ", await AskAsync(first, "/nowhere"), StringComparison.Ordinal);
            using var second = new TcpClient();
            await second.ConnectAsync(IPAddress.Loopback, port, Stop);
            Assert.StartsWith("HTTP/1.1 503 ", await ReadAsync(second), StringComparison.Ordinal);
        }

        await server.StopAsync();
        Assert.Equal(["1", "-1"], log.Of("waymark.active_connections"));
        Assert.Single(log.Of("waymark.connection.duration"));
        Assert.Equal(["1 error.type=connection_limit"], log.Of("waymark.rejected_connections"));
        Assert.Empty(log.Of("waymark.tls_handshake.duration"));

        table = new WaitingTable();
        isAdmitting = false;
        server = new HttpServer(table, Options() with { OnConnect = (_, _) => ValueTask.FromResult(false) })
            .Use(Telemetry.From());
        await server.StartAsync("http://127.0.0.1:0");
        using var third = new TcpClient();
        await third.ConnectAsync(IPAddress.Loopback, new Uri(server.Endpoints[0]).Port, Stop);
        Assert.Equal("", await ReadAsync(third));
        await server.StopAsync();
        Assert.Equal(["1 error.type=not_admitted"], log.Of("waymark.rejected_connections")[1..]);
    }

    [Fact]
    public async Task A_middleware_has_its_end_after_the_last_request_and_the_stop_waits_for_it()
    {
        var steps = new List<string>();
        HttpServer server = new HttpServer(new WaitingTable(), Options()).Use(new Ending(steps));
        await server.StartAsync("http://127.0.0.1:0");
        using (var client = new HttpClient { BaseAddress = new Uri(server.Endpoints[0]) })
            (await client.GetAsync("/nowhere", Stop)).Dispose();
        await server.StopAsync();
        await server.StopAsync();
        Assert.Equal(["request", "second", "first"], steps);
        Assert.Equal(1, _logger.CountOf(1108));
    }

    private ServerOptions Options() => new() { Logger = _logger, IdleGrace = TimeSpan.Zero };

    private static async Task<string> AskAsync(TcpClient client, string path)
    {
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n"), Stop);
        return await ReadAsync(client);
    }

    private static async Task<string> ReadAsync(TcpClient client)
    {
        byte[] buffer = new byte[4096];
        int count = await client.GetStream().ReadAsync(buffer, Stop).AsTask().WaitAsync(Patience, Stop);
        return Encoding.ASCII.GetString(buffer, 0, count);
    }

    private sealed class Ending(List<string> steps) : IMiddleware
    {
        public Handler Wrap(Handler next, ServerContext server)
        {
            server.OnStopped(async () =>
            {
                await Task.Yield();
                steps.Add("first");
            });
            server.OnStopped(() =>
            {
                steps.Add("second");
                throw new TimeZoneNotFoundException();
            });
            return exchange =>
            {
                steps.Add("request");
                return next(exchange);
            };
        }
    }

    /// <summary>One route, which waits.</summary>
    private sealed class WaitingTable : RouteTable
    {
        public TaskCompletionSource Entered { get; } = New();

        public TaskCompletionSource Release { get; } = New();

        public override IReadOnlyList<RouteInfo> Routes { get; } = [new RouteInfo("GET", "/wait", "Test.Wait")];

        protected internal override int Match(ReadOnlySpan<byte> path, Verbs verb, ref RouteMatch match) =>
            path.SequenceEqual("/wait"u8) ? 0 : NoRoute;

        protected internal override async ValueTask InvokeAsync(int route, Exchange exchange)
        {
            Entered.TrySetResult();
            await Release.Task;
        }

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

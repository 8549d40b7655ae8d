using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Connections;
using Waymark.Hosting;
using Waymark.Http;
using Waymark.Tests.Support;
using Waymark.Transport;
using Waymark.Transport.Memory;

namespace Waymark.Tests.Hosting;

/// <summary>What happens to requests beyond <see cref="ServerOptions.MaxConcurrentRequests"/>.</summary>
public sealed class OverloadTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ListLogger _logger = new();
    private readonly ManualTimeProvider _time = new();
    private readonly SemaphoreSlim _entered = new(0);
    private readonly SemaphoreSlim _leave = new(0);
    private int _insideCount;
    private int _insideMost;

    public void Dispose()
    {
        _entered.Dispose();
        _leave.Dispose();
    }

    [Fact]
    public async Task A09_Three_slow_requests_are_handled_at_the_same_time()
    {
        await using HttpServer server = await StartAsync(new ServerOptions());
        var peers = new List<HttpPeer>();
        for (int i = 0; i < 3; i++)
        {
            peers.Add(await HttpPeer.ConnectAsync(server));
            await peers[i].SendAsync("/wait");
        }

        // All three are inside before one may leave, so that together they take as long as one.
        for (int i = 0; i < 3; i++)
            await EnteredAsync();
        _leave.Release(3);
        foreach (HttpPeer peer in peers)
        {
            Assert.EndsWith("\r\n\r\nanswered", await peer.ReceiveAsync(), StringComparison.Ordinal);
            peer.Dispose();
        }
    }

    [Fact]
    public async Task H25_One_request_too_many_gets_503_at_once_and_its_connection_goes_on()
    {
        await using HttpServer server = await StartAsync(new ServerOptions { MaxConcurrentRequests = 1 });
        using HttpPeer first = await HttpPeer.ConnectAsync(server);
        using HttpPeer second = await HttpPeer.ConnectAsync(server);
        await first.SendAsync("/wait");
        await EnteredAsync();

        // The first is still in its handler when the second has its answer.
        string answer = await second.AskAsync();
        Assert.StartsWith("HTTP/1.1 503 Service Unavailable\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nRetry-After: 1\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Connection: close", answer, StringComparison.Ordinal);
        Assert.Contains("The server handles as many requests as it may.", answer, StringComparison.Ordinal);
        _leave.Release();
        Assert.StartsWith("HTTP/1.1 200 ", await first.ReceiveAsync(), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await second.AskAsync(), StringComparison.Ordinal);
        Assert.Equal(1, _logger.CountOf(1330));
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public async Task H25_A_refused_request_with_a_body_or_HEAD_keeps_the_connection_in_step()
    {
        await using HttpServer server = await StartAsync(new ServerOptions { MaxConcurrentRequests = 1 });
        using HttpPeer first = await HttpPeer.ConnectAsync(server);
        using HttpPeer second = await HttpPeer.ConnectAsync(server);
        await first.SendAsync("/wait");
        await EnteredAsync();
        await second.Peer.SendAsync("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nGET /");
        Assert.StartsWith("HTTP/1.1 503 ", await second.ReceiveAsync(), StringComparison.Ordinal);
        _leave.Release();
        await first.ReceiveAsync();
        Assert.StartsWith("HTTP/1.1 200 ", await second.AskAsync(), StringComparison.Ordinal);
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public async Task H26_Ten_thousand_connections_to_one_place_all_get_a_status()
    {
        const int Count = 10_000;
        var listener = new MemoryListener(Endpoint.ForIp(System.Net.IPAddress.Loopback, 1));
        var gate = new RequestGate(
            async exchange => { await Task.Yield(); await AnswerAsync(exchange); }, 1, 100, TimeSpan.FromSeconds(10),
            TimeProvider.System, NullLogger.Instance);
        var protocol = new HttpConnectionHandler(
            gate.HandleAsync, new ServerLimits(), TimeProvider.System, NullLogger.Instance, detailedErrors: false);
        var settings = new ServerSettings { Logger = NullLogger.Instance, Time = TimeProvider.System };
        var server = new Server([new ServedListener(listener, protocol)], settings);
        var clients = new MemoryConnection[Count];
        for (int i = 0; i < Count; i++)
        {
            clients[i] = listener.Connect();
            await clients[i].SendAsync("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray());
        }

        server.Start();
        var statuses = new Dictionary<string, int>();
        foreach (MemoryConnection client in clients)
        {
            byte[] buffer = new byte[4096];
            int length = await client.ReceiveAsync(buffer).AsTask()
                .WaitAsync(Patience, TestContext.Current.CancellationToken);
            string status = System.Text.Encoding.ASCII.GetString(buffer, 9, Math.Min(3, Math.Max(0, length - 9)));
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }

        Assert.Equal(Count, statuses.GetValueOrDefault("200") + statuses.GetValueOrDefault("503"));
        Assert.True(statuses.GetValueOrDefault("200") > 0);
        Assert.Equal(1, _insideMost);
        await server.StopAsync(Patience);
    }

    [Fact]
    public async Task H27_Growing_load_never_blocks_accepting_or_a_signal()
    {
        var signals = new ManualSignals();
        HttpServer server = New(new ServerOptions(), signals);
        Task<int> run = server.RunAsync("http://127.0.0.1:0");
        await server.Ready;
        var peers = new List<HttpPeer>();
        for (int load = 1; load <= 256; load *= 2)
        {
            while (peers.Count < load)
            {
                peers.Add(await HttpPeer.ConnectAsync(server));
                await peers[^1].SendAsync("/wait");
                await EnteredAsync();
            }

            // However many are inside, one more is taken and answered.
            using HttpPeer probe = await HttpPeer.ConnectAsync(server);
            Assert.StartsWith("HTTP/1.1 200 ", await probe.AskAsync(), StringComparison.Ordinal);
        }

        signals.Send("SIGTERM");
        await _time.UntilTimerAsync(TimeSpan.FromSeconds(2));
        _leave.Release(peers.Count);
        foreach (HttpPeer peer in peers)
        {
            Assert.Contains("\r\nConnection: close\r\n", await peer.ReceiveAsync(), StringComparison.Ordinal);
            peer.Dispose();
        }

        Assert.Equal(0, await run.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task H28_Who_waits_too_long_is_answered_503_and_who_does_not_gets_a_turn()
    {
        TimeSpan timeout = TimeSpan.FromSeconds(7);
        await using HttpServer server = await StartAsync(new ServerOptions
        {
            MaxConcurrentRequests = 1,
            MaxQueuedRequests = 2,
            QueueTimeout = timeout,
        });
        using HttpPeer inside = await HttpPeer.ConnectAsync(server);
        await inside.SendAsync("/wait");
        await EnteredAsync();
        using HttpPeer stale = await HttpPeer.ConnectAsync(server);
        await stale.SendAsync();
        await _time.UntilTimerAsync(timeout);
        _time.Advance(TimeSpan.FromSeconds(3));

        // The queue has room for two: that one of two is refused shows that the other stands in it.
        using HttpPeer one = await HttpPeer.ConnectAsync(server);
        using HttpPeer other = await HttpPeer.ConnectAsync(server);
        Task<string>[] asking = [one.AskAsync(), other.AskAsync()];
        Task<string> refused = await Task.WhenAny(asking);
        Task<string> fresh = asking[refused == asking[0] ? 1 : 0];
        Assert.StartsWith("HTTP/1.1 503 ", await refused, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.StartsWith("HTTP/1.1 503 ", await stale.ReceiveAsync(), StringComparison.Ordinal);
        _leave.Release();
        Assert.StartsWith("HTTP/1.1 200 ", await inside.ReceiveAsync(), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await fresh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task H28_At_the_end_of_the_drain_time_who_waits_is_answered_503()
    {
        HttpServer server = await StartAsync(new ServerOptions { MaxConcurrentRequests = 1, MaxQueuedRequests = 1 });
        using HttpPeer inside = await HttpPeer.ConnectAsync(server);
        await inside.SendAsync("/wait");
        await EnteredAsync();
        using HttpPeer waiting = await HttpPeer.ConnectAsync(server);
        await waiting.SendAsync();
        await _time.UntilTimerAsync(new ServerOptions().QueueTimeout);
        Task stop = server.StopAsync(TimeSpan.Zero);
        string answer = await waiting.ReceiveAsync();
        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        await _time.UntilTimerAsync(Server.AbortGrace);
        _time.Advance(Server.AbortGrace);
        await Assert.ThrowsAsync<ServerShutdownException>(() => stop);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1_000)]
    [InlineData(3, 5)]
    [InlineData(8, 1_000)]
    public async Task Never_more_are_inside_than_may_be_and_nobody_is_forgotten(int places, int queue)
    {
        // Handlers end at once, later, or with an exception; every way out gives the place back.
        var gate = new RequestGate(
            async exchange =>
            {
                await AnswerAsync(exchange);
                if (exchange.Connection.Id % 3 == 0)
                    await Task.Yield();
                if (exchange.Connection.Id % 7 == 0)
                    throw new InvalidOperationException("fails");
            },
            places, queue, TimeSpan.FromMinutes(5), TimeProvider.System, NullLogger.Instance);
        var protocol = new HttpConnectionHandler(
            gate.HandleAsync, new ServerLimits(), TimeProvider.System, NullLogger.Instance, detailedErrors: false);
        Task[] clients = Enumerable.Range(1, 64).Select(id => Task.Run(async () =>
        {
            (MemoryConnection serverEnd, MemoryConnection client) = MemoryConnection.Create();
            _ = protocol.RunAsync(new ConnectionContext(serverEnd, id, CancellationToken.None));
            byte[] buffer = new byte[4096];
            for (int i = 0; i < 100; i++)
            {
                await client.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
                Assert.True(await client.ReceiveAsync(buffer) > 0);
            }

            client.ShutdownSend();
        })).ToArray();
        await Task.WhenAll(clients).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.InRange(_insideMost, 1, places);
        Assert.Equal(0, _insideCount);
    }

    private async Task EnteredAsync() =>
        Assert.True(await _entered.WaitAsync(Patience, TestContext.Current.CancellationToken));

    private Task<HttpServer> StartAsync(ServerOptions options) =>
        New(options, new ManualSignals()).StartAsync("http://127.0.0.1:0");

    private HttpServer New(ServerOptions options, ManualSignals signals) => new HttpServer(
        new FixedTable(),
        options with { Logger = _logger, TimeProvider = _time, ShowBanner = false },
        new HostEnvironment { GetVariable = _ => null, GetArguments = () => [], Signals = signals })
        .Use(_ => AnswerAsync);

    /// <summary>Answers; /wait when the test lets it leave.</summary>
    private async ValueTask AnswerAsync(Exchange exchange)
    {
        int count = Interlocked.Increment(ref _insideCount);
        int most = Volatile.Read(ref _insideMost);
        while (most < count)
            most = Interlocked.CompareExchange(ref _insideMost, count, most);
        if (exchange.Request.Path == "/wait")
        {
            _entered.Release();
            await _leave.WaitAsync();
        }

        Interlocked.Decrement(ref _insideCount);
        exchange.Response.Write("answered");
    }
}

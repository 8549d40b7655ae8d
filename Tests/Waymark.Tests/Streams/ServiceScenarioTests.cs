using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Waymark.Hosting;
using Waymark.Tests.Support;

namespace Waymark.Tests.Streams;

/// <summary>The life of a server of packets: E30 to E36, E41, E42, E46.</summary>
public sealed class ServiceScenarioTests
{
    private const int ConnectionOpened = 1004;
    private const int ConnectionEnded = 1005;
    private const int BackgroundFailed = 1710;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task E30_A_reset_right_behind_the_accept_is_no_warning()
    {
        await using StreamHost host = await StreamHost.StartAsync(LambdaLines.Echo());
        for (int i = 0; i < 20; i++)
        {
            using Peer peer = await host.ConnectAsync();
            peer.Socket.LingerState = new LingerOption(true, 0);
        }

        await host.Server.StopAsync();
        Assert.DoesNotContain(
            host.Logger.Events, e => e.Level > LogLevel.Information
                || (e.Level == LogLevel.Information && e.Id is not (ConnectionOpened or ConnectionEnded)
                    && e.Id is < 1000 or >= 1200));
    }

    [Fact]
    public async Task E32_Every_address_is_reached_over_both_families()
    {
        await using StreamHost host = await StreamHost.StartAsync(LambdaLines.Echo(), address: "tcp://*:0");
        Assert.NotEmpty(host.Server.Endpoints);
        int port = int.Parse(host.Endpoint.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
        foreach (string address in new[] { $"tcp://127.0.0.1:{port}", $"tcp://[::1]:{port}" })
        {
            await using var client = await StreamClient.ConnectAsync(
                address, new LineProtocol(), cancellation: TestContext.Current.CancellationToken);
            await client.SendAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(address, await client.ReceiveAsync(Limit, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task E33_Binding_shows_the_real_port_before_anything_runs()
    {
        await using StreamHost host = StreamHost.Create(LambdaLines.Echo());
        await host.Server.BindAsync("tcp://127.0.0.1:0");
        string endpoint = Assert.Single(host.Server.Endpoints);
        Assert.StartsWith("tcp://127.0.0.1:", endpoint, StringComparison.Ordinal);
        Assert.False(endpoint.EndsWith(":0", StringComparison.Ordinal));
        Assert.Equal(ServerState.Bound, host.Server.State);
    }

    [Theory]
    [InlineData(LogLevel.Information)]
    [InlineData(LogLevel.Debug)]
    public async Task E34_A_connection_is_logged_with_its_address_at_the_level_that_is_asked_for(LogLevel level)
    {
        await using StreamHost host = await StreamHost.StartAsync(
            LambdaLines.Echo(),
            level == LogLevel.Information ? null : options => options with { ConnectionLogLevel = level });
        using Peer peer = await host.ConnectAsync();
        string address = peer.Socket.LocalEndPoint!.ToString()!;
        await peer.SendAsync("x\n");
        Assert.Equal("x\n", await peer.ReceiveAsync());
        peer.Socket.Close();
        await host.Logger.UntilAsync(ConnectionEnded);
        foreach (int id in new[] { ConnectionOpened, ConnectionEnded })
        {
            var logged = Assert.Single(host.Logger.Events, e => e.Id == id);
            Assert.Equal(level, logged.Level);
            Assert.Contains(address, logged.Message, StringComparison.Ordinal);
        }

        Assert.EndsWith(
            ": the peer has finished", host.Logger.Events.Single(e => e.Id == ConnectionEnded).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task E36_A_client_knows_its_addresses_and_no_TLS()
    {
        ConnectionInfo? seen = null;
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines(async (client, stop) =>
        {
            seen = client.Connection;
            await client.SendAsync(await client.ReceiveAsync(stop), stop);
        }));
        using Peer peer = await host.ConnectAsync();
        await peer.SendAsync("x\n");
        await peer.ReceiveAsync();
        Assert.Equal(peer.Socket.LocalEndPoint, seen!.RemoteEndPoint);
        Assert.Equal(peer.Socket.RemoteEndPoint, seen.LocalEndPoint);
        Assert.Null(seen.Tls);
    }

    [Fact]
    public async Task E41_At_a_stop_clients_end_first_then_tasks_then_the_callbacks_in_reverse()
    {
        var order = new List<string>();
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines(async (client, stop) => await client.SendAsync(await client.ReceiveAsync(stop), stop))
            {
                OnStarting = (scope, _) =>
                {
                    scope.OnStop(() => Note(order, "first"));
                    scope.OnStop(() => Note(order, "second"));
                    scope.Run(async stop =>
                    {
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop)
                            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                        await Note(order, "task");
                    });
                    return default;
                },
                OnDisconnected = (_, _) => Note(order, "client").AsTask(),
            });
        using Peer peer = await host.ConnectAsync();
        await host.UntilAsync(server => server.GetConnections() is [{ State: ConnectionState.KeepAlive }]);
        await host.Server.StopAsync();
        Assert.Equal(["client", "task", "second", "first"], order);
    }

    [Fact]
    public async Task E41_A_start_that_fails_leaves_nothing_open_and_ends_what_it_had()
    {
        bool hasEnded = false;
        StreamHost host = StreamHost.Create(new LambdaLines((_, _) => Task.CompletedTask)
        {
            OnStarting = (scope, _) =>
            {
                scope.OnStop(() =>
                {
                    hasEnded = true;
                    return default;
                });
                throw new InvalidDataException("no database");
            },
        });
        await host.Server.BindAsync("tcp://127.0.0.1:0");
        string endpoint = host.Endpoint;
        var e = await Assert.ThrowsAsync<InvalidDataException>(() => host.Server.StartAsync());
        Assert.Equal("no database", e.Message);
        Assert.True(hasEnded);
        await Assert.ThrowsAsync<SocketException>(
            () => Peer.ConnectAsync(endpoint.Replace("tcp:", "http:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task E41_A_background_task_that_fails_stops_the_run_with_1()
    {
        var fail = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        StreamHost host = StreamHost.Create(
            new LambdaLines((_, _) => Task.CompletedTask)
            {
                OnStarting = (scope, _) =>
                {
                    scope.Run(async _ =>
                    {
                        await fail.Task;
                        throw new InvalidDataException("lost");
                    });
                    return default;
                },
            },
            environment: Quiet(new ManualSignals()));
        Task<int> run = host.Server.RunAsync("tcp://127.0.0.1:0");
        await host.Server.Ready.WaitAsync(Limit, TestContext.Current.CancellationToken);
        fail.SetResult();
        Assert.Equal(1, await run.WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Equal(1, host.Logger.CountOf(BackgroundFailed));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task E42_What_is_ambient_at_the_start_is_so_for_every_client(bool isAsync)
    {
        var ambient = new AsyncLocal<string>();
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines(async (client, stop) =>
            {
                await client.ReceiveAsync(stop);
                await client.SendAsync(ambient.Value ?? "nothing", stop);
            })
            {
                OnStarting = isAsync
                    ? async (scope, _) =>
                    {
                        await Task.Yield();
                        ambient.Value = "from the start";
                        scope.CaptureContext();
                    }
                    : (_, _) =>
                    {
                        ambient.Value = "from the start";
                        return default;
                    },
            });
        ambient.Value = "from the test";
        for (int i = 0; i < 2; i++)
            Assert.Equal("from the start\n", await host.TalkAsync("x\n"));
    }

    [Fact]
    public async Task E42_What_is_ambient_for_the_caller_of_the_start_is_not_so_for_clients()
    {
        var ambient = new AsyncLocal<string> { Value = "the caller's" };
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines(async (client, stop) =>
        {
            await client.ReceiveAsync(stop);
            await client.SendAsync(ambient.Value ?? "nothing", stop);
        }));
        Assert.Equal("nothing\n", await host.TalkAsync("x\n"));
    }

    [Fact]
    public async Task E42_State_belongs_to_one_client_and_is_disposed_with_it()
    {
        var handler = new Counting();
        await using TcpServer server = await TcpServer.Create(
            new LineProtocol(), handler, new TcpServerOptions { Logger = new ListLogger() })
            .StartAsync("tcp://127.0.0.1:0");
        await using (var first = await ConnectAsync(server))
        {
            await using var second = await ConnectAsync(server);
            foreach ((StreamClient<string, string> client, string expected) in
                new[] { (first, "a 1"), (first, "a 2"), (second, "a 1"), (first, "a 3") })
            {
                await client.SendAsync("a", TestContext.Current.CancellationToken);
                Assert.Equal(expected, await client.ReceiveAsync(Limit, TestContext.Current.CancellationToken));
            }
        }

        await server.StopAsync();
        Assert.Equal(2, handler.DisposedCount);
    }

    [Fact]
    public async Task E46_A_flood_of_packets_starves_nobody()
    {
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines(async (client, stop) => client.Write(await client.ReceiveAsync(stop))));
        using Peer flooding = await host.ConnectAsync();
        using var enough = new CancellationTokenSource();
        byte[] flood = new byte[64 * 1024];
        Array.Fill(flood, (byte)'\n');
        long sent = 0;
        Task send = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                    sent += await flooding.Socket.SendAsync(flood);
            },
            TestContext.Current.CancellationToken);
        Task receive = Task.Run(
            async () =>
            {
                while (await flooding.ReceiveAsync() is { Length: > 0 })
                {
                }
            },
            TestContext.Current.CancellationToken);
        using Peer other = await host.ConnectAsync();
        var waits = new List<TimeSpan>();
        for (int i = 0; i < 100 || Volatile.Read(ref sent) < 1_000_000; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await other.SendAsync("x\n");
            Assert.Equal("x\n", await other.ReceiveAsync());
            waits.Add(Stopwatch.GetElapsedTime(start));
        }

        await enough.CancelAsync();
        await send.WaitAsync(Limit, TestContext.Current.CancellationToken);
        flooding.Socket.Shutdown(SocketShutdown.Send);
        await receive.WaitAsync(Limit, TestContext.Current.CancellationToken);

        // All of them were answered while the flood went on; how fast is a matter for a benchmark.
        Assert.True(waits.Count >= 100);
    }

    private static Task<StreamClient<string, string>> ConnectAsync(TcpServer server) => StreamClient.ConnectAsync(
        server.Endpoints[0], new LineProtocol(), cancellation: TestContext.Current.CancellationToken);

    private static HostEnvironment Quiet(ManualSignals signals) =>
        new() { Signals = signals, WriteOutput = _ => { }, GetVariable = _ => null };

    private static ValueTask Note(List<string> order, string what)
    {
        lock (order)
            order.Add(what);
        return default;
    }

    private sealed class Counter(Counting owner) : IDisposable
    {
        public int Count { get; set; }

        public void Dispose() => Interlocked.Increment(ref owner.DisposedCount);
    }

    private sealed class Counting : StreamHandler<string, string, Counter>
    {
        public int DisposedCount;

        protected override Counter CreateState(ConnectionInfo connection) => new(this);

        protected override async ValueTask HandleAsync(
            StreamClient<string, string, Counter> client, CancellationToken stop)
        {
            string line = await client.ReceiveAsync(stop);
            client.State.Count++;
            await client.SendAsync($"{line} {client.State.Count}", stop);
        }
    }
}

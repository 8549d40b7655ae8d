using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Waymark.Hosting;
using Waymark.Tests.Support;

namespace Waymark.Tests.Streams;

/// <summary>How a server of packets starts and stops: E22 to E29, and with another one.</summary>
public sealed class LifeScenarioTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task E22_A_handler_stops_the_listening_and_is_served_on()
    {
        TcpServer? server = null;
        var signals = new ManualSignals();
        StreamHost host = StreamHost.Create(
            new LambdaLines(async (client, stop) =>
            {
                string line = await client.ReceiveAsync(stop);
                if (line == "stop")
                    await server!.StopListeningAsync();
                await client.SendAsync(line, stop);
            }),
            environment: Quiet(signals));
        server = host.Server;
        Task<int> run = server.RunAsync("tcp://127.0.0.1:0");
        await server.Ready.WaitAsync(Limit, TestContext.Current.CancellationToken);
        using (Peer peer = await host.ConnectAsync())
        {
            await peer.SendAsync("stop\n");
            Assert.Equal("stop\n", await peer.ReceiveAsync());
            var e = await Assert.ThrowsAsync<SocketException>(host.ConnectAsync);
            Assert.Equal(SocketError.ConnectionRefused, e.SocketErrorCode);
            await peer.SendAsync("on\n");
            Assert.Equal("on\n", await peer.ReceiveAsync());
        }

        await server.StopAsync();
        Assert.Equal(0, await run.WaitAsync(Limit, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.RunAsync("tcp://127.0.0.1:0"));
    }

    [Fact]
    public async Task E23_A_stop_cancels_a_handler_that_waits_for_an_hour()
    {
        var hasBegun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var caught = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines(async (client, stop) =>
        {
            await client.ReceiveAsync(stop);
            hasBegun.SetResult();
            await using var registration = stop.Register(() => caught.SetResult(true));
            await Task.Delay(TimeSpan.FromHours(1), TimeProvider.System, stop);
        }));
        using Peer peer = await host.ConnectAsync();
        await peer.SendAsync("x\n");
        await hasBegun.Task;
        var e = await Assert.ThrowsAsync<ServerShutdownException>(() => host.Server.StopAsync(TimeSpan.Zero));
        Assert.Equal(1, e.RemainingConnections);
        Assert.True(await caught.Task);
        Assert.Equal(DisconnectReason.Stopping, (await host.UntilDisconnectedAsync()).Reason);
        Assert.DoesNotContain(host.Logger.Events, e => e.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task E23_A_handler_that_waits_for_a_packet_is_let_go_and_may_say_so()
    {
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines(async (client, stop) => await client.SendAsync(await client.ReceiveAsync(stop), stop))
            {
                OnDisconnected = async (client, reason) => await client.SendAsync($"421 {reason}"),
            });
        using Peer peer = await host.ConnectAsync();
        await host.UntilAsync(server => server.GetConnections() is [{ State: ConnectionState.KeepAlive }]);
        Task stop = host.Server.StopAsync();
        Assert.Equal("421 Stopping\n", await peer.ReceiveToEndAsync());
        peer.Dispose();
        await stop;
    }

    [Fact]
    public async Task E24_A_stop_during_the_start_hangs_nowhere()
    {
        var isStarting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        StreamHost host = StreamHost.Create(new LambdaLines((_, _) => Task.CompletedTask)
        {
            OnStarting = async (_, stop) =>
            {
                isStarting.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            },
        });
        Task start = host.Server.StartAsync("tcp://127.0.0.1:0");
        await isStarting.Task;
        await host.Server.StopAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.True(host.Server.Ready.IsCanceled);
        await Assert.ThrowsAsync<SocketException>(host.ConnectAsync);
    }

    [Fact]
    public async Task E24_A_signal_during_the_start_ends_the_run()
    {
        var isStarting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var signals = new ManualSignals();
        StreamHost host = StreamHost.Create(
            new LambdaLines((_, _) => Task.CompletedTask)
            {
                OnStarting = async (_, stop) =>
                {
                    isStarting.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
                },
            },
            environment: Quiet(signals));
        Task<int> run = host.Server.RunAsync("tcp://127.0.0.1:0");
        await isStarting.Task;
        signals.Send("SIGTERM");
        Assert.Equal(0, await run.WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Equal(ServerState.Stopped, host.Server.State);
    }

    [Fact]
    public async Task E25_Ten_stops_at_once_all_end()
    {
        await using StreamHost host = await StreamHost.StartAsync(LambdaLines.Echo());
        using Peer peer = await host.ConnectAsync();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => host.Server.StopAsync())))
            .WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task E26_A_stop_from_inside_a_handler_does_not_wait_for_itself()
    {
        TcpServer? server = null;
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines(async (client, stop) =>
        {
            await client.ReceiveAsync(stop);
            await server!.StopAsync();
            await client.SendAsync("stopping", stop);
        }));
        server = host.Server;
        Assert.Equal("stopping\n", await host.TalkAsync("x\n"));
        await host.Server.StopAsync();
    }

    [Fact]
    public async Task E27_E28_A_server_runs_once_and_is_closed_as_often_as_one_likes()
    {
        await using StreamHost host = await StreamHost.StartAsync(LambdaLines.Echo());
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Server.StartAsync("tcp://127.0.0.1:0"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Server.RunAsync("tcp://127.0.0.1:0"));
        for (int i = 0; i < 3; i++)
            await host.Server.DisposeAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Server.StartAsync("tcp://127.0.0.1:0"));
    }

    [Fact]
    public async Task E29_A_stop_right_behind_a_connect_ends_soon()
    {
        await using StreamHost host = await StreamHost.StartAsync(LambdaLines.Echo());
        using Peer peer = await host.ConnectAsync();
        await host.Server.StopAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal("", await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task Two_servers_run_as_one()
    {
        StreamHost tcp = StreamHost.Create(LambdaLines.Echo());
        var http = new HttpServer(
            new FixedTable(), new ServerOptions { Logger = new ListLogger(), IdleGrace = TimeSpan.Zero });
        await http.AddServer(tcp.Server, "tcp://127.0.0.1:0").StartAsync("http://127.0.0.1:0");
        Assert.Equal("x\n", await tcp.TalkAsync("x\n"));
        await http.StopAsync();
        Assert.Equal((ServerState.Stopped, ServerState.Stopped), (http.State, tcp.Server.State));
        await Assert.ThrowsAsync<SocketException>(tcp.ConnectAsync);
    }

    [Fact]
    public async Task Servers_that_run_as_one_number_their_connections_in_one_sequence()
    {
        var ids = new List<long>();
        StreamHost[] hosts = [.. Enumerable.Range(0, 3).Select(_ => StreamHost.Create(new LambdaLines(
            async (client, stop) =>
            {
                ids.Add(client.Connection.Id);
                await client.SendAsync(await client.ReceiveAsync(stop), stop);
                await client.CloseAsync();
            })))];
        hosts[0].Server.AddServer(hosts[1].Server, "tcp://127.0.0.1:0").AddServer(hosts[2].Server, "tcp://127.0.0.1:0");
        await hosts[0].Server.StartAsync("tcp://127.0.0.1:0");
        foreach (int index in new[] { 1, 0, 2, 1 })
            Assert.Equal("x\n", await hosts[index].TalkAsync("x\n"));
        await hosts[0].Server.StopAsync();
        Assert.Equal([1, 2, 3, 4], ids);

        // What the log tells of each at its end is still its own.
        Assert.Equal(
            [1, 2, 1],
            hosts.Select(host => host.Logger.Events.Count(e => e.Id == 1004)));
    }

    [Fact]
    public async Task Where_the_second_server_cannot_start_the_first_does_not()
    {
        await using StreamHost taken = await StreamHost.StartAsync(LambdaLines.Echo());
        StreamHost tcp = StreamHost.Create(LambdaLines.Echo());
        var http = new HttpServer(new FixedTable(), new ServerOptions { Logger = new ListLogger() });
        http.AddServer(tcp.Server, taken.Endpoint);
        await Assert.ThrowsAsync<ServerStartupException>(() => http.StartAsync("http://127.0.0.1:0"));
        Assert.Empty(http.Endpoints);
        Assert.Equal("x\n", await taken.TalkAsync("x\n"));
    }

    private static HostEnvironment Quiet(ManualSignals signals) =>
        new() { Signals = signals, WriteOutput = _ => { }, GetVariable = _ => null };
}

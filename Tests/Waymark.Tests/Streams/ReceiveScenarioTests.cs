using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Waymark.Tests.Support;

namespace Waymark.Tests.Streams;

/// <summary>Limits, departures and timeouts of receives, and sends of many tasks: E10 to E14, E21.</summary>
public sealed class ReceiveScenarioTests
{
    [Fact]
    public async Task E10_A_packet_over_the_limit_is_refused_and_the_stream_is_in_step_behind_it()
    {
        await using StreamHost host = await StreamHost.StartAsync(Refusing());
        using Peer peer = await host.ConnectAsync();
        await peer.SendAsync(new string('x', (64 * 1024) + 1));
        Assert.Equal("A packet is larger than 65536 bytes. True\n", await peer.ReceiveAsync());
        await peer.SendAsync(new string('x', 100_000));
        await peer.SendAsync("\nnext\n");
        Assert.Equal("next\n", await peer.ReceiveAsync());
    }

    [Theory]
    [InlineData(65_535, true)]
    [InlineData(65_536, false)]
    public async Task E10_The_limit_counts_the_separator(int length, bool isTaken)
    {
        await using StreamHost host = await StreamHost.StartAsync(Refusing());
        string line = new('x', length);
        string heard = await host.TalkAsync(line + "\nnext\n");
        Assert.Equal(isTaken ? line + "\nnext\n" : "A packet is larger than 65536 bytes. True\nnext\n", heard);
    }

    [Fact]
    public async Task E10_A_whole_packet_over_a_small_limit_is_refused_too()
    {
        await using StreamHost host = await StreamHost.StartAsync(
            Refusing(), options => options with { PacketBytesMax = 16 });
        Assert.Equal(
            "A packet is larger than 16 bytes. True\nnext\n", await host.TalkAsync("a line of twenty-odd\nnext\n"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task E11_E12_A_departure_is_a_cancellation_and_finally_blocks_run(bool isReset)
    {
        var caught = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool hasFinally = false;
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines(async (client, stop) =>
            {
                try
                {
                    await client.SendAsync(await client.ReceiveAsync(stop), stop);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    caught.TrySetResult(e);
                }
                finally
                {
                    hasFinally = true;
                }
            }),
            options => options with { ConnectionLogLevel = LogLevel.Debug });
        using Peer peer = await host.ConnectAsync();
        await peer.SendAsync("x\n");
        await peer.ReceiveAsync();
        hasFinally = false;
        Leave(peer, isReset);
        Assert.Equal(
            isReset ? DisconnectReason.PeerLost : DisconnectReason.PeerClosed,
            (await host.UntilDisconnectedAsync()).Reason);
        Assert.True(hasFinally);
        Assert.False(caught.Task.IsCompleted);
        Assert.DoesNotContain(host.Logger.Events, e => e.Level > LogLevel.Debug && e.Id >= 1700);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task E12_So_it_is_in_OnConnected(bool isReset)
    {
        var caught = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines((_, _) => Task.CompletedTask)
            {
                OnConnected = async (client, stop) =>
                {
                    caught.SetResult(await Record.ExceptionAsync(async () => await client.ReceiveAsync(stop)));
                },
            });
        using Peer peer = await host.ConnectAsync();
        await host.UntilAsync(server => server.GetConnections() is [{ State: ConnectionState.KeepAlive }]);
        Leave(peer, isReset);
        var left = Assert.IsType<ClientDisconnectedException>(await caught.Task);
        Assert.Equal(isReset, left.IsReset);
    }

    [Fact]
    public async Task E13_A_timeout_leaves_the_client_usable()
    {
        var time = new ManualTimeProvider();
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines(async (client, stop) =>
            {
                for (int i = 1; i <= 2; i++)
                {
                    var e = await Assert.ThrowsAsync<TimeoutException>(
                        async () => await client.ReceiveAsync(TimeSpan.FromSeconds(1), stop));
                    await client.SendAsync($"{i}: {e.Message}", stop);
                    await client.SendAsync(await client.ReceiveAsync(stop), stop);
                }
            }),
            options => options with { TimeProvider = time, IdleGrace = TimeSpan.Zero });
        using Peer peer = await host.ConnectAsync();
        for (int i = 1; i <= 2; i++)
        {
            await host.UntilAsync(server => server.GetConnections() is [{ State: ConnectionState.KeepAlive }]);
            await time.UntilTimerAsync(TimeSpan.FromSeconds(1));
            time.Advance(TimeSpan.FromSeconds(0.999));
            Assert.Equal(0, peer.Socket.Available);
            time.Advance(TimeSpan.FromSeconds(0.002));
            Assert.Equal($"{i}: Nothing was received within 00:00:01.\n", await peer.ReceiveAsync());
            await peer.SendAsync("on\n");
            Assert.Equal("on\n", await peer.ReceiveAsync());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task E13_A_timeout_of_zero_takes_what_is_there_and_does_not_wait(bool isSecond)
    {
        var isThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines(async (client, stop) =>
        {
            if (isSecond)
                await client.ReceiveAsync(stop);
            await Assert.ThrowsAsync<TimeoutException>(async () => await client.ReceiveAsync(TimeSpan.Zero, stop));
            await client.SendAsync("nothing", stop);
            await isThere.Task;
            await client.SendAsync(await client.ReceiveAsync(TimeSpan.Zero, stop), stop);
            await client.SendAsync(await client.ReceiveAsync(TimeSpan.Zero, stop), stop);
            await client.CloseAsync();
        }));
        using Peer peer = await host.ConnectAsync();
        if (isSecond)
            await peer.SendAsync("first\n");
        Assert.Equal("nothing\n", await peer.ReceiveAsync());
        await peer.SendAsync("a\nb\n");

        // Loopback delivers before the send returns; the receive that was begun meanwhile may still have to end.
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        isThere.SetResult();
        Assert.Equal("a\nb\n", await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task E14_Half_a_packet_outlives_a_timeout()
    {
        var time = new ManualTimeProvider();
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines(async (client, stop) =>
            {
                await Assert.ThrowsAsync<TimeoutException>(
                    async () => await client.ReceiveAsync(TimeSpan.FromSeconds(1), stop));
                await client.SendAsync("?", stop);
                await client.SendAsync(await client.ReceiveAsync(TimeSpan.FromSeconds(2), stop), stop);
            }),
            options => options with { TimeProvider = time, IdleGrace = TimeSpan.Zero });
        using Peer peer = await host.ConnectAsync();
        await peer.SendAsync("hel");
        await host.UntilAsync(server => server.GetConnections() is [{ State: ConnectionState.Reading }]);
        await time.UntilTimerAsync(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("?\n", await peer.ReceiveAsync());
        await peer.SendAsync("lo\n");
        Assert.Equal("hello\n", await peer.ReceiveAsync());
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_leaves_the_client_usable()
    {
        using var enough = new CancellationTokenSource();
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines(async (client, stop) =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                async () => await client.ReceiveAsync(enough.Token));
            await client.SendAsync("cancelled", stop);
            await client.SendAsync(await client.ReceiveAsync(stop), stop);
            await client.CloseAsync();
        }));
        using Peer peer = await host.ConnectAsync();
        await host.UntilAsync(server => server.GetConnections() is [{ State: ConnectionState.KeepAlive }]);
        await enough.CancelAsync();
        Assert.Equal("cancelled\n", await peer.ReceiveAsync());
        await peer.SendAsync("x\n");
        Assert.Equal("x\n", await peer.ReceiveAsync());
    }

    [Fact]
    public async Task Two_receives_at_once_are_refused()
    {
        Exception? second = null;
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines(async (client, stop) =>
        {
            ValueTask<string> first = client.ReceiveAsync(stop);
            second = await Record.ExceptionAsync(async () => await client.ReceiveAsync(stop));
            await client.SendAsync("waiting", stop);
            await client.SendAsync(await first, stop);
            await client.CloseAsync();
        }));
        using Peer peer = await host.ConnectAsync();
        Assert.Equal("waiting\n", await peer.ReceiveAsync());
        await peer.SendAsync("x\n");
        Assert.Equal("x\n", await peer.ReceiveAsync());
        Assert.IsType<InvalidOperationException>(second);
    }

    [Fact]
    public async Task A_receive_that_waits_ends_when_another_task_closes()
    {
        var caught = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        StreamClient<string, string>? other = null;
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines(async (client, stop) =>
        {
            other = client;
            caught.SetResult(await Record.ExceptionAsync(async () => await client.ReceiveAsync(stop)));
        }));
        using Peer peer = await host.ConnectAsync();
        await host.UntilAsync(server => server.GetConnections() is [{ State: ConnectionState.KeepAlive }]);
        await other!.CloseAsync();
        Assert.IsType<ClientClosedException>(await caught.Task);
        Assert.Equal("", await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task E21_Packets_of_a_hundred_tasks_go_out_whole_and_in_the_order_of_the_calls()
    {
        const int Tasks = 100;
        const int Each = 50;
        var order = new List<string>();
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines(async (client, stop) =>
        {
            await client.ReceiveAsync(stop);
            var gate = new Lock();
            await Task.WhenAll(Enumerable.Range(0, Tasks).Select(task => Task.Run(
                async () =>
                {
                    for (int i = 0; i < Each; i++)
                    {
                        string packet = $"{task}-{i}-{new string('x', (task * 37) % 2000)}";
                        ValueTask sending;
                        lock (gate)
                        {
                            order.Add(packet);
                            sending = client.SendAsync(packet, stop);
                        }

                        await sending;
                    }
                },
                stop)));
            await client.CloseAsync();
        }));
        using Peer peer = await host.ConnectAsync();
        await peer.SendAsync("go\n");
        string heard = await peer.ReceiveToEndAsync();
        Assert.Equal(Tasks * Each, order.Count);
        Assert.Equal(order, heard.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Written_packets_go_out_with_the_flush_or_the_next_wait()
    {
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines(async (client, stop) =>
        {
            string line = await client.ReceiveAsync(stop);
            client.Write(line + "1");
            client.Write(line + "2");
        }));
        using Peer peer = await host.ConnectAsync();
        await peer.SendAsync("a\nb\n");
        Assert.Equal("a1\na2\nb1\nb2\n", await StreamHost.ReceiveAsync(peer, 12));
    }

    [Fact]
    public async Task A_packet_that_the_protocol_cannot_write_is_not_sent_and_the_next_one_is()
    {
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines(async (client, stop) =>
        {
            await client.ReceiveAsync(stop);
            var e = await Assert.ThrowsAsync<ProtocolFaultException>(async () => await client.SendAsync("a\nb", stop));
            Assert.IsType<ArgumentException>(e.InnerException);
            await client.SendAsync("good", stop);
        }));
        Assert.Equal("good\n", await host.TalkAsync("x\n"));
    }

    /// <summary>Echoes, and tells what was refused.</summary>
    private static LambdaLines Refusing() => new(async (client, stop) =>
    {
        string answer;
        try
        {
            answer = await client.ReceiveAsync(stop);
        }
        catch (StreamProtocolException e)
        {
            answer = $"{e.Message} {e.IsResumable}";
        }

        await client.SendAsync(answer, stop);
    });

    private static void Leave(Peer peer, bool isReset)
    {
        if (isReset)
            peer.Socket.LingerState = new LingerOption(true, 0);
        peer.Socket.Close();
    }
}

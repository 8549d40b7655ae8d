using Waymark.Tests.Support;

namespace Waymark.Tests.Streams;

/// <summary>Clients that keep silent: A10, D14.</summary>
public sealed class WaitScenarioTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The server's clock stands still, so no period of its own and no timeout can be what lets the new client in.
    /// </summary>
    [Theory]
    [InlineData(ServerTransport.Epoll)]
    [InlineData(ServerTransport.Sockets)]
    public async Task A10_A_new_client_is_answered_while_a_thousand_are_silent(ServerTransport transport)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() || transport == ServerTransport.Sockets, "Epoll is Linux's.");
        const int silentCount = 1000;
        int waiting = 0;
        int answered = 0;
        var allWait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines(async (client, stop) =>
            {
                ValueTask<string> receiving = client.ReceiveAsync(stop);
                if (!receiving.IsCompleted && Interlocked.Increment(ref waiting) == silentCount)
                    allWait.SetResult();
                string line = await receiving;
                Interlocked.Increment(ref answered);
                await client.SendAsync(line, stop);
                await client.CloseAsync();
            }),
            options => options with { TimeProvider = new ManualTimeProvider(), Transport = transport });
        var silent = new List<Peer>(silentCount);
        try
        {
            for (int i = 0; i < silentCount; i++)
                silent.Add(await host.ConnectAsync());
            await allWait.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);

            Assert.Equal("new\n", await host.TalkAsync("new\n"));
            Assert.Equal(1, answered);
            Assert.Equal(0, silent.Sum(peer => peer.Socket.Available));

            // None of the silent ones was let go for it: each is still there for its first word.
            foreach (Peer peer in silent)
                await peer.SendAsync("late\n");
            foreach (Peer peer in silent)
                Assert.Equal("late\n", await peer.ReceiveToEndAsync());
            Assert.Equal(silentCount + 1, answered);
        }
        finally
        {
            silent.ForEach(peer => peer.Dispose());
        }
    }

    [Fact]
    public async Task D14_A_client_may_be_silent_for_the_receive_timeout_and_is_let_go_after_it()
    {
        TimeSpan timeout = TimeSpan.FromSeconds(3);
        var time = new ManualTimeProvider();
        await using StreamHost host = await StreamHost.StartAsync(
            LambdaLines.Echo(),
            options => options with { TimeProvider = time, ReceiveTimeout = timeout, IdleGrace = TimeSpan.Zero });
        using Peer peer = await host.ConnectAsync();
        for (int round = 0; round < 2; round++)
        {
            await peer.SendAsync("still here\n");
            Assert.Equal("still here\n", await peer.ReceiveAsync());
            await host.UntilAsync(server => server.GetConnections() is [{ State: ConnectionState.KeepAlive }]);
            await time.UntilTimerAsync(timeout);
            time.Advance(TimeSpan.FromSeconds(2));
        }

        // 2 s of the 3 s are over; with 2.5 s more it has been silent for 4.5 s.
        Assert.Equal(0, peer.Socket.Available);
        time.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal("", await peer.ReceiveAsync());
        Assert.Equal(DisconnectReason.TimedOut, (await host.UntilDisconnectedAsync()).Reason);
        using Peer next = await host.ConnectAsync();
        await next.SendAsync("new\n");
        Assert.Equal("new\n", await next.ReceiveAsync());
    }
}

using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Waymark.Tests.Support;

namespace Waymark.Tests.Streams;

/// <summary>What the turns of a handler mean: E01 to E09, E15 to E20.</summary>
public sealed class TurnScenarioTests
{
    private const int HandlerFailed = 1700;
    private const int ClosedClientUsed = 1701;
    private const int FarewellLost = 1702;

    [Fact]
    public async Task E01_Returning_before_the_first_receive_closes_the_connection()
    {
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines((_, _) => Task.CompletedTask));
        await AssertEndedAsync(host);
        Assert.Equal((DisconnectReason.NotReceived, true), await host.UntilDisconnectedAsync());
        Assert.Equal(1, host.Handler.DisconnectCount);
        Assert.DoesNotContain(host.Logger.Events, e => e.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task E01_It_does_so_after_five_packets_too()
    {
        int left = 5;
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines(async (client, stop) =>
        {
            if (left-- > 0)
                await client.SendAsync(await client.ReceiveAsync(stop), stop);
        }));
        using Peer peer = await host.ConnectAsync();
        for (int i = 0; i < 5; i++)
        {
            await peer.SendAsync($"{i}\n");
            Assert.Equal($"{i}\n", await peer.ReceiveAsync());
        }

        await AssertEndedAsync(peer);
        Assert.Equal((DisconnectReason.NotReceived, true), await host.UntilDisconnectedAsync());
    }

    [Fact]
    public async Task E02_Returning_after_a_packet_begins_a_fresh_turn()
    {
        await using StreamHost host = await StreamHost.StartAsync(LambdaLines.Echo());
        using Peer peer = await host.ConnectAsync();
        for (int i = 1; i <= 3; i++)
        {
            await peer.SendAsync("x\n");
            Assert.Equal("x\n", await peer.ReceiveAsync());
        }

        // The fourth turn waits already, or will.
        Assert.InRange(host.Handler.HandleCount, 3, 4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task E03_An_exception_lets_a_farewell_be_sent_and_is_logged_once(bool isAggregate)
    {
        var thrown = new InvalidDataException("broken on purpose");
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines(async (client, stop) =>
            {
                await client.ReceiveAsync(stop);
                throw isAggregate ? new AggregateException(thrown) : thrown;
            })
            {
                OnDisconnected = async (client, _) =>
                {
                    Assert.NotNull(client.Failure);
                    await client.SendAsync("bye");
                },
            });
        using Peer peer = await host.ConnectAsync();
        await peer.SendAsync("x\n");
        Assert.Equal("bye\n", await peer.ReceiveToEndAsync());
        Assert.Equal((DisconnectReason.HandlerFailed, false), await host.UntilDisconnectedAsync());
        var logged = Assert.Single(host.Logger.Events, e => e.Level == LogLevel.Error);
        Assert.Equal((HandlerFailed, thrown), (logged.Id, logged.Cause));
        Assert.Contains(peer.Socket.LocalEndPoint!.ToString()!, logged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task E04_An_exception_before_the_first_receive_is_logged_and_closes()
    {
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines((_, _) => throw new InvalidDataException("at once")));
        await AssertEndedAsync(host);
        Assert.Equal((DisconnectReason.HandlerFailed, false), await host.UntilDisconnectedAsync());
        Assert.Equal(HandlerFailed, Assert.Single(host.Logger.Events, e => e.Level == LogLevel.Error).Id);
    }

    [Fact]
    public async Task E05_A_close_behind_the_first_of_two_packets_drops_the_second()
    {
        var seen = new List<string>();
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines(async (client, stop) =>
        {
            seen.Add(await client.ReceiveAsync(stop));
            await client.SendAsync("first", stop);
            await client.CloseAsync();
        }));
        using Peer peer = await host.ConnectAsync();
        await peer.SendAsync("1\n2\n");
        Assert.Equal("first\n", await peer.ReceiveToEndAsync());
        Assert.Equal((DisconnectReason.Closed, true), await host.UntilDisconnectedAsync());
        Assert.Equal(["1"], seen);
    }

    [Fact]
    public async Task E06_Two_segments_make_one_packet()
    {
        await using StreamHost host = await StreamHost.StartAsync(LambdaLines.Echo());
        using Peer peer = await host.ConnectAsync();
        peer.Socket.NoDelay = true;
        await peer.SendAsync("hel");
        await host.UntilAsync(server => server.GetConnections() is [{ State: ConnectionState.Reading }]);
        await peer.SendAsync("lo\n");
        Assert.Equal("hello\n", await peer.ReceiveAsync());
    }

    [Fact]
    public async Task E07_One_segment_makes_two_packets()
    {
        await using StreamHost host = await StreamHost.StartAsync(LambdaLines.Echo());
        Assert.Equal("hello\nworld\n", await host.TalkAsync("hello\nworld\n"));
    }

    [Fact]
    public async Task E08_A_second_receive_of_a_turn_gets_the_second_packet()
    {
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines(async (client, stop) =>
        {
            string first = await client.ReceiveAsync(stop);
            string second = await client.ReceiveAsync(stop);
            await client.SendAsync($"{first}+{second}", stop);
        }));
        Assert.Equal("a+b\nc+d\n", await host.TalkAsync("a\nb\nc\nd\n"));
    }

    [Fact]
    public async Task E09_Behind_an_invalid_packet_the_next_one_is_handled()
    {
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines(async (client, stop) =>
        {
            try
            {
                await client.SendAsync(await client.ReceiveAsync(stop), stop);
            }
            catch (StreamProtocolException e)
            {
                await client.SendAsync(e.IsResumable ? "bad" : "lost", stop);
            }
        }));
        using Peer peer = await host.ConnectAsync();
        await peer.Socket.SendAsync(new byte[] { 0xFF, (byte)'\n', (byte)'o', (byte)'k', (byte)'\n' });
        Assert.Equal("bad\nok\n", await StreamHost.ReceiveAsync(peer, 7));
    }

    [Theory]
    [InlineData("secret\n42\nx\n", "password?\nfactor?\nyou can enter\nx\n")]
    [InlineData("wrong\n42\nx\n", "password?\nwrong password\n")]
    [InlineData("secret\n41\nx\n", "password?\nfactor?\nwrong password\n")]
    public async Task E15_OnConnected_asks_for_two_factors(string said, string heard)
    {
        await using StreamHost host = await StreamHost.StartAsync(TwoFactors());
        Assert.Equal(heard, await host.TalkAsync(said));
    }

    [Fact]
    public async Task E15_Silence_is_a_timeout()
    {
        var time = new ManualTimeProvider();
        await using StreamHost host = await StreamHost.StartAsync(
            TwoFactors(), options => options with { TimeProvider = time, IdleGrace = TimeSpan.Zero });
        using Peer peer = await host.ConnectAsync();
        await time.UntilTimerAsync(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("password?\ntimeout error\n", await peer.ReceiveToEndAsync());
        Assert.Equal(0, host.Handler.HandleCount);
    }

    [Fact]
    public async Task E16_OnConnected_may_receive_nothing()
    {
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines(async (client, stop) => await client.SendAsync(await client.ReceiveAsync(stop), stop))
            {
                OnConnected = async (client, stop) => await client.SendAsync("hi", stop),
            });
        Assert.Equal("hi\nx\n", await host.TalkAsync("x\n"));
    }

    [Fact]
    public async Task E17_OnConnected_that_throws_aborts_without_OnDisconnected()
    {
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines((_, _) => Task.CompletedTask)
            {
                OnConnected = (_, _) => throw new InvalidDataException("not today"),
            });
        await AssertEndedAsync(host);
        await host.Logger.UntilAsync(HandlerFailed);
        await host.Server.StopAsync();
        Assert.Equal((0, 0), (host.Handler.HandleCount, host.Handler.DisconnectCount));
    }

    [Fact]
    public async Task E17_Nor_is_it_called_where_the_peer_leaves_meanwhile()
    {
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines((_, _) => Task.CompletedTask)
            {
                OnConnected = async (client, stop) => await client.ReceiveAsync(stop),
            });
        Assert.Equal("", await host.TalkAsync(""));
        await host.Server.StopAsync();
        Assert.Equal((0, 0), (host.Handler.HandleCount, host.Handler.DisconnectCount));
        Assert.DoesNotContain(host.Logger.Events, e => e.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task E18_OnConnected_closes_the_client()
    {
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines((_, _) => Task.CompletedTask)
            {
                OnConnected = async (client, _) => await client.CloseAsync(),
            });
        using Peer peer = await host.ConnectAsync();
        Assert.Equal("", await peer.ReceiveToEndAsync());
        Assert.Equal((DisconnectReason.Closed, true), await host.UntilDisconnectedAsync());
        Assert.Equal(0, host.Handler.HandleCount);
    }

    [Fact]
    public async Task E19_An_IOException_of_OnDisconnected_is_one_warning()
    {
        await using StreamHost host = await StreamHost.StartAsync(
            new LambdaLines(async (client, stop) => await client.SendAsync(await client.ReceiveAsync(stop), stop))
            {
                OnDisconnected = (_, _) => throw new IOException("gone"),
            });
        Assert.Equal("x\n", await host.TalkAsync("x\n"));
        await host.UntilDisconnectedAsync();
        Assert.Equal("y\n", await host.TalkAsync("y\n"));
        await host.Server.StopAsync();
        Assert.Equal(2, host.Logger.CountOf(FarewellLost));
        Assert.DoesNotContain(host.Logger.Events, e => e.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task E20_A_send_to_a_closed_client_that_escapes_is_one_warning_with_the_address()
    {
        Exception? caught = null;
        await using StreamHost host = await StreamHost.StartAsync(new LambdaLines(async (client, stop) =>
        {
            await client.ReceiveAsync(stop);
            await client.CloseAsync();
            caught = await Record.ExceptionAsync(async () => await client.ReceiveAsync(stop));
            await client.SendAsync("too late", stop);
        }));
        using Peer peer = await host.ConnectAsync();
        string address = peer.Socket.LocalEndPoint!.ToString()!;
        await peer.SendAsync("x\n");
        Assert.Equal("", await peer.ReceiveToEndAsync());
        await host.UntilDisconnectedAsync();
        Assert.IsType<ClientClosedException>(caught);
        var warning = Assert.Single(host.Logger.Events, e => e.Level >= LogLevel.Warning);
        Assert.Equal((LogLevel.Warning, ClosedClientUsed), (warning.Level, warning.Id));
        Assert.Contains(address, warning.Message, StringComparison.Ordinal);
    }

    private static LambdaLines TwoFactors()
    {
        return new LambdaLines(async (client, stop) => await client.SendAsync(await client.ReceiveAsync(stop), stop))
        {
            OnConnected = async (client, stop) =>
            {
                try
                {
                    await client.SendAsync("password?", stop);
                    bool isRight = await client.ReceiveAsync(TimeSpan.FromSeconds(1), stop) == "secret";
                    if (isRight)
                    {
                        await client.SendAsync("factor?", stop);
                        isRight = await client.ReceiveAsync(TimeSpan.FromSeconds(1), stop) == "42";
                    }

                    await client.SendAsync(isRight ? "you can enter" : "wrong password", stop);
                    if (!isRight)
                        await client.CloseAsync();
                }
                catch (TimeoutException)
                {
                    await client.SendAsync("timeout error", stop);
                    await client.CloseAsync();
                }
            },
        };
    }

    /// <summary>A new client sees the end, or a reset.</summary>
    private static async Task AssertEndedAsync(StreamHost host)
    {
        try
        {
            using Peer peer = await host.ConnectAsync();
            await AssertEndedAsync(peer);
        }
        catch (SocketException e)
        {
            // As soon as it connects.
            Assert.Equal(SocketError.ConnectionReset, e.SocketErrorCode);
        }
    }

    /// <summary>The client sees the end, or a reset.</summary>
    private static async Task AssertEndedAsync(Peer peer)
    {
        try
        {
            Assert.Equal("", await peer.ReceiveToEndAsync());
        }
        catch (SocketException e)
        {
            Assert.Equal(SocketError.ConnectionReset, e.SocketErrorCode);
        }
    }
}

using System.Net;
using Microsoft.Extensions.Logging;
using Waymark.Hosting;
using Waymark.Tests.Support;

namespace Waymark.Tests.Hosting;

/// <summary>Who is let in, for how many requests, and what a program keeps on a connection.</summary>
public sealed class ConnectionOptionTests
{
    private readonly ListLogger _logger = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task D10_Connections_that_are_let_in_are_served_as_often_as_they_ask()
    {
        int asked = 0;
        await using HttpServer server = await StartAsync(new ServerOptions
        {
            OnConnect = async (connection, _) =>
            {
                await Task.Yield();
                Assert.Equal(ConnectionState.New, connection.State);
                Assert.Equal(IPAddress.Loopback, Assert.IsType<IPEndPoint>(connection.RemoteEndPoint).Address);
                Interlocked.Increment(ref asked);
                return true;
            },
        });
        for (int i = 0; i < 11; i++)
        {
            using HttpPeer peer = await HttpPeer.ConnectAsync(server);
            for (int request = 1; request <= 17; request++)
                Assert.EndsWith($"\r\n\r\n{request}", await peer.AskAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(11, asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task D10_Connections_that_are_refused_get_no_answer(bool throws)
    {
        await using HttpServer server = await StartAsync(new ServerOptions
        {
            OnConnect = (_, _) => throws ? throw new InvalidOperationException("oops") : ValueTask.FromResult(false),
        });
        for (int i = 0; i < 11; i++)
        {
            // Nothing is sent, so that the close is a FIN and no reset.
            using HttpPeer peer = await HttpPeer.ConnectAsync(server);
            Assert.Equal("", await peer.ReceiveAsync());
        }

        Assert.Equal(throws ? 11 : 0, _logger.CountOf(1006));
        Assert.Equal(0, _logger.CountOf(1000));
    }

    [Fact]
    public async Task D10_A_hook_that_hangs_holds_up_no_other_connection_and_ends_with_the_drain_time()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        HttpServer server = await StartAsync(new ServerOptions
        {
            OnConnect = async (connection, stop) =>
            {
                if (connection.Id == 1)
                {
                    entered.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, _time, stop);
                }

                return true;
            },
        });
        using HttpPeer hanging = await HttpPeer.ConnectAsync(server);
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        using (HttpPeer peer = await HttpPeer.ConnectAsync(server))
            Assert.EndsWith("1", await peer.AskAsync(), StringComparison.Ordinal);
        while (server.GetConnections().Count > 1)
            await Task.Yield();
        var e = await Assert.ThrowsAsync<ServerShutdownException>(() => server.StopAsync(TimeSpan.Zero));
        Assert.Equal(1, e.RemainingConnections);
        Assert.Equal("", await hanging.ReceiveAsync());
        Assert.Equal(0, _logger.CountOf(1006));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(17)]
    public async Task D12_One_connection_over_the_limit_is_refused_and_one_that_closes_makes_room(int max)
    {
        HttpServer server = await StartAsync(new ServerOptions { MaxConnections = max });
        var peers = new List<HttpPeer>();
        for (int i = 0; i < max; i++)
        {
            peers.Add(await HttpPeer.ConnectAsync(server));
            Assert.EndsWith("1", await peers[i].AskAsync(), StringComparison.Ordinal);
        }

        using (HttpPeer refused = await HttpPeer.ConnectAsync(server))
            Assert.StartsWith("HTTP/1.1 503 ", await refused.ReceiveAsync(), StringComparison.Ordinal);
        peers[0].Dispose();
        while (server.GetConnections().Count >= max)
            await Task.Yield();
        peers[0] = await HttpPeer.ConnectAsync(server);
        Assert.EndsWith("1", await peers[0].AskAsync(), StringComparison.Ordinal);
        peers.ForEach(peer => peer.Dispose());
        await server.StopAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(27)]
    [InlineData(37)]
    public async Task D13_Exactly_so_many_requests_are_answered_and_the_last_answer_says_close(int max)
    {
        await using HttpServer server = await StartAsync(new ServerOptions { MaxRequestsPerConnection = max });
        using HttpPeer peer = await HttpPeer.ConnectAsync(server);
        for (int request = 1; request <= max; request++)
        {
            string answer = await peer.AskAsync();
            Assert.EndsWith($"\r\n\r\n{request}", answer, StringComparison.Ordinal);
            Assert.Equal(request == max, answer.Contains("Connection: close", StringComparison.Ordinal));
        }

        Assert.Equal("", await peer.ReceiveAsync());
        peer.Dispose();
        await _logger.UntilAsync(1005);
        Assert.EndsWith(
            $"handled {max} request(s) in 00:00:00: request limit", Message(1005), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "200 204 301 304 399 400 404 409 410 412 500 503", "")]
    [InlineData(true, "200 204 301 304 399 404 409 412", "400 401 403 405 408 410 411 413 500 503 599")]
    public async Task D11_Error_statuses_close_where_the_program_says_so(bool closes, string kept, string closed)
    {
        await using HttpServer server = await StartAsync(new ServerOptions { CloseOnErrorStatus = closes });
        using HttpPeer one = await HttpPeer.ConnectAsync(server);
        foreach (string status in kept.Split(' '))
            Assert.StartsWith($"HTTP/1.1 {status}", await one.AskAsync("/" + status), StringComparison.Ordinal);
        foreach (string status in closed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            using HttpPeer peer = await HttpPeer.ConnectAsync(server);
            Assert.Contains("Connection: close", await peer.AskAsync("/" + status), StringComparison.Ordinal);
            Assert.Equal("", await peer.ReceiveAsync());
        }
    }

    [Theory]
    [InlineData(FaultPolicy.CloseSilently)]
    [InlineData(FaultPolicy.Respond500)]
    public async Task D20_A_failing_handler_gets_what_the_policy_says(FaultPolicy policy)
    {
        await using HttpServer server = await StartAsync(new ServerOptions { FaultPolicy = policy });
        using HttpPeer peer = await HttpPeer.ConnectAsync(server);

        // One before it and one behind it, in one burst.
        await peer.Peer.SendAsync(
            "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /throw HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.EndsWith("\r\n\r\n1", await peer.ReceiveAsync(), StringComparison.Ordinal);
        if (policy == FaultPolicy.Respond500)
        {
            string failure = await peer.ReceiveAsync();
            Assert.StartsWith("HTTP/1.1 500 ", failure, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", failure, StringComparison.Ordinal);

            // The body was read, so the next request stands where it should: HTTP.md keeps such a connection.
            Assert.EndsWith("\r\n\r\n3", await peer.ReceiveAsync(), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal("", await peer.ReceiveAsync());
        }

        Assert.Equal(1, _logger.CountOf(1300));
    }

    [Fact]
    public async Task D27_A_connection_logs_its_beginning_and_its_end()
    {
        await using HttpServer server = await StartAsync(new ServerOptions { CloseOnErrorStatus = true });
        using HttpPeer peer = await HttpPeer.ConnectAsync(server);
        string address = peer.Peer.Socket.LocalEndPoint!.ToString()!;
        await peer.AskAsync();
        _time.Advance(TimeSpan.FromSeconds(3));
        await peer.AskAsync("/410");
        peer.Dispose();
        await _logger.UntilAsync(1005);
        Assert.Equal($"Connection 1 is new, from {address}", Message(1004));
        Assert.Equal($"Connection 1, from {address}, handled 2 request(s) in 00:00:03: 410 Gone", Message(1005));
        Assert.All(_logger.Events.Where(e => e.Id is 1004 or 1005), e => Assert.Equal(LogLevel.Debug, e.Level));
    }

    [Fact]
    public async Task What_is_set_on_a_connection_stays_for_its_requests_and_is_disposed_at_its_end()
    {
        var disposed = new List<string>();
        await using HttpServer server = await StartAsync(new ServerOptions
        {
            OnConnect = (connection, _) =>
            {
                Assert.Null(connection.Get<Resource>());
                Assert.Null(connection.Set(new Resource("first", disposed)));
                Assert.Equal("first", connection.Set(new Resource("second", disposed))!.Name);
                connection.Set<IAsyncDisposable>(new LaterResource(disposed));
                connection.Set("text");
                Assert.Equal("text", connection.Set<string>(null));
                return ValueTask.FromResult(true);
            },
        });
        using HttpPeer peer = await HttpPeer.ConnectAsync(server);
        await peer.AskAsync();
        ConnectionInfo connection = Assert.Single(server.GetConnections());
        Assert.Equal("second", connection.Get<Resource>()!.Name);
        Assert.Null(connection.Get<LaterResource>());
        Assert.Null(connection.Get<string>());
        Assert.Empty(disposed);
        peer.Dispose();
        await _logger.UntilAsync(1007);
        while (server.GetConnections().Count > 0)
            await Task.Yield();
        Assert.Equal(["later", "second"], disposed);
        Assert.Equal(ConnectionState.Closed, connection.State);
        Assert.Throws<ObjectDisposedException>(() => connection.Set("late"));
    }

    [Fact]
    public async Task Connections_can_be_looked_at_from_outside()
    {
        HttpServer server = await StartAsync(new ServerOptions());
        using HttpPeer first = await HttpPeer.ConnectAsync(server);
        await first.AskAsync();
        await first.AskAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        using HttpPeer second = await HttpPeer.ConnectAsync(server);
        await second.AskAsync();
        ConnectionInfo[] seen = [.. server.GetConnections().OrderBy(connection => connection.Id)];
        Assert.Equal([1L, 2L], seen.Select(connection => connection.Id));
        Assert.Equal([2L, 1L], seen.Select(connection => connection.RequestCount));
        Assert.Equal([5, 0], seen.Select(connection => connection.Age.Seconds));
        Assert.Equal(
            [first.Peer.Socket.LocalEndPoint, second.Peer.Socket.LocalEndPoint],
            seen.Select(connection => connection.RemoteEndPoint));
        first.Dispose();
        second.Dispose();
        await server.StopAsync();
        Assert.Empty(server.GetConnections());
        Assert.All(seen, connection => Assert.Equal(ConnectionState.Closed, connection.State));
    }

    private string Message(int id) => _logger.Events.Single(e => e.Id == id).Message;

    private Task<HttpServer> StartAsync(ServerOptions options) => new HttpServer(
        new FixedTable(),
        options with { Logger = _logger, TimeProvider = _time },
        new HostEnvironment { GetVariable = _ => null })
        .Use(_ => Answer).StartAsync("http://127.0.0.1:0");

    /// <summary>Answers /N with that status, and otherwise with the number of the request.</summary>
    private static ValueTask Answer(Exchange exchange)
    {
        string path = exchange.Request.Path[1..];
        if (path == "throw")
            throw new InvalidOperationException("secret");
        if (int.TryParse(path, out int status))
            exchange.Response.StatusCode = status;
        else
            exchange.Response.Write($"{exchange.Connection.RequestCount}");
        return ValueTask.CompletedTask;
    }

    private sealed class Resource(string name, List<string> disposed) : IDisposable
    {
        public string Name => name;

        public void Dispose() => disposed.Add(name);
    }

    private sealed class LaterResource(List<string> disposed) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            disposed.Add("later");
            throw new InvalidOperationException("fails");
        }
    }
}

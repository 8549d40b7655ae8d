using System.Net.Sockets;
using System.Text;
using Waymark.Connections;
using Waymark.Hosting;
using Waymark.Tests.Support;

namespace Waymark.Tests.Hosting;

public sealed class HttpServerTests
{
    private const string AnyPort = "http://127.0.0.1:0";

    private readonly ListLogger _logger = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_server_serves_on_the_address_that_it_shows()
    {
        await using HttpServer server = await New(LambdaHandler.Echo).StartAsync(AnyPort);
        using Peer peer = await Peer.ConnectAsync(Assert.Single(server.Endpoints));
        await peer.SendAsync("hello");
        Assert.Equal("hello", await peer.ReceiveAsync());
        peer.Dispose();
    }

    [Fact]
    public async Task A_bound_server_lets_connections_wait_and_shows_its_endpoints()
    {
        await using HttpServer server = New(LambdaHandler.Echo);
        Assert.Empty(server.Endpoints);
        await server.BindAsync(AnyPort, AnyPort);
        Assert.Equal(2, server.Endpoints.Distinct().Count());
        using Peer peer = await Peer.ConnectAsync(server.Endpoints[1]);
        await peer.SendAsync("early");
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.BindAsync(AnyPort));
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.StartAsync(AnyPort));
        await server.StartAsync();
        Assert.Equal("early", await peer.ReceiveAsync());
        peer.Dispose();
    }

    [Fact]
    public async Task A02_H37_A_second_server_on_the_same_port_fails_with_the_endpoint_in_the_message()
    {
        await using HttpServer server = await New(LambdaHandler.Echo).StartAsync(AnyPort);
        var e = await Assert.ThrowsAsync<ServerStartupException>(
            () => New(LambdaHandler.Echo).StartAsync(AnyPort, server.Endpoints[0]));
        Assert.Contains(server.Endpoints[0], e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ServerStartupException>(() => New(LambdaHandler.Echo).RunAsync(server.Endpoints[0]));
    }

    [Fact]
    public async Task A_stopped_server_closes_what_it_bound_and_does_not_start_again()
    {
        HttpServer bound = New(LambdaHandler.Echo);
        await bound.BindAsync(AnyPort);
        await bound.StopAsync();
        HttpServer ran = await New(LambdaHandler.Echo).StartAsync(AnyPort);
        await ran.StopAsync();
        await ran.StopAsync();
        await ran.DisposeAsync();
        foreach (HttpServer server in new[] { bound, ran })
        {
            var e = await Assert.ThrowsAsync<SocketException>(() => Peer.ConnectAsync(server.Endpoints[0]));
            Assert.Equal(SocketError.ConnectionRefused, e.SocketErrorCode);
            await Assert.ThrowsAsync<InvalidOperationException>(() => server.StartAsync(AnyPort));
            await Assert.ThrowsAsync<InvalidOperationException>(() => server.BindAsync(AnyPort));
            Assert.Throws<InvalidOperationException>(() => server.Use(next => next));
            Assert.True(server.Stopping.IsCancellationRequested);
        }
    }

    [Fact]
    public async Task The_first_middleware_added_is_the_outermost()
    {
        var order = new List<string>();
        HttpServer server = New(LambdaHandler.Echo)
            .Use(next => { order.Add("outer around " + (order.Count > 0 ? "inner" : "nothing")); return next; })
            .Use(next => { order.Add("inner"); return next; });
        await using (await server.StartAsync(AnyPort))
            Assert.Equal(["inner", "outer around inner"], order);
    }

    [Fact]
    public async Task A_middleware_that_returns_null_fails_the_start_with_nothing_open()
    {
        await using HttpServer server = New(LambdaHandler.Echo).Use(_ => null!);
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => server.StartAsync(AnyPort));
        Assert.Equal("Middleware 1 of 1 returned null.", e.Message);
        Assert.Empty(server.Endpoints);
    }

    [Fact]
    public async Task A_handler_can_stop_its_server_and_wait_for_it()
    {
        HttpServer? server = null;
        var handler = new LambdaHandler(async context =>
        {
            await server!.StopAsync();
            await server.DisposeAsync();
            await context.Connection.SendAsync("bye"u8.ToArray());
        });
        server = New(handler);
        await server.StartAsync(AnyPort);
        using Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
        Assert.Equal("bye", await peer.ReceiveToEndAsync());
        await server.StopAsync();
    }

    [Fact]
    public async Task A_stop_that_cuts_connections_off_says_how_many()
    {
        var handler = new LambdaHandler(_ => new TaskCompletionSource().Task);
        HttpServer server = await New(handler).StartAsync(AnyPort);
        using Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
        await handler.StartedAsync();
        Task stop = server.StopAsync(TimeSpan.Zero);
        await _time.UntilTimerAsync(Server.AbortGrace);
        _time.Advance(Server.AbortGrace);
        var e = await Assert.ThrowsAsync<ServerShutdownException>(() => stop);
        Assert.Equal(1, e.RemainingConnections);
        Assert.Equal(SocketError.ConnectionReset, await peer.ReceiveErrorAsync());
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(86_400_001)]
    public async Task A_drain_time_out_of_range_is_refused(int milliseconds)
    {
        await using HttpServer server = New(LambdaHandler.Echo);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => server.StopAsync(TimeSpan.FromMilliseconds(milliseconds)));
    }

    [Fact]
    public async Task A_connection_over_the_limit_is_answered_503_and_closed()
    {
        LambdaHandler handler = LambdaHandler.Echo;
        await using HttpServer server = await New(handler, new ServerOptions { MaxConnections = 1 }).StartAsync(
            AnyPort);
        using Peer first = await Peer.ConnectAsync(server.Endpoints[0]);
        await handler.StartedAsync();
        using Peer second = await Peer.ConnectAsync(server.Endpoints[0]);
        await second.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n"
            + "Content-Type: application/problem+json\r\nContent-Length: 155\r\n\r\n"
            + """{"type":"urn:waymark:problem:service-unavailable","title":"Service Unavailable","status":503,"detail":"The server has as many connections as it may have."}""",
            await second.ReceiveToEndAsync());
        await first.SendAsync("still served");
        Assert.Equal("still served", await first.ReceiveAsync());
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public async Task H38_A_restarted_server_takes_the_same_port_while_old_connections_linger()
    {
        HttpServer server = await New(new LambdaHandler(_ => Task.CompletedTask)).StartAsync(AnyPort);
        string address = server.Endpoints[0];
        using (Peer peer = await Peer.ConnectAsync(address))
            Assert.Equal("", await peer.ReceiveAsync());

        await server.StopAsync();
        await using HttpServer again = await New(LambdaHandler.Echo).StartAsync(address);
        Assert.Equal(address, Assert.Single(again.Endpoints));
    }

    [Fact]
    public async Task A_stop_under_load_answers_everyone_who_was_connected()
    {
        HttpServer server = New(LambdaHandler.Echo);
        await server.BindAsync(AnyPort);
        var peers = new List<Peer>();
        for (int i = 0; i < 200; i++)
        {
            Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
            await peer.SendAsync("hi");
            peers.Add(peer);
        }

        // All of them stand in the accept queue when the stop begins.
        await server.StartAsync();
        Task stop = server.StopAsync();
        foreach (Peer peer in peers)
        {
            Assert.Equal("hi", await peer.ReceiveAsync());
            peer.Dispose();
        }

        await stop;
    }

    [Theory]
    [InlineData(false, "GET /a/../b HTTP/1.1", "400")]
    [InlineData(false, "GET /%C3%A9 HTTP/1.1", "200")]
    [InlineData(true, "GET /a/../b HTTP/1.1", "200")]
    public async Task The_option_for_dot_segments_reaches_the_parser(bool removes, string line, string status)
    {
        var options = new ServerOptions { DotSegments = removes ? DotSegments.Remove : DotSegments.Reject };
        Assert.StartsWith($"HTTP/1.1 {status} ", await AskAsync(options, Encoding.UTF8.GetBytes(line)));
    }

    [Theory]
    [InlineData(false, "400")]
    [InlineData(true, "200")]
    public async Task The_option_for_raw_octets_reaches_the_parser(bool accepts, string status)
    {
        var options = new ServerOptions { AcceptsRawOctets = accepts };
        Assert.StartsWith($"HTTP/1.1 {status} ", await AskAsync(options, "GET /\u00e9 HTTP/1.1"u8.ToArray()));
    }

    [Theory]
    [InlineData(false, "400")]
    [InlineData(true, "200")]
    public async Task The_options_for_unwise_characters_and_hosts_reach_the_parser(bool accepts, string status)
    {
        var options = new ServerOptions { AcceptsUnwiseCharacters = accepts };
        Assert.StartsWith($"HTTP/1.1 {status} ", await AskAsync(options, "GET /{a} HTTP/1.1"u8.ToArray()));
        options = new ServerOptions { AcceptsDifferingHost = accepts };
        Assert.StartsWith($"HTTP/1.1 {status} ", await AskAsync(options, "GET http://y/ HTTP/1.1"u8.ToArray()));
    }

    private async Task<string> AskAsync(ServerOptions options, byte[] line)
    {
        await using var server = new HttpServer(new FixedTable(), options with { Logger = _logger });
        server.Use(_ => static exchange =>
        {
            exchange.Response.Write("here");
            return ValueTask.CompletedTask;
        });
        await server.StartAsync("http://127.0.0.1:0");
        using Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
        await peer.Socket.SendAsync((byte[])[.. line, .. "\r\nHost: x\r\nConnection: close\r\n\r\n"u8]);
        return await peer.ReceiveToEndAsync();
    }

    private HttpServer New(LambdaHandler protocol, ServerOptions? options = null) => new(
        new FixedTable(),
        (options ?? new ServerOptions()) with { Logger = _logger, TimeProvider = _time },
        new HostEnvironment { CreateProtocol = (_, _, _, _) => protocol, GetVariable = _ => null });
}

using System.Net;
using Microsoft.Extensions.Logging;
using Waymark.Testing;
using Waymark.Tests.Support;

namespace Waymark.Tests.Testing;

/// <summary>The server that users test with, in memory and on a port.</summary>
public sealed class TestHostTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static RouteTable Table => new FixedTable(new RouteInfo("GET", "/", "Home.Hello"));

    public static TheoryData<bool> Ways => [false, true];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_client_gets_what_the_server_answers(bool isOnPort)
    {
        await using TestHost host = await StartAsync(isOnPort, Greet);
        Assert.Equal("Hello /a?b=c", await host.Client.GetStringAsync(new Uri("/a?b=c", UriKind.Relative), Stop));
        using HttpResponseMessage posted = await host.Client.PostAsync(
            new Uri("/echo", UriKind.Relative), new StringContent(new string('x', 300_000)), Stop);
        Assert.Equal(new string('x', 300_000), await posted.Content.ReadAsStringAsync(Stop));
        Assert.Equal(isOnPort, host.BaseAddress.Port != 80);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Many_requests_at_once_are_answered(bool isOnPort)
    {
        await using TestHost host = await StartAsync(isOnPort, Greet);
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            index => host.Client.GetStringAsync(new Uri($"/{index}", UriKind.Relative), Stop)));
        Assert.Equal(Enumerable.Range(0, 50).Select(index => $"Hello /{index}"), answers);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Redirects_and_cookies_are_seen_as_they_come(bool isOnPort)
    {
        await using TestHost host = await StartAsync(isOnPort, static _ => exchange =>
        {
            exchange.Response.StatusCode = 302;
            exchange.Response.Headers.Set("Location", "/b");
            exchange.Response.Headers.Add("Set-Cookie", "a=b");
            return ValueTask.CompletedTask;
        });
        using HttpResponseMessage answer = await host.Client.GetAsync(new Uri("/a", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("a=b", answer.Headers.GetValues("Set-Cookie").Single());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Octets_can_be_played(bool isOnPort)
    {
        await using TestHost host = await StartAsync(isOnPort, Greet);
        await using TestConnection connection = await host.ConnectAsync();
        await connection.SendAsync("GET /caf%C3%A9 HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n");
        Assert.Contains("Hello /caf", await connection.ReceiveUntilAsync("Hello", Stop), StringComparison.Ordinal);
        await connection.SendAsync("Connection: close\r\n\r\n");
        Assert.EndsWith("Hello /b", await connection.ReceiveAllAsync(Stop), StringComparison.Ordinal);

        await using TestConnection silent = await host.ConnectAsync();
        await silent.SendAsync("GET / HTTP/1.1\r\nHo");
        silent.FinishSending();
        Assert.Equal("", await silent.ReceiveAllAsync(Stop));
        IOException e = await Assert.ThrowsAsync<IOException>(() => silent.ReceiveUntilAsync("HTTP", Stop));
        Assert.Contains("without 'HTTP'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_gives_up_is_noticed()
    {
        var isOver = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestHost host = await StartAsync(false, _ => async exchange =>
        {
            try
            {
                isThere.SetResult();
                for (int turn = 0; ; turn++)
                {
                    exchange.Response.Write("piece\n");
                    await exchange.Response.FlushAsync();
                    await Task.Yield();
                }
            }
            catch (IOException)
            {
                isOver.SetResult(true);
                throw;
            }
        });
        using var patience = new CancellationTokenSource();
        Task<HttpResponseMessage> asking = host.Client.GetAsync(
            new Uri("/", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, patience.Token);
        await isThere.Task;
        (await asking).Dispose();
        Assert.True(await isOver.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop));
    }

    [Fact]
    public async Task Time_is_the_tests_own_and_the_log_is_kept()
    {
        var time = new ManualTimeProvider();
        await using TestHost host = await TestHost.StartAsync(
            Table, options => options with { TimeProvider = time }, server => server.Use(static _ => static exchange =>
                throw new InvalidOperationException("planted")));
        await using TestConnection connection = await host.ConnectAsync();
        await connection.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 500 ", await connection.ReceiveAsync(Stop), StringComparison.Ordinal);
        TestLogEntry failure = Assert.Single(host.Logs, entry => entry.Level == LogLevel.Error);
        Assert.Equal("planted", failure.Exception!.Message);

        Task<string> receiving = connection.ReceiveAsync(Stop);
        for (int second = 0; second < 80 && !receiving.IsCompleted; second++)
            time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("", await receiving); // 75 s of silence end a connection.
    }

    [Fact]
    public async Task A_server_that_the_program_has_made_keeps_its_options()
    {
        var logger = new ListLogger();
        var server = new HttpServer(Table, new ServerOptions { Logger = logger, ServerField = "own" });
        await using TestHost host = await TestHost.StartAsync(server);
        using HttpResponseMessage answer = await host.Client.GetAsync(new Uri("/", UriKind.Relative), Stop);
        Assert.Equal("own", answer.Headers.Server.ToString());
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(host.Logs);
        Assert.NotEmpty(logger.Events);
        Assert.Same(server, host.Server);
        await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(server));
    }

    [Fact]
    public async Task A_host_that_is_disposed_of_takes_nobody_and_waits_for_nobody()
    {
        var isThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        TestHost host = await StartAsync(false, _ => async exchange =>
        {
            CancellationToken aborted = exchange.RequestAborted;
            isThere.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, aborted);
        });
        TestConnection connection = await host.ConnectAsync();
        await connection.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        await isThere.Task;
        await host.DisposeAsync();
        Assert.Equal(ServerState.Stopped, host.Server.State);
        await Assert.ThrowsAnyAsync<IOException>(host.ConnectAsync);
    }

    private static Task<TestHost> StartAsync(bool isOnPort, Func<Handler, Handler> middleware) => isOnPort
        ? TestHost.StartOnPortAsync(Table, configure: server => server.Use(middleware))
        : TestHost.StartAsync(Table, configure: server => server.Use(middleware));

    private static Handler Greet(Handler next) => static async exchange =>
    {
        if (exchange.Request.Method == "POST")
        {
            ReadOnlyMemory<byte> body = await exchange.Request.Body.ReadAllAsync();
            await exchange.Response.WriteAsync(body);
            return;
        }

        exchange.Response.Write($"Hello {System.Text.Encoding.ASCII.GetString(exchange.Request.Target)}");
    };
}

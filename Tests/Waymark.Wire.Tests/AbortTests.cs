using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>Handlers learn that their client is gone, and only then; what they leave behind harms nobody.</summary>
public class AbortTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected virtual Layer Layer => Layer.Clear;

    [Fact]
    public async Task A_client_that_resets_while_a_handler_runs_cancels_it_within_about_a_second()
    {
        await using var server = await LiveServer.StartAsync(Layer, WaitForAbortAsync);
        await server.PostAsync(Get);
        await _entered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        server.Abort();
        server.Pass(2);
        await _left.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(0, server.Logger.CountOf(1300));
    }

    [Fact]
    public async Task A_client_that_resets_an_idle_stream_cancels_its_handler()
    {
        await using var server = await LiveServer.StartAsync(Layer, async exchange =>
        {
            CancellationToken aborted = exchange.RequestAborted;
            exchange.Response.Write("event");
            await exchange.Response.FlushAsync();
            _entered.TrySetResult();
            await UntilAsync(aborted);
            _left.TrySetResult();
            aborted.ThrowIfCancellationRequested();
        });
        await server.PostAsync(Get);
        Assert.Contains("event", await server.ReceiveAsync(), StringComparison.Ordinal);
        server.Abort();
        server.Pass(2);
        await _left.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_client_that_has_finished_sending_is_not_gone_and_gets_its_answer()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isCancelled = false;
        await using var server = await LiveServer.StartAsync(Layer, async exchange =>
        {
            CancellationToken aborted = exchange.RequestAborted;
            _entered.TrySetResult();
            await go.Task;
            isCancelled = aborted.IsCancellationRequested;
            exchange.Response.Write("late");
        });
        await server.PostAsync(Get);
        await server.EndAsync();
        await _entered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        server.Pass(60);
        go.SetResult();
        Assert.EndsWith("\r\n\r\nlate", await server.ReceiveAsync(), StringComparison.Ordinal);
        Assert.False(isCancelled);
    }

    [Fact]
    public async Task A_handler_that_watches_keeps_its_connection_for_the_next_request()
    {
        await using var server = await LiveServer.StartAsync(Layer, static async exchange =>
        {
            CancellationToken aborted = exchange.RequestAborted;
            await Task.Yield();
            exchange.Response.Write($"{aborted.IsCancellationRequested}");
        });
        for (int round = 0; round < 3; round++)
        {
            await server.SendAsync(Get);
            Assert.EndsWith("False", await server.ReceiveAsync(), StringComparison.Ordinal);
            server.Pass(60);
        }

        server.Pass(16);
        Assert.Equal("", await server.ReceiveAsync());
    }

    [Fact]
    public async Task At_the_end_of_a_drain_a_handler_that_watches_is_cancelled()
    {
        await using var server = await LiveServer.StartAsync(Layer, WaitForAbortAsync);
        await server.PostAsync(Get);
        await _entered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Task stop = server.StopAsync(TimeSpan.Zero);
        await _left.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 503 ", await server.ReceiveAsync(), StringComparison.Ordinal);
        await stop;
    }

    [Theory]
    [InlineData("read")]
    [InlineData("read all")]
    [InlineData("read blocks")]
    public async Task A_read_that_a_handler_leaves_behind_ends_the_connection_and_is_logged_once(string kind)
    {
        await using var server = await LiveServer.StartAsync(Layer, exchange =>
        {
            _ = kind switch
            {
                "read" => exchange.Request.Body.ReadAsync(new byte[100]).AsTask(),
                "read all" => exchange.Request.Body.ReadAllAsync().AsTask(),
                _ => (Task)exchange.Request.Body.ReadSequenceAsync().AsTask(),
            };
            exchange.Response.Write("done");
            return ValueTask.CompletedTask;
        });
        await server.PostAsync("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");
        await Assert.ThrowsAsync<ConnectionLostException>(server.ReceiveAsync);
        await server.Logger.UntilAsync(1309);
        Assert.Equal(1, server.Logger.CountOf(1309));
        Assert.Equal(0, server.Logger.CountOf(1000));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000_000)]
    public async Task A_write_that_a_handler_leaves_behind_ends_the_connection(int bytes)
    {
        StuckClient client = await StuckClient.StartAsync(
            Layer,
            Engine.Protocol(exchange =>
            {
                exchange.Response.Write(new byte[bytes]);
                _ = exchange.Response.FlushAsync().AsTask();
                return ValueTask.CompletedTask;
            }),
            Get);
        await client.Serving.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("flush")]
    [InlineData("write")]
    [InlineData("large write")]
    public async Task A_second_call_while_the_first_waits_throws_and_changes_nothing(string kind)
    {
        InvalidOperationException? thrown = null;
        var thrownAt = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        StuckClient client = await StuckClient.StartAsync(
            Layer,
            Engine.Protocol(async exchange =>
            {
                Response response = exchange.Response;
                response.Write("first");
                Task flushing = response.FlushAsync().AsTask();
                try
                {
                    if (kind == "flush")
                        await response.FlushAsync();
                    else if (kind == "write")
                        response.Write("second");
                    else
                        await response.WriteAsync(new byte[100_000]);
                }
                catch (InvalidOperationException e)
                {
                    thrown = e;
                }

                thrownAt.SetResult();
                await flushing;
            }),
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n");
        await thrownAt.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        client.Abort();
        await client.Serving.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Contains("await it", thrown?.Message, StringComparison.Ordinal);
    }

    private async ValueTask WaitForAbortAsync(Exchange exchange)
    {
        CancellationToken aborted = exchange.RequestAborted;
        _entered.TrySetResult();
        await UntilAsync(aborted);
        _left.TrySetResult();
        aborted.ThrowIfCancellationRequested();
    }

    private static async Task UntilAsync(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = token.Register(cancelled.SetResult);
        await cancelled.Task.WaitAsync(Patience, CancellationToken.None);
    }
}

/// <summary>The same over TLS.</summary>
public sealed class TlsAbortTests : AbortTests
{
    protected override Layer Layer => Layer.Tls;
}

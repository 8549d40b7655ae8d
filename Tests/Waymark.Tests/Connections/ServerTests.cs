using Microsoft.Extensions.Logging;
using Waymark.Connections;
using Waymark.Tests.Support;

namespace Waymark.Tests.Connections;

public sealed class ServerTests : IAsyncDisposable
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan IdleGrace = TimeSpan.FromSeconds(2);

    private readonly ListLogger _logger = new();
    private readonly ManualTimeProvider _time = new();
    private readonly FakeListener _listener = new();

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    [Fact]
    public async Task A_connection_whose_handler_fails_is_logged_once_and_closed_and_others_go_on()
    {
        Server server = Start(new LambdaHandler(_ => throw new InvalidOperationException("oops")));
        var connection = new FakeConnection();
        _listener.Offer(connection);
        await connection.Disposed;
        (LogLevel level, _, string message, Exception? cause) = Assert.Single(_logger.Events, e => e.Id == 1000);
        Assert.Equal(LogLevel.Error, level);
        Assert.Equal("Connection 1 ended with an error that nothing handled.", message);
        Assert.Equal("oops", cause!.Message);

        var second = new FakeConnection();
        _listener.Offer(second);
        await second.Disposed;
        Assert.Equal(2, _logger.CountOf(1000));
        Assert.Equal(0, await server.StopAsync(Drain));
    }

    [Fact]
    public async Task A_lost_connection_is_logged_at_Debug()
    {
        Server server = Start(new LambdaHandler(_ => throw new IOException("reset by peer")));
        var connection = new FakeConnection();
        _listener.Offer(connection);
        await connection.Disposed;
        (LogLevel level, int id, string message, _) = Assert.Single(_logger.Events, e => e.Id == 1001);
        Assert.Equal((LogLevel.Debug, 1001, "Connection 1 was lost: reset by peer"), (level, id, message));
        await server.StopAsync(Drain);
    }

    [Fact]
    public async Task A_stop_waits_for_what_is_in_flight()
    {
        var finish = new TaskCompletionSource();
        var handler = new LambdaHandler(_ => finish.Task);
        Server server = Start(handler);
        _listener.Offer(new FakeConnection());
        ConnectionContext context = await handler.StartedAsync();
        Task<int> stop = server.StopAsync(Drain);
        await _time.UntilTimerAsync(IdleGrace);
        Assert.True(_listener.Closed.IsCompleted);
        Assert.True(context.IsStopping);
        _time.Advance(IdleGrace);
        await _time.UntilTimerAsync(Drain - IdleGrace);
        _time.Advance(TimeSpan.FromSeconds(27));
        Assert.False(stop.IsCompleted || context.AbortToken.IsCancellationRequested);
        finish.SetResult();
        Assert.Equal(0, await stop);
    }

    [Fact]
    public async Task An_idle_connection_stays_for_the_grace_and_is_closed_then()
    {
        LambdaHandler handler = LambdaHandler.Idle;
        Server server = Start(handler);
        var connection = new FakeConnection();
        _listener.Offer(connection);
        await handler.StartedAsync();
        Task<int> stop = server.StopAsync(Drain);
        await _time.UntilTimerAsync(IdleGrace);
        _time.Advance(IdleGrace - TimeSpan.FromTicks(1));
        Assert.False(connection.IsReceivingStopped);
        _time.Advance(TimeSpan.FromTicks(1));
        await connection.Disposed;
        Assert.Equal(0, await stop);
        Assert.False(connection.IsAborted);
    }

    [Fact]
    public async Task What_is_stuck_is_cancelled_at_the_drain_time_then_reset_and_counted()
    {
        var handler = new LambdaHandler(_ => new TaskCompletionSource().Task);
        Server server = Start(handler);
        var connection = new FakeConnection();
        _listener.Offer(connection);
        ConnectionContext context = await handler.StartedAsync();
        Task<int> stop = server.StopAsync(Drain);
        await _time.UntilTimerAsync(IdleGrace);
        _time.Advance(IdleGrace);
        await _time.UntilTimerAsync(Drain - IdleGrace);
        Assert.False(context.AbortToken.IsCancellationRequested);
        _time.Advance(Drain - IdleGrace);
        await _time.UntilTimerAsync(Server.AbortGrace);
        Assert.True(context.AbortToken.IsCancellationRequested);
        Assert.True(connection.IsReceivingStopped);
        Assert.False(connection.IsAborted);
        _time.Advance(Server.AbortGrace);
        await connection.Aborted;
        Assert.Equal(1, await stop);
        Assert.Equal(
            "Aborted 1 connection(s) that did not end within the drain time of 00:00:30; 1 of them did not heed the "
            + "cancellation and were reset.",
            _logger.Events.Single(e => e.Id == 1030).Message);
    }

    [Fact]
    public async Task A_handler_that_heeds_the_cancellation_is_counted_but_not_reset()
    {
        var handler = new LambdaHandler(context => Task.Delay(Timeout.InfiniteTimeSpan, _time, context.AbortToken));
        Server server = Start(handler);
        var connection = new FakeConnection();
        _listener.Offer(connection);
        await handler.StartedAsync();
        Assert.Equal(1, await server.StopAsync(TimeSpan.Zero));
        Assert.False(connection.IsAborted);
        Assert.Equal(0, _logger.CountOf(1000));
    }

    [Fact]
    public async Task A_failing_callback_on_the_token_does_not_keep_the_server_from_stopping()
    {
        var handler = new LambdaHandler(context =>
        {
            context.AbortToken.Register(() => throw new InvalidOperationException("callback"));
            return context.Connection.ReceiveAsync(new byte[1]).AsTask();
        });
        Server server = Start(handler);
        _listener.Offer(new FakeConnection());
        await handler.StartedAsync();
        Assert.Equal(1, await server.StopAsync(TimeSpan.Zero));
        await _logger.UntilAsync(1031);
    }

    [Fact]
    public async Task A_second_stop_shortens_the_first_and_both_see_the_same_end()
    {
        LambdaHandler handler = LambdaHandler.Idle;
        Server server = Start(handler);
        _listener.Offer(new FakeConnection());
        await handler.StartedAsync();
        Task<int> first = server.StopAsync(Drain);
        await _time.UntilTimerAsync(IdleGrace);
        Task<int> second = server.StopAsync(TimeSpan.FromSeconds(1));
        await _time.UntilTimerAsync(TimeSpan.FromSeconds(1));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(await first, await second);
    }

    [Fact]
    public async Task Code_of_a_connection_is_known_as_such_and_other_code_is_not()
    {
        Server? server = null;
        var seen = new TaskCompletionSource<bool>();
        var handler = new LambdaHandler(async _ =>
        {
            await Task.Yield();
            seen.SetResult(server!.IsInside);
        });
        server = Start(handler);
        _listener.Offer(new FakeConnection());
        Assert.True(await seen.Task);
        Assert.False(server.IsInside);
        await server.StopAsync(Drain);
    }

    [Fact]
    public async Task A_connection_sees_nothing_of_the_context_in_which_the_server_was_started()
    {
        var ambient = new AsyncLocal<string?> { Value = "request of someone else" };
        var seen = new TaskCompletionSource<string?>();
        Server server = Start(new LambdaHandler(_ =>
        {
            seen.SetResult(ambient.Value);
            return Task.CompletedTask;
        }));
        _listener.Offer(new FakeConnection());
        Assert.Null(await seen.Task);
        await server.StopAsync(Drain);
    }

    [Fact]
    public async Task One_connection_over_the_limit_gets_the_answer_and_is_closed()
    {
        LambdaHandler handler = LambdaHandler.Idle;
        Server server = Start(handler, connectionsMax: 1);
        _listener.Offer(new FakeConnection());
        await handler.StartedAsync();
        var refused = new FakeConnection();
        _listener.Offer(refused);

        // Its peer sends nothing and closes nothing: the sweep ends the lingering after a second.
        var limit = Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        while (!refused.IsReceivingStopped && !limit.IsCompleted)
        {
            _time.Advance(ConnectionSet.SweepPeriod);
            await Task.Yield();
        }

        await refused.Disposed;
        Assert.Equal("503 please<FIN>", refused.Sent);
        Assert.Equal(1, _logger.CountOf(1010));
        await server.StopAsync(TimeSpan.Zero);
    }

    private Server Start(ConnectionHandler handler, int? connectionsMax = null)
    {
        var settings = new ServerSettings
        {
            Logger = _logger,
            Time = _time,
            ConnectionsMax = connectionsMax,
            RejectionAnswer = "503 please"u8.ToArray(),
            IdleGrace = IdleGrace,
        };
        var server = new Server([new ServedListener(_listener, handler)], settings);
        server.Start();
        return server;
    }
}

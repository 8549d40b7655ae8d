using Waymark.Tests.Support;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Handlers that take too long.</summary>
public sealed class RequestTimeoutTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_handler_that_gives_up_in_time_over_is_answered_and_the_connection_goes_on(int status)
    {
        var time = new ManualTimeProvider();
        var logger = new ListLogger();
        int count = 0;
        Handler handler = Wrapped.Handler(
            Wrapped.Context(time, logger),
            async exchange =>
            {
                exchange.Response.Headers.Set("Lost"u8, "yes"u8);
                exchange.Response.Write("lost"u8);
                if (count++ == 0)
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, exchange.RequestAborted);
            },
            RequestTimeout.From(new RequestTimeoutOptions { Timeout = Limit, StatusCode = status }));
        Task<WireAnswer> playing = Engine.PlayOnceAsync(Layer.Clear, Get + Get, handler);
        await time.UntilTimerAsync(Limit);
        time.Advance(Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(playing.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        WireAnswer answer = await playing;
        Assert.Equal($"{status} 200", answer.Statuses);
        Assert.Equal(1, answer.Text.Split("Lost").Length - 1);
        Assert.Contains("\"detail\":\"The answer took too long.\"", answer.Text, StringComparison.Ordinal);
        Assert.Equal([1430], logger.Events.Select(logged => logged.Id));
    }

    [Fact]
    public async Task A_handler_that_throws_at_once_when_its_time_is_over_is_answered_too()
    {
        var time = new ManualTimeProvider();
        Handler handler = Wrapped.Handler(
            Wrapped.Context(time),
            exchange =>
            {
                CancellationToken stop = exchange.RequestAborted;
                time.Advance(Limit);
                Assert.True(SpinWait.SpinUntil(() => stop.IsCancellationRequested, TimeSpan.FromSeconds(20)));
                stop.ThrowIfCancellationRequested();
                return ValueTask.CompletedTask;
            },
            RequestTimeout.After(Limit));
        Assert.Equal("503", (await Engine.PlayOnceAsync(Layer.Clear, Get, handler)).Statuses);
    }

    [Fact]
    public async Task An_answer_that_has_started_is_cut_off()
    {
        var time = new ManualTimeProvider();
        Handler handler = Wrapped.Handler(
            Wrapped.Context(time),
            async exchange =>
            {
                await exchange.Response.FlushAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, exchange.RequestAborted);
            },
            RequestTimeout.After(Limit));
        Task<WireAnswer> playing = Engine.PlayOnceAsync(Layer.Clear, Get + Get, handler);
        await time.UntilTimerAsync(Limit);
        time.Advance(Limit);
        WireAnswer answer = await playing;
        Assert.True(answer.IsAborted);
        Assert.Equal("200", answer.Statuses);
    }

    [Fact]
    public async Task A_handler_that_ends_late_all_the_same_gives_its_own_answer()
    {
        var time = new ManualTimeProvider();
        Handler handler = Wrapped.Handler(
            Wrapped.Context(time),
            exchange =>
            {
                time.Advance(Limit + Limit);
                exchange.Response.Write("late"u8);
                return ValueTask.CompletedTask;
            },
            RequestTimeout.After(Limit));
        WireAnswer answer = await Engine.PlayOnceAsync(Layer.Clear, Get, handler);
        Assert.EndsWith("\r\n\r\nlate", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_cancellation_or_failure_is_not_taken_for_a_timeout()
    {
        Handler cancelled = Wrapped.Handler(
            static _ => throw new OperationCanceledException(), RequestTimeout.After(Limit));
        Assert.Equal("500", (await Engine.PlayOnceAsync(Layer.Clear, Get, cancelled)).Statuses);
        Handler failed = Wrapped.Handler(
            static async _ =>
            {
                await Task.Yield();
                throw new TimeZoneNotFoundException();
            },
            RequestTimeout.After(Limit));
        Assert.Equal("500", (await Engine.PlayOnceAsync(Layer.Clear, Get, failed)).Statuses);
    }

    [Fact]
    public async Task Of_two_limits_the_shorter_one_ends_first_and_the_token_is_one()
    {
        var time = new ManualTimeProvider();
        Handler handler = Wrapped.Handler(
            Wrapped.Context(time),
            exchange =>
            {
                Assert.Equal(exchange.RequestAborted, exchange.RequestAborted);
                return new ValueTask(
                    Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, exchange.RequestAborted));
            },
            RequestTimeout.After(Limit), RequestTimeout.After(Limit + Limit));
        Task<WireAnswer> playing = Engine.PlayOnceAsync(Layer.Clear, Get, handler);
        await time.UntilTimerAsync(Limit);
        await time.UntilTimerAsync(Limit + Limit);
        time.Advance(Limit);
        Assert.Equal("503", (await playing).Statuses);
    }

    [Fact]
    public async Task The_token_still_tells_that_the_server_gives_up()
    {
        using var abort = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        Handler handler = Wrapped.Handler(
            exchange =>
            {
                CancellationToken stop = exchange.RequestAborted;
                asked.SetResult();
                return new ValueTask(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));
            },
            RequestTimeout.After(Limit));
        Task<WireAnswer> playing = Engine.PlayOnceAsync(
            Layer.Clear, Engine.Protocol(handler), [Engine.Bytes(Get)], abort);
        await asked.Task;
        await abort.CancelAsync();
        Assert.Equal("503", (await playing).Statuses);
    }

    [Theory]
    [InlineData(0, 503)]
    [InlineData(-1, 503)]
    [InlineData(86_400_001, 503)]
    [InlineData(1, 500)]
    public void Options_are_checked(long milliseconds, int status) => Assert.Single(
        Assert.Throws<OptionsException>(() => RequestTimeout.From(new RequestTimeoutOptions
        {
            Timeout = TimeSpan.FromMilliseconds(milliseconds), StatusCode = status,
        })).Problems);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_request_in_time_allocates_nothing_even_where_its_handler_asks_for_the_token(bool asks)
    {
        Handler handler = Wrapped.Handler(
            exchange =>
            {
                if (asks)
                    Assert.True(exchange.RequestAborted.CanBeCanceled);
                return ValueTask.CompletedTask;
            },
            RequestTimeout.After(Limit));
        Assert.Equal(0, Allocations.OfRequest(Get, handler));
    }
}

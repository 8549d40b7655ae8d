using Waymark.Tests.Support;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>What is registered to run before the head of an answer, and behind the answer.</summary>
public sealed class ExchangeCallbackTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    public enum Way
    {
        Written,
        Flushed,
        Thrown,
    }

    [Theory]
    [InlineData(Way.Written, "HTTP/1.1 202 Accepted\r\nDate: *\r\nX: 1\r\nX: 2\r\nContent-Length: 4\r\n\r\nbody")]
    [InlineData(
        Way.Flushed,
        "HTTP/1.1 202 Accepted\r\nDate: *\r\nX: 1\r\nX: 2\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n")]
    public async Task A_starting_callback_still_sets_status_and_fields_and_the_last_one_runs_first(
        Way way, string expected)
    {
        WireAnswer answer = await Engine.PlayAsync([Engine.Bytes(Get + Get)], handler: async exchange =>
        {
            exchange.OnStarting(static exchange => exchange.Response.Headers.Add("X"u8, "2"u8));
            exchange.OnStarting(static exchange =>
            {
                exchange.Response.StatusCode = 202;
                exchange.Response.Headers.Add("X"u8, "1"u8);
            });
            exchange.Response.Write("body"u8);
            if (way == Way.Flushed)
            {
                await exchange.Response.FlushAsync();
                Assert.Throws<InvalidOperationException>(() => exchange.OnStarting(static _ => { }));
            }
        });
        Assert.Equal(expected + expected, answer.Text);
    }

    [Fact]
    public async Task A_starting_callback_runs_for_the_problem_that_an_exception_becomes()
    {
        WireAnswer answer = await Engine.PlayAsync([Engine.Bytes(Get)], handler: exchange =>
        {
            exchange.Response.Headers.Set("Lost"u8, "with the answer"u8);
            exchange.OnStarting(static exchange => exchange.Response.Headers.Set("X"u8, "kept"u8));
            throw new TimeZoneNotFoundException();
        });
        Assert.StartsWith("HTTP/1.1 500 ", answer.Text, StringComparison.Ordinal);
        Assert.Contains("\r\nX: kept\r\n", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Lost", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Way.Written, 200, false, false)]
    [InlineData(Way.Flushed, 200, false, false)]
    [InlineData(Way.Thrown, 500, true, false)]
    public async Task A_completed_callback_sees_what_was_sent(Way way, int status, bool isFailed, bool isCutOff)
    {
        var seen = new List<(int, bool, bool, long)>();
        await Engine.PlayOnceAsync(Layer.Clear, Get + Get, async exchange =>
        {
            exchange.OnCompleted(done => seen.Add((
                done.Response.StatusCode, done.Failure is TimeZoneNotFoundException, done.IsCutOff,
                done.Response.BodyBytes)));
            if (way == Way.Thrown)
                throw new TimeZoneNotFoundException();
            exchange.Response.Write("body"u8);
            if (way == Way.Flushed)
                await exchange.Response.FlushAsync();
        });
        Assert.Equal(2, seen.Count);
        Assert.All(seen, one => Assert.Equal((status, isFailed, isCutOff), (one.Item1, one.Item2, one.Item3)));
        Assert.All(seen, one => Assert.Equal(way == Way.Thrown, one.Item4 > 4));
    }

    [Fact]
    public async Task A_completed_callback_sees_that_an_answer_was_cut_off()
    {
        bool? isCutOff = null;
        await Engine.PlayAsync([Engine.Bytes(Get)], handler: async exchange =>
        {
            exchange.OnCompleted(done => isCutOff = done.IsCutOff);
            exchange.Response.ContentLength = 10;
            exchange.Response.Write("body"u8);
            await exchange.Response.FlushAsync();
        });
        Assert.True(isCutOff);
    }

    [Fact]
    public async Task A_callback_that_throws_is_logged_and_harms_nothing()
    {
        var logger = new ListLogger();
        int ran = 0;
        WireAnswer answer = await Engine.PlayOnceAsync(Layer.Clear, Get + Get, logger: logger, handler: exchange =>
        {
            exchange.OnStarting(_ => ran++);
            exchange.OnStarting(static _ => throw new TimeZoneNotFoundException());
            exchange.OnCompleted(_ => ran++);
            exchange.OnCompleted(static _ => throw new TimeZoneNotFoundException());
            return ValueTask.CompletedTask;
        });
        const string One = "HTTP/1.1 200 OK\r\nDate: *\r\nContent-Length: 0\r\n\r\n";
        Assert.Equal(One + One, answer.Text);
        Assert.Equal(4, ran);
        Assert.Equal(4, logger.Events.Count(logged => logged.Id == 1313));
    }
}

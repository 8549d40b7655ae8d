using Waymark.Routing;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>A route raises or lowers the server's limit of bodies, which is 100 here.</summary>
public sealed class BodyLimitTests
{
    private static readonly ServerLimits Limits = new() { BodyBytesMax = 100 };
    private static readonly Handler Routes = new Router(new LimitTable()).HandleAsync;

    [Theory]
    [InlineData("POST /small", 9, "200")]
    [InlineData("POST /small", 10, "200")]
    [InlineData("POST /small", 11, "413")]
    [InlineData("POST /plain", 99, "200")]
    [InlineData("POST /plain", 100, "200")]
    [InlineData("POST /plain", 101, "413")]
    [InlineData("POST /large", 999, "200")]
    [InlineData("POST /large", 1000, "200")]
    [InlineData("POST /large", 1001, "413")]
    [InlineData("POST /nowhere", 100, "404")]
    [InlineData("POST /nowhere", 101, "413")]
    [InlineData("PUT /large", 100, "405")]
    [InlineData("PUT /large", 101, "413")]
    [InlineData("OPTIONS /large", 101, "413")]
    [InlineData("PURGE /large", 101, "413")]
    public async Task A_declared_body_has_the_limit_of_its_route(string start, int length, string status)
    {
        string body = new('b', length);
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"{start} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{body}", Limits, Routes);
        Assert.Equal(status, answer.Statuses);
        Assert.Equal(status == "413", answer.SaysClose);
        if (status == "413")
            Assert.EndsWith(",\"status\":413,\"detail\":\"The body is too large.\"}", answer.Text);
    }

    [Theory]
    [InlineData("/small", 10, "200")]
    [InlineData("/small", 11, "413")]
    [InlineData("/plain", 100, "200")]
    [InlineData("/plain", 101, "413")]
    [InlineData("/large", 1000, "200")]
    [InlineData("/large", 1001, "413")]
    public async Task A_chunked_body_is_cut_at_the_limit_of_its_route(string path, int length, string status)
    {
        string body = $"5\r\nbbbbb\r\n{length - 5:x}\r\n{new string('b', length - 5)}\r\n0\r\n\r\n";
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{body}", Limits, Routes);
        Assert.Equal(status, answer.Statuses);
        Assert.Equal(status == "413", answer.SaysClose);
    }

    [Theory]
    [InlineData("/small", 11)]
    [InlineData("/plain", 101)]
    [InlineData("/nowhere", 101)]
    public async Task A_declared_length_beyond_the_limit_gets_no_100_and_nothing_behind_it_is_read(
        string path, int length)
    {
        WireAnswer answer = await Engine.PlayAsync(
            $"POST {path} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n"
            + "GET /plain HTTP/1.1\r\nHost: x\r\n\r\n", Limits, Routes);
        Assert.Equal("413", answer.Statuses);
        Assert.True(answer.SaysClose);
    }

    [Theory]
    [InlineData("/large", 100, "200")]
    [InlineData("/large", 101, "413")]
    [InlineData("/small", 11, "413")]
    public async Task Middleware_that_reads_before_is_bound_by_the_limit_of_the_server(
        string path, int length, string status)
    {
        Handler reading = async exchange =>
        {
            await exchange.Request.Body.ReadAllAsync();
            await Routes(exchange);
        };
        string body = new('b', length);
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{body}", Limits, reading);
        Assert.Equal(status, answer.Statuses);
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public async Task Middleware_that_answers_without_reading_keeps_only_what_is_within_the_limit(
        int length, bool isClosed)
    {
        Handler refusing = static exchange =>
        {
            exchange.Response.StatusCode = 401;
            return ValueTask.CompletedTask;
        };
        string body = new('b', length);
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"POST /plain HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{body}", Limits, refusing);
        Assert.Equal("401", answer.Statuses);
        Assert.Equal(isClosed, answer.SaysClose);
    }

    [Fact]
    public async Task The_limit_of_one_request_is_not_that_of_the_next_one()
    {
        string body = new('b', 11);
        string rest = $"HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        WireAnswer answer = await Engine.PlayAsync(
            $"POST /large {rest}POST /plain {rest}POST /small {rest}", Limits, Routes);
        Assert.Equal("200 200 413", answer.Statuses);
        Assert.Contains("11 of 1000HTTP", answer.Text, StringComparison.Ordinal);
        Assert.Contains("11 of 100HTTP", answer.Text, StringComparison.Ordinal);
    }
}

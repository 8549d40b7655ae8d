using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>A limit around handlers, beside the attribute of a route.</summary>
public sealed class BodyLimitMiddlewareTests
{
    [Theory]
    [InlineData("Content-Length: 3\r\n\r\nabc", "200")]
    [InlineData("Content-Length: 4\r\n\r\nabcd", "200")]
    [InlineData("Content-Length: 5\r\n\r\nabcde", "413")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n", "200")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n1\r\ne\r\n0\r\n\r\n", "413")]
    [InlineData("Expect: 100-continue\r\nContent-Length: 5\r\n\r\n", "413")]
    public async Task A_body_beyond_the_limit_gets_413(string rest, string statuses)
    {
        WireAnswer answer = await Engine.PlayAsync(
            $"POST /len HTTP/1.1\r\nHost: x\r\n{rest}", handler: Wrapped.Routes(BodyLimit.Of(4)));
        Assert.Equal(statuses, answer.Statuses);
    }

    [Fact]
    public async Task The_closest_limit_counts_and_may_be_the_larger_one()
    {
        WireAnswer answer = await Engine.PlayAsync(
            "POST /len HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde",
            new ServerLimits { BodyBytesMax = 2 },
            Wrapped.Routes(BodyLimit.Of(3), BodyLimit.Of(5)));
        Assert.Equal("200", answer.Statuses);
    }

    [Fact]
    public async Task Inside_of_a_route_what_is_too_large_does_not_reach_the_handler()
    {
        bool isCalled = false;
        Handler limited = Wrapped.Handler(
            _ =>
            {
                isCalled = true;
                return ValueTask.CompletedTask;
            },
            BodyLimit.Of(4));
        WireAnswer answer = await Engine.PlayAsync(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde",
            handler: exchange =>
            {
                exchange.Route = 0;
                return limited(exchange);
            });
        Assert.Equal("413", answer.Statuses);
        Assert.False(isCalled);
    }

    [Fact]
    public void A_limit_is_not_negative()
    {
        Assert.Throws<OptionsException>(() => BodyLimit.Of(-1));
        Assert.NotNull(BodyLimit.Of(0));
    }

    [Fact]
    public void Nothing_is_allocated_for_a_request_without_a_body() => Assert.Equal(0, Allocations.OfRequest(
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        Wrapped.Handler(static _ => ValueTask.CompletedTask, BodyLimit.Of(4))));
}

using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>RFC 9112 section 9: persistence, pipelining, close.</summary>
public sealed class ConnectionTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    private const string Answer =
        "HTTP/1.1 200 OK\r\nDate: *\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello";

    [Fact]
    public async Task Ten_pipelined_requests_are_answered_in_order_with_one_send()
    {
        WireAnswer answer = await Engine.PlayAsync(string.Concat(Enumerable.Repeat(Get, 10)));
        Assert.Equal(string.Concat(Enumerable.Repeat(Answer, 10)), answer.Text);
        Assert.Equal(1, answer.SendCount);
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_alike_at_every_split()
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            Get + "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabcdefghi" + "GET /json HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal("200 200 200", answer.Statuses);
        Assert.Contains("abcdefghi", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("""{"X":1,"Y":1}""", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", true)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nConnection: a, CLOSE ,b\r\n\r\n", true)]
    [InlineData("GET / HTTP/1.0\r\n\r\n", true)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n", false)]
    [InlineData("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", false)]
    public async Task After_the_last_answer_nothing_more_is_processed(string request, bool isLast)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(request + Get);
        Assert.Equal(isLast ? "200" : "200 200", answer.Statuses);
        Assert.Equal(isLast, answer.SaysClose);
    }

    [Fact]
    public async Task HTTP_1_0_is_told_that_the_connection_stays()
    {
        WireAnswer answer = await Engine.PlayAsync("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        Assert.Contains("Connection: keep-alive\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_request_before_a_bad_one_is_answered()
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(Get + "GET / HTTP/9\r\n\r\n" + Get);
        Assert.Equal("200 400", answer.Statuses);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("GET / HT")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n")]
    public async Task A_head_that_breaks_off_reaches_no_handler(string input)
    {
        WireAnswer answer = await Engine.PlayAsync(
            [Engine.Bytes(input)], handler: _ => throw new InvalidOperationException("called"));
        Assert.Equal("", answer.Text);
        Assert.False(answer.IsAborted);
    }

    [Fact]
    public async Task A_client_that_has_finished_sending_still_gets_its_answer()
    {
        Assert.Equal(Answer, (await Engine.PlayAsync(Get)).Text);
    }
}

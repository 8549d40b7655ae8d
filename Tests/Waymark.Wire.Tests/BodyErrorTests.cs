using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>Bodies that turn out to be wrong or to break off while a handler reads them.</summary>
public sealed class BodyErrorTests
{
    private const string Next = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    public static TheoryData<string, string> Bad => new()
    {
        { "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\nzz\r\n", "400" },
        { "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX : y\r\n\r\n", "400" },
        { "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n1C9C381\r\n", "413" },
        { "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", "400" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Where_no_answer_has_begun_it_is_the_clients_mistake_and_never_500(string rest, string status)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"POST / HTTP/1.1\r\nHost: x\r\n{rest}{Next}",
            handler: static async exchange =>
            {
                exchange.Response.Write("dropped");
                await exchange.Request.Body.ReadAllAsync();
            });
        Assert.Equal(status, answer.Statuses);
        Assert.True(answer.SaysClose);
        Assert.False(answer.IsAborted);
        Assert.DoesNotContain("dropped", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Where_an_answer_has_begun_the_connection_is_aborted(string rest, string status)
    {
        WireAnswer answer = await Engine.PlayAsync(
            $"POST / HTTP/1.1\r\nHost: x\r\n{rest}{Next}",
            handler: static async exchange =>
            {
                exchange.Response.Write("begun");
                await exchange.Response.FlushAsync();
                await exchange.Request.Body.ReadAllAsync();
            });
        Assert.True(answer.IsAborted, status);
        Assert.EndsWith("\r\n\r\n5\r\nbegun\r\n", answer.Text, StringComparison.Ordinal);
        Assert.Equal("200", answer.Statuses);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_handler_that_answers_all_the_same_ends_the_connection(string rest, string status)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"POST / HTTP/1.1\r\nHost: x\r\n{rest}{Next}",
            handler: async exchange =>
            {
                var failure = await Assert.ThrowsAsync<BadRequestException>(
                    () => exchange.Request.Body.ReadAllAsync().AsTask());
                exchange.Response.Write($"{failure.StatusCode}");
            });
        Assert.Equal("200", answer.Statuses);
        Assert.EndsWith($"\r\n\r\n{status}", answer.Text, StringComparison.Ordinal);
        Assert.True(answer.SaysClose);
    }

    // RFC 9112 section 8: a message that is cut off anywhere is incomplete, and no handler takes it for whole.
    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;e=f\r\nabcde\r\n0\r\nT: u\r\n\r\n")]
    public async Task A_request_that_breaks_off_anywhere_is_never_a_whole_one(string request)
    {
        int whole = 0;
        Handler handler = async exchange =>
        {
            await exchange.Request.Body.ReadAllAsync();
            whole++;
        };
        for (int length = 0; length < request.Length; length++)
        {
            WireAnswer answer = await Engine.PlayAsync(request[..length], handler: handler);
            Assert.True(answer.Statuses is "" or "400", $"cut at {length}: {answer.Text}");
            Assert.False(answer.IsAborted);
        }

        Assert.Equal(0, whole);
        Assert.Equal("200", (await Engine.PlayAsync(request, handler: handler)).Statuses);
        Assert.Equal(2, whole);
    }

    [Theory]
    [InlineData(65_535, "200 200")]
    [InlineData(65_536, "200 200")]
    [InlineData(65_537, "200")]
    public async Task Of_an_unread_body_in_chunks_64_KiB_are_skipped_too(int length, string statuses)
    {
        string body = $"7\r\n{new string('a', 7)}\r\n{length - 7:x}\r\n{new string('b', length - 7)}\r\n0\r\nT: u\r\n\r\n";
        WireAnswer answer = await Engine.PlayAsync(
            $"POST /ignore HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{body}{Next}");

        // The answer has gone out by the time the body turns out to be too long, so it cannot say that it is the last.
        Assert.Equal(statuses, answer.Statuses);
        Assert.False(answer.SaysClose);
        Assert.False(answer.IsAborted);
    }

    [Theory]
    [InlineData(29_999_999, "200")]
    [InlineData(30_000_000, "200")]
    [InlineData(30_000_001, "413")]
    public async Task A_body_has_30_MB_where_nothing_is_said(int length, string status)
    {
        // Nobody reads it: that it is let in is seen without sending it.
        WireAnswer declared = await Engine.PlayAsync(
            $"POST /ignore HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{Next}");
        Assert.Equal(status, declared.Statuses);
        Assert.True(declared.SaysClose);
        WireAnswer chunked = await Engine.PlayOnceAsync(
            Layer.Clear,
            $"POST /len HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{length - 1:x}\r\n"
            + $"{new string('b', length - 1)}\r\n1\r\nb\r\n0\r\n\r\n{Next}",
            logger: NullLogger.Instance);
        Assert.Equal(status == "200" ? "200 200" : "413", chunked.Statuses);
        Assert.Equal(status == "413", chunked.SaysClose);
    }
}

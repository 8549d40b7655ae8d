using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>RFC 9112 sections 6 and 7: message body, transfer codings.</summary>
public sealed class BodyTests
{
    private const string Next = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nabcde", "5")]
    [InlineData("Content-Length: 0\r\n\r\n", "0")]
    [InlineData("Content-Length: 0000000000000000005\r\n\r\nabcde", "5")]
    [InlineData("Content-Length:\t5 \r\n\r\nab\r\ne", "5")]
    [InlineData("\r\n", "0")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n", "5")]
    [InlineData("transfer-encoding: \tCHUNKED \r\n\r\n5\r\nabcde\r\n0\r\n\r\n", "5")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n00A\r\n0123456789\r\n000\r\n\r\n", "11")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "0")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3;a;b=c;d=\"e;\\\"f\"\r\nabc\r\n0;z\r\n\r\n", "3")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n", "1 X=y")]
    [InlineData(
        "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nContent-Length: 9\r\nHost: z\r\nX: y\r\n\r\n", "1 X=y")]
    [InlineData(
        "Transfer-Encoding: chunked\r\n\r\n0\r\nTransfer-Encoding: chunked\r\nAuthorization: a\r\n"
        + "Content-Type: text/plain\r\ncontent-encoding: gzip\r\nX: y\r\n\r\n", "0 X=y")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n000000000000001\r\na\r\n000000000000000\r\n\r\n", "1")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0000000000000001\r\na\r\n0000000000000000\r\n\r\n", "1")]
    public async Task A_body_ends_where_its_framing_says(string rest, string length)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync($"POST /len HTTP/1.1\r\nHost: x\r\n{rest}{Next}");
        Assert.Equal("200 200", answer.Statuses);
        Assert.Contains(
            $"Content-Length: {length.Length}\r\n\r\n{length}HTTP/1.1", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: abc", "400")]
    [InlineData("Content-Length: +5", "400")]
    [InlineData("Content-Length: -5", "400")]
    [InlineData("Content-Length: 0x5", "400")]
    [InlineData("Content-Length: 5 5", "400")]
    [InlineData("Content-Length: ", "400")]
    [InlineData("Content-Length: 5,5", "400")]
    [InlineData("Content-Length: 5\r\nContent-Length: 5", "400")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6", "400")]
    [InlineData("Content-Length: ,5", "400")]
    [InlineData("Content-Length: 5.0", "400")]
    [InlineData("Content-Length: \u0661", "400")]
    [InlineData("Content-Length: 9223372036854775806", "413")]
    [InlineData("Content-Length: 9223372036854775807", "413")]
    [InlineData("Content-Length: 9223372036854775808", "400")]
    [InlineData("Content-Length: 18446744073709551621", "400")]
    [InlineData("Content-Length: 00000000000000000005", "400")]
    [InlineData("Content-Length: 30000001", "413")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked", "400")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5", "400")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "400")]
    [InlineData("Transfer-Encoding: ", "400")]
    [InlineData("Transfer-Encoding: chunked, gzip", "400")]
    [InlineData("Transfer-Encoding: chunked, chunked", "400")]
    [InlineData("Transfer-Encoding: ,chunked", "400")]
    [InlineData("Transfer-Encoding: chunked,", "400")]
    [InlineData("Transfer-Encoding: chunked;a=b", "400")]
    [InlineData("Transfer-Encoding: \"chunked\"", "400")]
    [InlineData("Transfer-Encoding: chunk\u0001ed", "400")]
    [InlineData("Transfer-Encoding: \u000bchunked", "400")]
    [InlineData("Transfer-Encoding: chunked\u000b", "400")]
    [InlineData("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked", "400")]
    [InlineData("Transfer-Encoding: chunked, identity", "400")]
    [InlineData("Transfer-Encoding: gzip;q=1, chunked", "400")]
    [InlineData("Transfer-Encoding: gzip,, chunked", "400")]
    [InlineData("Transfer-Encoding: chun ked", "400")]
    [InlineData("Content-Length: 0\r\nTransfer-Encoding: gzip", "400")]
    [InlineData("Transfer-Encoding: gzip, chunked", "501")]
    [InlineData("Transfer-Encoding: gzip", "501")]
    [InlineData("Transfer-Encoding: deflate, gzip, chunked", "501")]
    [InlineData("Transfer-Encoding: identity", "501")]
    [InlineData("Transfer-Encoding: xchunked", "501")]
    [InlineData("Transfer-Encoding: chunkedx", "501")]
    public async Task Bad_framing_is_refused_before_the_handler(string fields, string status)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"POST /len HTTP/1.1\r\nHost: x\r\n{fields}\r\n\r\n0\r\n\r\n{Next}");
        Assert.Equal(status, answer.Statuses);
        Assert.True(answer.SaysClose);
    }

    [Fact]
    public async Task Chunked_in_HTTP_1_0_is_refused()
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            "POST /len HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            + Next);
        Assert.Equal("400", answer.Statuses);
        Assert.True(answer.SaysClose);
    }

    [Theory]
    [InlineData("x\r\n")]
    [InlineData("\r\na\r\n")]
    [InlineData("1x\r\na\r\n")]
    [InlineData("+1\r\na\r\n")]
    [InlineData("1_0\r\na\r\n")]
    [InlineData("\t1\r\na\r\n")]
    [InlineData("-1\r\na\r\n")]
    [InlineData("0x1\r\na\r\n")]
    [InlineData(" 1\r\na\r\n")]
    [InlineData("1 \r\na\r\n")]
    [InlineData("1\na\n0\n\n")]
    [InlineData("1\r\nab\r\n")]
    [InlineData("1\r\na\n0\r\n\r\n")]
    [InlineData("00000000000000001\r\na\r\n")]
    [InlineData("00000000000000000\r\n\r\n")]
    [InlineData("10000000000000001\r\na\r\n")]
    [InlineData("FFFFFFFFFFFFFFFF\r\na\r\n")]
    [InlineData("8000000000000000\r\na\r\n")]
    [InlineData("1\r\na0\r\n\r\n")]
    [InlineData("1\r\na\r0\r\n\r\n")]
    [InlineData("1\ra\r\n0\r\n\r\n")]
    [InlineData("1;(=b\r\na\r\n")]
    [InlineData("1;a=(\r\na\r\n")]
    [InlineData("1;a b\r\na\r\n")]
    [InlineData("1;a=b c\r\na\r\n")]
    [InlineData("1;a=\"b\"c\r\na\r\n")]
    [InlineData("1;a=\"\u0001\"\r\na\r\n")]
    [InlineData("1;a\u007f\r\na\r\n")]
    [InlineData("1;a\n\r\na\r\n")]
    [InlineData("1,a\r\na\r\n")]
    [InlineData("1;\r\na\r\n")]
    [InlineData("1;=b\r\na\r\n")]
    [InlineData("1;a=\r\na\r\n")]
    [InlineData("1;a=\"b\r\na\r\n")]
    [InlineData("1;a\u0001\r\na\r\n")]
    [InlineData("0\r\nX : y\r\n\r\n")]
    [InlineData("0\r\nX\r\n\r\n")]
    [InlineData("0\r\n: y\r\n\r\n")]
    [InlineData("0\r\nX(: y\r\n\r\n")]
    [InlineData("0\r\nX: \u0001\r\n\r\n")]
    [InlineData("0\r\nX: \0\r\n\r\n")]
    [InlineData("0\r\nX: y\r\n z\r\n\r\n")]
    [InlineData("0\r\nX: y\r\r\n\r\n")]
    [InlineData("0\r\nX: y\n\r\n")]
    [InlineData("0\r\n X: y\r\n\r\n")]
    [InlineData("0\r\n\rX")]
    public async Task Bad_chunks_are_answered_with_400_and_close(string chunks)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"POST /len HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}{Next}");
        Assert.Equal("400", answer.Statuses);
        Assert.True(answer.SaysClose);
    }

    [Theory]
    [InlineData(9, "200")]
    [InlineData(10, "200")]
    [InlineData(11, "413")]
    public async Task A_body_has_its_limit_with_a_length_and_in_chunks(int length, string status)
    {
        var limits = new ServerLimits { BodyBytesMax = 10 };
        string body = new('b', length);
        WireAnswer declared = await Engine.PlayAtEverySplitAsync(
            $"POST /len HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{body}{Next}", limits);
        WireAnswer chunked = await Engine.PlayAtEverySplitAsync(
            "POST /len HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            + $"{length:x}\r\n{body}\r\n0\r\n\r\n{Next}",
            limits);
        string statuses = status == "200" ? "200 200" : status;
        Assert.Equal((statuses, status == "413"), (declared.Statuses, declared.SaysClose));
        Assert.Equal((statuses, status == "413"), (chunked.Statuses, chunked.SaysClose));
    }

    [Theory]
    [InlineData(255, "200")]
    [InlineData(256, "200")]
    [InlineData(257, "400")]
    public async Task A_chunk_extension_has_its_limit(int length, string status)
    {
        string extension = ";" + new string('e', length - 1);
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"POST /len HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1{extension}\r\na\r\n0\r\n\r\n{Next}");
        Assert.Equal(status == "200" ? "200 200" : status, answer.Statuses);
        Assert.Equal(status == "400", answer.SaysClose);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nab")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nab")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n")]
    public async Task A_body_that_breaks_off_never_looks_complete(string rest)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync($"POST /len HTTP/1.1\r\nHost: x\r\n{rest}");
        Assert.Equal("400", answer.Statuses);
        Assert.True(answer.SaysClose);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nabcde")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n")]
    public async Task A_body_that_the_handler_ignores_is_not_the_next_request(string rest)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync($"POST /ignore HTTP/1.1\r\nHost: x\r\n{rest}{Next}");
        Assert.Equal("200 200", answer.Statuses);
        Assert.False(answer.SaysClose);
    }

    [Fact]
    public async Task A_large_body_that_the_handler_ignores_closes_the_connection()
    {
        string body = new('b', 70_000);
        WireAnswer answer = await Engine.PlayAsync(
            $"POST /ignore HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n{body}{Next}");
        Assert.Equal("200", answer.Statuses);
        Assert.True(answer.SaysClose);
    }

    [Theory]
    [InlineData("POST /echo", "100 200 200")]
    [InlineData("POST /ignore", "200")]
    [InlineData("POST /nowhere", "404")]
    public async Task A_handler_that_reads_sends_100_Continue_first(string start, string statuses)
    {
        // The body comes in a piece of its own: the client waits for the interim answer.
        ReadOnlyMemory<byte>[] pieces =
        [
            Engine.Bytes($"{start} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"),
            Engine.Bytes("abc" + Next),
        ];
        WireAnswer answer = await Engine.PlayAsync(pieces);
        Assert.Equal(statuses, answer.Statuses);
        Assert.Equal(statuses != "100 200 200", answer.SaysClose);
    }

    [Theory]
    [InlineData("HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\na", "bc", "200 200")]
    [InlineData("HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n", "", "200 200")]
    [InlineData(
        "HTTP/1.0\r\nConnection: keep-alive\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n", "abc", "200 200")]
    [InlineData("HTTP/1.1\r\nHost: x\r\nExpect: magic\r\nContent-Length: 3\r\n\r\n", "abc", "417 200")]
    [InlineData(
        "HTTP/1.1\r\nHost: x\r\nExpect: 100-continue, magic\r\nContent-Length: 3\r\n\r\n", "abc", "417 200")]
    public async Task No_100_Continue_goes_to_who_does_not_wait_for_it(string head, string rest, string statuses)
    {
        WireAnswer answer = await Engine.PlayAsync(
            [Engine.Bytes($"POST /echo {head}"), Engine.Bytes(rest + Next)]);
        Assert.Equal(statuses, answer.Statuses);
        Assert.False(answer.SaysClose);
    }
}

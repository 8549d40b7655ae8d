using Microsoft.Extensions.Logging;
using Waymark.Tests.Support;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>
/// Scenarios of requests and answers by their numbers: A05, A06, A24, A25, D01, D15-D22, H08-H19, H35-H39.
/// </summary>
public sealed class EngineScenarioTests
{
    private const string Next = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    private static readonly ServerLimits Large = new() { BodyBytesMax = long.MaxValue };

    [Theory]
    [InlineData(Layer.Clear)]
    [InlineData(Layer.Tls)]
    public async Task A05_A_handler_that_throws_is_answered_500_without_its_text_and_logged_once(Layer layer)
    {
        var logger = new ListLogger();
        WireAnswer answer = await Engine.PlayOnceAsync(
            layer, "GET /throw HTTP/1.1\r\nHost: x\r\n\r\n", logger: logger);
        Assert.StartsWith("HTTP/1.1 500 ", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.Single(logger.Events, logged => logged.Cause is InvalidOperationException { Message: "secret" });
        Assert.Equal("200", (await Engine.PlayAsync(Next)).Statuses);
    }

    [Fact]
    public async Task A06_A_handler_that_throws_behind_its_first_byte_aborts()
    {
        WireAnswer answer = await Engine.PlayAsync("GET /throw-after HTTP/1.1\r\nHost: x\r\n\r\n" + Next);
        Assert.True(answer.IsAborted);
        Assert.EndsWith("4\r\nhalf\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/json")]
    [InlineData("/bytes")]
    [InlineData("/nothing")]
    [InlineData("/nowhere")]
    [InlineData("/throw")]
    public async Task A24_D01_HEAD_has_the_fields_of_GET_and_no_body(string path)
    {
        string get = (await Engine.PlayAsync($"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n")).Text;
        string head = (await Engine.PlayAsync($"HEAD {path} HTTP/1.1\r\nHost: x\r\n\r\n")).Text;
        Assert.Equal(get[..(get.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)], head);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task A25_D01_Another_method_on_a_path_of_GET_gets_405_with_Allow(string method)
    {
        WireAnswer answer = await Engine.PlayAsync(
            $"{method} / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n{Next}");
        Assert.Equal("405 200", answer.Statuses);
        Assert.Contains("\r\nAllow: GET, HEAD, OPTIONS\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "500 200")]
    [InlineData(64 * 1024, "500 200")]
    [InlineData((64 * 1024) + 1, "500")]
    public async Task H08_D20_A_failed_request_keeps_its_connection_where_its_body_can_be_skipped(
        int length, string statuses)
    {
        WireAnswer answer = await Engine.PlayAsync(
            $"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{new string('b', length)}{Next}",
            handler: static exchange => exchange.Request.Method == "POST"
                ? throw new InvalidOperationException("secret")
                : ValueTask.CompletedTask);
        Assert.Equal(statuses, answer.Statuses);
        Assert.Equal(statuses == "500", answer.SaysClose);
    }

    [Fact]
    public async Task D20_Behind_a_failed_request_with_a_broken_body_nothing_is_taken_for_a_request()
    {
        WireAnswer answer = await Engine.PlayAsync(
            $"POST /len HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{Next}");
        Assert.Equal("400", answer.Statuses);
        Assert.True(answer.SaysClose);
    }

    [Theory]
    [InlineData("H09", "GET", "400")]
    [InlineData("H09", "GET  / HTTP/1.1", "400")]
    [InlineData("H11", "GET / HTTP/2.0", "505")]
    [InlineData("H12", "POST /len HTTP/1.1\r\nHost: x\r\nContent-Length: 30000001", "413")]
    [InlineData("H12", "POST /len HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1C9C381", "413")]
    [InlineData("H13", "POST /len HTTP/1.1\r\nHost: x\r\nContent-Length: abc", "400")]
    [InlineData("H13", "POST /len HTTP/1.1\r\nHost: x\r\nContent-Length: +5", "400")]
    [InlineData("H13", "POST /len HTTP/1.1\r\nHost: x\r\nContent-Length: 5,5", "400")]
    [InlineData("H13 D21", "POST /len HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6", "400")]
    [InlineData("H14 D21", "POST /len HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked", "400")]
    [InlineData("H15", "GET / HTTP/1.1", "400")]
    [InlineData("D21", "GET / HTTP/1.1\r\nHost: x\r\nA: \0", "400")]
    [InlineData("D21", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c", "400")]
    [InlineData("D22", "GET /.. HTTP/1.1\r\nHost: x", "400")]
    [InlineData("D22", "GET /foo/../bar HTTP/1.1\r\nHost: x", "400")]
    public async Task A_bad_request_is_answered_and_nothing_behind_it(string scenario, string lines, string status)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync($"{lines}\r\n\r\n{Next}");
        Assert.True(status == answer.Statuses, $"{scenario}: {answer.Text}");
        Assert.True(answer.SaysClose, scenario);
    }

    [Theory]
    [InlineData(-1, "200")]
    [InlineData(0, "200")]
    [InlineData(1, "431")]
    public async Task H16_A_header_section_has_32_KiB(int beyond, string status)
    {
        string value = new('v', (32 * 1024) - "Host: x\r\nA: \r\n\r\n".Length + beyond);
        WireAnswer answer = await Engine.PlayAsync($"GET / HTTP/1.1\r\nHost: x\r\nA: {value}\r\n\r\n{Next}");
        Assert.Equal(status == "200" ? "200 200" : "431", answer.Statuses);
    }

    [Theory]
    [InlineData(99, "200 200")]
    [InlineData(100, "200 200")]
    [InlineData(101, "431")]
    public async Task D21_A_head_has_100_fields(int count, string status)
    {
        string fields = string.Concat(Enumerable.Range(1, count - 1).Select(number => $"A{number}:{number}\r\n"));
        WireAnswer answer = await Engine.PlayAsync($"GET / HTTP/1.1\r\nHost: x\r\n{fields}\r\n{Next}");
        Assert.Equal(status, answer.Statuses);
        Assert.Equal(status == "431", answer.SaysClose);
    }

    [Theory]
    [InlineData("A:1", "200 200")]
    [InlineData("A:\t1 ", "200 200")]
    [InlineData("A :1", "400")]
    public async Task D21_The_space_behind_the_colon_may_be_left_out_as_the_RFC_says(string field, string statuses)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync($"GET / HTTP/1.1\r\nHost: x\r\n{field}\r\n\r\n{Next}");
        Assert.Equal(statuses, answer.Statuses);
    }

    // A name has no limit of its own: it counts in the section.
    [Theory]
    [InlineData(-1, "200 200")]
    [InlineData(0, "200 200")]
    [InlineData(1, "431")]
    public async Task D21_A_name_is_as_long_as_the_section_permits(int beyond, string statuses)
    {
        string name = new('N', (32 * 1024) - "Host: x\r\n: \r\n\r\n".Length + beyond);
        WireAnswer answer = await Engine.PlayAsync($"GET / HTTP/1.1\r\nHost: x\r\n{name}: \r\n\r\n{Next}");
        Assert.Equal(statuses, answer.Statuses);
    }

    [Fact]
    public async Task H10_An_unknown_method_gets_501_and_keeps()
    {
        Assert.Equal("501 200", (await Engine.PlayAsync("FOO / HTTP/1.1\r\nHost: x\r\n\r\n" + Next)).Statuses);
    }

    [Fact]
    public async Task H18_Ten_pipelined_requests_are_answered_in_order()
    {
        string requests = string.Concat(
            Enumerable.Range(0, 10).Select(n => $"GET /text/{n} HTTP/1.1\r\nHost: x\r\n\r\n"));
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(requests);
        Assert.Equal(
            "0123456789", string.Concat(answer.Text.Split("\r\n\r\n").Skip(1).Select(part => part[..1])));
    }

    [Theory]
    [InlineData("", "200", "close")]
    [InlineData("Connection: keep-alive\r\n", "200 200", "keep-alive")]
    public async Task H19_HTTP_1_0_stays_only_where_it_asks_for_it(string field, string statuses, string connection)
    {
        WireAnswer answer = await Engine.PlayAsync($"GET / HTTP/1.0\r\n{field}\r\nGET / HTTP/1.0\r\n{field}\r\n");
        Assert.Equal(statuses, answer.Statuses);
        Assert.Contains($"\r\nConnection: {connection}\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\r\nSet-Cookie: b")]
    [InlineData("a\0b")]
    public async Task H35_A_field_value_that_would_split_the_answer_is_refused_and_not_sent(string value)
    {
        WireAnswer answer = await Engine.PlayAsync(Next, handler: exchange =>
        {
            Assert.Throws<ArgumentException>(() => exchange.Response.Headers.Set("X-A", value));
            exchange.Response.Headers.Set("X-A", value);
            return ValueTask.CompletedTask;
        });
        Assert.Equal("500", answer.Statuses);
        Assert.DoesNotContain("X-A", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(204, null, false)]
    [InlineData(204, 5L, false)]
    [InlineData(204, 5L, true)]
    [InlineData(304, null, true)]
    public async Task H36_A_status_without_content_has_no_body_and_no_length(int status, long? length, bool flushes)
    {
        WireAnswer answer = await Engine.PlayAsync(Next, handler: async exchange =>
        {
            exchange.Response.StatusCode = status;
            exchange.Response.ContentLength = length;
            exchange.Response.Write("body!");
            if (flushes)
                await exchange.Response.FlushAsync();
        });
        Assert.EndsWith("\r\nDate: *\r\n\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "200 200")]
    [InlineData(65_536, "200 200")]
    [InlineData(65_537, "200")]
    public async Task H39_D19_An_unread_body_is_skipped_or_ends_the_connection(int length, string statuses)
    {
        WireAnswer answer = await Engine.PlayAsync(
            $"POST /ignore HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{new string('b', length)}{Next}");
        Assert.Equal(statuses, answer.Statuses);
        Assert.False(answer.IsAborted);
    }

    [Fact]
    public async Task D19_An_unread_body_of_a_gibibyte_is_answered_and_nothing_behind_it_is_a_request()
    {
        WireAnswer answer = await Engine.PlayAsync(
            $"POST /ignore HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n{Next}{Next}", Large);
        Assert.Equal("200", answer.Statuses);
        Assert.True(answer.SaysClose);
    }

    [Fact]
    public async Task D15_Chunks_of_a_request_are_one_body_and_chunks_of_an_answer_are_its_flushes()
    {
        const int Seed = 7;
        var random = new Random(Seed);
        string[] chunks = [.. Enumerable.Range(0, 7).Select(n => new string((char)('a' + n), random.Next(1, 3000)))];
        string body = string.Concat(chunks.Append("").Select(chunk => $"{chunk.Length:x}\r\n{chunk}\r\n"));
        WireAnswer answer = await Engine.PlayAsync(
            $"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{body}",
            handler: async exchange =>
            {
                string all = await exchange.Request.Body.ReadStringAsync();
                Assert.Equal(string.Concat(chunks), all);
                foreach (string chunk in chunks)
                {
                    exchange.Response.Write(chunk);
                    await exchange.Response.FlushAsync();
                }
            });
        Assert.EndsWith("\r\n\r\n" + body, answer.Text, StringComparison.Ordinal);
        WireAnswer empty = await Engine.PlayAsync(
            "POST /len HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        Assert.EndsWith("\r\n\r\n0", empty.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(";key=value", "200")]
    [InlineData(";key=\"v;a\"", "200")]
    public async Task D16_Chunk_extensions_are_checked_and_ignored(string extension, string status)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"POST /len HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1{extension}\r\na\r\n0\r\n\r\n");
        Assert.Equal(status, answer.Statuses);
        WireAnswer oversize = await Engine.PlayAsync(
            $"POST /len HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;{new string('e', 4096)}\r\na\r\n");
        Assert.Equal("400", oversize.Statuses);
    }

    [Theory]
    [InlineData(Layer.Clear)]
    [InlineData(Layer.Tls)]
    public async Task D17_An_answer_shorter_than_its_length_is_aborted_and_logged(Layer layer)
    {
        var logger = new ListLogger();
        WireAnswer answer = await Engine.PlayOnceAsync(
            layer,
            Next + Next,
            static exchange =>
            {
                exchange.Response.ContentLength = 5;
                exchange.Response.Write("abc");
                return ValueTask.CompletedTask;
            },
            logger);
        Assert.True(answer.IsAborted);
        Assert.Empty(answer.Text);
        Assert.Single(logger.Events, logged => logged is { Level: LogLevel.Error, Id: 1301 });
    }

    [Fact]
    public async Task D18_A_body_for_HEAD_is_dropped()
    {
        WireAnswer answer = await Engine.PlayAsync("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n" + Next);
        Assert.Equal("200 200", answer.Statuses);
        Assert.Contains("Content-Length: 5\r\n\r\nHTTP/1.1 200", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/|none|")]
    [InlineData("/foo", "/foo|none|")]
    [InlineData("/foo/", "/foo/|none|")]
    [InlineData("/foo/bar?", "/foo/bar|query|")]
    [InlineData("/foo?k=v", "/foo|query|k=v")]
    [InlineData("/hello..world", "/hello..world|none|")]
    public async Task D22_A_target_has_this_path_and_query(string target, string shown)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n",
            handler: static exchange =>
            {
                Request request = exchange.Request;
                string query = System.Text.Encoding.ASCII.GetString(request.Query.Raw);
                exchange.Response.Write($"{request.Path}|{(request.HasQuery ? "query" : "none")}|{query}");
                return ValueTask.CompletedTask;
            });
        Assert.EndsWith("\r\n\r\n" + shown, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_expectation_is_answered_with_417_and_the_body_behind_it_is_no_request()
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"POST /len HTTP/1.1\r\nHost: x\r\nExpect: magic\r\nContent-Length: 5\r\n\r\nGET /{Next}");
        Assert.Equal("417 200", answer.Statuses);
        Assert.False(answer.SaysClose);
    }
}

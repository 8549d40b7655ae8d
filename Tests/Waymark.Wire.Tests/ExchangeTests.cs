using System.Globalization;
using System.Text;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>What the doings of a handler become on the wire.</summary>
public sealed class ExchangeTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    [Fact]
    public async Task A_flush_without_a_length_sends_chunks_and_an_empty_one_none()
    {
        WireAnswer answer = await Engine.PlayAsync([Engine.Bytes(Get + Get)], handler: StreamAsync);
        const string one = "HTTP/1.1 200 OK\r\nDate: *\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n11\r\n"
            + "ccccccccccccccccc\r\n1\r\nd\r\n0\r\n\r\n";
        Assert.Equal(one + one, answer.Text);
    }

    [Fact]
    public async Task A_flushed_answer_to_HEAD_has_the_fields_and_no_body()
    {
        string head = "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n";
        WireAnswer answer = await Engine.PlayAsync([Engine.Bytes(head + head)], handler: StreamAsync);
        const string one = "HTTP/1.1 200 OK\r\nDate: *\r\nTransfer-Encoding: chunked\r\n\r\n";
        Assert.Equal(one + one, answer.Text);
    }

    [Theory]
    [InlineData(204, "HTTP/1.1 204 No Content\r\nDate: *\r\n\r\n")]
    [InlineData(304, "HTTP/1.1 304 Not Modified\r\nDate: *\r\n\r\n")]
    [InlineData(205, "HTTP/1.1 205 Reset Content\r\nDate: *\r\nContent-Length: 0\r\n\r\n")]
    [InlineData(299, "HTTP/1.1 299 \r\nDate: *\r\nContent-Length: 4\r\n\r\nbody")]
    public async Task A_status_without_content_drops_the_body(int status, string expected)
    {
        WireAnswer answer = await PlayAsync(Get + Get, exchange =>
        {
            exchange.Response.Write("body"u8);
            exchange.Response.StatusCode = status;
        });
        Assert.Equal(expected + expected, answer.Text);
    }

    [Theory]
    [InlineData(Layer.Clear)]
    [InlineData(Layer.Tls)]
    public async Task Heads_smaller_and_larger_than_their_room_stand_right_before_their_bodies(Layer layer)
    {
        int length = 0;
        WireAnswer answer = await Engine.PlayOnceAsync(layer, string.Concat(Enumerable.Repeat(Get, 600)), exchange =>
        {
            exchange.Response.Write("body"u8);
            exchange.Response.Headers.Set("X", new string('x', length++));
            return ValueTask.CompletedTask;
        });
        Assert.Equal(
            string.Concat(Enumerable.Range(0, 600).Select(count =>
                $"HTTP/1.1 200 OK\r\nDate: *\r\nX: {new string('x', count)}\r\nContent-Length: 4\r\n\r\nbody")),
            answer.Text);
    }

    [Fact]
    public async Task A_body_of_a_million_bytes_arrives_whole_in_each_way_of_writing()
    {
        byte[] body = [.. Enumerable.Range(0, 1_000_000).Select(index => (byte)('a' + (index % 23)))];
        string expected = "HTTP/1.1 200 OK\r\nDate: *\r\nContent-Length: 1000000\r\n\r\n" + Encoding.ASCII.GetString(
            body);
        WireAnswer buffered = await PlayAsync(Get + Get, exchange =>
        {
            foreach (byte[] part in body.Chunk(7777))
                exchange.Response.Write(part);
        });
        Assert.True(expected + expected == buffered.Text, "buffered");

        foreach (int size in new[] { 777, 7777, 77_777, 1_000_000 })
        {
            WireAnswer declared = await Engine.PlayAsync([Engine.Bytes(Get + Get)], handler: async exchange =>
            {
                exchange.Response.ContentLength = body.Length;
                for (int at = 0; at < body.Length; at += size)
                    await exchange.Response.WriteAsync(body.AsMemory(at, Math.Min(size, body.Length - at)));
            });
            Assert.True(expected + expected == declared.Text, $"declared, in pieces of {size}");
        }
    }

    [Fact]
    public async Task A_large_answer_of_unknown_length_is_chunked_and_does_not_pile_up()
    {
        byte[] body = new byte[500_000];
        body.AsSpan().Fill((byte)'b');
        WireAnswer answer = await Engine.PlayAsync(
            [Engine.Bytes(Get)], handler: exchange => exchange.Response.WriteAsync(body));
        string[] lines = answer.Text.Split("\r\n");
        Assert.Contains("Transfer-Encoding: chunked", lines);
        Assert.Equal(500_000, lines.Sum(line => line.Count(character => character == 'b')));
        Assert.True(answer.SendCount > 5, $"{answer.SendCount} sends");
    }

    [Theory]
    [InlineData("X", "a\r\nSet-Cookie: b")]
    [InlineData("X", "a\nb")]
    [InlineData("X", "a\0")]
    [InlineData("X: a\r\nY", "b")]
    [InlineData("", "b")]
    [InlineData("Content-Length", "1")]
    [InlineData("transfer-encoding", "chunked")]
    [InlineData("Connection", "close")]
    [InlineData("DATE", "now")]
    public async Task A_field_that_would_split_or_frame_the_answer_is_refused(string name, string value)
    {
        WireAnswer answer = await PlayAsync(Get + Get, exchange => exchange.Response.Headers.Add(name, value));
        Assert.Equal("500 500", answer.Statuses);
        Assert.DoesNotContain("Set-Cookie", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_that_were_set_before_a_failure_are_not_sent()
    {
        WireAnswer answer = await PlayAsync(Get, exchange =>
        {
            exchange.Response.Headers.Add("X", "y");
            exchange.Response.Write("half"u8);
            throw new InvalidOperationException("secret");
        });
        const string body = """{"type":"urn:waymark:problem:internal-error","title":"Internal Server Error","status":500}""";
        Assert.Equal(
            "HTTP/1.1 500 Internal Server Error\r\nDate: *\r\nContent-Type: application/problem+json\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n{body}",
            answer.Text);
    }

    [Theory]
    [InlineData(64 * 1024, "200 200")]
    [InlineData((64 * 1024) + 1, "200")]
    public async Task An_unread_body_is_skipped_up_to_64_KiB(int length, string statuses)
    {
        WireAnswer answer = await Engine.PlayAsync(
            $"POST /ignore HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{new string('b', length)}{Get}");
        Assert.Equal(statuses, answer.Statuses);
    }

    [Theory]
    [InlineData(200_000, "200 200", false)]
    [InlineData(100_000, "200", false)]
    [InlineData(0, "200", true)]
    public async Task Who_answers_while_reading_a_large_body_is_expected_to_read_on(
        int readBytes, string statuses, bool saysClose)
    {
        const int Length = 200_000;
        WireAnswer answer = await Engine.PlayAsync(
            $"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {Length}\r\n\r\n{new string('b', Length)}{Get}",
            handler: async exchange =>
            {
                byte[] buffer = new byte[10_000];
                bool hasFlushed = false;
                for (int left = exchange.Request.Body.Length > 0 ? readBytes : 0; left > 0;)
                {
                    left -= await exchange.Request.Body.ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)));
                    if (!hasFlushed)
                        await exchange.Response.FlushAsync();
                    hasFlushed = true;
                }

                exchange.Response.Write("read"u8);
            });
        Assert.Equal(statuses, answer.Statuses);
        Assert.Equal(saysClose, answer.SaysClose);
    }

    [Fact]
    public async Task A_handler_may_write_before_it_reads_and_read_in_pieces()
    {
        ReadOnlyMemory<byte>[] pieces =
        [
            Engine.Bytes("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nab"), Engine.Bytes("cd"),
            Engine.Bytes("ef" + Get),
        ];
        WireAnswer answer = await Engine.PlayAsync(pieces, handler: async exchange =>
        {
            exchange.Response.Write("> "u8);
            byte[] buffer = new byte[4];
            for (int count; (count = await exchange.Request.Body.ReadAsync(buffer)) > 0;)
                exchange.Response.Write(buffer.AsSpan(0, count));
        });
        Assert.StartsWith(
            "HTTP/1.1 200 OK\r\nDate: *\r\nContent-Length: 8\r\n\r\n> abcdefHTTP/1.1", answer.Text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Layer.Clear)]
    [InlineData(Layer.Tls)]
    public async Task Fields_and_query_of_a_request_can_be_read_while_its_body_comes_in_many_pieces(Layer layer)
    {
        // The head must stay where it is while the receive buffer moves on under a body of many pieces.
        string field = new('f', 3000);
        byte[] head = Engine.Bytes($"POST /?k=%41 HTTP/1.1\r\nHost: x\r\nF: {field}\r\nTransfer-Encoding: chunked\r\n\r\n");
        IEnumerable<byte[]> chunks = Enumerable.Repeat(Engine.Bytes($"7d0\r\n{new string('c', 2000)}\r\n"), 40);
        byte[][] pieces = [head, .. chunks, Engine.Bytes("0\r\nT: u\r\n\r\n"), Engine.Bytes(Get)];
        var seen = new List<string>();
        Handler handler = async exchange =>
        {
            Request request = exchange.Request;
            ReadOnlyMemory<byte> body = await request.Body.ReadAllAsync();
            string line = $"{request.Method} {request.Query["k"]} {request.Headers["f"]?.Length} ";
            seen.Add(line + $"{body.Length} {request.Body.Trailers["t"]}");
        };
        WireAnswer answer = await Engine.PlayOnceAsync(
            layer,
            Engine.Protocol(handler),
            pieces.Select(piece => (ReadOnlyMemory<byte>)piece).ToArray());
        Assert.Equal(["POST A 3000 80000 u", "GET   0 "], seen);
        Assert.Equal("200 200", answer.Statuses);
    }

    [Theory]
    [InlineData(Layer.Clear)]
    [InlineData(Layer.Tls)]
    public async Task Middleware_runs_from_the_outside_in_and_back_and_may_answer_itself(Layer layer)
    {
        var order = new StringBuilder();
        Func<Handler, Handler> Named(string name, bool answers = false) => next => async exchange =>
        {
            order.Append(CultureInfo.InvariantCulture, $"+{name}");
            if (answers)
                exchange.Response.StatusCode = 299;
            else
                await next(exchange);
            order.Append(CultureInfo.InvariantCulture, $"-{name}");
        };
        Handler inner = exchange => throw new InvalidOperationException("reached");
        Handler composed = Named("a")(Named("b", answers: true)(Named("c")(inner)));
        Assert.Equal("299", (await Engine.PlayOnceAsync(layer, Get, composed)).Statuses);
        Assert.Equal("+a+b-b-a", order.ToString());
    }

    [Fact]
    public async Task A_declared_length_is_forgotten_with_its_answer()
    {
        WireAnswer answer = await Engine.PlayAsync("GET /bytes HTTP/1.1\r\nHost: x\r\n\r\n" + Get + Get);
        Assert.Equal("200 200 200", answer.Statuses);
        Assert.EndsWith("Content-Length: 5\r\n\r\nhello", answer.Text, StringComparison.Ordinal);
        Assert.False(answer.IsAborted);
    }

    [Fact]
    public async Task Room_that_was_asked_for_and_not_written_never_reaches_the_wire()
    {
        ReadOnlyMemory<byte>[] pieces =
        [
            Engine.Bytes("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"),
            Engine.Bytes("abc"),
        ];
        WireAnswer answer = await Engine.PlayAsync(pieces, handler: async exchange =>
        {
            _ = exchange.Response.GetMemory(10);
            exchange.Response.Write(Encoding.ASCII.GetString((await exchange.Request.Body.ReadAllAsync()).Span));
        });
        Assert.Equal(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nDate: *\r\nContent-Length: 3\r\n\r\nabc", answer.Text);
    }

    [Theory]
    [InlineData("Content-Length: 3\r\n\r\nabc")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")]
    public async Task A_body_that_is_read_whole_twice_is_the_same_both_times(string rest)
    {
        WireAnswer answer = await Engine.PlayAsync(
            [Engine.Bytes("POST / HTTP/1.1\r\nHost: x\r\n" + rest)],
            handler: async exchange =>
            {
                ReadOnlyMemory<byte> first = await exchange.Request.Body.ReadAllAsync();
                ReadOnlyMemory<byte> second = await exchange.Request.Body.ReadAllAsync();
                exchange.Response.Write(first.Span);
                exchange.Response.Write(second.Span);
            });
        Assert.EndsWith("\r\n\r\nabcabc", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_burst_of_large_answers_is_sent_on_the_way()
    {
        byte[] body = new byte[50_000];
        WireAnswer answer = await PlayAsync(string.Concat(Enumerable.Repeat(Get, 40)), e => e.Response.Write(body));
        Assert.Equal(40, answer.Statuses.Split(' ').Length);
        Assert.InRange(answer.SendCount, 15, 41);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(5L)]
    public async Task A_flushed_205_says_a_length_of_0(long? length)
    {
        WireAnswer answer = await Engine.PlayAsync([Engine.Bytes(Get + Get)], handler: exchange =>
        {
            exchange.Response.StatusCode = 205;
            exchange.Response.ContentLength = length;
            return exchange.Response.FlushAsync();
        });
        const string one = "HTTP/1.1 205 Reset Content\r\nDate: *\r\nContent-Length: 0\r\n\r\n";
        Assert.Equal(one + one, answer.Text);
    }

    [Fact]
    public async Task A_length_below_what_is_written_is_refused()
    {
        WireAnswer answer = await PlayAsync(Get, exchange =>
        {
            exchange.Response.Write("ten octets"u8);
            exchange.Response.ContentLength = 5;
        });
        Assert.Equal("500", answer.Statuses);
    }

    [Fact]
    public async Task Whole_answers_before_a_broken_one_are_sent()
    {
        string broken = "GET /short HTTP/1.1\r\nHost: x\r\n\r\n";
        WireAnswer answer = await Engine.PlayAsync(Get + Get + broken);
        Assert.Equal("200 200", answer.Statuses);
        Assert.True(answer.IsAborted);
    }

    [Theory]
    [InlineData("/int/")]
    [InlineData("/query?n=")]
    public async Task A_shown_value_is_never_cut_in_half_of_a_character(string start)
    {
        WireAnswer answer = await Engine.PlayAsync(
            $"GET {start}{new string('a', 63)}%F0%9F%98%80bcd HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal("400", answer.Statuses);
    }

    [Fact]
    public async Task A_long_trailer_within_the_limit_is_taken()
    {
        string rest = $"1\r\na\r\n0\r\nT: {new string('t', 5_000)}\r\n\r\n";
        WireAnswer answer = await Engine.PlayAsync(
            $"POST /len HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{rest}{Get}");
        Assert.Equal("200 200", answer.Statuses);
    }

    [Fact]
    public async Task A_handler_that_swallows_a_bad_body_still_ends_the_connection_and_says_so()
    {
        string request = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";
        WireAnswer answer = await Engine.PlayAsync([Engine.Bytes(request + Get)], handler: async exchange =>
        {
            byte[] buffer = new byte[10];
            for (int attempt = 0; attempt < 5; attempt++)
                await Assert.ThrowsAsync<BadRequestException>(() => exchange.Request.Body.ReadAsync(buffer).AsTask());
        });
        Assert.Equal("200", answer.Statuses);
        Assert.True(answer.SaysClose);
    }

    private static Task<WireAnswer> PlayAsync(string input, Action<Exchange> handler) => Engine.PlayAsync(
        [Engine.Bytes(input)],
        handler: exchange =>
        {
            handler(exchange);
            return ValueTask.CompletedTask;
        });

    private static async ValueTask StreamAsync(Exchange exchange)
    {
        Response response = exchange.Response;
        response.Write("ab"u8);
        await response.FlushAsync();
        await response.FlushAsync();
        response.Write("ccccccccccccccccc"u8);
        await response.FlushAsync();
        response.Write("d"u8);
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Http;
using Waymark.Tests.Support;
using Waymark.Transport;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>Limits of what stands inside a request and an answer, each at limit - 1, limit and limit + 1.</summary>
public sealed class LimitTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private const string Chunked = "POST /len HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(-1, "200")]
    [InlineData(0, "200")]
    [InlineData(1, "400")]
    public async Task The_chunk_extensions_of_a_body_have_16_KiB_together(int beyond, string status)
    {
        // 63 lines of 256 octets, one of 254 and the rest: 16,384 octets with their semicolons.
        int[] lengths = [.. Enumerable.Repeat(256, 63), 254 + beyond, 2];
        string chunks = string.Concat(lengths.Select(length => $"1;{new string('e', length - 1)}\r\na\r\n"));
        WireAnswer answer = await Engine.PlayAsync($"{Chunked}{chunks}0\r\n\r\n");
        Assert.Equal(status, answer.Statuses);
        Assert.Equal(status == "400", answer.SaysClose);
    }

    [Theory]
    [InlineData(31, "200")]
    [InlineData(32, "200")]
    [InlineData(33, "431")]
    public async Task A_body_has_32_trailers(int count, string status)
    {
        string trailers = string.Concat(Enumerable.Range(0, count).Select(number => $"T{number}: x\r\n"));
        WireAnswer answer = await Engine.PlayAtEverySplitAsync($"{Chunked}0\r\n{trailers}\r\n");
        Assert.Equal(status, answer.Statuses);
        Assert.Equal(status == "431", answer.SaysClose);
    }

    [Theory]
    [InlineData(-1, "200")]
    [InlineData(0, "200")]
    [InlineData(1, "431")]
    public async Task The_trailers_of_a_body_have_8_KiB(int beyond, string status)
    {
        string first = $"A: {new string('a', 4000)}\r\n";
        string second = $"B: {new string('b', 8192 - first.Length - 5 + beyond)}\r\n";
        WireAnswer answer = await Engine.PlayAsync($"{Chunked}0\r\n{first}{second}\r\n");
        Assert.Equal(status, answer.Statuses);
    }

    [Theory]
    [InlineData(15, "200")]
    [InlineData(16, "200")]
    [InlineData(17, "400")]
    public async Task A_query_has_so_many_keys(int count, string status)
    {
        string query = string.Join('&', Enumerable.Repeat("a", count)) + "&&";
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"GET /?{query} HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
            new ServerLimits { QueryKeysMax = 16 });
        Assert.Equal(status == "200" ? "200 200" : "400", answer.Statuses);
        Assert.Equal(status == "400", answer.SaysClose);
    }

    [Theory]
    [InlineData(15, "200")]
    [InlineData(16, "200")]
    [InlineData(17, "400")]
    public async Task A_request_has_so_many_cookies_in_all_its_fields(int count, string status)
    {
        string more = string.Join("; ", Enumerable.Repeat("a=1", count - 1));
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"GET / HTTP/1.1\r\nHost: x\r\nCookie: b=2\r\ncookie: {more}\r\n\r\n",
            new ServerLimits { CookiesMax = 16 });
        Assert.Equal(status, answer.Statuses);
    }

    [Theory]
    [InlineData(1024, 256, "200")]
    [InlineData(1025, 256, "400")]
    [InlineData(1024, 257, "400")]
    public async Task Keys_and_cookies_have_1024_and_256_where_nothing_is_said(int keys, int cookies, string status)
    {
        string query = string.Join('&', Enumerable.Repeat("a", keys));
        string cookie = string.Join("; ", Enumerable.Repeat("a=1", cookies));
        WireAnswer answer = await Engine.PlayAsync(
            $"GET /?{query} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n");
        Assert.Equal(status, answer.Statuses);
    }

    [Theory]
    [InlineData("HEAD / HTTP/1.1\r\n\r\n", "400", 117)]
    [InlineData("HEAD / HTTP/2.0\r\n", "505", null)]
    [InlineData("HEAD /\u0001 HTTP/1.1\r\n", "400", null)]
    [InlineData("HEAD / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", "501", null)]
    public async Task A_HEAD_that_is_refused_gets_no_body(string request, string status, int? length)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(request);
        Assert.Equal(status, answer.Statuses);
        Assert.EndsWith("\r\n\r\n", answer.Text, StringComparison.Ordinal);
        if (length is not null)
            Assert.Contains($"Content-Length: {length}\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Layer.Clear)]
    [InlineData(Layer.Tls)]
    public async Task Pipelined_requests_are_read_ahead_into_16_KiB_at_most(Layer layer)
    {
        AskingLayer? asking = null;
        HttpConnectionHandler inner = Engine.Protocol(_ => ValueTask.CompletedTask);
        var protocol = new LambdaHandler(context =>
        {
            context.Wrap(asking = new AskingLayer(context.Connection));
            return inner.RunAsync(context);
        });
        WireAnswer answer = await Engine.PlayOnceAsync(
            layer, protocol, [Engine.Bytes(string.Concat(Enumerable.Repeat(Get, 2_000)))]);
        Assert.Equal(2_000, answer.Text.Split("HTTP/1.1 200 ").Length - 1);
        Assert.InRange(asking!.AskedMost, 1024, 16 * 1024);
    }

    [Theory]
    [InlineData(Layer.Clear, 1024)]
    [InlineData(Layer.Clear, 60_000)]
    [InlineData(Layer.Tls, 1024)]
    [InlineData(Layer.Tls, 60_000)]
    public async Task A_handler_waits_for_its_client_once_64_KiB_have_piled_up(Layer layer, int bytes)
    {
        int written = 0;
        StuckClient client = await StuckClient.StartAsync(
            layer,
            Engine.Protocol(async exchange =>
            {
                while (true)
                {
                    await exchange.Response.WriteAsync(new byte[bytes]);
                    written += bytes;
                }
            }),
            Get);
        await client.SendWaits.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.InRange(written, 1, 64 * 1024);
        client.Abort();
        await client.Serving.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.InRange(written, 1, 64 * 1024);
    }

    [Theory]
    [InlineData(null, true, "Date: Sun, 01 Mar 2026 09:30:00 GMT\r\n")]
    [InlineData("toy/1", true, "Date: Sun, 01 Mar 2026 09:30:00 GMT\r\nServer: toy/1\r\n")]
    [InlineData("toy/1", false, "Server: toy/1\r\n")]
    [InlineData(null, false, "")]
    public async Task H34_Server_and_Date_can_be_chosen(string? server, bool hasDate, string fields)
    {
        foreach (Layer layer in Enum.GetValues<Layer>())
        {
            Assert.Equal(
                $"HTTP/1.1 204 No Content\r\n{fields}\r\n",
                await PlayAsync(layer, server, hasDate, "GET /nothing"));
            Assert.Contains(
                $"HTTP/1.1 400 Bad Request\r\n{fields}Connection: close\r\n",
                await PlayAsync(layer, server, hasDate, "BAD"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Layer.Clear)]
    [InlineData(Layer.Tls)]
    public async Task H34_Date_is_at_most_a_second_old(Layer layer)
    {
        var time = new ManualTimeProvider();
        HttpConnectionHandler protocol = Protocol(null, true, time);
        foreach (string second in (string[])["00", "00", "00", "01", "01", "02"])
        {
            Assert.Contains($"09:30:{second} GMT", await PlayAsync(layer, protocol, Get), StringComparison.Ordinal);
            time.Advance(TimeSpan.FromSeconds(0.4));
        }
    }

    private static HttpConnectionHandler Protocol(string? server, bool hasDate, TimeProvider time) => new(
        new Routing.Router(new TestTable()).HandleAsync, new ServerLimits(), time, NullLogger.Instance, false,
        serverField: server, sendsDate: hasDate);

    private static Task<string> PlayAsync(Layer layer, string? server, bool hasDate, string start) =>
        PlayAsync(
            layer, Protocol(server, hasDate, new ManualTimeProvider()), $"{start} HTTP/1.1\r\nHost: x\r\n\r\n");

    /// <summary>The answer with its date.</summary>
    private static async Task<string> PlayAsync(Layer layer, HttpConnectionHandler protocol, string request) =>
        (await Engine.PlayOnceAsync(layer, protocol, [Engine.Bytes(request)])).DatedText;

    /// <summary>Notes how much the engine asks for at a time.</summary>
    private sealed class AskingLayer(Connection inner) : ConnectionLayer(inner)
    {
        public int AskedMost { get; private set; }

        public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
        {
            AskedMost = Math.Max(AskedMost, buffer.Length);
            return base.ReceiveAsync(buffer);
        }
    }
}

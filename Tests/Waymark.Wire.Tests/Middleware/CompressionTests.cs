using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>H31: which answers are compressed, and that they come out right.</summary>
public sealed class CompressionTests
{
    private static readonly string Text = string.Concat(Enumerable.Range(0, 2000).Select(index => $"line {index}\n"));

    /// <summary>Accept-Encoding; the coding of the answer.</summary>
    public static TheoryData<string?, string> Negotiated => new()
    {
        { null, "" },
        { "", "" },
        { "gzip", "gzip" },
        { "x-gzip", "gzip" },
        { "GZIP", "gzip" },
        { "br", "br" },
        { "gzip, deflate, br, zstd", "br" },
        { "gzip;q=1, br;q=0.9", "gzip" },
        { "gzip;q=0", "" },
        { "gzip;q=0, *", "br" },
        { "br;q=0, gzip;q=0, *;q=1", "" },
        { "*", "br" },
        { "*;q=0", "" },
        { "*;q=0, gzip", "gzip" },
        { "gzip;q=0.000", "" },
        { "gzip;q=0.001", "gzip" },
        { "gzip ; q=0.5", "gzip" },
        { "gzip;q=2", "" },
        { "gzip;level=9", "" },
        { "deflate", "" },
        { "identity", "" },
        { "identity;q=0", "" },
        { "identity, gzip;q=0.5", "" },
        { "identity;q=0.5, gzip;q=0.5", "gzip" },
        { "identity;q=0, gzip;q=0.1", "gzip" },
        { "deflate\r\nAccept-Encoding: gzip", "gzip" },
    };

    [Theory]
    [MemberData(nameof(Negotiated))]
    public async Task H31_The_coding_is_the_one_that_the_client_likes_best(string? accepted, string coding)
    {
        CodedAnswer answer = await AskAsync(accepted, exchange => exchange.Response.Write(Text));
        Assert.Equal(coding, answer.Field("Content-Encoding"));
        Assert.Equal("Accept-Encoding", answer.Field("Vary"));
        Assert.Equal($"{answer.Body.Length}", answer.Field("Content-Length"));
        Assert.Equal(Text, answer.Decoded());
        Assert.True(coding.Length == 0 || answer.Body.Length < Text.Length / 2);
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", true)]
    [InlineData("APPLICATION/JSON", true)]
    [InlineData("application/problem+json", true)]
    [InlineData("image/svg+xml", true)]
    [InlineData("image/png", false)]
    [InlineData("application/zip", false)]
    [InlineData("application/jsonx", false)]
    [InlineData("textx/html", false)]
    [InlineData("", false)]
    public async Task H31_Only_listed_types_are_compressed_and_vary(string type, bool isCompressed)
    {
        CodedAnswer answer = await AskAsync("gzip", exchange => exchange.Response.Write(Text), type);
        Assert.Equal(isCompressed ? "gzip" : "", answer.Field("Content-Encoding"));
        Assert.Equal(isCompressed ? "Accept-Encoding" : "", answer.Field("Vary"));
        Assert.Equal(Text, answer.Decoded());
    }

    [Theory]
    [InlineData(1023, "gzip", "")]
    [InlineData(1024, "gzip", "gzip")]
    [InlineData(1025, "gzip", "gzip")]
    [InlineData(100, "gzip, identity;q=0", "gzip")]
    [InlineData(0, "gzip, identity;q=0", "")]
    public async Task H31_Small_bodies_go_out_as_they_are(int length, string accepted, string coding)
    {
        CodedAnswer answer = await AskAsync(accepted, exchange => exchange.Response.Write(new string('a', length)));
        Assert.Equal(coding, answer.Field("Content-Encoding"));
        Assert.Equal("Accept-Encoding", answer.Field("Vary"));
        Assert.Equal(new string('a', length), answer.Decoded());
    }

    [Fact]
    public async Task What_compression_makes_larger_goes_out_as_it_was()
    {
        byte[] noise = new byte[4096];
        new Random(1).NextBytes(noise);
        CodedAnswer answer = await AskAsync("br", exchange => exchange.Response.Write(noise));
        Assert.Equal("", answer.Field("Content-Encoding"));
        Assert.Equal(noise, answer.Body);
    }

    [Theory]
    [InlineData(200, "Content-Encoding: zstd")]
    [InlineData(200, "Cache-Control: private, no-transform")]
    [InlineData(200, "Content-Digest: sha-256=:x:")]
    [InlineData(206, "Content-Range: bytes 0-9/10")]
    [InlineData(204, "X: y")]
    [InlineData(304, "X: y")]
    [InlineData(205, "X: y")]
    public async Task What_must_not_be_changed_is_not(int status, string field)
    {
        CodedAnswer answer = await AskAsync("gzip", exchange =>
        {
            exchange.Response.StatusCode = status;
            exchange.Response.Headers.Set(field.Split(": ")[0], field.Split(": ")[1]);
            exchange.Response.Write(Text);
        });
        Assert.DoesNotContain("Content-Encoding: gzip", answer.Head, StringComparison.Ordinal);
        Assert.Equal(status is 200 or 206 ? Text : "", Encoding.ASCII.GetString(answer.Body));
    }

    [Theory]
    [InlineData(200, "gzip", "W/\"a\"")]
    [InlineData(200, "identity", "\"a\"")]
    [InlineData(304, "gzip", "W/\"a\"")]
    [InlineData(304, "identity", "\"a\"")]
    public async Task A_strong_tag_becomes_a_weak_one(int status, string accepted, string tag)
    {
        CodedAnswer answer = await AskAsync(accepted, exchange =>
        {
            exchange.Response.StatusCode = status;
            exchange.Response.Headers.Set("ETag"u8, "\"a\""u8);
            exchange.Response.Headers.Set("Accept-Ranges"u8, "bytes"u8);
            exchange.Response.Write(Text);
        });
        Assert.Equal(tag, answer.Field("ETag"));
        Assert.Equal("Accept-Encoding", answer.Field("Vary"));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task A_stream_is_compressed_so_that_each_flush_can_be_read(string coding)
    {
        var seen = new List<string>();
        Handler handler = Wrapped.Handler(
            async exchange =>
            {
                exchange.Response.SetContentType("text/event-stream"u8);
                await exchange.Response.FlushAsync();
                for (int index = 0; index < 3; index++)
                {
                    exchange.Response.Write($"data: {index}\n\n");
                    await exchange.Response.FlushAsync();
                }
            },
            Compression.From());
        var connection = new ScriptedConnection(
            [Engine.Bytes($"GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: {coding}\r\n\r\n")])
        {
            OnSend = sent => seen.Add(CodedAnswer.Parse(sent).DecodedSoFar()),
        };
        await Engine.Serve(connection, null, handler, NullLogger.Instance);
        Assert.Equal(
            ["", "data: 0\n\n", "data: 0\n\ndata: 1\n\n", "data: 0\n\ndata: 1\n\ndata: 2\n\n"], seen.Take(4));
        CodedAnswer answer = CodedAnswer.Parse(connection.Sent);
        Assert.Equal("chunked", answer.Field("Transfer-Encoding"));
        Assert.Equal("", answer.Field("Content-Length"));
        Assert.Equal("data: 0\n\ndata: 1\n\ndata: 2\n\n", answer.Decoded());
    }

    [Theory]
    [InlineData("HTTP/1.1", "br")]
    [InlineData("HTTP/1.1", "gzip")]
    [InlineData("HTTP/1.0", "gzip")]
    public async Task A_large_body_of_declared_length_is_compressed_piece_by_piece(string version, string coding)
    {
        byte[] large = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Text, 60)));
        CodedAnswer answer = await PlayAsync($"GET / {version}", coding, async exchange =>
        {
            exchange.Response.SetContentType("text/plain"u8);
            exchange.Response.ContentLength = large.Length;
            await exchange.Response.WriteAsync(large.AsMemory(0, 500_000));
            await exchange.Response.WriteAsync(large.AsMemory(500_000));
        });
        Assert.Equal(coding, answer.Field("Content-Encoding"));
        Assert.Equal("", answer.Field("Content-Length"));
        Assert.Equal(Encoding.ASCII.GetString(large), answer.Decoded());
    }

    [Fact]
    public async Task A_length_that_is_not_met_still_aborts()
    {
        Handler handler = Wrapped.Handler(
            async exchange =>
            {
                exchange.Response.SetContentType("text/plain"u8);
                exchange.Response.ContentLength = Text.Length + 1;
                exchange.Response.Write(Text);
                if (exchange.Request.RawPath.Length > 1)
                    await exchange.Response.FlushAsync();
            },
            Compression.From());
        foreach (string path in new[] { "/", "/flushed" })
        {
            WireAnswer answer = await Engine.PlayAsync(
                $"GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n", handler: handler);
            Assert.True(answer.IsAborted);
            Assert.DoesNotContain("\r\n0\r\n\r\n", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_failure_behind_the_first_flush_aborts_and_one_before_it_is_a_problem()
    {
        Handler handler = Wrapped.Routes(Compression.From());
        WireAnswer cut = await Engine.PlayAsync(
            "GET /throw-after HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n", handler: handler);
        Assert.True(cut.IsAborted);
        WireAnswer problem = await Engine.PlayAsync(
            "GET /throw HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n", handler: handler);
        Assert.Equal("500", problem.Statuses);
        Assert.Contains("Vary: Accept-Encoding", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HEAD_has_the_fields_of_GET_and_leaves_out_a_length_that_is_not_known()
    {
        CodedAnswer get = await AskAsync("gzip", exchange => exchange.Response.Write(Text));
        CodedAnswer head = await PlayAsync("HEAD / HTTP/1.1", "gzip", exchange =>
        {
            exchange.Response.SetContentType("text/plain"u8);
            exchange.Response.Write(Text);
            return ValueTask.CompletedTask;
        });
        Assert.Equal(get.Head, head.Head);
        Assert.Empty(head.Body);
        CodedAnswer file = await PlayAsync("HEAD / HTTP/1.1", "gzip", exchange =>
        {
            exchange.Response.SetContentType("text/plain"u8);
            exchange.Response.ContentLength = 5000;
            return ValueTask.CompletedTask;
        });
        Assert.Equal("gzip", file.Field("Content-Encoding"));
        Assert.Equal("", file.Field("Content-Length"));
    }

    [Fact]
    public async Task Answers_of_one_connection_do_not_mix()
    {
        static string One(string fields) => $"GET / HTTP/1.1\r\nHost: x\r\n{fields}\r\n";
        Handler handler = Wrapped.Handler(
            exchange =>
            {
                exchange.Response.SetContentType("text/plain"u8);
                exchange.Response.Write(Text);
                return ValueTask.CompletedTask;
            },
            Compression.From());
        var connection = new ScriptedConnection(
            [Engine.Bytes(One("Accept-Encoding: br\r\n") + One("") + One("Accept-Encoding: gzip\r\n"))]);
        await Engine.Serve(connection, null, handler, NullLogger.Instance);
        byte[] rest = connection.Sent;
        foreach (string coding in new[] { "br", "", "gzip" })
        {
            CodedAnswer answer = CodedAnswer.Parse(rest);
            Assert.Equal(coding, answer.Field("Content-Encoding"));
            int end = answer.HeadLength + int.Parse(answer.Field("Content-Length"), null);
            Assert.Equal(Text, CodedAnswer.Parse(rest[..end]).Decoded());
            rest = rest[end..];
        }

        Assert.Empty(rest);
    }

    [Fact]
    public async Task The_level_is_the_one_of_the_options()
    {
        CodedAnswer fast = await AskAsync("br", exchange => exchange.Response.Write(Text));
        CodedAnswer small = await AskAsync(
            "br", exchange => exchange.Response.Write(Text),
            options: new CompressionOptions { Level = CompressionLevel.SmallestSize });
        Assert.True(small.Body.Length < fast.Body.Length);
        Assert.Equal(Text, small.Decoded());
    }

    [Fact]
    public void Options_are_checked_all_at_once()
    {
        Assert.Equal(7, Refused(new CompressionOptions
        {
            Codings = ["zstd", "br", "br"],
            Level = CompressionLevel.NoCompression,
            BytesMin = -1,
            ContentTypes = ["text", "*/*", "text/*+*"],
        }));
        Assert.Equal(2, Refused(new CompressionOptions { Codings = [], ContentTypes = [] }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Accept-Encoding: gzip, br\r\n")]
    public void Nothing_is_allocated_for_an_answer_that_is_not_compressed(string field) => Assert.Equal(
        0,
        Allocations.OfRequest($"GET /json HTTP/1.1\r\nHost: x\r\n{field}\r\n", Wrapped.Routes(Compression.From())));

    private static int Refused(CompressionOptions options) =>
        Assert.Throws<OptionsException>(() => Compression.From(options)).Problems.Count;

    private static Task<CodedAnswer> AskAsync(
        string? accepted, Action<Exchange> write, string type = "text/plain", CompressionOptions? options = null) =>
        PlayAsync(
            "GET / HTTP/1.1",
            accepted,
            exchange =>
            {
                if (type.Length > 0)
                    exchange.Response.Headers.Set("Content-Type", type);
                write(exchange);
                return ValueTask.CompletedTask;
            },
            options);

    private static async Task<CodedAnswer> PlayAsync(
        string line, string? accepted, Handler handler, CompressionOptions? options = null)
    {
        string field = accepted is null ? "" : $"Accept-Encoding: {accepted}\r\n";
        WireAnswer answer = await Engine.PlayAsync(
            $"{line}\r\nHost: x\r\n{field}\r\n", handler: Wrapped.Handler(handler, Compression.From(options)));
        Assert.False(answer.IsAborted);
        return CodedAnswer.Parse(Engine.Bytes(answer.Text));
    }
}

using System.IO.Compression;
using System.Text;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Requests whose bodies are compressed.</summary>
public sealed class DecompressionTests
{
    private static readonly byte[] Text = Encoding.ASCII.GetBytes(
        string.Concat(Enumerable.Range(0, 5000).Select(index => $"line {index}\n")));

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("GZIP")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("identity")]
    [InlineData("")]
    public async Task A_body_is_read_as_if_it_had_come_plain(string coding)
    {
        byte[] body = Encode(coding, Text);
        foreach (bool isChunked in new[] { false, true })
        {
            string told = "";
            WireAnswer answer = await PlayAsync(coding, body, isChunked, async exchange =>
            {
                Request request = exchange.Request;
                ReadOnlyMemory<byte> all = await request.Body.ReadAllAsync();
                bool isPlain = coding is "" or "identity";
                told = $"{all.Span.SequenceEqual(Text)} {request.Headers["Content-Encoding"] is null || isPlain} "
                    + $"{request.Headers["Content-Length"] is null || isPlain} "
                    + $"{request.Body.Length is null || isPlain}";
            });
            Assert.Equal("200 True True True True", $"{answer.Statuses} {told}");
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Every_way_to_read_gives_the_same_and_the_connection_goes_on(string coding)
    {
        byte[] body = Encode(coding, Text);
        string request = $"POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: {coding}\r\nContent-Length: {body.Length}\r\n\r\n";
        byte[] bytes = [.. Engine.Bytes(request), .. body];
        int ways = 0;
        Handler handler = Wrapped.Handler(
            async exchange =>
            {
                switch (ways++ % 3)
                {
                    case 0:
                        using (var read = new MemoryStream())
                        {
                            await exchange.Request.Body.AsStream().CopyToAsync(read);
                            Assert.Equal(Text, read.ToArray());
                        }

                        break;
                    case 1:
                        Assert.Equal(Text.Length, (await exchange.Request.Body.ReadSequenceAsync()).Length);
                        break;
                    default:
                        // A part of it: the rest is dropped as it came.
                        Assert.True(await exchange.Request.Body.ReadAsync(new byte[10]) > 0);
                        break;
                }
            },
            Decompression.From());
        WireAnswer answer = await Engine.PlayAsync(
            [new ReadOnlyMemory<byte>([.. bytes, .. bytes, .. bytes])], handler: handler);
        Assert.Equal("200 200 200", answer.Statuses);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    [InlineData("gzip\r\nContent-Encoding: gzip")]
    [InlineData("compress")]
    public async Task Another_coding_gets_415_and_is_told_which_ones_there_are(string coding)
    {
        bool isCalled = false;
        WireAnswer answer = await PlayAsync(coding, [1, 2, 3], false, _ =>
        {
            isCalled = true;
            return ValueTask.CompletedTask;
        });
        Assert.Equal("415", answer.Statuses);
        Assert.Contains("\r\nAccept-Encoding: br, gzip, deflate\r\n", answer.Text, StringComparison.Ordinal);
        Assert.False(isCalled);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task What_is_not_what_it_says_gets_400(string coding)
    {
        byte[] whole = Encode(coding, Text);
        byte[][] broken = [Text, whole[..^1], whole[..(whole.Length / 2)], [.. whole, 1, 2, 3], [0], whole[..1]];
        for (int index = 0; index < broken.Length; index++)
        {
            WireAnswer answer = await PlayAsync(coding, broken[index], index % 2 == 1, ReadAsync);
            Assert.True(answer.Statuses == "400", $"{coding} {index}: {answer.Statuses}");
        }

        if (coding != "br")
        {
            whole[^1] ^= 0x40;
            Assert.Equal("400", (await PlayAsync(coding, whole, false, ReadAsync)).Statuses);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_bomb_gets_413_and_is_not_unpacked(string coding)
    {
        long read = 0;
        WireAnswer answer = await PlayAsync(coding, Encode(coding, new byte[20_000_000]), false, async exchange =>
        {
            byte[] buffer = new byte[16 * 1024];
            for (int count; (count = await exchange.Request.Body.ReadAsync(buffer)) > 0;)
                read += count;
        });
        Assert.Equal("413", answer.Statuses);
        Assert.True(answer.SaysClose);
        Assert.InRange(read, 0, 4_000_000);
    }

    [Fact]
    public async Task The_ratio_is_that_of_the_options_and_small_bodies_are_free_of_it()
    {
        byte[] zeros = new byte[64 * 1024];
        Assert.Equal("200", (await PlayAsync("gzip", Encode("gzip", zeros), false, ReadAsync)).Statuses);
        byte[] more = new byte[256 * 1024];
        Assert.Equal("413", (await PlayAsync("gzip", Encode("gzip", more), false, ReadAsync)).Statuses);
        Assert.Equal("200", (await PlayAsync(
            "gzip", Encode("gzip", more), false, ReadAsync, new DecompressionOptions { RatioMax = 1032 })).Statuses);
    }

    [Theory]
    [InlineData(48889, "413")]
    [InlineData(48890, "200")]
    [InlineData(48891, "200")]
    public async Task The_limit_of_a_body_holds_for_what_comes_out(int bytesMax, string status)
    {
        Assert.Equal(48890, Text.Length);
        WireAnswer answer = await PlayAsync(
            "gzip", Encode("gzip", Text), false, ReadAsync, limits: new ServerLimits { BodyBytesMax = bytesMax });
        Assert.Equal(status, answer.Statuses);
    }

    [Fact]
    public async Task Without_the_middleware_the_handler_gets_the_octets()
    {
        byte[] body = Encode("gzip", Text);
        string request = $"POST /len HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: {body.Length}\r\n\r\n";
        WireAnswer answer = await Engine.PlayAsync([new ReadOnlyMemory<byte>([.. Engine.Bytes(request), .. body])]);
        Assert.EndsWith($"\r\n\r\n{body.Length}", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<OptionsException>(() => Decompression.From(new DecompressionOptions { RatioMax = 0 }));
        Assert.Throws<OptionsException>(() => Decompression.From(new DecompressionOptions { RatioMax = 1033 }));
        Assert.NotNull(Decompression.From(new DecompressionOptions { RatioMax = 1 }));
    }

    [Fact]
    public void Nothing_is_allocated_for_a_request_without_a_body() => Assert.Equal(0, Allocations.OfRequest(
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        Wrapped.Handler(static _ => ValueTask.CompletedTask, Decompression.From())));

    private static async ValueTask ReadAsync(Exchange exchange) => await exchange.Request.Body.ReadAllAsync();

    private static Task<WireAnswer> PlayAsync(
        string coding, byte[] body, bool isChunked, Handler handler, DecompressionOptions? options = null,
        ServerLimits? limits = null)
    {
        string field = coding.Length == 0 ? "" : $"Content-Encoding: {coding}\r\n";
        string framing = isChunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}";
        byte[] head = Engine.Bytes($"POST / HTTP/1.1\r\nHost: x\r\n{field}{framing}\r\n\r\n");
        byte[] framed = isChunked
            ? [.. Engine.Bytes($"{body.Length:x}\r\n"), .. body, .. Engine.Bytes("\r\n0\r\n\r\n")]
            : body;
        return Engine.PlayAsync(
            [new ReadOnlyMemory<byte>([.. head, .. framed])], limits,
            Wrapped.Handler(handler, Decompression.From(options)));
    }

    private static byte[] Encode(string coding, byte[] plain)
    {
        using var encoded = new MemoryStream();
        using (Stream? encoder = coding.ToUpperInvariant() switch
        {
            "GZIP" or "X-GZIP" => new GZipStream(encoded, CompressionLevel.Optimal, leaveOpen: true),
            "BR" => new BrotliStream(encoded, CompressionLevel.Optimal, leaveOpen: true),
            "DEFLATE" => new ZLibStream(encoded, CompressionLevel.Optimal, leaveOpen: true),
            _ => null,
        })
        {
            if (encoder is null)
                return plain;
            encoder.Write(plain);
        }

        return encoded.ToArray();
    }
}

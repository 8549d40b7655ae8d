using System.Text;
using Waymark.Http.Body;
using Waymark.Http.Parsing;

namespace Waymark.Tests.Http.Body;

/// <summary>The framing of chunked bodies, read through <see cref="RequestBody"/> as a handler reads it.</summary>
public sealed class ChunkedDecoderTests
{
    private const int BodyBytesMax = 1000;

    public static TheoryData<string, string> Good => new()
    {
        { "0\r\n\r\n", "" },
        { "000\r\n\r\n", "" },
        { "0000000000000000\r\n\r\n", "" },
        { "1\r\na\r\n0\r\n\r\n", "a" },
        { "0000000000000003\r\nabc\r\n0\r\n\r\n", "abc" },
        { "A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n", "01234567890123456789" },
        { "2\r\n\r\n\r\n2\r\n0\r\r\n0\r\n\r\n", "\r\n0\r" },
        { "1;a\r\nx\r\n0;b\r\n\r\n", "x" },
        { "1;a=b;c=\"d\\\"; e\"\r\nx\r\n0\r\n\r\n", "x" },
        { "1; a\t= b ;c\r\nx\r\n0\r\n\r\n", "x" },
        { "1;a=\"\"\r\nx\r\n0\r\n\r\n", "x" },
        { "1;a=\"\x80\"\r\nx\r\n0\r\n\r\n", "x" },
        { "1\r\nx\r\n0\r\nA: b\r\n\r\n", "x" },
    };

    public static TheoryData<string, string> Bad
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach ((RequestRejection rejection, string input) in BadRows())
                data.Add(rejection.ToString(), input);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_good_body_is_read_at_every_split_point(string input, string expected)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(input);
        for (int split = 0; split <= bytes.Length; split++)
            Assert.Equal(expected, await ReadAsync(bytes[..split], bytes[split..]));
        Assert.Equal(expected, await ReadAsync([.. bytes.Select(octet => new[] { octet })]));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_body_is_refused_at_every_split_point(string rejection, string input)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(input);
        for (int split = 0; split <= bytes.Length; split++)
            Assert.Equal(rejection, await ReasonAsync(bytes[..split], bytes[split..]));
        Assert.Equal(rejection, await ReasonAsync([.. bytes.Select(octet => new[] { octet })]));
    }

    [Theory]
    [InlineData("1\r\nx\r\n0\r\n\r\n")]
    [InlineData("5;a=b\r\nabcde\r\n0\r\nA: b\r\n\r\n")]
    public async Task A_body_without_its_end_is_incomplete(string input)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(input);
        for (int length = 0; length < bytes.Length; length++)
            Assert.Equal(nameof(RequestRejection.BodyIncomplete), await ReasonAsync(bytes[..length]));
    }

    [Theory]
    [InlineData(999, null)]
    [InlineData(1000, null)]
    [InlineData(1001, nameof(RequestRejection.BodyTooLarge))]
    public async Task The_total_has_a_limit(int length, string? rejection)
    {
        string data = new('a', length - 1);
        string input = $"1\r\na\r\n{length - 1:x}\r\n{data}\r\n0\r\n\r\n";
        Assert.Equal(rejection, await ReasonAsync(Encoding.Latin1.GetBytes(input)));
    }

    [Theory]
    [InlineData(255, null)]
    [InlineData(256, null)]
    [InlineData(257, nameof(RequestRejection.ChunkExtensionTooLong))]
    public async Task An_extension_has_a_limit(int length, string? rejection)
    {
        string input = $"1;{new string('a', length - 1)}\r\nx\r\n0\r\n\r\n";
        Assert.Equal(rejection, await ReasonAsync(Encoding.Latin1.GetBytes(input)));
        Assert.Equal(rejection, await ReasonAsync(
            [.. Encoding.Latin1.GetBytes(input).Select(octet => new[] { octet })]));
    }

    [Theory]
    [InlineData(16383, null)]
    [InlineData(16384, null)]
    [InlineData(16385, nameof(RequestRejection.ChunkExtensionTooLong))]
    public async Task The_extensions_of_a_body_have_a_limit(int total, string? rejection)
    {
        var input = new StringBuilder();
        for (; total > 256; total -= 256)
            input.Append($"1;{new string('a', 255)}\r\nx\r\n");
        // One octet alone is ";" and no extension, so the rest is shared between two lines.
        input.Append($"1;{new string('b', Math.Max(1, total - 3))}\r\nx\r\n");
        if (total > 3)
            input.Append("0;c\r\n\r\n");
        else
            input.Append("0\r\n\r\n");
        Assert.Equal(rejection, await ReasonAsync(Encoding.Latin1.GetBytes(input.ToString())));
    }

    [Fact]
    public async Task Trailers_are_kept_but_for_those_that_frame_route_or_describe()
    {
        string[] dropped =
        [
            "Host", "Content-Length", "transfer-encoding", "Authorization", "Content-Type", "TE", "Trailer", "Cookie",
            "Expect", "Connection", "Cache-Control", "Proxy-Authorization",
        ];
        string lines = string.Concat(dropped.Select(name => $"{name}: 1\r\n"));
        byte[] bytes = Encoding.Latin1.GetBytes($"1\r\nx\r\n0\r\nA:  b \r\n{lines}C:\r\nContent: y\r\n\r\nnext");
        for (int split = 0; split <= bytes.Length; split++)
        {
            using var source = new FakeBodySource(bytes[..split], bytes[split..]);
            RequestBody body = BodyReading.Begin(source, BodyBytesMax);
            Assert.Equal(0, body.Trailers.Count);
            Assert.Equal("x", await BodyReading.ReadAllAsync(body));
            Assert.Equal(["A=b", "C=", "Content=y"], Listed(body));
            Assert.True(body.IsComplete);
        }
    }

    [Theory]
    [InlineData(31, null)]
    [InlineData(32, null)]
    [InlineData(33, nameof(RequestRejection.TooManyTrailers))]
    public async Task The_number_of_trailers_has_a_limit(int count, string? rejection)
    {
        string lines = string.Concat(Enumerable.Repeat("Host: a\r\n", count));
        Assert.Equal(rejection, await ReasonAsync(Encoding.Latin1.GetBytes($"0\r\n{lines}\r\n")));
    }

    [Fact]
    public async Task What_lies_beyond_a_limit_of_trailers_is_not_looked_at()
    {
        string lines = string.Concat(Enumerable.Repeat("A: b\r\n", 32));
        Assert.Equal(nameof(RequestRejection.TooManyTrailers),
            await ReasonAsync(Encoding.Latin1.GetBytes($"0\r\n{lines}A : b\r\n\r\n")));
        string line = $"A: {new string('a', 8192)}\0\r\n";
        Assert.Equal(nameof(RequestRejection.TrailersTooLarge),
            await ReasonAsync(Encoding.Latin1.GetBytes($"0\r\n{line}\r\n")));
    }

    [Theory]
    [InlineData(8191, null)]
    [InlineData(8192, null)]
    [InlineData(8193, nameof(RequestRejection.TrailersTooLarge))]
    public async Task The_trailer_section_has_a_limit(int length, string? rejection)
    {
        string first = $"A: {new string('a', 4091)}\r\n";
        string second = $"B: {new string('b', length - first.Length - 5)}\r\n";
        Assert.Equal(rejection, await ReasonAsync(Encoding.Latin1.GetBytes($"0\r\n{first}{second}\r\n")));
    }

    private static IEnumerable<(RequestRejection, string)> BadRows()
    {
        string[] sizes =
        [
            "\r\n", "+1\r\n", "-1\r\n", "0x1\r\n", " 1\r\n", "1 \r\n", "1\t;a\r\n", "g\r\n", "1\n", "1,1\r\n", "\n",
            "1\0",
            "00000000000000001\r\n", "8000000000000000\r\n", "FFFFFFFFFFFFFFFF\r\n", "10000000000000000\r\n",
            "\xb2\r\n",
        ];
        foreach (string size in sizes)
            yield return (RequestRejection.InvalidChunkSize, size);
        foreach (
            string text in (string[])[";", ";;a", ";a=", ";=b", ";a b", ";a=b c", ";a=\"b", ";a=\"b\\\"", ";a=b\"", ";a@"])
            yield return (RequestRejection.InvalidChunkExtension, $"1{text}\r\nx\r\n0\r\n\r\n");
        foreach (string text in (string[])[";a\n", ";a=\"\0\"", ";a=\"\x7f\"", ";a\x01", ";a=\"b\nc\""])
            yield return (RequestRejection.InvalidChunkExtension, $"1{text}\r\nx\r\n0\r\n\r\n");
        yield return (RequestRejection.BareCarriageReturn, "1\rx\r\n0\r\n\r\n");
        yield return (RequestRejection.BareCarriageReturn, "1;a\rx\r\n0\r\n\r\n");
        foreach (string end in (string[])["a", "\n", "\rx", "\r\r\n", " \r\n"])
            yield return (RequestRejection.InvalidChunkEnd, $"1\r\nx{end}0\r\n\r\n");
        yield return (RequestRejection.BodyTooLarge, "3e9\r\n");
        yield return (RequestRejection.BodyTooLarge, "7FFFFFFFFFFFFFFF\r\n");
        yield return (RequestRejection.BodyTooLarge, "1\r\nx\r\n7FFFFFFFFFFFFFFF\r\n");
        yield return (RequestRejection.BareCarriageReturn, "0\r\n\rx");
        yield return (RequestRejection.BareLineFeed, "0\r\n\n");
        yield return (RequestRejection.BareLineFeed, "0\r\nA: b\n\r\n");
        yield return (RequestRejection.WhitespaceBeforeField, "0\r\n A: b\r\n\r\n");
        yield return (RequestRejection.FieldFolded, "0\r\nA: b\r\n c\r\n\r\n");
        yield return (RequestRejection.WhitespaceBeforeColon, "0\r\nA : b\r\n\r\n");
        yield return (RequestRejection.FieldWithoutColon, "0\r\nA\r\n\r\n");
        yield return (RequestRejection.EmptyFieldName, "0\r\n: b\r\n\r\n");
        yield return (RequestRejection.InvalidFieldName, "0\r\nA(: b\r\n\r\n");
        yield return (RequestRejection.InvalidFieldValue, "0\r\nA: \0\r\n\r\n");
    }

    private static List<string> Listed(RequestBody body)
    {
        var listed = new List<string>();
        foreach (Waymark.Http.HeaderLine line in body.Trailers)
            listed.Add($"{Encoding.Latin1.GetString(line.Name)}={Encoding.Latin1.GetString(line.Value)}");
        return listed;
    }

    private static async Task<string> ReadAsync(params byte[][] pieces)
    {
        using var source = new FakeBodySource(pieces);
        RequestBody body = BodyReading.Begin(source, BodyBytesMax);
        string text = await BodyReading.ReadAllAsync(body);
        Assert.True(body.IsComplete);
        return text;
    }

    /// <summary>Why the body is refused, or null.</summary>
    private static async Task<string?> ReasonAsync(params byte[][] pieces)
    {
        try
        {
            await ReadAsync(pieces);
            return null;
        }
        catch (BadRequestException e)
        {
            return e.Rejection.ToString();
        }
    }
}

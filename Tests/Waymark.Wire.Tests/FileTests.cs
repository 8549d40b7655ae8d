using System.Text;
using System.Text.RegularExpressions;
using Waymark.Routing;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>Files over the wire: validators, preconditions, ranges (RFC 9110 sections 8.8, 13, 14).</summary>
public sealed partial class FileTests : IDisposable
{
    private const string Date = "Sun, 06 Nov 1994 08:49:37 GMT";

    private static readonly DateTime Written = new(1994, 11, 6, 8, 49, 37, DateTimeKind.Utc);
    private static readonly Handler Handler = new Router(ScenarioRoutes.Table).HandleAsync;

    private readonly string _folder = Directory.CreateTempSubdirectory("waymark").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_has_type_validators_and_length()
    {
        string path = WriteFile("a.txt", "0123456789");
        WireAnswer answer = await PlayAsync("GET", "", () => Results.File(path));
        Assert.Equal(
            $"HTTP/1.1 200 OK\r\nDate: *\r\nETag: {TagOf(10)}\r\nLast-Modified: {Date}\r\nAccept-Ranges: bytes\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 10\r\n\r\n0123456789",
            answer.Text);
    }

    [Theory]
    [InlineData("missing.txt", "404")]
    [InlineData("no/folder.txt", "404")]
    [InlineData("", "404")]
    [InlineData(".", "404")]
    public async Task What_is_no_file_is_404(string name, string status)
    {
        string path = Path.Combine(_folder, name);
        WireAnswer answer = await PlayAsync("GET", "", () => Results.File(path));
        Assert.Equal(status, answer.Statuses);
        Assert.DoesNotContain(_folder, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HEAD", "", "200", "Content-Length: 10|Content-Type: text/plain; charset=utf-8", "")]
    [InlineData("HEAD", "Range: bytes=0-1", "200", "Content-Length: 10", "")]
    [InlineData("HEAD", "If-None-Match: {tag}", "304", "ETag: {tag}|!Content-Length|!Content-Type", "")]
    [InlineData("GET", "If-None-Match: {tag}", "304", "ETag: {tag}|Last-Modified: {date}|!Content-Type", "")]
    [InlineData("GET", "If-None-Match: \"x\"", "200", "Content-Length: 10", "0123456789")]
    [InlineData("GET", "If-Modified-Since: {date}", "304", "", "")]
    [InlineData("GET", "If-Match: \"x\"", "412", "Content-Type: application/problem+json|!Accept-Ranges", null)]
    [InlineData("GET", "Range: bytes=0-0", "206", "Content-Range: bytes 0-0/10|Content-Length: 1|ETag: {tag}", "0")]
    [InlineData("GET", "Range: bytes=2-4", "206", "Content-Range: bytes 2-4/10|Content-Length: 3", "234")]
    [InlineData("GET", "Range: bytes=-3", "206", "Content-Range: bytes 7-9/10|Content-Length: 3", "789")]
    [InlineData("GET", "Range: bytes=1-2,2-5", "206", "Content-Range: bytes 1-5/10|Content-Length: 5", "12345")]
    [InlineData("GET", "Range: bytes=10-", "416", "Content-Range: bytes */10|!Content-Disposition", null)]
    [InlineData("GET", "Range: lines=1-2", "200", "Content-Length: 10", "0123456789")]
    [InlineData("GET", "Range: bytes=0-1|If-Range: {tag}", "206", "Content-Length: 2", "01")]
    [InlineData("GET", "Range: bytes=0-1|If-Range: {date}", "206", "Content-Length: 2", "01")]
    [InlineData("GET", "Range: bytes=0-1|If-Range: \"x\"", "200", "Content-Length: 10", "0123456789")]
    [InlineData("GET", "Range: bytes=0-1|If-None-Match: {tag}", "304", "!Content-Range", "")]
    [InlineData("POST", "Range: bytes=0-1|If-None-Match: {tag}", "200", "Content-Length: 10", "0123456789")]
    public async Task D26_Conditions_and_ranges_decide(
        string method, string fields, string status, string expected, string? body)
    {
        string path = WriteFile("a.txt", "0123456789");
        WireAnswer answer = await PlayAsync(method, Fill(fields), () => Results.File(path));
        Assert.Equal(status, answer.Statuses);
        answer.AssertFields(Fill(expected));
        if (body is not null)
            Assert.EndsWith("\r\n\r\n" + body, answer.Text, StringComparison.Ordinal);
        Assert.False(answer.IsAborted);
    }

    [Theory]
    [InlineData(Layer.Clear)]
    [InlineData(Layer.Tls)]
    public async Task D26_Several_ranges_are_parts_with_their_own_heads(Layer layer)
    {
        string path = WriteFile("a.png", "0123456789");
        WireAnswer answer = await PlayAsync("GET", "Range: bytes=8-, 0-1", () => Results.File(path), layer);
        Match type = BoundaryPattern().Match(answer.Text);
        string boundary = type.Groups[1].Value;
        string body = answer.Text[(answer.Text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Equal(
            $"--{boundary}\r\nContent-Type: image/png\r\nContent-Range: bytes 8-9/10\r\n\r\n89\r\n"
            + $"--{boundary}\r\nContent-Type: image/png\r\nContent-Range: bytes 0-1/10\r\n\r\n01\r\n--{boundary}--\r\n",
            body);
        Assert.Contains($"\r\nContent-Length: {body.Length}\r\n", answer.Text, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 206 Partial Content\r\n", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nContent-Range: ", answer.Text[..type.Index], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_written_just_now_has_a_weak_tag()
    {
        string path = WriteFile("a.txt", "x");
        File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime);
        WireAnswer answer = await PlayAsync("GET", "", () => Results.File(path));
        Assert.Contains("\r\nETag: W/\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_streams_and_paths_answer_alike()
    {
        byte[] content = new byte[300_000];
        new Random(1).NextBytes(content);
        string path = Path.Combine(_folder, "big");
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(path, Written);
        Func<FileResult>[] makers =
        [
            () => Results.File(path) with { ETag = "\"t\"" },
            () => Results.File(content) with { ETag = "\"t\"", LastModified = Written },
            () => Results.File(new MemoryStream(content)) with { ETag = "\"t\"", LastModified = Written },
        ];
        foreach (string range in new[] { "", "Range: bytes=0-0", "Range: bytes=70000-", "Range: bytes=-200001" })
        {
            string[] answers = [.. await Task.WhenAll(makers.Select(make => TextAsync(range, make)))];
            Assert.Equal(answers[0], answers[1]);
            Assert.Equal(answers[0], answers[2]);
        }

        string whole = await TextAsync("", makers[0]);
        Assert.EndsWith("\r\n\r\n" + Encoding.Latin1.GetString(content), whole, StringComparison.Ordinal);

        static async Task<string> TextAsync(string range, Func<FileResult> make) =>
            (await PlayAsync("GET", range, make)).Text;
    }

    [Theory]
    [InlineData(Layer.Clear)]
    [InlineData(Layer.Tls)]
    public async Task A_stream_is_disposed_whatever_was_answered(Layer layer)
    {
        foreach (string fields in new[] { "", "Range: bytes=5-", "If-None-Match: *", "If-Match: \"x\"" })
        {
            var stream = new MemoryStream("0123"u8.ToArray());
            await PlayAsync("GET", fields, () => Results.File(stream), layer);
            Assert.False(stream.CanRead);
        }
    }

    [Theory]
    [InlineData(null, false, null)]
    [InlineData("b.pdf", false, "attachment; filename=\"b.pdf\"")]
    [InlineData("b.pdf", true, "inline; filename=\"b.pdf\"")]
    public async Task A_download_has_a_name(string? name, bool isInline, string? expected)
    {
        WireAnswer answer = await PlayAsync(
            "GET", "", () => Results.File("x"u8.ToArray(), downloadName: name) with { IsInline = isInline });
        string type = name is null ? "application/octet-stream" : "application/pdf";
        Assert.Contains($"\r\nContent-Type: {type}\r\n", answer.Text, StringComparison.Ordinal);
        Assert.Equal(
            expected is null ? [] : [$"Content-Disposition: {expected}"],
            answer.Text.Split("\r\n").Where(line => line.StartsWith("Content-Disp", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_stream_that_gives_less_than_it_has_aborts()
    {
        WireAnswer answer = await PlayAsync("GET", "Range: bytes=0-1,4-5", () => Results.File(new ShortStream()));
        Assert.True(answer.IsAborted);
    }

    private static string TagOf(long length) => $"\"{Written.Ticks:x}-{length:x}\"";

    private static string Fill(string text) => text
        .Replace("{tag}", TagOf(10), StringComparison.Ordinal)
        .Replace("{date}", Date, StringComparison.Ordinal);

    /// <summary>Plays a request on both layers; on one only where the answers differ or the file is used up.</summary>
    private static Task<WireAnswer> PlayAsync(
        string method, string fields, Func<FileResult> make, Layer? layer = null)
    {
        FileRoutes.Make.Value = make;
        string lines = string.Concat(fields.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(f => f + "\r\n"));
        string request = $"{method} /file HTTP/1.1\r\nHost: x\r\n{lines}\r\n";
        return layer is { } one
            ? Engine.PlayOnceAsync(one, request, Handler)
            : Engine.PlayAsync(request, handler: Handler);
    }

    private string WriteFile(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, Written);
        return path;
    }

    [GeneratedRegex("\r\nContent-Type: multipart/byteranges; boundary=([0-9a-f]{32})\r\n")]
    private static partial Regex BoundaryPattern();

    /// <summary>Says that it has ten bytes, and has none.</summary>
    private sealed class ShortStream : MemoryStream
    {
        public override long Length => 10;

        public override ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default) => new(0);
    }
}

using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Tests.Support;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>What the options of static files switch on, over the wire; and what they cost who is passed on.</summary>
public sealed class StaticFilesOptionsTests : IDisposable
{
    private readonly StaticSite _site = new();

    public void Dispose() => _site.Dispose();

    [Theory]
    [InlineData("", "", "0123456789", 10, "")]
    [InlineData("br", "br", "brotli", 6, "-br")]
    [InlineData("gzip", "gzip", "gzipped", 7, "-gzip")]
    [InlineData("gzip, deflate, br", "br", "brotli", 6, "-br")]
    [InlineData("gzip, br;q=0.9", "gzip", "gzipped", 7, "-gzip")]
    [InlineData("br;q=0, *;q=0.1", "gzip", "gzipped", 7, "-gzip")]
    [InlineData("*;q=0", "", "0123456789", 10, "")]
    [InlineData("zstd", "", "0123456789", 10, "")]
    public async Task A_compressed_neighbour_is_sent_to_who_takes_it(
        string accepted, string coding, string body, int length, string suffix)
    {
        _site.Write("app.js", "0123456789");
        _site.Write("app.js.br", "brotli");
        _site.Write("app.js.gz", "gzipped");
        WireAnswer answer = await _site.AskAsync("GET /app.js", $"Accept-Encoding: {accepted}");
        string codingLine = coding.Length == 0 ? "" : $"Content-Encoding: {coding}\r\n";
        Assert.Equal(
            $"HTTP/1.1 200 OK\r\nDate: *\r\nVary: Accept-Encoding\r\nETag: {StaticSite.TagOf(length, suffix)}\r\n"
            + $"Last-Modified: {StaticSite.Date}\r\nAccept-Ranges: bytes\r\n"
            + $"Content-Type: text/javascript; charset=utf-8\r\n{codingLine}Content-Length: {length}\r\n\r\n{body}",
            answer.Text);
    }

    [Fact]
    public async Task Ranges_and_conditions_are_those_of_the_neighbour()
    {
        _site.Write("app.js", "0123456789");
        _site.Write("app.js.br", "brotli");
        WireAnswer part = await _site.AskAsync("GET /app.js", "Accept-Encoding: br|Range: bytes=1-2");
        Assert.Contains("\r\nContent-Range: bytes 1-2/6\r\n", part.Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nro", part.Text, StringComparison.Ordinal);
        string tag = StaticSite.TagOf(6, "-br");
        Assert.Equal(
            "304", (await _site.AskAsync("GET /app.js", $"Accept-Encoding: br|If-None-Match: {tag}")).Statuses);
        Assert.Equal("200", (await _site.AskAsync("GET /app.js", $"If-None-Match: {tag}")).Statuses);
        WireAnswer beyond = await _site.AskAsync("GET /app.js", "Accept-Encoding: br|Range: bytes=6-");
        Assert.Equal("416", beyond.Statuses);
        Assert.DoesNotContain("Content-Encoding", beyond.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_neighbour_is_neither_sought_nor_told_where_that_is_off_or_leads_out()
    {
        _site.Write("app.js", "0123456789");
        _site.Write("app.js.br", "brotli");
        var off = new StaticFilesOptions { ServesPrecompressed = false };
        WireAnswer plain = await _site.AskAsync("GET /app.js", "Accept-Encoding: br", off);
        Assert.EndsWith("\r\n\r\n0123456789", plain.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Vary", plain.Text, StringComparison.Ordinal);
        File.CreateSymbolicLink(Path.Combine(_site.Root, "a.txt.gz"), "../secret.txt");
        WireAnswer link = await _site.AskAsync("GET /a.txt", "Accept-Encoding: gzip");
        Assert.EndsWith("\r\n\r\n0123456789", link.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /orders/7", "Accept: text/html", "200", "app")]
    [InlineData("GET /orders/7", "", "200", "app")]
    [InlineData("GET /orders/", "Accept: text/html", "200", "app")]
    [InlineData("GET /orders/7", "Accept: application/json", "404", null)]
    [InlineData("GET /old.js", "Accept: */*", "404", null)]
    [InlineData("POST /orders/7", "Content-Length: 0", "404", null)]
    [InlineData("GET /json", "Accept: text/html", "200", "{\"X\":1,\"Y\":1}")]
    [InlineData("GET /null", "Accept: text/html", "404", null)] // A route's own 404 stays.
    [InlineData("GET /throw", "Accept: text/html", "500", null)]
    [InlineData("GET /..%2fx", "Accept: text/html", "404", null)]
    public async Task A_single_page_app_gets_what_nobody_else_answers(
        string line, string fields, string status, string? body)
    {
        _site.Write("index.html", "app");
        var options = new StaticFilesOptions { FallbackFile = "index.html", IndexFiles = [] };
        WireAnswer answer = await _site.AskAsync(line, fields, options);
        Assert.Equal(status, answer.Statuses);
        if (body is not null)
            Assert.EndsWith("\r\n\r\n" + body, answer.Text, StringComparison.Ordinal);
        Assert.Equal(status == "404", answer.Text.Contains("not-found", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_fallback_waits_for_a_handler_that_takes_its_time()
    {
        _site.Write("index.html", "app");
        Handler handler = _site.Around(new StaticFilesOptions { FallbackFile = "index.html" }, async exchange =>
        {
            await Task.Yield();
            exchange.Response.WriteProblem(new ProblemDetails { Status = 404 });
        });
        WireAnswer answer = await StaticSite.AskAsync(handler, "GET /later");
        Assert.Equal("200", answer.Statuses);
        Assert.EndsWith("\r\nContent-Length: 3\r\n\r\napp", answer.Text, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: text/html; charset=utf-8\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_with_a_hash_are_kept_for_a_year()
    {
        _site.Write("app.3fa9c21b.js", "x");
        var options = new StaticFilesOptions { CachesHashedNames = true, CacheControl = "max-age=60" };
        WireAnswer hashed = await _site.AskAsync("GET /app.3fa9c21b.js", "", options);
        Assert.Contains(
            "\r\nCache-Control: public, max-age=31536000, immutable\r\n", hashed.Text, StringComparison.Ordinal);
        WireAnswer plain = await _site.AskAsync("GET /a.txt", "", options);
        Assert.Contains("\r\nCache-Control: max-age=60\r\n", plain.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.svg", "image/svg+xml")]
    [InlineData("a.GLB", "model/gltf-binary")]
    [InlineData("a.txt", "text/x-own")]
    [InlineData("a.unknown", "application/octet-stream")]
    [InlineData("README", "application/octet-stream")]
    public async Task The_type_is_the_extensions(string name, string type)
    {
        _site.Write(name, "x");
        var options = new StaticFilesOptions
        {
            MediaTypes = new Dictionary<string, string> { [".glb"] = "model/gltf-binary", [".TXT"] = "text/x-own" },
        };
        WireAnswer answer = await _site.AskAsync($"GET /{name}", "", options);
        Assert.Contains($"\r\nContent-Type: {type}\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_begin_with_a_dot_are_served_where_that_is_asked_for()
    {
        _site.Write(".well-known/security.txt", "x");
        const string Line = "GET /.well-known/security.txt";
        Assert.Equal("404", (await _site.AskAsync(Line)).Statuses);
        var options = new StaticFilesOptions { ServesDotFiles = true };
        Assert.Equal("200", (await _site.AskAsync(Line, "", options)).Statuses);
    }

    [Fact]
    public async Task A_listing_is_sorted_escaped_and_shows_what_is_served()
    {
        _site.Write("list/b&<i>.txt", "x");
        _site.Write("list/a \"quoted\".txt", "x");
        _site.Write("list/javascript:alert(1)", "x");
        _site.Write("list/caf\u00e9.txt", "x");
        _site.Write("list/.hidden", "x");
        _site.Write("list/back\\slash", "x");
        _site.Write("list/z/inner", "x");
        File.CreateSymbolicLink(Path.Combine(_site.Root, "list", "out"), "../../secret.txt");
        File.CreateSymbolicLink(Path.Combine(_site.Root, "list", "to-z"), "z");
        var options = new StaticFilesOptions { ListsFolders = true };
        WireAnswer answer = await _site.AskAsync("GET /list/", "", options);
        string[] links = [.. Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(answer.Text)).Split('\n')
            .Where(line => line.StartsWith("<li>", StringComparison.Ordinal))];
        Assert.Equal(
            [
                .. OperatingSystem.IsLinux() ? (string[])["<li><a href=\"./to-z/\">to-z/</a></li>"] : [],
                "<li><a href=\"./z/\">z/</a></li>",
                "<li><a href=\"./a%20%22quoted%22.txt\">a &quot;quoted&quot;.txt</a></li>",
                "<li><a href=\"./b%26%3Ci%3E.txt\">b&amp;&lt;i&gt;.txt</a></li>",
                "<li><a href=\"./caf%C3%A9.txt\">caf&#233;.txt</a></li>",
                "<li><a href=\"./javascript%3Aalert%281%29\">javascript:alert(1)</a></li>",
            ],
            links);
        Assert.Contains("\r\nContent-Security-Policy: default-src 'none'\r\n", answer.Text, StringComparison.Ordinal);
        Assert.Equal("308", (await _site.AskAsync("GET /list", "", options)).Statuses);
        Assert.Equal("404", (await _site.AskAsync("GET /list/")).Statuses);
    }

    [Fact]
    public void Options_are_checked_all_at_once()
    {
        var e = Assert.Throws<OptionsException>(() => StaticFiles.From(new StaticFilesOptions
        {
            Root = Path.Combine(_site.Root, "nowhere"),
            Prefix = "/assets/",
            IndexFiles = ["a/b"],
            FallbackFile = "../index.html",
            CacheControl = "a\nb",
            MediaTypes = new Dictionary<string, string> { ["glb"] = "" },
        }));
        Assert.Equal(7, e.Problems.Count);
        foreach (string prefix in (string[])["", "assets", "/a//b", "/a/../b", "/%61", "/a?b", "/caf\u00e9", "//"])
        {
            var options = new StaticFilesOptions { Root = _site.Root, Prefix = prefix };
            Assert.Throws<OptionsException>(() => StaticFiles.From(options));
        }

        Assert.Throws<ArgumentNullException>(() => StaticFiles.From((string)null!));
        Assert.NotNull(StaticFiles.From(new StaticFilesOptions { Root = _site.Root, Prefix = "/a/b-c.d_e~f" }));
    }

    [Theory]
    [InlineData("GET /json HTTP/1.1\r\nHost: x\r\n\r\n", "/assets")]
    [InlineData("GET /json HTTP/1.1\r\nHost: x\r\n\r\n", "/")]
    [InlineData("GET /..%2fx HTTP/1.1\r\nHost: x\r\n\r\n", "/")]
    [InlineData("OPTIONS /json HTTP/1.1\r\nHost: x\r\n\r\n", "/")]
    public void A_request_that_is_passed_on_allocates_nothing(string request, string prefix)
    {
        Assert.SkipUnless(Waymark.Middleware.LinuxFolder.IsSupported, "needs openat2 (Linux 5.6)");
        Handler handler = _site.Around(new StaticFilesOptions { Prefix = prefix });
        Measure(request, 1000, handler);
        Assert.Equal(0, Enumerable.Range(0, 3).Min(_ =>
        {
            long one = Measure(request, 1, handler);
            return Measure(request, 1001, handler) - one;
        }));
    }

    private static long Measure(string request, int count, Handler handler)
    {
        var connection = new RepeatingConnection(Engine.Bytes(request), count);
        var time = new ManualTimeProvider();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task serving = Engine.Serve(connection, null, handler, NullLogger.Instance, time);
        long after = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(serving.IsCompletedSuccessfully, "everything completes at once on this thread");
        return after - before;
    }
}

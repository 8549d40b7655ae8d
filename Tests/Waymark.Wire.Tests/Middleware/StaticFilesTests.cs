using System.Text.RegularExpressions;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>H41: static files over the wire.</summary>
public sealed partial class StaticFilesTests : IDisposable
{
    private readonly StaticSite _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task H41_A_file_has_type_validators_and_length()
    {
        WireAnswer answer = await _site.AskAsync("GET /a.txt");
        Assert.Equal(
            $"HTTP/1.1 200 OK\r\nDate: *\r\nETag: {StaticSite.TagOf(10)}\r\nLast-Modified: {StaticSite.Date}\r\n"
            + "Accept-Ranges: bytes\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 10\r\n\r\n0123456789",
            answer.Text);
    }

    [Theory]
    [InlineData("/assets/a.txt", "200")]
    [InlineData("/assets/sub/b.txt", "200")]
    [InlineData("/assets/sub/%62.txt", "200")]
    [InlineData("/%61ssets/a.txt", "200")]
    [InlineData("/assets/a.txt?v=1", "200")]
    [InlineData("/assets/A.TXT", "404")]
    [InlineData("/assets/missing", "404")]
    [InlineData("/assets", "404")]
    [InlineData("/assets/", "404")]
    [InlineData("/assets/sub", "404")]
    [InlineData("/assets/a.txt/", "404")]
    [InlineData("/assetsa.txt", "404")]
    [InlineData("/Assets/a.txt", "404")]
    [InlineData("/a.txt", "404")]
    [InlineData("/", "200")]
    [InlineData("/json", "200")]
    public async Task Only_files_below_the_prefix_are_answered(string path, string status)
    {
        WireAnswer answer = await _site.AskAsync($"GET {path}", "", new StaticFilesOptions { Prefix = "/assets" });
        Assert.Equal(status, answer.Statuses);
    }

    [Theory]
    [InlineData("/../secret.txt", "400")] // Refused by the parser, before anything is looked for.
    [InlineData("/%2e%2e/secret.txt", "400")]
    [InlineData("/sub/../../secret.txt", "400")]
    [InlineData("/%c0%ae%c0%ae/secret.txt", "400")]
    [InlineData("/a.txt%00", "400")]
    [InlineData("/..%2fsecret.txt", "404")]
    [InlineData("/..%2Fsecret.txt", "404")]
    [InlineData("/%2e%2e%2fsecret.txt", "404")]
    [InlineData("/sub%2fb.txt", "404")]
    [InlineData("/%252e%252e/secret.txt", "404")]
    [InlineData("/%252e%252e%252fsecret.txt", "404")]
    [InlineData("/..%5csecret.txt", "404")]
    [InlineData("/..%255csecret.txt", "404")]
    [InlineData("//etc/passwd", "404")]
    [InlineData("/%2fetc%2fpasswd", "404")]
    [InlineData("/c:/secret.txt", "404")]
    [InlineData("/c%3a%5csecret.txt", "404")]
    [InlineData("/sub//b.txt", "404")]
    [InlineData("/.secret", "404")]
    [InlineData("/sub/.secret", "404")]
    [InlineData("/out", "404")]
    [InlineData("/up/secret.txt", "404")]
    [InlineData("/etc/passwd", "404")]
    public async Task H41_Nothing_outside_of_the_root_is_answered(string path, string status)
    {
        _site.Write(".secret", "TOP-SECRET");
        _site.Write("sub/.secret", "TOP-SECRET");
        File.CreateSymbolicLink(Path.Combine(_site.Root, "out"), "../secret.txt");
        File.CreateSymbolicLink(Path.Combine(_site.Root, "up"), "..");
        File.CreateSymbolicLink(Path.Combine(_site.Root, "etc"), "/etc");
        WireAnswer answer = await _site.AskAsync($"GET {path}");
        Assert.Equal(status, answer.Statuses);
        Assert.DoesNotContain("SECRET", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "If-None-Match: {tag}", "304", "ETag: {tag}|Last-Modified: {date}|Cache-Control: no-cache", "")]
    [InlineData("GET", "If-None-Match: W/{tag}, \"x\"", "304", "", "")]
    [InlineData("GET", "If-Modified-Since: {date}", "304", "", "")]
    [InlineData("GET", "If-Match: \"x\"", "412", "!Cache-Control|!Accept-Ranges", null)]
    [InlineData("GET", "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT", "412", "", null)]
    [InlineData("GET", "Range: bytes=0-0", "206", "Content-Range: bytes 0-0/10|Cache-Control: no-cache", "0")]
    [InlineData("GET", "Range: bytes=-1", "206", "Content-Range: bytes 9-9/10|Content-Length: 1", "9")]
    [InlineData("GET", "Range: bytes=9-99", "206", "Content-Range: bytes 9-9/10", "9")]
    [InlineData("GET", "Range: bytes=10-", "416", "Content-Range: bytes */10|!Cache-Control", null)]
    [InlineData("GET", "Range: bytes=5-4", "200", "Content-Length: 10", "0123456789")]
    [InlineData("GET", "Range: bytes=0-1|If-Range: {tag}", "206", "Content-Length: 2", "01")]
    [InlineData("GET", "Range: bytes=0-1|If-Range: W/{tag}", "200", "Content-Length: 10", "0123456789")]
    [InlineData("HEAD", "Range: bytes=0-1", "200", "Content-Length: 10", "")]
    public async Task H41_Conditions_and_ranges_decide(
        string method, string fields, string status, string expected, string? body)
    {
        var options = new StaticFilesOptions { CacheControl = "no-cache" };
        WireAnswer answer = await _site.AskAsync($"{method} /a.txt", Fill(fields), options);
        Assert.Equal(status, answer.Statuses);
        answer.AssertFields(Fill(expected));
        if (body is not null)
            Assert.EndsWith("\r\n\r\n" + body, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16, "206")]
    [InlineData(17, "200")]
    public async Task H41_Sixteen_ranges_are_parts_and_more_are_the_whole(int count, string status)
    {
        _site.Write("long.txt", new string('x', 100));
        string ranges = string.Join(',', Enumerable.Range(0, count).Select(index => $"{index * 3}-{index * 3}"));
        WireAnswer answer = await Engine.PlayOnceAsync(
            Layer.Clear, StaticSite.RequestOf("GET /long.txt", $"Range: bytes={ranges}"), _site.Around());
        Assert.Equal(status, answer.Statuses);
        Assert.Equal(status == "206" ? count : 0, PartPattern().Count(answer.Text));
    }

    [Theory]
    [InlineData("/a.txt", "")]
    [InlineData("/a.txt", "If-None-Match: *")]
    [InlineData("/a.txt", "If-Match: \"x\"")]
    [InlineData("/page.js", "Accept-Encoding: br")]
    [InlineData("/sub", "")]
    [InlineData("/sub/", "")]
    [InlineData("/listed/", "")]
    [InlineData("/missing", "Accept: text/html")]
    [InlineData("/missing.js", "")]
    public async Task H41_HEAD_has_the_head_of_GET(string path, string fields)
    {
        _site.Write("page.js", "script");
        _site.Write("page.js.br", "br");
        _site.Write("sub/index.html", "<p>");
        _site.Write("listed/x", "x");
        _site.Write("app.html", "app");
        var options = new StaticFilesOptions { ListsFolders = true, FallbackFile = "app.html" };
        WireAnswer get = await _site.AskAsync($"GET {path}", fields, options);
        WireAnswer head = await _site.AskAsync($"HEAD {path}", fields, options);
        int end = get.Text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        Assert.Equal(get.Text[..end], head.Text);
    }

    [Theory]
    [InlineData("POST /a.txt", "405", true)]
    [InlineData("DELETE /a.txt", "405", true)]
    [InlineData("OPTIONS /a.txt", "200", true)]
    [InlineData("PUT /missing", "404", false)]
    [InlineData("OPTIONS /missing", "404", false)]
    [InlineData("POST /.env", "404", false)]
    [InlineData("POST /len", "200", false)] // A route takes it, though there is a file of that name.
    [InlineData("DELETE /json", "405", false)] // What the routes say of a path counts.
    [InlineData("PURGE /a.txt", "501", false)]
    public async Task H41_Other_methods_are_the_routes_or_405(string line, string status, bool isOfFile)
    {
        _site.Write("len", "a file");
        _site.Write(".env", "secret");
        WireAnswer answer = await _site.AskAsync(line, "Content-Length: 0");
        Assert.Equal(status, answer.Statuses);
        Assert.Equal(isOfFile, answer.Text.Contains("\r\nAllow: GET, HEAD, OPTIONS\r\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/docs/", "200", "Content-Type: text/html; charset=utf-8")]
    [InlineData("/docs", "308", "Location: /docs/")]
    [InlineData("/docs?a=b", "308", "Location: /docs/?a=b")]
    [InlineData("/d%6Fcs", "308", "Location: /docs/")]
    [InlineData("/docs/index.html", "200", "Content-Type: text/html; charset=utf-8")]
    [InlineData("/sub", "404", "")]
    [InlineData("/sub/", "404", "")]
    [InlineData("//evil.example", "404", "")]
    [InlineData("//evil.example/..", "400", "")]
    public async Task A_folder_is_its_index_file_behind_a_slash(string path, string status, string field)
    {
        _site.Write("docs/index.html", "<h1>Docs</h1>");
        _site.Write("evil.example/index.html", "here");
        WireAnswer answer = await _site.AskAsync($"GET {path}");
        Assert.Equal(status, answer.Statuses);
        if (field.Length > 0)
            Assert.Contains($"\r\n{field}\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_root_has_its_index_file_and_the_prefix_leads_to_it()
    {
        _site.Write("home.htm", "home");
        var options = new StaticFilesOptions { Prefix = "/site", IndexFiles = ["index.html", "home.htm"] };
        WireAnswer home = await _site.AskAsync("GET /site/", "", options);
        Assert.EndsWith("\r\n\r\nhome", home.Text, StringComparison.Ordinal);
        WireAnswer bare = await _site.AskAsync("GET /site", "", options);
        Assert.Equal("308", bare.Statuses);
        Assert.Contains("\r\nLocation: /site/\r\n", bare.Text, StringComparison.Ordinal);
        Assert.Equal("404", (await _site.AskAsync("GET /site/", "", options with { IndexFiles = [] })).Statuses);
    }

    private static string Fill(string text) => text
        .Replace("{tag}", StaticSite.TagOf(10), StringComparison.Ordinal)
        .Replace("{date}", StaticSite.Date, StringComparison.Ordinal);

    [GeneratedRegex("\r\nContent-Range: bytes ")]
    private static partial Regex PartPattern();
}

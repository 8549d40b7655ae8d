using System.Text;
using System.Text.Json;
using Waymark.Http.Parsing;
using Waymark.Tests.Support;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>What the lines of an access log say, and that nobody else can write one.</summary>
public sealed class AccessLogTests : IDisposable
{
    private const AccessLogFields Everything = (AccessLogFields)0x3FFFF;

    private readonly MemoryStream _stream = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _stream.Dispose();

    [Theory]
    [InlineData("GET /int/42 HTTP/1.1", "GET /int/42 HTTP/1.1 200 9 1500.000ms route=\"/int/*\"")]
    [InlineData("HEAD /int/42 HTTP/1.1", "HEAD /int/42 HTTP/1.1 200 0 1500.000ms route=\"/int/*\"")]
    [InlineData("GET /query?n=8&token=secret HTTP/1.1", "GET /query HTTP/1.1 200 5 1500.000ms route=\"/query\"")]
    [InlineData("GET /chunked HTTP/1.0", "GET /chunked HTTP/1.0 200 18 1500.000ms route=\"/chunked\"")]
    [InlineData("GET /304 HTTP/1.1", "GET /304 HTTP/1.1 304 0 1500.000ms route=\"/304\"")]
    [InlineData("PURGE|x /304 HTTP/1.1", "PURGE|x /304 HTTP/1.1 501 129 1500.000ms")]
    public async Task A_line_of_text_tells_what_was_asked_and_what_was_sent(string request, string expected)
    {
        await LogAsync(AccessLog.Text(Options()), $"{request}\r\nHost: x\r\n\r\n");
        Assert.Equal($"2026-03-01T09:30:01.500Z 198.51.100.9 {expected}\n", Written());
    }

    [Theory]
    [InlineData("/throw", "500", "error=\"System.InvalidOperationException\"")]
    [InlineData("/throw-after", "200 4 1500.000ms", "error=\"System.InvalidOperationException\" cut-off")]
    [InlineData("/short", "- 0 1500.000ms", "cut-off")]
    [InlineData("/nowhere", "404", "ms")]
    public async Task A_failed_request_is_told_with_the_status_that_was_sent(string path, string status, string end)
    {
        await LogAsync(AccessLog.Text(Options()), $"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Contains($" GET {path} HTTP/1.1 {status}", Written(), StringComparison.Ordinal);
        Assert.EndsWith($"{end}\n", Written(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_combined_format_is_that_of_Apache()
    {
        await LogAsync(
            AccessLog.Combined(Options()),
            "GET /int/42?q HTTP/1.1\r\nHost: x\r\nReferer: http://a/b?c\r\nUser-Agent: curl/8.5.0 (\"x\\y\")\r\n\r\n"
            + "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(
            "198.51.100.9 - - [01/Mar/2026:09:30:01 +0000] \"GET /int/42 HTTP/1.1\" 200 9 \"http://a/b\" \"curl/8.5.0 (\\x22x\\x5cy\\x22)\"\n"
            + "198.51.100.9 - - [01/Mar/2026:09:30:03 +0000] \"GET /nothing HTTP/1.1\" 204 - \"-\" \"-\"\n",
            Written());
    }

    [Fact]
    public async Task The_combined_format_shows_what_is_left_out_as_a_dash()
    {
        await LogAsync(
            AccessLog.Combined(Options() with { Fields = AccessLogFields.Query | AccessLogFields.Path }),
            "GET /query?n=8 HTTP/1.1\r\nHost: x\r\nReferer: a\r\nUser-Agent: b\r\n\r\n");
        Assert.Equal("- - - [-] \"- /query?n=8 -\" - - \"-\" \"-\"\n", Written());
    }

    [Fact]
    public async Task A_line_of_JSON_has_every_field_that_was_asked_for()
    {
        await LogAsync(
            AccessLog.Json(Options() with { Fields = Everything }),
            "GET /query?n=8 HTTP/1.1\r\nHost: h:1\r\nReferer: http://a/?b\r\nUser-Agent: gr\u00c3\u00b6\u00c3\u009f\u00e2\u0080\u00a8\u00ff\r\n\r\n",
            RequestId.From(new RequestIdOptions { TrustedPeers = ["198.51.100.0/24"] }));
        string line = Written();
        Assert.Equal(1, line.Count(c => c == '\n'));
        using JsonDocument json = JsonDocument.Parse(line);
        Assert.Equal(
            "time=2026-03-01T09:30:01.500Z remote=198.51.100.9 method=GET scheme=http host=h:1 path=/query query=n=8 "
            + "protocol=HTTP/1.1 status=200 bytes=5 duration_ms=1500.000 route=/query request_id=* "
            + "referer=http://a/?b user_agent=größ\u2028\ufffd connection=1",
            string.Join(' ', json.RootElement.EnumerateObject().Select(member =>
                $"{member.Name}={(member.Name == "request_id" ? "*" : member.Value.ToString())}")));
        Assert.Contains("\\u2028", line, StringComparison.Ordinal);
    }

    /// <summary>What the parser lets through with the laxest rules, in every place that a log shows.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_octet_of_a_request_forges_a_line_or_ends_a_quoted_value(int format)
    {
        AccessLogOptions options = Options() with { Fields = Everything };
        IMiddleware log = format == 0 ? AccessLog.Text(options)
            : format == 1 ? AccessLog.Combined(options)
            : AccessLog.Json(options);
        int count = 0;
        for (int octet = 1; octet < 256; octet++)
        {
            char c = (char)octet;
            string escaped = c is '"' or '{' or '|' ? c.ToString() : $"%{octet:X2}";
            await PlayLaxlyAsync(log, $"GET /text/a{escaped}b?q={escaped}\" HTTP/1.1\r\nHost: x\r\n\r\n");
            await PlayLaxlyAsync(
                log, $"GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: a{c}b\" 1\r\nReferer: {c}\"\\\r\n\r\n");

            // Escapes that are not UTF-8 together, and control characters in fields, are refused before any handler.
            count += (octet < 0x80 ? 1 : 0) + ((c < ' ' && c != '\t') || c == '\x7f' ? 0 : 1);
        }

        string[] lines = Written().Split('\n')[..^1];
        Assert.Equal(count, lines.Length);
        Assert.All(lines, line => Assert.All(line, c => Assert.True(c >= ' ' && c != '\x7f', $"{(int)c:x}: {line}")));
        if (format == 2)
            Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
        else if (format == 1)
            Assert.All(lines, line => Assert.Equal(6, line.Count(c => c == '"')));
    }

    [Fact]
    public async Task A_long_value_is_cut_and_a_line_of_several_is_whole()
    {
        await LogAsync(
            AccessLog.Text(Options() with { Fields = AccessLogFields.UserAgent | AccessLogFields.Host }),
            $"GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: {new string('\u00e9', 3000)}\r\n\r\n");
        string cut = string.Concat(Enumerable.Repeat("\\xe9", 2048));
        Assert.Equal($"host=\"x\" agent=\"{cut}...\"\n", Written());
    }

    [Fact]
    public async Task Excluded_paths_and_filtered_requests_are_left_out()
    {
        await LogAsync(
            AccessLog.Text(Options() with
            {
                ExcludedPaths = ["/json", "/int/*"],
                Filter = exchange => exchange.Response.StatusCode != 404,
                Fields = AccessLogFields.Path,
            }),
            string.Concat("/json /int/7 /i%6et/7 /text/a /nowhere".Split(' ')
                .Select(path => $"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n")));
        Assert.Equal("/text/a\n", Written());
    }

    [Fact]
    public async Task The_client_behind_a_proxy_is_told_wherever_the_log_stands()
    {
        ServerContext server = Contexts.Of(time: _time);
        Handler handler = server.Around(
            ForwardedHeaders.From("198.51.100.0/24")(new Routing.Router(server.Routes).HandleAsync),
            AccessLog.Text(Options() with { Fields = AccessLogFields.RemoteAddress }));
        await Contexts.PlayAsync(handler, "GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 2001:db8::9\r\n\r\n");
        await server.StopAsync();
        Assert.Equal("2001:db8::9\n", Written());
    }

    [Fact]
    public async Task Events_of_the_logger_have_id_and_properties()
    {
        var logger = new ListLogger();
        ServerContext server = Contexts.Of(time: _time, logger: logger);
        await Contexts.PlayAsync(
            server.Handler(AccessLog.ToLogger()), "GET /int/42?q HTTP/1.1\r\nHost: x\r\n\r\n", time: _time);
        Assert.Equal(
            "GET /int/42 answered 200 with 9 bytes in 0 ms to 198.51.100.9; route /int/*, request ",
            Assert.Single(logger.Events).Message);
        Assert.Equal(1400, logger.Events.Single().Id);
    }

    [Fact]
    public void Wrong_options_are_all_listed()
    {
        var thrown = Assert.Throws<OptionsException>(() => AccessLog.Text(new AccessLogOptions
        {
            ExcludedPaths = ["livez", "/a*b"],
            FlushPeriod = TimeSpan.FromMinutes(2),
            PendingBytesMax = 1,
            Stream = new MemoryStream([], writable: false),
        }));
        Assert.Equal(5, thrown.Problems.Count);
    }

    private AccessLogOptions Options() => new() { Stream = _stream };

    private string Written() => Encoding.UTF8.GetString(_stream.ToArray());

    /// <summary>Plays to the test's routes; each request takes a second and a half.</summary>
    private async Task LogAsync(IMiddleware log, string input, params IMiddleware[] inner)
    {
        ServerContext server = Contexts.Of(time: _time);
        Handler routes = server.Handler([.. inner]);
        Handler slow = exchange =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(1500));
            return routes(exchange);
        };
        await Contexts.PlayAsync(server.Around(slow, log), input, time: _time);
        await server.StopAsync();
    }

    private async Task PlayLaxlyAsync(IMiddleware log, string input)
    {
        const TargetRules Lax = TargetRules.RawOctets | TargetRules.Unwise | TargetRules.RemoveDotSegments;
        ServerContext server = Contexts.Of(time: _time);
        var connection = new ScriptedConnection([Engine.Bytes(input)]);
        await Engine.Serve(
            connection, null, server.Handler(log), server.Logger, _time, Lax);
        await server.StopAsync();
    }
}

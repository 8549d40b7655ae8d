using System.Text.RegularExpressions;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Entity tags of answers, and what clients get that have them already.</summary>
public sealed partial class ETagsTests
{
    // The first 128 bits of SHA-256 of "hello", as base64url without padding.
    private const string Hello = "\"LPJNul-wow4m6Dsqxbning\"";

    [Theory]
    [InlineData("GET", "", "200 tag 5")]
    [InlineData("HEAD", "", "200 tag 5")]
    [InlineData("GET", "If-None-Match: " + Hello, "304 tag -")]
    [InlineData("HEAD", "If-None-Match: " + Hello, "304 tag -")]
    [InlineData("GET", "If-None-Match: W/" + Hello, "304 tag -")]
    [InlineData("GET", "If-None-Match: \"x\", " + Hello, "304 tag -")]
    [InlineData("GET", "If-None-Match: *", "304 tag -")]
    [InlineData("GET", "If-None-Match: \"x\"", "200 tag 5")]
    [InlineData("GET", "If-Match: " + Hello, "200 tag 5")]
    [InlineData("GET", "If-Match: \"x\"", "412 none")]
    [InlineData("GET", "If-Match: W/" + Hello, "412 none")]
    [InlineData("POST", "If-None-Match: " + Hello + "\r\nContent-Length: 0", "200 none 5")]
    public async Task An_answer_gets_a_tag_and_a_client_that_has_it_gets_304(
        string method, string field, string expected)
    {
        WireAnswer answer = await AskAsync(method, field, ETags.From(), exchange => exchange.Response.Write("hello"u8));
        Assert.StartsWith(expected, Tell(answer), StringComparison.Ordinal);
        if (answer.Statuses == "304")
        {
            Assert.EndsWith("\r\n\r\n", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Content-Type", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_same_body_has_the_same_tag_and_another_one_another()
    {
        string one = await TagOfAsync(new string('a', 300_000));
        Assert.Equal(one, await TagOfAsync(new string('a', 300_000)));
        Assert.NotEqual(one, await TagOfAsync(new string('a', 299_999) + "b"));
        Assert.Equal(Hello, await TagOfAsync("hello"));
        Assert.Equal("W/" + Hello, await TagOfAsync("hello", new ETagsOptions { IsWeak = true }));
    }

    [Fact]
    public async Task A_handler_that_ends_later_is_tagged_too()
    {
        WireAnswer answer = await Engine.PlayAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n", handler: Wrapped.Handler(
            static async exchange =>
            {
                await Task.Yield();
                exchange.Response.Write("hello"u8);
            },
            ETags.From()));
        Assert.Equal("200 tag 5", Tell(answer));
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(6, 1)]
    public async Task What_is_larger_than_the_limit_has_none(int bytesMax, int tags)
    {
        WireAnswer answer = await AskAsync(
            "GET", "", ETags.From(new ETagsOptions { BytesMax = bytesMax }), static exchange =>
                exchange.Response.Write("hello"u8));
        Assert.Equal(tags, answer.Text.Split("ETag").Length - 1);
    }

    [Theory]
    [InlineData(201, "")]
    [InlineData(404, "")]
    [InlineData(200, "Cache-Control: private, no-store")]
    public async Task An_error_and_what_is_not_to_be_stored_have_none(int status, string field)
    {
        WireAnswer answer = await AskAsync("GET", "If-None-Match: *", ETags.From(), exchange =>
        {
            exchange.Response.StatusCode = status;
            if (field.Split(": ") is [var name, var value])
                exchange.Response.Headers.Set(name, value);
        });
        Assert.DoesNotContain("ETag", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flushed_answer_is_left_alone()
    {
        WireAnswer answer = await Engine.PlayAsync(
            "GET /chunked HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\n\r\n", handler: Wrapped.Routes(ETags.From()));
        Assert.Equal("200", answer.Statuses);
        Assert.DoesNotContain("ETag", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("If-None-Match: \"own\"", "304")]
    [InlineData("If-None-Match: " + Hello, "200")]
    [InlineData("If-Modified-Since: Sun, 01 Mar 2026 09:00:00 GMT", "304")]
    [InlineData("If-Modified-Since: Sun, 01 Mar 2026 08:59:59 GMT", "200")]
    [InlineData("If-Unmodified-Since: Sun, 01 Mar 2026 08:59:59 GMT", "412")]
    public async Task The_handlers_own_tag_and_date_count(string field, string status)
    {
        WireAnswer answer = await AskAsync("GET", field, ETags.From(), static exchange =>
        {
            exchange.Response.Headers.Set("ETag"u8, "\"own\""u8);
            exchange.Response.Headers.Set("Last-Modified"u8, "Sun, 01 Mar 2026 09:00:00 GMT"u8);
            exchange.Response.Write("hello"u8);
        });
        Assert.Equal(status, answer.Statuses);
        Assert.DoesNotContain(Hello, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<OptionsException>(() => ETags.From(new ETagsOptions { BytesMax = 0 }));
        Assert.Throws<OptionsException>(() => ETags.From(new ETagsOptions { BytesMax = (64 << 20) + 1 }));
        Assert.NotNull(ETags.From(new ETagsOptions { BytesMax = 64 << 20 }));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("POST /ignore HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")]
    public void Nothing_is_allocated_for_a_request_without_a_condition(string request) =>
        Assert.Equal(0, Allocations.OfRequest(request, Wrapped.Routes(ETags.From())));

    private static async Task<string> TagOfAsync(string body, ETagsOptions? options = null)
    {
        WireAnswer answer = await AskAsync("GET", "", ETags.From(options), exchange => exchange.Response.Write(body));
        return TagPattern().Match(answer.Text).Groups[1].Value;
    }

    private static Task<WireAnswer> AskAsync(
        string method, string field, IMiddleware middleware, Action<Exchange> write)
    {
        string lines = field.Length == 0 ? "" : field + "\r\n";
        return Engine.PlayAsync($"{method} / HTTP/1.1\r\nHost: x\r\n{lines}\r\n", handler: Wrapped.Handler(
            exchange =>
            {
                exchange.Response.SetContentType("text/plain"u8);
                write(exchange);
                return ValueTask.CompletedTask;
            },
            middleware));
    }

    private static string Tell(WireAnswer answer)
    {
        string tag = TagPattern().Match(answer.Text) is { Success: true } match
            ? match.Groups[1].Value == Hello ? "tag" : match.Groups[1].Value
            : "none";
        string length = LengthPattern().Match(answer.Text) is { Success: true } found ? found.Groups[1].Value : "-";
        return $"{answer.Statuses} {tag} {length}";
    }

    [GeneratedRegex("\r\nETag: ([^\r]*)\r\n")]
    private static partial Regex TagPattern();

    [GeneratedRegex("\r\nContent-Length: ([0-9]*)\r\n")]
    private static partial Regex LengthPattern();
}

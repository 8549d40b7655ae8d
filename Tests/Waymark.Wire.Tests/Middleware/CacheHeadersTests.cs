using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Which answers get which Cache-Control.</summary>
public sealed class CacheHeadersTests
{
    private static readonly CacheHeadersOptions Rules = new()
    {
        Rules =
        [
            new CacheRule("public, max-age=31536000, immutable") { Path = "/assets/" },
            new CacheRule("max-age=60") { MediaType = "image/*" },
            new CacheRule("max-age=10") { MediaType = "text/css", Path = "/css" },
            new CacheRule("max-age=5") { Statuses = [404, 410] },
            new CacheRule("no-store") { Path = "/private" },
        ],
        Otherwise = "no-cache",
    };

    /// <summary>Request line, status and fields of the handler; the Cache-Control of the answer.</summary>
    public static TheoryData<string, int, string, string> Answers => new()
    {
        { "GET /assets/a.js", 200, "", "public, max-age=31536000, immutable" },
        { "HEAD /assets/a.js", 200, "", "public, max-age=31536000, immutable" },
        { "GET /assets", 304, "", "public, max-age=31536000, immutable" },
        { "GET /assetsx", 200, "", "no-cache" },
        { "GET /assets/a.js", 500, "", "" },
        { "GET /assets/a.js", 403, "", "" },
        { "GET /assets/a.js", 404, "", "max-age=5" },
        { "GET /x", 410, "", "max-age=5" },
        { "GET /x", 200, "Content-Type: IMAGE/png", "max-age=60" },
        { "GET /x", 200, "Content-Type: imagex/png", "no-cache" },
        { "GET /css/a", 200, "Content-Type: text/css; charset=utf-8", "max-age=10" },
        { "GET /x", 200, "Content-Type: text/css", "no-cache" },
        { "GET /x", 301, "Location: /y", "no-cache" },
        { "POST /assets/a.js", 200, "", "" },
        { "DELETE /x", 200, "", "" },
        { "GET /assets/a.js", 200, "Cache-Control: private", "private" },
        { "GET /assets/a.js", 200, "Set-Cookie: a=b", "" },
        { "GET /private", 200, "Set-Cookie: a=b", "no-store" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task The_first_rule_that_fits_counts(string line, int status, string field, string expected)
    {
        Handler handler = Wrapped.Handler(
            exchange =>
            {
                exchange.Response.StatusCode = status;
                if (field.Split(": ") is [var name, var value])
                    exchange.Response.Headers.Add(name, value);
                return ValueTask.CompletedTask;
            },
            CacheHeaders.From(Rules));
        WireAnswer answer = await Engine.PlayAsync($"{line} HTTP/1.1\r\nHost: x\r\n\r\n", handler: handler);
        string found = string.Join('|', answer.Text.Split("\r\n")
            .Where(one => one.StartsWith("Cache-Control: ", StringComparison.Ordinal)).Select(one => one[15..]));
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        WireAnswer answer = await Engine.PlayAsync(
            "GET /throw HTTP/1.1\r\nHost: x\r\n\r\n", handler: Wrapped.Routes(CacheHeaders.From(Rules)));
        Assert.DoesNotContain("Cache-Control", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_checked_all_at_once()
    {
        Assert.Equal(8, Refused(new CacheHeadersOptions
        {
            Rules =
            [
                new CacheRule("max age"), new CacheRule("") { Path = "x" }, new CacheRule("a=") { MediaType = "css" },
                null!, new CacheRule("no-store") { Statuses = [199, 600] },
            ],
        }));
        Assert.Equal(1, Refused(new CacheHeadersOptions()));
        Assert.Equal(1, Refused(new CacheHeadersOptions { Otherwise = "a\r\nb" }));
    }

    [Fact]
    public void Nothing_is_allocated_for_a_request() => Assert.Equal(0, Allocations.OfRequest(
        "GET /json HTTP/1.1\r\nHost: x\r\n\r\n", Wrapped.Routes(CacheHeaders.From(Rules))));

    private static int Refused(CacheHeadersOptions options) =>
        Assert.Throws<OptionsException>(() => CacheHeaders.From(options)).Problems.Count;
}

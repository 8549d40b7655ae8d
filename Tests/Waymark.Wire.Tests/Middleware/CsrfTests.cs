using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Requests that another site causes are refused, and no others.</summary>
public sealed class CsrfTests
{
    private static readonly CsrfOptions Plain = new();

    private static readonly CsrfOptions Trusting = new() { TrustedOrigins = ["https://app.example", "http://a:81"] };

    /// <summary>Fields of a POST to http://x, and whether it passes.</summary>
    [Theory]
    [InlineData("Sec-Fetch-Site: same-origin", true)]
    [InlineData("Sec-Fetch-Site: none", true)]
    [InlineData("Sec-Fetch-Site: same-site", false)]
    [InlineData("Sec-Fetch-Site: cross-site", false)]
    [InlineData("Sec-Fetch-Site: Same-Origin", false)]
    [InlineData("Sec-Fetch-Site:", false)]
    [InlineData("Sec-Fetch-Site: unknown", false)]
    [InlineData("Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site", false)]
    [InlineData("Sec-Fetch-Site: same-origin\r\nOrigin: https://evil.example", true)]
    [InlineData("Sec-Fetch-Site: cross-site\r\nOrigin: http://x", false)]
    [InlineData("Origin: http://x", true)]
    [InlineData("Origin: HTTP://X", true)]
    [InlineData("Origin: https://x", false)]
    [InlineData("Origin: http://x:80", false)]
    [InlineData("Origin: http://x:8080", false)]
    [InlineData("Origin: http://x.evil.example", false)]
    [InlineData("Origin: http://evilx", false)]
    [InlineData("Origin: http://x/", false)]
    [InlineData("Origin: null", false)]
    [InlineData("Origin:", false)]
    [InlineData("Origin: http://x\r\nOrigin: http://evil.example", false)]
    [InlineData("Cookie: a=b", true)]
    [InlineData("", true)]
    public async Task A_post_passes_where_no_other_site_has_caused_it(string fields, bool isAllowed) =>
        Assert.Equal(isAllowed, await PassesAsync(Plain, fields));

    [Theory]
    [InlineData("GET", true)]
    [InlineData("HEAD", true)]
    [InlineData("OPTIONS", true)]
    [InlineData("PUT", false)]
    [InlineData("DELETE", false)]
    [InlineData("PATCH", false)]
    [InlineData("PURGE", false)]
    [InlineData("get", false)]
    public async Task Only_unsafe_methods_are_looked_at(string method, bool isAllowed) =>
        Assert.Equal(isAllowed, await PassesAsync(Plain, "Sec-Fetch-Site: cross-site", method));

    [Theory]
    [InlineData("Origin: https://app.example", true)]
    [InlineData("Origin: https://app.example\r\nSec-Fetch-Site: cross-site", true)]
    [InlineData("Origin: http://a:81\r\nSec-Fetch-Site: cross-site", true)]
    [InlineData("Origin: http://a", false)]
    [InlineData("Origin: http://app.example", false)]
    [InlineData("Origin: https://app.example.evil.example", false)]
    [InlineData("Origin: https://sub.app.example", false)]
    public async Task A_trusted_origin_passes_and_none_like_it(string fields, bool isAllowed) =>
        Assert.Equal(isAllowed, await PassesAsync(Trusting, fields));

    [Fact]
    public async Task What_the_options_open_is_open_and_what_they_close_is_closed()
    {
        Assert.True(await PassesAsync(Plain with { AllowsSameSite = true }, "Sec-Fetch-Site: same-site"));
        Assert.False(await PassesAsync(Plain with { AllowsSameSite = true }, "Sec-Fetch-Site: cross-site"));
        Assert.False(await PassesAsync(Plain with { RequiresProof = true }, ""));
        Assert.True(await PassesAsync(Plain with { RequiresProof = true }, "Origin: http://x"));
        Assert.True(await PassesAsync(Plain with { OnlyWithCookies = true }, "Sec-Fetch-Site: cross-site"));
        Assert.False(await PassesAsync(
            Plain with { OnlyWithCookies = true }, "Sec-Fetch-Site: cross-site\r\nCookie: a=b"));
        CsrfOptions hook = Plain with { IsExempt = static exchange => exchange.Request.Path == "/" };
        Assert.True(await PassesAsync(hook, "Sec-Fetch-Site: cross-site"));
        Assert.False(await PassesAsync(
            hook with { IsExempt = static exchange => exchange.Request.Path == "/hook" },
            "Sec-Fetch-Site: cross-site"));
    }

    [Fact]
    public async Task A_refusal_is_a_problem_and_the_handler_does_not_run()
    {
        string answer = await Around.AskAsync(
            Around.Handle(_ => throw new InvalidOperationException(), CsrfProtection.From(Plain)),
            "Sec-Fetch-Site: cross-site\r\nContent-Length: 0",
            method: "POST");
        Assert.StartsWith("HTTP/1.1 403 Forbidden\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("urn:waymark:problem:forbidden", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void What_passes_allocates_nothing()
    {
        Handler handler = Around.Handle(static _ => ValueTask.CompletedTask, CsrfProtection.From(Trusting));
        Assert.Equal(0, Around.Allocated(handler, Around.Request("", method: "GET")));
        Assert.Equal(0, Around.Allocated(
            handler, Around.Request("Content-Length: 0\r\nSec-Fetch-Site: same-origin\r\nOrigin: http://x", method: "POST")));
    }

    [Theory]
    [InlineData("app.example")]
    [InlineData("https://app.example/")]
    [InlineData("https://App.example")]
    [InlineData("https://app.example:443")]
    [InlineData("https://user@app.example")]
    [InlineData("ftp://app.example")]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("")]
    public void An_origin_that_no_browser_sends_is_refused_at_the_start(string origin) =>
        Assert.Throws<OptionsException>(() => CsrfProtection.From(new CsrfOptions { TrustedOrigins = [origin] }));

    [Fact]
    public async Task A_token_is_good_with_its_own_cookie_only()
    {
        var options = new SealedCookieOptions { Name = "csrf", Keys = [new byte[32]] };
        var tokens = new CsrfTokens(SealedCookie.From(options));
        string token = "";
        string issued = await Around.AskAsync(
            exchange =>
            {
                token = tokens.Issue(exchange);
                return ValueTask.CompletedTask;
            },
            "");
        int start = issued.IndexOf("csrf=", StringComparison.Ordinal);
        string cookie = issued[start..issued.IndexOf(';', start)];
        string again = "";
        string unset = await Around.AskAsync(
            exchange =>
            {
                again = tokens.Issue(exchange);
                return ValueTask.CompletedTask;
            },
            $"Cookie: {cookie}");
        Assert.Equal(token, again);
        Assert.DoesNotContain("Set-Cookie", unset, StringComparison.Ordinal);

        Handler handler = Around.Handle(Around.SayUser, tokens);
        (string Fields, bool IsAllowed)[] rows =
        [
            ($"Cookie: {cookie}\r\nX-CSRF-Token: {token}", true),
            ($"Cookie: {cookie}", false),
            ($"X-CSRF-Token: {token}", false),
            ($"Cookie: {cookie}\r\nX-CSRF-Token: {token[..^1]}", false),
            ($"Cookie: {cookie}\r\nX-CSRF-Token: {new string('0', 64)}", false),
            ($"Cookie: {cookie}\r\nX-CSRF-Token: {new string('z', 64)}", false),
            ($"Cookie: csrf={token}\r\nX-CSRF-Token: {token}", false),
        ];
        foreach ((string fields, bool isAllowed) in rows)
        {
            string answer = await Around.AskAsync(handler, $"Content-Length: 0\r\n{fields}", method: "POST");
            Assert.StartsWith(isAllowed ? "HTTP/1.1 200 " : "HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        }

        Assert.StartsWith("HTTP/1.1 200 ", await Around.AskAsync(handler, ""), StringComparison.Ordinal);
    }

    private static async Task<bool> PassesAsync(CsrfOptions options, string fields, string method = "POST")
    {
        bool hasBody = method is not ("GET" or "HEAD" or "OPTIONS" or "get");
        string lines = hasBody ? $"Content-Length: 0\r\n{fields}".Trim() : fields;
        string answer = await Around.AskAsync(
            Around.Handle(Around.SayUser, CsrfProtection.From(options)), lines, method: method);
        bool isAllowed = answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
        Assert.True(isAllowed || answer.StartsWith("HTTP/1.1 403 ", StringComparison.Ordinal), answer);
        return isAllowed;
    }
}

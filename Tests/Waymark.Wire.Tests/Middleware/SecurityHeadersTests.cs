using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>What browsers are told to be careful about.</summary>
public sealed class SecurityHeadersTests
{
    private const string Defaults =
        "X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\n"
        + "Content-Security-Policy: default-src 'self'; form-action 'self'; base-uri 'self'; object-src 'none'; "
        + "frame-ancestors 'none'\r\n"
        + "Permissions-Policy: accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), "
        + "microphone=(), payment=(), usb=()\r\n"
        + "Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Embedder-Policy: require-corp\r\n"
        + "Cross-Origin-Resource-Policy: same-origin\r\nX-Permitted-Cross-Domain-Policies: none\r\n";

    private const string Hsts = "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n";

    private static readonly SecurityHeadersOptions None = new()
    {
        ContentSecurityPolicy = null, HstsMaxAge = null, ContentTypeOptions = null, FrameOptions = null,
        ReferrerPolicy = null, PermissionsPolicy = null, OpenerPolicy = null, EmbedderPolicy = null,
        ResourcePolicy = null, CrossDomainPolicies = null,
    };

    [Theory]
    [InlineData("/nothing", "204 No Content")]
    [InlineData("/nowhere", "404 Not Found")]
    [InlineData("/throw", "500 Internal Server Error")]
    [InlineData("/chunked", "200 OK")]
    [InlineData("/304", "304 Not Modified")]
    public async Task Every_answer_has_the_fields_and_over_https_that_it_stays_there(string path, string status)
    {
        Handler handler = Wrapped.Routes(SecurityHeaders.From());
        string request = $"GET {path} HTTP/1.1\r\nHost: shop.example\r\n\r\n";
        WireAnswer clear = await Engine.PlayOnceAsync(Layer.Clear, request, handler);
        Assert.StartsWith($"HTTP/1.1 {status}\r\n", clear.Text, StringComparison.Ordinal);
        Assert.Contains(Defaults, clear.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Strict-Transport", clear.Text, StringComparison.Ordinal);
        WireAnswer secured = await Engine.PlayOnceAsync(Layer.Tls, request, handler);
        Assert.Contains(Defaults + Hsts, secured.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", false)]
    [InlineData("LOCALHOST:8443", false)]
    [InlineData("localhost.example", true)]
    [InlineData("a.localhosts", true)]
    public async Task Localhost_is_never_kept_to_https(string host, bool isKept)
    {
        WireAnswer answer = await Engine.PlayOnceAsync(
            Layer.Tls, $"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n", Wrapped.Routes(SecurityHeaders.From()));
        Assert.Equal(isKept, answer.Text.Contains(Hsts, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_field_of_the_handler_stays_and_null_leaves_one_out()
    {
        Handler handler = Wrapped.Handler(
            exchange =>
            {
                exchange.Response.Headers.Set("referrer-policy"u8, "origin"u8);
                return ValueTask.CompletedTask;
            },
            SecurityHeaders.From(None with
            {
                ReferrerPolicy = "no-referrer", FrameOptions = "SAMEORIGIN", ReportOnlyPolicy = "default-src 'none'",
            }));
        WireAnswer answer = await Engine.PlayAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n", handler: handler);
        Assert.Equal(
            "HTTP/1.1 200 OK\r\nDate: *\r\nreferrer-policy: origin\r\nX-Frame-Options: SAMEORIGIN\r\n"
            + "Content-Security-Policy-Report-Only: default-src 'none'\r\nContent-Length: 0\r\n\r\n",
            answer.Text);
    }

    [Fact]
    public async Task The_list_of_browsers_needs_a_year_and_subdomains()
    {
        Handler handler = Wrapped.Routes(SecurityHeaders.From(
            None with { HstsMaxAge = TimeSpan.FromDays(730), HstsPreload = true }));
        WireAnswer answer = await Engine.PlayOnceAsync(Layer.Tls, "GET / HTTP/1.1\r\nHost: x\r\n\r\n", handler);
        Assert.Contains(
            "\r\nStrict-Transport-Security: max-age=63072000; includeSubDomains; preload\r\n",
            answer.Text,
            StringComparison.Ordinal);
        Assert.Equal(3, Refused(None with { HstsPreload = true })
            + Refused(None with { HstsPreload = true, HstsMaxAge = TimeSpan.FromDays(364) })
            + Refused(None with
            {
                HstsPreload = true, HstsMaxAge = TimeSpan.FromDays(365), HstsIncludesSubdomains = false,
            }));
    }

    [Fact]
    public void Options_are_checked_all_at_once()
    {
        Assert.Equal(3, Refused(new SecurityHeadersOptions
        {
            FrameOptions = "DENY\r\nX: y", ReferrerPolicy = "", HstsMaxAge = TimeSpan.FromSeconds(-1),
        }));
        Assert.Equal(1, Refused(None with { HstsMaxAge = TimeSpan.FromDays(3650) + TimeSpan.FromSeconds(1) }));
        Assert.Equal(1, Refused(None with { HstsMaxAge = TimeSpan.FromMilliseconds(1) }));
        Assert.NotNull(SecurityHeaders.From(None with { HstsMaxAge = TimeSpan.FromDays(3650) }));
    }

    [Fact]
    public void Nothing_is_allocated_for_a_request() => Assert.Equal(0, Allocations.OfRequest(
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n", Wrapped.Routes(SecurityHeaders.From())));

    private static int Refused(SecurityHeadersOptions options) =>
        Assert.Throws<OptionsException>(() => SecurityHeaders.From(options)).Problems.Count;
}

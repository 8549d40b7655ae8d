using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>H30: who may read answers, and what a preflight is told.</summary>
public sealed class CorsTests
{
    private const string Good = "https://shop.example";

    private static readonly CorsOptions Shop = new() { Origins = [Good, "https://*.shop.example:8443"] };

    private static readonly Dictionary<string, CorsOptions> Policies = new()
    {
        ["shop"] = Shop,
        ["cookies"] = Shop with { AllowsCredentials = true, ExposedHeaders = ["ETag", "X-Total"] },
        ["any"] = new CorsOptions { Origins = ["*"], Headers = ["*"], ExposedHeaders = ["*"], MaxAge = TimeSpan.Zero },
        ["named"] = Shop with
        {
            Methods = ["GET", "PUT"],
            Headers = ["X-A", "X-B"],
            AllowsPrivateNetwork = true,
            MaxAge = TimeSpan.FromHours(2),
        },
    };

    private const string VaryPreflight =
        "Vary: Access-Control-Request-Method, Access-Control-Request-Headers|";

    /// <summary>Policy, request line and fields; status and every field about origins, in their order.</summary>
    public static TheoryData<string, string, string, string> Matrix => new()
    {
        // No origin, an allowed one, and those that are not.
        { "shop", "GET /", "", "200 Vary: Origin" },
        { "shop", "GET /", "Origin: " + Good, $"200 Vary: Origin|Access-Control-Allow-Origin: {Good}" },
        { "shop", "GET /", "origin: " + Good, $"200 Vary: Origin|Access-Control-Allow-Origin: {Good}" },
        { "shop", "GET /", "Origin: https://evil.example", "200 Vary: Origin" },
        { "shop", "GET /", "Origin: http://shop.example", "200 Vary: Origin" },
        { "shop", "GET /", "Origin: https://shop.example.evil.example", "200 Vary: Origin" },
        { "shop", "GET /", "Origin: https://SHOP.example", "200 Vary: Origin" },
        { "shop", "GET /", "Origin: null", "200 Vary: Origin" },
        // Subdomains: one label or more, and nothing but labels.
        {
            "shop", "GET /", "Origin: https://a.b.shop.example:8443",
            "200 Vary: Origin|Access-Control-Allow-Origin: https://a.b.shop.example:8443"
        },
        { "shop", "GET /", "Origin: https://shop.example:8443", "200 Vary: Origin" },
        { "shop", "GET /", "Origin: https://.shop.example:8443", "200 Vary: Origin" },
        { "shop", "GET /", "Origin: https://evil.example/.shop.example:8443", "200 Vary: Origin" },
        { "shop", "GET /", "Origin: https://evil.example#.shop.example:8443", "200 Vary: Origin" },
        { "shop", "GET /", "Origin: https://evilshop.example:8443", "200 Vary: Origin" },
        // Errors carry the fields too, or the page could not see them.
        { "shop", "GET /nowhere", "Origin: " + Good, $"404 Vary: Origin|Access-Control-Allow-Origin: {Good}" },
        { "shop", "GET /throw", "Origin: " + Good, $"500 Vary: Origin|Access-Control-Allow-Origin: {Good}" },
        { "shop", "GET /throw", "", "500 Vary: Origin" },
        { "shop", "DELETE /json", "Origin: https://evil.example", "405 Vary: Origin" },
        // Preflights: what the routes answer for the path.
        {
            "shop", "OPTIONS /json", $"Origin: {Good}|Access-Control-Request-Method: POST",
            $"204 {VaryPreflight}Access-Control-Allow-Methods: GET, HEAD, OPTIONS, POST|"
            + "Access-Control-Allow-Headers: Content-Type|Access-Control-Max-Age: 600|Vary: Origin|"
            + $"Access-Control-Allow-Origin: {Good}"
        },
        {
            "shop", "OPTIONS /bytes", $"Origin: {Good}|Access-Control-Request-Method: DELETE",
            $"204 {VaryPreflight}Access-Control-Allow-Methods: GET, HEAD, OPTIONS|"
            + "Access-Control-Allow-Headers: Content-Type|Access-Control-Max-Age: 600|Vary: Origin|"
            + $"Access-Control-Allow-Origin: {Good}"
        },
        {
            "shop", "OPTIONS /json", "Origin: https://evil.example|Access-Control-Request-Method: POST",
            $"403 {VaryPreflight}Vary: Origin"
        },
        {
            "shop", "OPTIONS /nowhere", $"Origin: {Good}|Access-Control-Request-Method: POST",
            $"404 Vary: Origin|Access-Control-Allow-Origin: {Good}"
        },
        // Plain OPTIONS is the routes'.
        { "shop", "OPTIONS /json", "", "200 Vary: Origin" },
        { "shop", "OPTIONS /json", "Origin: " + Good, $"200 Vary: Origin|Access-Control-Allow-Origin: {Good}" },
        { "shop", "OPTIONS /json", "Access-Control-Request-Method: POST", "200 Vary: Origin" },
        {
            "shop", "POST /json", $"Origin: {Good}|Access-Control-Request-Method: POST|Content-Length: 0",
            $"400 Vary: Origin|Access-Control-Allow-Origin: {Good}"
        },
        { "shop", "OPTIONS *", "", "200 Vary: Origin" },
        // Credentials and exposed fields.
        {
            "cookies", "GET /", "Origin: " + Good,
            $"200 Vary: Origin|Access-Control-Allow-Origin: {Good}|Access-Control-Allow-Credentials: true|"
            + "Access-Control-Expose-Headers: ETag, X-Total"
        },
        { "cookies", "GET /", "Origin: https://evil.example", "200 Vary: Origin" },
        // Everybody: the same for all, so nothing varies.
        { "any", "GET /", "", "200 Access-Control-Allow-Origin: *|Access-Control-Expose-Headers: *" },
        { "any", "GET /", "Origin: null", "200 Access-Control-Allow-Origin: *|Access-Control-Expose-Headers: *" },
        {
            "any", "OPTIONS /", "Origin: null|Access-Control-Request-Method: GET|Access-Control-Request-Headers: a,authorization",
            $"204 {VaryPreflight}Access-Control-Allow-Methods: GET, HEAD, OPTIONS|"
            + "Access-Control-Allow-Headers: a,authorization|Access-Control-Max-Age: 0|"
            + "Access-Control-Allow-Origin: *|Access-Control-Expose-Headers: *"
        },
        // Named methods are answered for every path.
        {
            "named", "OPTIONS /nowhere",
            $"Origin: {Good}|Access-Control-Request-Method: PUT|Access-Control-Request-Private-Network: true",
            $"204 {VaryPreflight}Access-Control-Allow-Methods: GET, PUT|Access-Control-Allow-Headers: X-A, X-B|"
            + "Access-Control-Max-Age: 7200|Access-Control-Allow-Private-Network: true|Vary: Origin|"
            + $"Access-Control-Allow-Origin: {Good}"
        },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task H30_Each_request_gets_the_fields_of_its_policy(
        string policy, string line, string fields, string expected)
    {
        string lines = fields.Length == 0 ? "" : fields.Replace("|", "\r\n", StringComparison.Ordinal) + "\r\n";
        WireAnswer answer = await Engine.PlayAsync(
            $"{line} HTTP/1.1\r\nHost: x\r\n{lines}\r\n", handler: Wrapped.Routes(Cors.From(Policies[policy])));
        Assert.Equal(expected, Tell(answer));
    }

    [Fact]
    public async Task H30_A_preflight_has_no_body_and_the_connection_goes_on()
    {
        string preflight = $"OPTIONS /json HTTP/1.1\r\nHost: x\r\nOrigin: {Good}\r\nAccess-Control-Request-Method: PUT\r\n\r\n";
        WireAnswer answer = await Engine.PlayAsync(preflight + preflight, handler: Wrapped.Routes(Cors.From(Shop)));
        Assert.Equal("204 204", answer.Statuses);
        Assert.DoesNotContain("Content-Length", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task H30_What_a_handler_says_of_Vary_stays_and_is_not_said_twice()
    {
        Handler handler = Wrapped.Handler(
            exchange =>
            {
                exchange.Response.Headers.Add("Vary"u8, "Accept, oRIGIN"u8);
                return ValueTask.CompletedTask;
            },
            Cors.From(Shop));
        WireAnswer answer = await Engine.PlayAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n", handler: handler);
        Assert.Equal("200 Vary: Accept, oRIGIN", Tell(answer));
    }

    [Fact]
    public async Task Of_two_policies_the_inner_one_counts_even_where_it_allows_less()
    {
        Handler handler = Wrapped.Routes(
            Cors.From(new CorsOptions { Origins = ["*"] }), Cors.From(Shop));
        WireAnswer answer = await Engine.PlayAsync(
            "GET / HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
            handler: handler);
        Assert.DoesNotContain("Access-Control", answer.Text, StringComparison.Ordinal);
        Assert.Equal("200 200", answer.Statuses);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nOrigin: https://shop.example\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nOrigin: https://a.shop.example:8443\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n\r\n")]
    [InlineData("OPTIONS /json HTTP/1.1\r\nHost: x\r\nOrigin: https://shop.example\r\nAccess-Control-Request-Method: PUT\r\n\r\n")]
    public void Nothing_is_allocated_for_a_request(string request) =>
        Assert.Equal(0, Allocations.OfRequest(request, Wrapped.Routes(Cors.From(Shop))));

    [Theory]
    [InlineData("https://shop.example/", 1)]
    [InlineData("https://shop.example/a", 1)]
    [InlineData("https://Shop.example", 1)]
    [InlineData("HTTPS://shop.example", 1)]
    [InlineData("https://shop.example:443", 1)]
    [InlineData("http://shop.example:80", 1)]
    [InlineData("http://shop.example:99999", 1)]
    [InlineData("shop.example", 1)]
    [InlineData("https://", 1)]
    [InlineData("https://*", 1)]
    [InlineData("https://*.com", 1)]
    [InlineData("https://a.*.example", 1)]
    [InlineData("https://*shop.example", 1)]
    [InlineData("null", 1)]
    [InlineData("", 1)]
    [InlineData("http://shop.example:443", 0)]
    [InlineData("http://localhost:5173", 0)]
    [InlineData("http://[::1]:5173", 0)]
    [InlineData("https://*.shop.example", 0)]
    [InlineData("http://*.localhost:3000", 0)]
    [InlineData("chrome-extension://abcdefgh", 0)]
    public void An_origin_is_written_as_browsers_send_it(string origin, int problems)
    {
        if (problems == 0)
            Assert.NotNull(Cors.From(new CorsOptions { Origins = [origin] }));
        else
            Assert.Equal(problems, Problems(new CorsOptions { Origins = [origin] }).Count);
    }

    [Fact]
    public void Everybody_with_credentials_is_refused()
    {
        string problem = Assert.Single(Problems(new CorsOptions { Origins = ["*"], AllowsCredentials = true }));
        Assert.Contains("AllowsCredentials", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_checked_all_at_once()
    {
        Assert.Equal(7, Problems(new CorsOptions
        {
            Origins = ["*", Good, "x"],
            Methods = ["put", "TRACE"],
            Headers = ["X A"],
            ExposedHeaders = ["*"],
            AllowsCredentials = true,
            MaxAge = TimeSpan.FromHours(25),
        }).Count);
        Assert.Single(Problems(new CorsOptions()));
        Assert.Single(Problems(Shop with { MaxAge = TimeSpan.FromSeconds(-1) }));
        Assert.Single(Problems(Shop with { MaxAge = TimeSpan.FromMilliseconds(1500) }));
        Assert.Single(Problems(Shop with { MaxAge = TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1) }));
        Assert.NotNull(Cors.From(Shop with { MaxAge = TimeSpan.FromHours(24) }));
        Assert.Throws<ArgumentNullException>(() => Cors.From(null!));
    }

    private static IReadOnlyList<string> Problems(CorsOptions options) =>
        Assert.Throws<OptionsException>(() => Cors.From(options)).Problems;

    private static string Tell(WireAnswer answer)
    {
        IEnumerable<string> fields = answer.Text.Split("\r\n\r\n")[0].Split("\r\n").Skip(1).Where(line =>
            line.StartsWith("Vary:", StringComparison.Ordinal)
            || line.StartsWith("Access-Control-", StringComparison.Ordinal));
        return $"{answer.Statuses} {string.Join('|', fields)}";
    }
}

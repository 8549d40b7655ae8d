using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Cookies that are set: RFC 6265 section 4.1 and RFC 6265bis.</summary>
public sealed class ResponseCookieTests
{
    public static TheoryData<string, CookieOptions?, string> Written => new()
    {
        { "a", null, "a=v; Path=/; Secure; HttpOnly; SameSite=Lax" },
        { "__Host-a", null, "__Host-a=v; Path=/; Secure; HttpOnly; SameSite=Lax" },
        { "__Secure-a", new() { Domain = "shop.example" }, "__Secure-a=v; Domain=shop.example; Path=/; Secure; HttpOnly; SameSite=Lax" },
        {
            "a",
            new()
            {
                MaxAge = TimeSpan.FromSeconds(90.9), Path = "/x y", SameSite = SameSite.Strict, IsHttpOnly = false,
            },
            "a=v; Max-Age=90; Path=/x y; Secure; SameSite=Strict"
        },
        { "a", new() { IsSecure = false, MaxAge = TimeSpan.FromDays(400) }, "a=v; Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax" },
        { "a", new() { SameSite = SameSite.None, IsPartitioned = true }, "a=v; Path=/; Secure; HttpOnly; SameSite=None; Partitioned" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public async Task A_cookie_is_written_with_its_attributes(string name, CookieOptions? options, string field)
    {
        string answer = await Around.AskAsync(
            exchange =>
            {
                exchange.Response.Cookies.Set(name, "v", options);
                return ValueTask.CompletedTask;
            },
            "");
        Assert.Equal($"HTTP/1.1 200 OK\r\nDate: *\r\nSet-Cookie: {field}\r\nContent-Length: 0\r\n\r\n", answer);
    }

    [Fact]
    public async Task One_field_is_sent_for_a_name_and_other_fields_stay()
    {
        string answer = await Around.AskAsync(
            exchange =>
            {
                exchange.Response.Cookies.Set("a", "1");
                exchange.Response.Headers.Set("X", "a=1");
                exchange.Response.Cookies.Set("ab", "2");
                exchange.Response.Cookies.Set("A", "3");
                exchange.Response.Cookies.Set("a", "4", new CookieOptions { Path = "/x" });
                exchange.Response.Cookies.Delete("ab");
                return ValueTask.CompletedTask;
            },
            "");
        Assert.Equal(
            "HTTP/1.1 200 OK\r\nDate: *\r\nX: a=1\r\nSet-Cookie: A=3; Path=/; Secure; HttpOnly; SameSite=Lax\r\n"
            + "Set-Cookie: a=4; Path=/x; Secure; HttpOnly; SameSite=Lax\r\n"
            + "Set-Cookie: ab=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; Secure; HttpOnly; SameSite=Lax\r\n"
            + "Content-Length: 0\r\n\r\n",
            answer);
    }

    public static TheoryData<string, string, CookieOptions?> Refused => new()
    {
        { "", "v", null },
        { "a b", "v", null },
        { "a=b", "v", null },
        { "a;b", "v", null },
        { "a\r\nX", "v", null },
        { "\u00E4", "v", null },
        { new string('a', 257), "v", null },
        { "a", "v; Domain=evil.example", null },
        { "a", "v\r\nSet-Cookie: b=c", null },
        { "a", "v\n", null },
        { "a", "v w", null },
        { "a", "v,w", null },
        { "a", "\"v\"", null },
        { "a", "v\\w", null },
        { "a", "v\u00E4", null },
        { "a", "v\0", null },
        { "a", new string('v', 4096), null },
        { "a", "v", new() { Path = "" } },
        { "a", "v", new() { Path = "x" } },
        { "a", "v", new() { Path = "/;Domain=evil.example" } },
        { "a", "v", new() { Path = "/\r\n" } },
        { "a", "v", new() { Path = "/\u00E4" } },
        { "a", "v", new() { Path = "/" + new string('x', 1024) } },
        { "a", "v", new() { Domain = "" } },
        { "a", "v", new() { Domain = ".shop.example" } },
        { "a", "v", new() { Domain = "shop.example; Path=/" } },
        { "a", "v", new() { MaxAge = TimeSpan.FromSeconds(-1) } },
        { "a", "v", new() { MaxAge = TimeSpan.FromDays(400) + TimeSpan.FromTicks(1) } },
        { "a", "v", new() { SameSite = (SameSite)3 } },
        { "a", "v", new() { SameSite = SameSite.None, IsSecure = false } },
        { "a", "v", new() { IsPartitioned = true, IsSecure = false } },
        { "__Secure-a", "v", new() { IsSecure = false } },
        { "__secure-a", "v", new() { IsSecure = false } },
        { "__Host-a", "v", new() { IsSecure = false } },
        { "__Host-a", "v", new() { Domain = "shop.example" } },
        { "__HOST-a", "v", new() { Path = "/x" } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_a_browser_would_refuse_or_misread_is_refused_here(
        string name, string value, CookieOptions? options)
    {
        Exception? found = null;
        string answer = await Around.AskAsync(
            exchange =>
            {
                found = Record.Exception(() => exchange.Response.Cookies.Set(name, value, options));
                return ValueTask.CompletedTask;
            },
            "");
        Assert.IsType<ArgumentException>(found);
        Assert.DoesNotContain("Set-Cookie", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_at_the_limit_of_its_size_is_written()
    {
        string answer = await Around.AskAsync(
            exchange =>
            {
                exchange.Response.Cookies.Set("a", new string('v', 4095));
                return ValueTask.CompletedTask;
            },
            "");
        Assert.Contains("Set-Cookie: a=vvv", answer, StringComparison.Ordinal);
    }
}

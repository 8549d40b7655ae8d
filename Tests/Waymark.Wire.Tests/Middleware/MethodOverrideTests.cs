using Waymark.CompilerServices;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>A POST that stands for another method.</summary>
public sealed class MethodOverrideTests
{
    [Theory]
    [InlineData("POST", "", "200 POST Post")]
    [InlineData("POST", "X-HTTP-Method-Override: PUT", "200 PUT Put")]
    [InlineData("POST", "x-http-method-override: DELETE", "200 DELETE Delete")]
    [InlineData("POST", "X-HTTP-Method-Override: PURGE", "200 PURGE None")]
    [InlineData("POST", "X-HTTP-Method-Override: put", "400 ")]
    [InlineData("POST", "X-HTTP-Method-Override: GET", "400 ")]
    [InlineData("POST", "X-HTTP-Method-Override: PATCH", "400 ")]
    [InlineData("POST", "X-HTTP-Method-Override: ", "400 ")]
    [InlineData("POST", "X-HTTP-Method-Override: PUT\r\nX-HTTP-Method-Override: PUT", "400 ")]
    [InlineData("POST", "X-HTTP-Method-Override: PUT\r\nX-HTTP-Method-Override: x", "400 ")]
    [InlineData("GET", "X-HTTP-Method-Override: DELETE", "200 GET Get")]
    [InlineData("PUT", "X-HTTP-Method-Override: DELETE", "200 PUT Put")]
    public async Task Only_a_POST_becomes_only_a_listed_method(string method, string field, string expected)
    {
        string told = "";
        Handler handler = Wrapped.Handler(
            exchange =>
            {
                told = $"{exchange.Request.Method} {exchange.Request.Verb}";
                return ValueTask.CompletedTask;
            },
            MethodOverride.From(new MethodOverrideOptions { Methods = ["PUT", "DELETE", "PURGE"] }));
        string fields = field.Length == 0 ? "" : field + "\r\n";
        WireAnswer answer = await Engine.PlayAsync(
            $"{method} / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n{fields}\r\n", handler: handler);
        Assert.Equal(expected, $"{answer.Statuses} {told}");
    }

    [Fact]
    public async Task The_routes_see_the_other_method_and_the_next_request_its_own()
    {
        WireAnswer answer = await Engine.PlayAsync(
            "POST /json HTTP/1.1\r\nHost: x\r\nX-HTTP-Method-Override: DELETE\r\nContent-Length: 0\r\n\r\n"
            + "POST /ignore HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
            handler: Wrapped.Routes(MethodOverride.From()));
        Assert.Equal("405 200", answer.Statuses);
    }

    [Fact]
    public async Task Without_the_middleware_the_field_means_nothing()
    {
        WireAnswer answer = await Engine.PlayAsync(
            "POST /ignore HTTP/1.1\r\nHost: x\r\nX-HTTP-Method-Override: DELETE\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal("200", answer.Statuses);
    }

    [Fact]
    public void Options_are_checked_all_at_once()
    {
        Assert.Equal(
            5, Refused(new MethodOverrideOptions { Methods = ["GET", "post", "A B", "TRACE"], Header = "a:" }));
        Assert.Equal(1, Refused(new MethodOverrideOptions { Methods = [] }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("X-HTTP-Method-Override: PUT\r\n")]
    public void Nothing_is_allocated_for_a_request(string field)
    {
        Handler handler = Wrapped.Handler(static exchange => ResultWriter.Text(exchange, "x"), MethodOverride.From());
        Assert.Equal(0, Allocations.OfRequest(
            $"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n{field}\r\n", handler));
    }

    private static int Refused(MethodOverrideOptions options) =>
        Assert.Throws<OptionsException>(() => MethodOverride.From(options)).Problems.Count;
}

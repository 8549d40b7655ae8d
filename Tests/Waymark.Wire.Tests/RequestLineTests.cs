using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>RFC 9112 sections 2 and 3: message parsing, request line, request target.</summary>
public sealed class RequestLineTests
{
    private const string Next = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    [Theory]
    [InlineData("GET / HTTP/1.1", "200")]
    [InlineData("GET / HTTP/1.2", "200")]
    [InlineData("GET / HTTP/1.3", "200")]
    [InlineData("GET / HTTP/1.9", "200")]
    [InlineData("GET /?a=b/?c HTTP/1.1", "200")]
    [InlineData("GET http://x/ HTTP/1.1", "200")]
    [InlineData("GET HTTP://X/ HTTP/1.1", "200")]
    [InlineData("GET http://x HTTP/1.1", "200")]
    [InlineData("GET https://x/ HTTP/1.1", "200")]
    [InlineData("GET http://x:80/ HTTP/1.1", "200")]
    [InlineData("GET http://x:/ HTTP/1.1", "200")]
    [InlineData("GET http://x?a HTTP/1.1", "200")]
    [InlineData("OPTIONS * HTTP/1.1", "200")]
    [InlineData("GET /text/foo..bar HTTP/1.1", "200")]
    [InlineData("GET /text/%C3%A9 HTTP/1.1", "200")]
    [InlineData("GET /%6Aso%6e HTTP/1.1", "200")]
    [InlineData("FOO / HTTP/1.1", "501")]
    [InlineData("get / HTTP/1.1", "501")]
    [InlineData("TRACE / HTTP/1.1", "405")]
    [InlineData("GET /users HTTP/1.1", "404")]
    [InlineData("GET // HTTP/1.1", "404")]
    [InlineData("GET /json/ HTTP/1.1", "404")]
    [InlineData("DELETE /json HTTP/1.1", "405")]
    public async Task A_well_formed_request_line_keeps_the_connection(string line, string status)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync($"{line}\r\nHost: x\r\n\r\n{Next}");
        Assert.Equal($"{status} 200", answer.Statuses);
        Assert.False(answer.SaysClose);
    }

    [Theory]
    [InlineData("G@T / HTTP/1.1", "400")]
    [InlineData("GET  / HTTP/1.1", "400")]
    [InlineData("GET /  HTTP/1.1", "400")]
    [InlineData("GET\t/ HTTP/1.1", "400")]
    [InlineData("GET /\tHTTP/1.1", "400")]
    [InlineData("GET / HTTP/1.1\t", "400")]
    [InlineData("GET /a b HTTP/1.1", "400")]
    [InlineData("GE T / HTTP/1.1", "400")]
    [InlineData("/ HTTP/1.1", "400")]
    [InlineData(" GET / HTTP/1.1", "400")]
    [InlineData("GET / HTTP/1.1 ", "400")]
    [InlineData("GET /", "400")]
    [InlineData("GET", "400")]
    [InlineData("GET HTTP/1.1", "400")]
    [InlineData("GET / HTTP/1", "400")]
    [InlineData("GET / http/1.1", "400")]
    [InlineData("GET / HTTP/01.1", "400")]
    [InlineData("GET / HTTP/1.1x", "400")]
    [InlineData("GET / HTTP/1.01", "400")]
    [InlineData("GET / HTTP/1.10", "400")]
    [InlineData("GET / HTTP/1.", "400")]
    [InlineData("GET / HTTP/.1", "400")]
    [InlineData("GET / HTTP/1,1", "400")]
    [InlineData("GET / HTTP/+1.1", "400")]
    [InlineData("GET / HTTP/11", "400")]
    [InlineData("GET / HTTP 1.1", "400")]
    [InlineData("GET / HTTP", "400")]
    [InlineData("GET / HTPP/1.1", "400")]
    [InlineData("GET / HTTP/1.1\r", "400")]
    [InlineData("GET / HTTP/1.1\rX", "400")]
    [InlineData("GET /\0 HTTP/1.1", "400")]
    [InlineData("GET / HTTP/2.0", "505")]
    [InlineData("GET / HTTP/0.9", "505")]
    [InlineData("GET / HTTP/9.9", "505")]
    public async Task A_bad_request_line_is_answered_once_and_closes(string line, string status)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync($"{line}\r\nHost: x\r\n\r\n{Next}");
        Assert.Equal(status, answer.Statuses);
        Assert.True(answer.SaysClose);
    }

    [Theory]
    [InlineData("GET /\u0001 HTTP/1.1", "400")]
    [InlineData("GET /\u007f HTTP/1.1", "400")]
    [InlineData("GET /\u00e9 HTTP/1.1", "400")]
    [InlineData("GET /\" HTTP/1.1", "400")]
    [InlineData("GET /< HTTP/1.1", "400")]
    [InlineData("GET /> HTTP/1.1", "400")]
    [InlineData("GET /^ HTTP/1.1", "400")]
    [InlineData("GET /` HTTP/1.1", "400")]
    [InlineData("GET /{a} HTTP/1.1", "400")]
    [InlineData("GET /a|b HTTP/1.1", "400")]
    [InlineData("GET /a\\b HTTP/1.1", "400")]
    [InlineData("GET /#a HTTP/1.1", "400")]
    [InlineData("GET users HTTP/1.1", "400")]
    [InlineData("GET ?a HTTP/1.1", "400")]
    [InlineData("GET /%zz HTTP/1.1", "400")]
    [InlineData("GET /%4 HTTP/1.1", "400")]
    [InlineData("GET /?%4 HTTP/1.1", "400")]
    [InlineData("GET /%00 HTTP/1.1", "400")]
    [InlineData("GET /%C0%AF HTTP/1.1", "400")]
    [InlineData("GET /%ED%A0%80 HTTP/1.1", "400")]
    [InlineData("GET /%FF HTTP/1.1", "400")]
    [InlineData("GET /%F0%80%80%AF HTTP/1.1", "400")]
    [InlineData("GET /%F4%90%80%80 HTTP/1.1", "400")]
    [InlineData("GET /%C3 HTTP/1.1", "400")]
    [InlineData("GET /?%zz HTTP/1.1", "400")]
    [InlineData("GET /?%00 HTTP/1.1", "400")]
    [InlineData("GET /?%FF HTTP/1.1", "400")]
    [InlineData("GET /a/../b HTTP/1.1", "400")]
    [InlineData("GET /.. HTTP/1.1", "400")]
    [InlineData("GET /a/./b HTTP/1.1", "400")]
    [InlineData("GET /a/%2e%2E/b HTTP/1.1", "400")]
    public Task A_bad_target_is_answered_once_and_closes(string line, string status) =>
        A_bad_request_line_is_answered_once_and_closes(line, status);

    [Theory]
    [InlineData("GET http://y/ HTTP/1.1", "400")]
    [InlineData("GET http://u@x/ HTTP/1.1", "400")]
    [InlineData("GET http:/// HTTP/1.1", "400")]
    [InlineData("GET http://x:99999/ HTTP/1.1", "400")]
    [InlineData("GET http://x:port/ HTTP/1.1", "400")]
    [InlineData("GET http://x:81/ HTTP/1.1", "400")]
    [InlineData("GET https://x:80/ HTTP/1.1", "400")]
    [InlineData("GET http://[::1/ HTTP/1.1", "400")]
    [InlineData("GET http:x/ HTTP/1.1", "400")]
    [InlineData("GET ftp://x/ HTTP/1.1", "400")]
    [InlineData("GET * HTTP/1.1", "400")]
    [InlineData("GET x:80 HTTP/1.1", "400")]
    [InlineData("HEAD * HTTP/1.1", "400")]
    [InlineData("OPTIONS ** HTTP/1.1", "400")]
    [InlineData("CONNECT x:80 HTTP/1.1", "501")]
    [InlineData("CONNECT / HTTP/1.1", "501")]
    [InlineData("CONNECT * HTTP/1.1", "501")]
    public Task A_bad_target_of_another_form_is_answered_once_and_closes(string line, string status) =>
        A_bad_request_line_is_answered_once_and_closes(line, status);

    [Theory]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc")]
    [InlineData("\u00ff\u00fe\u00fd\u00fc")]
    [InlineData("\u0000\u0001\u0002")]
    [InlineData("\n")]
    public async Task What_is_not_HTTP_is_refused_before_a_line_ends(string input)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(input + Next);
        Assert.Equal("400", answer.Statuses);
        Assert.True(answer.SaysClose);
    }

    [Theory]
    [InlineData("", "200 200")]
    [InlineData("\r\n", "200 200")]
    [InlineData("\r\n\r\n", "400")]
    [InlineData("\r", "400")]
    public async Task One_empty_line_before_a_request_is_skipped(string before, string status)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(before + Next + Next);
        Assert.Equal(status, answer.Statuses);
        Assert.Equal(status == "400", answer.SaysClose);
    }

    [Theory]
    [InlineData(-1, "404")]
    [InlineData(0, "404")]
    [InlineData(1, "414")]
    public async Task The_request_line_has_its_limit(int beyond, string status)
    {
        var limits = new ServerLimits { RequestLineBytesMax = 100 };
        string path = new('a', 100 - "GET / HTTP/1.1\r\n".Length + beyond);
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"GET /{path} HTTP/1.1\r\nHost: x\r\n\r\n{Next}", limits);
        Assert.Equal(status == "414" ? "414" : "404 200", answer.Statuses);
        Assert.Equal(status == "414", answer.SaysClose);
    }

    [Theory]
    [InlineData(-1, "404 200")]
    [InlineData(0, "404 200")]
    [InlineData(1, "414")]
    public async Task The_request_line_has_8_KiB_where_nothing_is_said(int beyond, string statuses)
    {
        string path = new('a', (8 * 1024) - "GET / HTTP/1.1\r\n".Length + beyond);
        WireAnswer answer = await Engine.PlayAsync($"GET /{path} HTTP/1.1\r\nHost: x\r\n\r\n{Next}");
        Assert.Equal(statuses, answer.Statuses);
        Assert.Equal(statuses == "414", answer.SaysClose);
    }

    [Theory]
    [InlineData(31, "501 200")]
    [InlineData(32, "501 200")]
    [InlineData(33, "400")]
    public async Task A_method_has_its_limit(int length, string status)
    {
        string method = new('M', length);
        WireAnswer answer = await Engine.PlayAtEverySplitAsync($"{method} / HTTP/1.1\r\nHost: x\r\n\r\n{Next}");
        Assert.Equal(status, answer.Statuses);
        Assert.Equal(status == "400", answer.SaysClose);
    }
}

using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>RFC 9110 sections 6, 9, 10 and 15: what answers look like.</summary>
public sealed class ResponseTests
{
    [Theory]
    [InlineData("GET /", "200 OK|Date: *|Content-Type: text/plain; charset=utf-8|Content-Length: 5||hello")]
    [InlineData("HEAD /", "200 OK|Date: *|Content-Type: text/plain; charset=utf-8|Content-Length: 5||")]
    [InlineData("GET /json", "200 OK|Date: *|Content-Type: application/json|Content-Length: 13||{\"X\":1,\"Y\":1}")]
    [InlineData("HEAD /json", "200 OK|Date: *|Content-Type: application/json|Content-Length: 13||")]
    [InlineData("GET /nothing", "204 No Content|Date: *||")]
    [InlineData("HEAD /nothing", "204 No Content|Date: *||")]
    [InlineData("GET /204-body", "204 No Content|Date: *||")]
    [InlineData("GET /304", "304 Not Modified|Date: *||")]
    [InlineData("OPTIONS /json", "200 OK|Date: *|Allow: GET, HEAD, OPTIONS, POST|Content-Length: 0||")]
    [InlineData("OPTIONS *", "200 OK|Date: *|Allow: GET, HEAD, OPTIONS, POST|Content-Length: 0||")]
    [InlineData("GET /int/42", "200 OK|Date: *|Content-Type: text/plain; charset=utf-8|Content-Length: 9||forty-two")]
    [InlineData(
        "GET /int/%34%32", "200 OK|Date: *|Content-Type: text/plain; charset=utf-8|Content-Length: 9||forty-two")]
    [InlineData("GET /text/a%2Fb%25+c", "200 OK|Date: *|Content-Type: text/plain; charset=utf-8|Content-Length: 6||a/b%+c")]
    [InlineData("GET /query", "200 OK|Date: *|Content-Type: text/plain; charset=utf-8|Content-Length: 5||seven")]
    [InlineData("GET /query?n=8", "200 OK|Date: *|Content-Type: text/plain; charset=utf-8|Content-Length: 5||other")]
    [InlineData("GET /query?x&n=%37&n=8", "200 OK|Date: *|Content-Type: text/plain; charset=utf-8|Content-Length: 5||seven")]
    [InlineData("GET /chunked", "200 OK|Date: *|Transfer-Encoding: chunked||6|part0\n|6|part1\n|6|part2\n|0||")]
    [InlineData("HEAD /chunked", "200 OK|Date: *|Transfer-Encoding: chunked||")]
    public async Task An_answer_is_exactly_this(string start, string expected)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync($"{start} HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal("HTTP/1.1 " + expected.Replace("|", "\r\n", StringComparison.Ordinal), answer.Text);
        Assert.False(answer.IsAborted);
    }

    [Theory]
    [InlineData("GET /nowhere", "404", null)]
    [InlineData("GET /null", "404", null)]
    [InlineData("DELETE /json", "405", "This path answers GET, HEAD, OPTIONS, POST.")]
    [InlineData("FOO /json", "501", "No route here knows this method.")]
    [InlineData("GET /int/x%22y", "400", "'id' is not a whole number from -2147483648 to 2147483647: 'x\\\"y'.")]
    [InlineData("GET /int/2147483648", "400", "'id' is not a whole number")]
    [InlineData("GET /int/+1", "400", "'id' is not a whole number")]
    [InlineData("GET /query?n=%20", "400", "The query parameter 'n' is not a whole number")]
    [InlineData("GET /throw", "500", null)]
    [InlineData("GET /throw-later", "500", null)]
    [InlineData("GET /long", "500", null)]
    [InlineData("GET /split", "500", null)]
    public async Task An_error_is_a_problem_document_that_keeps_the_connection(
        string start, string status, string? detail)
    {
        string request = $"{start} HTTP/1.1\r\nHost: x\r\n\r\n";
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(request + request);
        Assert.Equal($"{status} {status}", answer.Statuses);
        Assert.Contains("Content-Type: application/problem+json\r\n", answer.Text, StringComparison.Ordinal);
        Assert.Contains($"\"status\":{status}", answer.Text, StringComparison.Ordinal);
        Assert.Contains(detail ?? "}", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Set-Cookie", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/throw-after", "4\r\nhalf\r\n")]
    [InlineData("/short", "")]
    public async Task An_answer_that_cannot_be_finished_ends_with_a_reset_and_never_looks_complete(
        string path, string sent)
    {
        WireAnswer answer = await Engine.PlayAsync($"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.True(answer.IsAborted);
        Assert.EndsWith(sent, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("0\r\n\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_405_names_the_methods_in_Allow()
    {
        WireAnswer answer = await Engine.PlayAsync("PUT /json HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Contains("\r\nAllow: GET, HEAD, OPTIONS, POST\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_streamed_answer_to_HTTP_1_0_ends_with_the_connection()
    {
        WireAnswer answer = await Engine.PlayAsync("GET /chunked HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        Assert.Equal("HTTP/1.1 200 OK\r\nDate: *\r\nConnection: close\r\n\r\npart0\npart1\npart2\n", answer.Text);
    }

    [Fact]
    public async Task A_large_answer_has_its_length_and_all_its_bytes()
    {
        WireAnswer answer = await Engine.PlayAsync("GET /bytes HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Contains("Content-Length: 100000\r\n", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n" + new string('\0', 100_000), answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"X":1,"Y":2}""", "application/json", "200", """{"X":2,"Y":2}""")]
    [InlineData("""{"X":1,"Y":2}""", "application/vnd.point+json; charset=utf-8", "200", """{"X":2,"Y":2}""")]
    [InlineData("""{"X":1,""", "application/json", "400", "line 1, byte 7")]
    [InlineData("""{"X":"a"}""", "application/json", "400", "$.X")]
    [InlineData("null", "application/json", "400", "null")]
    [InlineData("", "application/json", "400", "empty")]
    [InlineData("{}", "text/plain", "415", "application/json")]
    public async Task A_JSON_body_is_read_or_refused_with_its_mistake(
        string body, string type, string status, string text)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        Assert.Equal(status, answer.Statuses);
        Assert.Contains(text, answer.Text, StringComparison.Ordinal);
    }
}

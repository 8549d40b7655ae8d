using Waymark.Routing;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>What handlers return, as octets: typed results, unions, plain values, negotiation.</summary>
public sealed class ResultTests
{
    private const string One = "{\n  \"Id\": 1,\n  \"Name\": \"one\"\n}";
    private const string Json = "Content-Type: application/json|Content-Length: 30";

    private static readonly Handler Handler = new Router(ScenarioRoutes.Table).HandleAsync;

    [Theory]
    [InlineData("/ok", "200 OK|Content-Length: 0", "")]
    [InlineData("/ok-json", "200 OK|" + Json, One)]
    [InlineData("/created", "201 Created|Location: /items/%C3%A9%20%C3%BC?q=%221%22&p=%20|Content-Length: 0", "")]
    [InlineData("/created-json", "201 Created|Location: /items/1|" + Json, One)]
    [InlineData("/accepted", "202 Accepted|Content-Length: 0", "")]
    [InlineData("/accepted-json", "202 Accepted|Location: /jobs/1|" + Json, One)]
    [InlineData("/linked/a%0D%0AX:%20y", "201 Created|Location: /results/linked/a%0D%0AX:%20y|Content-Length: 0", "")]
    [InlineData("/linked-json/%C3%A9", "201 Created|Location: /results/linked-json/%C3%A9|" + Json, One)]
    [InlineData("/linked-job/1", "202 Accepted|Location: /results/linked-job/1|Content-Length: 0", "")]
    [InlineData("/linked-elsewhere/a%20b", "302 Found|Location: /results/linked-elsewhere/a%20b|Content-Length: 0", "")]
    [InlineData("/no-content", "204 No Content", "")]
    [InlineData("/bad-request-json", "400 Bad Request|" + Json, One)]
    [InlineData("/unprocessable", "422 Unprocessable Content|" + Json, One)]
    [InlineData("/redirect", "301 Moved Permanently|Location: https://example.org/a%20b|Content-Length: 0", "")]
    [InlineData("/text", "200 OK|Content-Type: text/html; charset=utf-8|Content-Length: 9", "<p>\u00c3\u00a9</p>")]
    [InlineData("/bytes", "200 OK|Content-Type: image/png|Content-Length: 5", "hello")]
    [InlineData("/json", "203 Non-Authoritative Information|Content-Type: application/json|Content-Length: 4", "null")]
    [InlineData("/status", "418 |Content-Length: 0", "")]
    [InlineData("/memory", "200 OK|Content-Type: application/octet-stream|Content-Length: 4", "ello")]
    [InlineData("/span", "200 OK|Content-Type: application/octet-stream|Content-Length: 4", "span")]
    [InlineData("/stream", "200 OK|Content-Type: application/octet-stream|Content-Length: 5", "hello")]
    [InlineData("/stream-result", "200 OK|Content-Type: text/plain|Transfer-Encoding: chunked", "5\r\nhello\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("/union/1", "200 OK|" + Json, One)]
    [InlineData("/union/3", "200 OK|Content-Type: text/plain; charset=utf-8|Content-Length: 5", "three")]
    [InlineData("/union-later/1", "200 OK|" + Json, One)]
    [InlineData("/produced?id=1", "200 OK|Content-Type: application/vnd.item+json|Content-Length: 30", One)]
    [InlineData("/produced?id=0", "204 No Content", "")]
    [InlineData("/page", "200 OK|Content-Type: text/html; charset=utf-8|Content-Length: 3", "<p>")]
    public async Task A_result_is_written(string path, string head, string body)
    {
        (string actualHead, string actualBody) = Split(await PlayAsync($"GET /results{path}"));
        Assert.Equal(head, actualHead);
        Assert.Equal(body, actualBody);
    }

    [Theory]
    [InlineData("/bad-request", "400", "\"detail\":\"Not \\\"so\\\".\"")]
    [InlineData("/conflict", "409", "\"title\":\"Conflict\"")]
    [InlineData("/union/2", "404", "\"detail\":\"No 2.\"")]
    [InlineData("/union-later/2", "404", "\"detail\":\"No 2.\"")]
    [InlineData("/union-later/0", "404", "\"title\":\"Not Found\"")]
    [InlineData("/stream?id=0", "404", "\"title\":\"Not Found\"")]
    [InlineData("/negotiated?id=0", "404", "\"title\":\"Not Found\"")]
    [InlineData("/problem", "402", "{\"type\":\"urn:x:money\",\"title\":\"No money\",\"status\":402,\"detail\":\"Pay \u00c3\u00a9.\"}")]
    [InlineData("/problem-details", "403", "\"status\":403,\"detail\":\"No.\",\"instance\":\"urn:x:1\",\"errors\":[{\"detail\":\"must be b\",\"pointer\":\"#/a\"}],\"balance\":30}")]
    // A union or a result that nobody made is a mistake of the program.
    [InlineData("/union/4", "500", "\"title\":\"Internal Server Error\"")]
    [InlineData("/union-later/4", "500", "\"title\":\"Internal Server Error\"")]
    [InlineData("/default", "500", "\"title\":\"Internal Server Error\"")]
    public async Task An_error_is_a_problem_document(string path, string status, string part)
    {
        WireAnswer answer = await PlayAsync($"GET /results{path}");
        Assert.Equal(status, answer.Statuses);
        Assert.Contains("\r\nContent-Type: application/problem+json\r\n", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Type: application/json", answer.Text, StringComparison.Ordinal);
        Assert.Contains(part, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ok-json", "200 OK|" + Json)]
    [InlineData("/no-content", "204 No Content")]
    [InlineData("/stream", "200 OK|Content-Type: application/octet-stream|Content-Length: 5")]
    [InlineData("/stream-long", "200 OK|Content-Type: application/octet-stream|Transfer-Encoding: chunked")]
    [InlineData("/stream-result", "200 OK|Content-Type: text/plain|Transfer-Encoding: chunked")]
    [InlineData("/stream-fails", "200 OK|Content-Type: application/octet-stream|Transfer-Encoding: chunked")]
    public async Task HEAD_has_the_head_of_GET_and_no_body(string path, string head)
    {
        (string actualHead, string body) = Split(await PlayAsync($"HEAD /results{path}"));
        Assert.Equal(head, actualHead);
        Assert.Equal("", body);
    }

    [Fact]
    public async Task A_body_and_a_union_go_together()
    {
        const string Post = "POST /results/union-body HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            Post + "Content-Length: 21\r\n\r\n{\"Id\":1,\"Name\":\"one\"}"
            + Post + "Content-Length: 21\r\n\r\n{\"Id\":2,\"Name\":\"two\"}",
            handler: Handler);
        Assert.Equal("409 201", answer.Statuses);
        Assert.Contains("\r\nLocation: /items/2\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_stream_is_sent_in_pieces_and_whole()
    {
        WireAnswer answer = await PlayAsync("GET /results/stream-long");
        Assert.Equal(200_000, answer.Text.Count(character => character == 'x'));
        Assert.True(answer.SendCount >= 3, $"{answer.SendCount} sends");
        Assert.EndsWith("\r\n0\r\n\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_behind_the_first_bytes_aborts()
    {
        WireAnswer answer = await PlayAsync("GET /results/stream-fails");
        Assert.True(answer.IsAborted);
        Assert.EndsWith("5\r\nhello\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "application/json")]
    [InlineData("Accept: */*\r\n", "application/json")]
    [InlineData("Accept: application/vnd.item+json\r\n", "application/vnd.item+json")]
    [InlineData("Accept: application/*;q=0.5, application/json;q=0.4\r\n", "application/vnd.item+json")]
    public async Task The_client_picks_of_several_media_types(string accept, string mediaType)
    {
        (string head, string body) = Split(await PlayAsync("GET /results/negotiated", accept));
        Assert.Equal($"200 OK|Vary: Accept|Content-Type: {mediaType}|Content-Length: 30", head);
        Assert.Equal(One, body);
    }

    [Theory]
    [InlineData("/negotiated?id=1", "text/html", "406")]
    [InlineData("/negotiated?id=1", "application/json;q=0", "406")]
    [InlineData("/produced?id=1", "text/html", "200")]
    public async Task Nothing_that_the_client_takes_is_406_where_there_is_a_choice(
        string path, string accept, string status)
    {
        WireAnswer answer = await PlayAsync($"GET /results{path}", $"Accept: {accept}\r\n");
        Assert.Equal(status, answer.Statuses);
        Assert.Equal(
            status == "406",
            answer.Text.Contains("answers application/json, application/vnd.item+json", StringComparison.Ordinal));
        Assert.Equal(status == "406", answer.Text.Contains("\r\nVary: Accept\r\n", StringComparison.Ordinal));
    }

    private static (string Head, string Body) Split(WireAnswer answer)
    {
        int end = answer.Text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        string head = answer.Text["HTTP/1.1 ".Length..end];
        return (
            head.Replace("\r\nDate: *", "", StringComparison.Ordinal).Replace("\r\n", "|", StringComparison.Ordinal),
            answer.Text[(end + 4)..]);
    }

    private static Task<WireAnswer> PlayAsync(string request, string fields = "") =>
        Engine.PlayAsync($"{request} HTTP/1.1\r\nHost: x\r\n{fields}\r\n", handler: Handler);
}

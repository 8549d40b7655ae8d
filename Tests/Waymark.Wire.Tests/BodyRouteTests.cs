using System.Text;
using System.Text.Json;
using Waymark.Routing;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>Bodies through generated code: each type, empty and not, JSON and its mistakes, limits, rules.</summary>
public sealed class BodyRouteTests
{
    private const string Next = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
    private const string Invalid = "urn:waymark:problem:invalid-parameters";
    private const string Malformed = "urn:waymark:problem:malformed-json";
    private const string Missing = "urn:waymark:problem:missing-body";
    private const string Required = "urn:waymark:problem:length-required";
    private const string Unsupported = "urn:waymark:problem:unsupported-media-type";

    private static readonly Handler Handler = new Router(ScenarioRoutes.Table).HandleAsync;

    [Theory]
    [InlineData("text")]
    [InlineData("bytes")]
    [InlineData("memory")]
    [InlineData("sequence")]
    [InlineData("stream")]
    [InlineData("pipe")]
    public async Task A_body_comes_as_every_type_and_may_be_empty(string path)
    {
        foreach ((string rest, string shown) in new[]
        {
            ("Content-Length: 6\r\n\r\na\r\n\u00c3\u00bcb", "[a\r\n\u00c3\u00bcb]"),
            ("Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", "[abc]"),
            ("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "[]"),
            ("Content-Length: 0\r\n\r\n", "[]"),
            ("\r\n", "[]"),
        })
        {
            await AssertAnswerAsync(path, rest, "200", shown);
        }
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b", "200", "[a=1][b=2]")]
    [InlineData("multipart/mixed; boundary=b", "415", Unsupported)]
    [InlineData("multipart/form-data; boundary=", "400", "urn:waymark:problem:malformed-multipart")]
    public async Task Parts_are_read_by_the_handler(string type, string status, string text)
    {
        string request = FormAnswer.Multipart("a=1", "b=2")
            .Replace("multipart/form-data; boundary=b", type, StringComparison.Ordinal);
        await AssertAnswerAsync("parts", request[(request.IndexOf("\r\nHost: x\r\n", StringComparison.Ordinal) + 11)..],
            status, text);
    }

    [Theory]
    [InlineData("text", "text/plain; charset=utf-16", "a", "415", Unsupported)]
    [InlineData("text", "text/plain", "\u00ff", "400", "The body is not text in its charset.")]
    [InlineData("json", "application/json", "{\"name\":\"n\",\"lines\":[{\"count\":2}]}", "200", "n:2")]
    [InlineData("json", "application/vnd.x+json", "{\"name\":\"n\"}", "200", "n:")]
    [InlineData("json", "application/json; charset=UTF-8", "{\"name\":\"n\"}", "200", "n:")]
    [InlineData("json", "application/json;charset=\"Utf-8\"", "{\"name\":\"n\"}", "200", "n:")]
    [InlineData("json", "application/json; charset=us-ascii", "{\"name\":\"n\"}", "200", "n:")]
    [InlineData("json", "application/json; charset=utf-16", "{\"name\":\"n\"}", "415", "JSON is to be UTF-8")]
    [InlineData("json", "application/json; charset=iso-8859-1", "{\"name\":\"n\"}", "415", Unsupported)]
    [InlineData("json", "application/json; charset=utf-8; charset=utf-16", "{}", "415", Unsupported)]
    [InlineData("json", "text/plain", "{\"name\":\"n\"}", "415", "The body is to be JSON")]
    [InlineData("json", "application/json", "\u00ef\u00bb\u00bf{\"name\":\"\u00c3\u00bc\"}", "200", "\u00c3\u00bc:")]
    [InlineData("json", "application/json", "\u00ef\u00bb\u00bf", "400", Missing)]
    [InlineData("json", "application/json", "null", "400", Missing)]
    [InlineData("json-maybe", "application/json", "null", "200", "null")]
    [InlineData("json-maybe", "application/json", "\u00ef\u00bb\u00bf", "200", "null")]
    [InlineData("json-maybe", "application/json", "{\"name\":\"n\"}", "200", "n:")]
    [InlineData("json-maybe", "application/json", "{", "400", Malformed)]
    public Task Text_and_JSON_are_read_in_their_charset(
        string path, string type, string body, string status, string text) =>
        AssertAnswerAsync(path, $"Content-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}", status, text);

    [Theory]
    [InlineData("json", "\r\n", "411", Required)]
    [InlineData("json", "Content-Type: application/json\r\n\r\n", "411", Required)]
    [InlineData("json", "Content-Length: 0\r\n\r\n", "400", Missing)]
    [InlineData("json", "Content-Type: application/json\r\nContent-Length: 0\r\n\r\n", "400", Missing)]
    [InlineData("json", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400", Missing)]
    [InlineData("json-maybe", "\r\n", "200", "null")]
    [InlineData("json-maybe", "Content-Length: 0\r\n\r\n", "200", "null")]
    public Task JSON_that_is_missing_is_told_from_JSON_without_a_length(
        string path, string rest, string status, string text) => AssertAnswerAsync(path, rest, status, text);

    [Theory]
    [InlineData("json", "{\"name\":1}", "in line 1, byte 10, at $.name.")]
    [InlineData("json", "{\n \"lines\":[{\"count\":\"x\"}]}", "in line 2, byte 23, at $.lines[0].count.")]
    [InlineData("json", "{\"name\":\"n\"}x", "in line 1, byte 13.")]
    [InlineData("json", "\u00ef\u00bb\u00bf{\"name\":\"n\"}x", "in line 1, byte 16.")]
    [InlineData("json", "\u00ef\u00bb\u00bf{\n}x", "in line 2, byte 2.")]
    [InlineData("json-map", "{\"\u00c3\u00bc\":\"\"}", "at $.\u00c3\u00bc.")]
    public Task A_mistake_in_JSON_has_a_place(string path, string body, string place) => AssertAnswerAsync(
        path, $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}", "400", place);

    // A path begins with "$.", so the 62nd character of the key is the last one that is shown.
    [Theory]
    [InlineData(61, "", "x.")]
    [InlineData(62, "", "x.")]
    [InlineData(62, "y", "x….")]
    [InlineData(61, "😀", "x….")]
    [InlineData(60, "😀", "x😀.")]
    [InlineData(60, "😀y", "x😀….")]
    public async Task A_path_is_cut_between_characters(int count, string tail, string end)
    {
        string key = new string('x', count) + tail;
        string body = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes($"{{\"{key}\":\"\"}}"));
        string answer = await AssertAnswerAsync(
            "json-map", $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}", "400",
            Malformed);
        string document = answer.Split("\r\n\r\n")[1].Split("HTTP/1.1")[0];
        using JsonDocument problem = JsonDocument.Parse(Engine.Bytes(document));
        string detail = problem.RootElement.GetProperty("detail").GetString()!;
        Assert.EndsWith($", at $.{new string('x', count - 1)}{end}", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("small", 40, "200")]
    [InlineData("small", 41, "413")]
    [InlineData("small-json", 40, "200")]
    [InlineData("small-json", 41, "413")]
    [InlineData("text", 100, "200")]
    [InlineData("text", 101, "413")]
    [InlineData("large", 1000, "200")]
    [InlineData("large", 1001, "413")]
    [InlineData("large-stream", 1000, "200")]
    [InlineData("large-stream", 1001, "413")]
    public async Task A_body_has_the_limit_of_its_route_or_of_the_server(string path, int length, string status)
    {
        var limits = new ServerLimits { BodyBytesMax = 100 };
        string body = "{}".PadLeft(length);
        string start = $"POST /bodies/{path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
        foreach (string rest in new[]
        {
            $"Content-Length: {length}\r\n\r\n{body}",
            $"Transfer-Encoding: chunked\r\n\r\n5\r\n{body[..5]}\r\n{length - 5:x}\r\n{body[5..]}\r\n0\r\n\r\n",
        })
        {
            // JSON without a name is read and then breaks a rule.
            WireAnswer answer = await Engine.PlayAsync(start + rest, limits, Handler);
            Assert.Equal(path == "small-json" && status == "200" ? "400" : status, answer.Statuses);
            Assert.Equal(status == "413", answer.SaysClose);
        }
    }

    [Fact]
    public async Task Rules_of_parameters_and_of_the_body_are_told_at_once()
    {
        const string Body = "{\"name\":\"\",\"lines\":[{\"count\":1},{\"count\":100}]}";
        string answer = await AssertAnswerAsync(
            "rules/0?page=101",
            "X-Code: ABCDE\r\nCookie: mark=abcd\r\nContent-Type: application/json\r\n"
                + $"Content-Length: {Body.Length}\r\n\r\n{Body}",
            "400",
            Invalid);
        foreach (string error in new[]
        {
            "{\"detail\":\"The path parameter 'id' must be from 1 to 9.\",\"in\":\"path\",\"name\":\"id\"}",
            "{\"detail\":\"The query parameter 'page' must be from 1 to 100.\",\"in\":\"query\",\"name\":\"page\"}",
            "{\"detail\":\"The header field 'X-Code' must have from 2 to 4 characters.\",\"in\":\"header\",",
            "{\"detail\":\"The cookie 'mark' must have at most 3 characters.\",\"in\":\"cookie\",\"name\":\"mark\"}",
            "{\"detail\":\"must not be empty\",\"pointer\":\"#/name\"}",
            "{\"detail\":\"must be from 1 to 99\",\"pointer\":\"#/lines/1/count\"}",
        })
        {
            Assert.Contains(error, answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{\"name\":\"n\",\"lines\":[{\"count\":1}]}", "200", "1 2 AB  n:1")]
    [InlineData("{\"lines\":[{\"count\":0}]}", "400", "urn:waymark:problem:validation")]
    [InlineData("{", "400", Malformed)]
    public Task Rules_that_are_met_are_silent(string body, string status, string text) => AssertAnswerAsync(
        "rules/1?page=2",
        $"X-Code: AB\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}",
        status,
        text);

    /// <summary>Plays the request and one behind it: whatever becomes of the body, the connection goes on.</summary>
    private static async Task<string> AssertAnswerAsync(string path, string rest, string status, string text)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"POST /bodies/{path} HTTP/1.1\r\nHost: x\r\n{rest}{Next}", handler: Handler);
        Assert.True(answer.Statuses == $"{status} 200", answer.Text);
        if (status == "200")
            Assert.Contains($"\r\n\r\n{text}HTTP/1.1 200", answer.Text, StringComparison.Ordinal);
        else
            Assert.Contains(text, answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\na", answer.Text, StringComparison.Ordinal);
        return answer.Text;
    }
}

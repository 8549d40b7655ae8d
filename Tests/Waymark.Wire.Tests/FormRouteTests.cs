using Waymark.Routing;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>Forms through generated code: lists, records, files in any order, rules, and what is no form.</summary>
public sealed class FormRouteTests
{
    private const string Encoded = "application/x-www-form-urlencoded";
    private const string Invalid = "urn:waymark:problem:invalid-parameters";

    private static readonly Handler Handler = new Router(ScenarioRoutes.Table).HandleAsync;

    [Theory]
    [InlineData("list", "", "200", "[]null")]
    [InlineData("list", "v=1|w=a|v=-2|w=", "200", "[1, -2][a, ]")]
    [InlineData("list", "v=1|v=x", "400", "The form field 'v' is not a whole number")]
    [InlineData("spans", "v=a b|w=c", "200", "a b|c")]
    [InlineData("spans", "v=", "200", "|")]
    [InlineData("spans", "w=c", "400", "The form field 'v' is missing; it is a text.")]
    [InlineData("record", "title=t|tag=1|tag=2|day=friday|stars=5", "200", "t Friday [1, 2] 5 1")]
    [InlineData("record", "title=t", "200", "t Monday [] null 1")]
    [InlineData("record?page=3", "title=t|title=u", "200", "t Monday [] null 3")]
    [InlineData("record", "day=friday", "400", "The form field 'title' is missing; it is a text.")]
    [InlineData("record", "title=t|stars=x", "400", "The form field 'stars' is not a whole number")]
    public async Task Fields_of_either_encoding_are_bound(string path, string fields, string status, string text)
    {
        string[] parts = fields.Split('|', StringSplitOptions.RemoveEmptyEntries);
        foreach (string request in new[]
        {
            FormAnswer.Post(Encoded, string.Join('&', parts).Replace(' ', '+')), FormAnswer.Multipart(parts),
        })
        {
            await AssertAnswerAsync(path, request, status, text);
        }
    }

    [Theory]
    [InlineData("file", "title=t|doc:n.txt=x", "200", "t 7 [doc:n.txt kept 1 x]")]
    [InlineData("file", "title=t|count=8|doc:n.txt=x", "200", "t 8 [doc:n.txt streamed x]")]
    [InlineData("file", "doc:n.txt=x|count=8|title=t", "200", "t 8 [doc:n.txt kept 1 x]")]
    [InlineData("file", "title=t|doc:n=x|count=9|doc:m=y", "200", "t 9 [doc:n kept 1 x]")]
    [InlineData("file", "title=t", "400", "The file 'doc' is missing.")]
    [InlineData("file", "title=t|doc:=", "400", "The file 'doc' is missing.")]
    [InlineData("file", "doc:n=x|count=y", "400", "The form field 'count' is not a whole number")]
    [InlineData("maybe-file", "doc:n=x|title=t", "200", "t [doc:n kept 1 x]")]
    [InlineData("maybe-file", "title=t|doc:n=x", "200", "t [doc:n streamed x]")]
    [InlineData("maybe-file", "title=t", "200", "t null")]
    [InlineData("maybe-file", "", "200", "null null")]
    [InlineData("two-files", "a:1=x|b:2=yy", "200", "[a:1 kept 1 x] [b:2 streamed yy]")]
    [InlineData("two-files", "b:2=yy|a:1=x", "200", "[a:1 streamed x] [b:2 kept 2 yy]")]
    [InlineData("two-files", "b:2=yy", "400", "The file 'a' is missing.")]
    [InlineData("two-files", "", "400", "The file 'b' is missing.")]
    [InlineData("files", "doc:1=x|title=t|doc:2=y", "200", "t [doc:1 kept 1 x] [doc:2 kept 1 y]")]
    [InlineData("files", "title=t", "200", "t")]
    public Task Files_come_in_any_order_with_the_fields(string path, string parts, string status, string text) =>
        AssertAnswerAsync(
            path,
            FormAnswer.Multipart(parts.Split('|', StringSplitOptions.RemoveEmptyEntries)),
            status,
            text);

    [Theory]
    [InlineData("text/plain", "title=t", "415", "urn:waymark:problem:unsupported-media-type")]
    [InlineData("application/json", "{}", "415", "application/x-www-form-urlencoded or multipart/form-data.")]
    [InlineData("multipart/mixed; boundary=b", "--b--", "415", "urn:waymark:problem:unsupported-media-type")]
    [InlineData("multipart/form-data", "--b--", "400", "urn:waymark:problem:malformed-multipart")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\n", "400", "urn:waymark:problem:malformed-multipart")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nA: b\r\n\r\n\r\n--b--", "400", "malformed-multipart")]
    [InlineData("multipart/form-data; boundary=b", "--b--", "400", Invalid)]
    [InlineData(Encoded, "title=%FF", "400", "urn:waymark:problem:malformed-form")]
    [InlineData(Encoded, "", "400", Invalid)]
    [InlineData(Encoded + "; charset=utf-8", "title=t&doc=x", "400", "The file 'doc' is missing.")]
    public Task What_is_no_form_is_refused(string type, string body, string status, string text) =>
        AssertAnswerAsync("file", FormAnswer.Post(type, body), status, text);

    [Fact]
    public async Task A_form_without_a_body_lacks_its_fields()
    {
        foreach (string length in new[] { "", "Content-Length: 0\r\n" })
        {
            string request = $"POST / HTTP/1.1\r\nHost: x\r\n{length}\r\n";
            string answer = await AssertAnswerAsync("file", request, "400", Invalid);
            Assert.Contains("{\"detail\":\"The file 'doc' is missing.\",\"in\":\"form\",\"name\":\"doc\"}", answer);
            Assert.Contains("\"The form field 'title' is missing; it is a text.\",\"in\":\"form\"", answer);
        }
    }

    [Fact]
    public async Task Too_many_fields_are_a_malformed_form()
    {
        var limits = new ServerLimits { FormKeysMax = 2 };
        WireAnswer answer = await Engine.PlayAsync(
            At("list", FormAnswer.Post(Encoded, "v=1&v=2&v=3")), limits, Handler);
        Assert.Equal("400", answer.Statuses);
        Assert.Contains("\"urn:waymark:problem:malformed-form\"", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("title=abc&mail=a@b", "200", "1 AB abc a@b")]
    [InlineData("title=abcd", "400", "The form field 'title' must have at most 3 characters.")]
    [InlineData("title=abc&mail=a", "400", "The form field 'mail' must be an e-mail address.")]
    public Task Fields_have_rules(string body, string status, string text) => AssertAnswerAsync(
        "rules?page=1",
        FormAnswer.Post(Encoded, body).Replace("Host: x", "Host: x\r\nX-Code: AB", StringComparison.Ordinal),
        status,
        text);

    [Fact]
    public async Task Rules_of_query_header_and_form_are_told_at_once()
    {
        string request = FormAnswer.Post(Encoded, "title=abcd&mail=a")
            .Replace("Host: x", "Host: x\r\nX-Code: A", StringComparison.Ordinal);
        string answer = await AssertAnswerAsync("rules?page=0", request, "400", Invalid);
        foreach (string error in new[]
        {
            "{\"detail\":\"The query parameter 'page' must be from 1 to 9.\",\"in\":\"query\",\"name\":\"page\"}",
            "{\"detail\":\"The header field 'X-Code' must have from 2 to 4 characters.\",\"in\":\"header\",",
            "{\"detail\":\"The form field 'title' must have at most 3 characters.\",\"in\":\"form\",\"name\":",
            "{\"detail\":\"The form field 'mail' must be an e-mail address.\",\"in\":\"form\",\"name\":\"mail\"}",
        })
        {
            Assert.Contains(error, answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(200, "400")]
    [InlineData(201, "413")]
    public async Task A_form_is_bound_by_the_limit_of_its_route(int length, string status)
    {
        string body = "title=" + new string('x', length - 6);
        WireAnswer answer = await Engine.PlayAsync(At("rules", FormAnswer.Post(Encoded, body)), handler: Handler);
        Assert.Equal(status, answer.Statuses);
    }

    private static string At(string path, string request) =>
        request.Replace("POST / ", $"POST /forms/{path} ", StringComparison.Ordinal);

    /// <summary>Plays the form and a request behind it: whatever becomes of the form, the connection goes on.</summary>
    private static async Task<string> AssertAnswerAsync(string path, string request, string status, string text)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            At(path, request) + "GET /a HTTP/1.1\r\nHost: x\r\n\r\n", handler: Handler);
        Assert.True(answer.Statuses == $"{status} 200", answer.Text);
        if (status == "200")
            Assert.Contains($"\r\n\r\n{text}HTTP/1.1 200", answer.Text, StringComparison.Ordinal);
        else
            Assert.Contains(text, answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\na", answer.Text, StringComparison.Ordinal);
        return answer.Text;
    }
}

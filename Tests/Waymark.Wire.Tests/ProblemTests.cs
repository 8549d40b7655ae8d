using System.Text.Json;
using Waymark.CompilerServices;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>Problem documents as they stand on the wire: RFC 9457.</summary>
public sealed class ProblemTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    [Fact]
    public async Task One_error_of_a_parameter_is_the_detail_and_stands_in_the_list()
    {
        Assert.Equal(
            """{"type":"urn:waymark:problem:invalid-parameters","title":"Invalid Parameters","status":400,"detail":"The query parameter 'page' is not a number: '\"'.","errors":[{"detail":"The query parameter 'page' is not a number: '\"'.","in":"query","name":"page"}]}""",
            await RejectAsync((ref BindErrors errors) =>
                errors.Add("query", "page", "The query parameter 'page' is not a number: '\"'.")));
    }

    [Fact]
    public async Task One_error_of_the_body_names_its_place_in_the_detail()
    {
        Assert.Equal(
            """{"type":"urn:waymark:problem:validation","title":"Validation Failed","status":400,"detail":"'/name' of the body is not valid: It must not be empty.","errors":[{"detail":"It must not be empty.","pointer":"#/name"}]}""",
            await RejectAsync((ref BindErrors errors) => errors.AddBody("/name", "It must not be empty.")));
        Assert.Contains(
            "\"detail\":\"The body is not valid: It is wrong.\"",
            await RejectAsync((ref BindErrors errors) => errors.AddBody("", "It is wrong.")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_error_of_a_parameter_makes_them_all_invalid_parameters()
    {
        Assert.Equal(
            """{"type":"urn:waymark:problem:invalid-parameters","title":"Invalid Parameters","status":400,"detail":"3 values of the request are wrong. The first: The body is not valid: One.","errors":[{"detail":"One.","pointer":"#"},{"detail":"Two.","in":"header","name":"X-A"},{"detail":"Three.","pointer":"#/b"}]}""",
            await RejectAsync((ref BindErrors errors) =>
            {
                errors.AddBody("", "One.");
                errors.Add("header", "X-A", "Two.");
                errors.AddBody("/b", "Three.");
            }));
    }

    [Theory]
    [InlineData(99, 99, null)]
    [InlineData(100, 100, null)]
    [InlineData(101, 101, "1 more is not listed.")]
    [InlineData(5000, 101, "4900 more are not listed.")]
    public async Task At_most_100_errors_are_listed(int count, int listed, string? note)
    {
        using JsonDocument document = JsonDocument.Parse(await RejectAsync((ref BindErrors errors) =>
        {
            for (int index = 0; index < count; index++)
                errors.AddBody($"/{index}", "Wrong.");
        }));
        JsonElement[] errors = [.. document.RootElement.GetProperty("errors").EnumerateArray()];
        Assert.Equal(listed, errors.Length);
        Assert.Equal("#/99", errors.Length > 99 ? errors[99].GetProperty("pointer").GetString() : "#/99");
        Assert.Equal(note is null, errors[^1].TryGetProperty("pointer", out _));
        Assert.Equal(note ?? "Wrong.", errors[^1].GetProperty("detail").GetString());
        Assert.StartsWith(
            $"{count} values ", document.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_errors_are_empty_and_one_is_not()
    {
        BindErrors errors = default;
        Assert.True(errors.IsEmpty);
        errors.AddBody("", "x");
        Assert.False(errors.IsEmpty);
        long before = GC.GetAllocatedBytesForCurrentThread();
        BindErrors none = default;
        bool isEmpty = none.IsEmpty;
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(isEmpty);
    }

    [Fact]
    public async Task A_refusal_without_an_error_is_a_mistake_of_the_caller()
    {
        Assert.Contains("internal-error", await RejectAsync((ref BindErrors _) => { }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "#")]
    [InlineData("/a/0/~0~1", "#/a/0/~0~1")]
    [InlineData("name", "#/name")]
    [InlineData("/a b", "#/a%20b")]
    [InlineData("/50%\"\\", "#/50%25%22%5C")]
    [InlineData("/#[]^|`{}<>", "#/%23%5B%5D%5E%7C%60%7B%7D%3C%3E")]
    [InlineData("/é\ud83d\ude00", "#/%C3%A9%F0%9F%98%80")]
    [InlineData("/-._!$&'()*+,;=:@?", "#/-._!$&'()*+,;=:@?")]
    public async Task A_pointer_is_written_as_the_fragment_of_a_URI(string place, string expected)
    {
        string body = await RejectAsync((ref BindErrors errors) => errors.AddBody(place, "x"));
        Assert.Contains($"\"pointer\":\"{expected}\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_of_the_program_has_all_of_its_members_in_order()
    {
        var problem = new ProblemDetails
        {
            Type = "https://example.com/credit",
            Title = "Out \"of\" Crédit",
            Status = 402,
            Detail = "30 left.",
            Instance = "/accounts/7",
            Errors = [new ValidationError("/a b", "Wrong."), new ValidationError("", "Bad.")],
            Extensions = { { "balance", 30 }, { "a\"b", "c" } },
        };
        WireAnswer answer = await PlayAsync(exchange => exchange.Response.WriteProblem(problem));
        const string Body = """{"type":"https://example.com/credit","title":"Out \"of\" Cr__dit","status":402,"detail":"30 left.","instance":"/accounts/7","errors":[{"detail":"Wrong.","pointer":"#/a%20b"},{"detail":"Bad.","pointer":"#"}],"balance":30,"a\"b":"c"}""";
        Assert.Equal(
            "HTTP/1.1 402 Payment Required\r\nDate: *\r\nContent-Type: application/problem+json\r\n"
            + $"Content-Length: {Body.Length}\r\n\r\n{Body.Replace("__", "\u00c3\u00a9", StringComparison.Ordinal)}",
            answer.Text);
    }

    [Theory]
    [InlineData(404, """{"type":"urn:waymark:problem:not-found","title":"Not Found","status":404}""")]
    [InlineData(402, """{"type":"about:blank","title":"Payment Required","status":402}""")]
    [InlineData(499, """{"type":"about:blank","status":499}""")]
    public async Task A_document_without_type_and_title_gets_those_of_its_status(int status, string expected)
    {
        var problem = new ProblemDetails { Status = status };
        WireAnswer answer = await PlayAsync(exchange => exchange.Response.WriteProblem(problem));
        Assert.EndsWith("\r\n\r\n" + expected, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_detail_with_half_of_a_surrogate_pair_is_written_all_the_same()
    {
        var problem = new ProblemDetails
        {
            Detail = "a\ud800b",
            Title = "c\ud800",
            Errors = [new ValidationError("/\ud83d", "x")],
        };
        WireAnswer answer = await PlayAsync(exchange => exchange.Response.WriteProblem(problem));
        Assert.Contains("\"detail\":\"a\u00ef\u00bf\u00bdb\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("\"title\":\"c\u00ef\u00bf\u00bd\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("\"pointer\":\"#/%EF%BF%BD\"", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST /json HTTP/1.1\r\nHost: x\r\n\r\n", "length-required")]
    [InlineData("POST /json HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", "missing-body")]
    [InlineData("POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\nnull", "missing-body")]
    [InlineData("POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{", "malformed-json")]
    [InlineData("POST /json HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n{", "unsupported-media-type")]
    [InlineData("POST /len HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "malformed-request")]
    [InlineData("POST /len HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", "content-too-large")]
    [InlineData("GET / HTTP/2.0\r\nHost: x\r\n\r\n", "version-not-supported")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nExpect: x\r\n\r\n", "expectation-failed")]
    [InlineData("PATCH / HTTP/1.1\r\nHost: x\r\n\r\n", "method-not-allowed")]
    [InlineData("BREW / HTTP/1.1\r\nHost: x\r\n\r\n", "not-implemented")]
    [InlineData("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n", "not-found")]
    [InlineData("GET /query?n=x HTTP/1.1\r\nHost: x\r\n\r\n", "invalid-parameters")]
    public async Task An_answer_of_the_library_says_its_kind(string request, string slug)
    {
        WireAnswer answer = await Engine.PlayAsync(request);
        Assert.Contains($"{{\"type\":\"urn:waymark:problem:{slug}\",", answer.Text, StringComparison.Ordinal);
    }

    private delegate void Fill(ref BindErrors errors);

    /// <summary>The body of the refusal.</summary>
    private static async Task<string> RejectAsync(Fill fill)
    {
        WireAnswer answer = await Engine.PlayAsync(Get, handler: exchange =>
        {
            BindErrors errors = default;
            fill(ref errors);
            return Bind.Reject(exchange, in errors);
        });
        return answer.Text[(answer.Text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
    }

    private static Task<WireAnswer> PlayAsync(Action<Exchange> handler) => Engine.PlayAsync(
        Get,
        handler: exchange =>
        {
            handler(exchange);
            return ValueTask.CompletedTask;
        });
}

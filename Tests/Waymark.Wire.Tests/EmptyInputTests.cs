using Waymark.Routing;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>Inputs of a page that were left empty, and bodies that are wrong beside parameters that are.</summary>
public sealed class EmptyInputTests
{
    private const string Invalid = "urn:waymark:problem:invalid-parameters";

    private static readonly Handler Handler = new Router(ScenarioRoutes.Table).HandleAsync;

    [Theory]
    [InlineData("", "null null null True 7 [t]")]
    [InlineData("number=&color=&date=&flag=&seven=&text=", "null null null True 7 []")]
    [InlineData("number&color&date&flag&seven&text", "null null null True 7 []")]
    [InlineData("number=1&color=red&date=2026-01-31&flag=false&seven=8&text=x", "1 Red 2026-01-31 False 8 [x]")]
    public async Task An_empty_input_is_none_where_it_may_be_missing(string fields, string shown)
    {
        WireAnswer query = await Engine.PlayAsync(
            $"GET /refusals/empty?{fields} HTTP/1.1\r\nHost: x\r\n\r\n", handler: Handler);
        Assert.EndsWith("\r\n\r\n" + shown, query.Text, StringComparison.Ordinal);
        foreach (string request in new[]
        {
            FormAnswer.Post("application/x-www-form-urlencoded", fields),
            FormAnswer.Multipart([.. fields.Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(field => field.Contains('=', StringComparison.Ordinal) ? field : field + "=")]),
        })
        {
            WireAnswer form = await Engine.PlayAtEverySplitAsync(At("empty", request), handler: Handler);
            Assert.EndsWith($"\r\n\r\n{shown} null", form.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("list=&list=", "null")]
    [InlineData("list=&list=2&list=", "[2]")]
    public async Task Empty_inputs_of_a_list_are_no_items(string fields, string shown)
    {
        WireAnswer answer = await Engine.PlayAsync(
            At("empty", FormAnswer.Post("application/x-www-form-urlencoded", fields)), handler: Handler);
        Assert.EndsWith(" " + shown, answer.Text, StringComparison.Ordinal);
    }

    // The blank is a value.
    [Theory]
    [InlineData("number=+", "'number' is not a whole number from -2147483648 to 2147483647: ' '.")]
    [InlineData("flag=%20", "'flag' is not true or false: ' '.")]
    public async Task A_blank_is_not_empty(string fields, string part)
    {
        WireAnswer answer = await Engine.PlayAsync(
            $"GET /refusals/empty?{fields} HTTP/1.1\r\nHost: x\r\n\r\n", handler: Handler);
        Assert.Contains(part, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "The body is not the JSON that is expected: the mistake is in line 1, byte 2.")]
    [InlineData("", "The body is empty, and JSON is required.")]
    [InlineData("null", "The body is null, and a value is required.")]
    public async Task A_body_that_is_wrong_does_not_hide_parameters_that_are(string body, string detail)
    {
        const string Parameters = "{\"detail\":\"The path parameter 'id' is not a whole number from -2147483648 to "
            + "2147483647: 'x'.\",\"in\":\"path\",\"name\":\"id\"},{\"detail\":\"The query parameter 'page' must be from "
            + "1 to 9.\",\"in\":\"query\",\"name\":\"page\"}";
        string text = await PostAsync("several/x?page=0", "application/json", body, "400");
        Assert.Contains($"\"type\":\"{Invalid}\"", text, StringComparison.Ordinal);
        Assert.Contains("\"detail\":\"3 values of the request are wrong. The first: The path", text);
        Assert.Contains(
            $"\"errors\":[{Parameters},{{\"detail\":\"{detail}\",\"pointer\":\"#\"}}]", text, StringComparison.Ordinal);

        string alone = await PostAsync("several/1?page=1", "application/json", body, "400");
        Assert.DoesNotContain(Invalid, alone, StringComparison.Ordinal);
        Assert.Contains($"\"detail\":\"{detail}\"}}", alone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_at_all_is_answered_alone()
    {
        string unsupported = await PostAsync("several/x", "text/plain", "{}", "415");
        Assert.DoesNotContain("errors", unsupported, StringComparison.Ordinal);
        string large = await PostAsync("several/x", "application/json", "{}".PadLeft(101), "413");
        Assert.DoesNotContain("errors", large, StringComparison.Ordinal);
        WireAnswer required = await Engine.PlayAsync(
            "POST /refusals/several/x HTTP/1.1\r\nHost: x\r\n\r\n", handler: Handler);
        Assert.Equal("411", required.Statuses);
        Assert.DoesNotContain("errors", required.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"text\":\"a\",\"\u00ff\":1}", "in line 1, byte 14, where the text is not UTF-8.")]
    [InlineData("{\"Text\":\"a\",\n\"u\":{\"\u00c3\":[]}}", "in line 2, byte 7, where the text is not UTF-8.")]
    [InlineData("{\"Text\":\"a\",\"u\":\"\u00ed\u00a0\u0080\"}", "in line 1, byte 18, where the text is not UTF-8.")]
    [InlineData("{\"Text\":\"\u00ff\"}", "in line 1, byte 10, where the text is not UTF-8.")]
    [InlineData("\u00ef\u00bb\u00bf\u00ff", "in line 1, byte 4, where the text is not UTF-8.")]
    public async Task JSON_is_UTF_8_where_nobody_reads_it_too(string body, string place)
    {
        string text = await PostAsync("lone", "application/json", body, "400");
        Assert.Contains("urn:waymark:problem:malformed-json", text, StringComparison.Ordinal);
        Assert.Contains(place, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_members_of_a_name_the_last_one_counts() => Assert.EndsWith(
        "\r\n\r\nb",
        await PostAsync("lone", "application/json", "{\"Text\":\"a\",\"u\":1,\"u\":2,\"Text\":\"b\"}", "200"),
        StringComparison.Ordinal);

    [Fact]
    public async Task Text_that_is_not_in_its_charset_is_a_kind_of_its_own_and_the_connection_goes_on()
    {
        string request = FormAnswer.Post("text/plain", "\u00ff");
        WireAnswer answer = await Engine.PlayAsync(
            request.Replace("POST /", "POST /bodies/text", StringComparison.Ordinal)
                + "GET /a HTTP/1.1\r\nHost: x\r\n\r\n",
            handler: Handler);
        Assert.Equal("400 200", answer.Statuses);
        Assert.Contains("\"urn:waymark:problem:malformed-text\"", answer.Text, StringComparison.Ordinal);
    }

    private static string At(string path, string request) =>
        request.Replace("POST / ", $"POST /refusals/{path} ", StringComparison.Ordinal);

    private static async Task<string> PostAsync(string path, string type, string body, string status)
    {
        WireAnswer answer = await Engine.PlayAsync(At(path, FormAnswer.Post(type, body)), handler: Handler);
        Assert.True(answer.Statuses == status, answer.Text);
        return answer.Text;
    }
}

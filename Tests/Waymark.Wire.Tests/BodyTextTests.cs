using System.Text;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>The body as text in the charset that it says: RFC 9110 section 8.3.2.</summary>
public sealed class BodyTextTests
{
    private const string NotText = "The body is not text in its charset.";
    private const string Known = "utf-8, us-ascii, iso-8859-1";

    [Theory]
    [InlineData("", "\u00c3\u00bc", "200", "\u00fc")]
    [InlineData("Content-Type: text/plain\r\n", "\u00c3\u00bc", "200", "\u00fc")]
    [InlineData("Content-Type: text/plain; charset=UTF-8\r\n", "\u00ef\u00bb\u00bfa", "200", "a")]
    [InlineData("Content-Type: text/plain; charset=\"utf-8\"\r\n", "\u00c3\u00bc", "200", "\u00fc")]
    [InlineData("Content-Type: text/plain; charset=ISO-8859-1\r\n", "\u00fc", "200", "\u00fc")]
    [InlineData("Content-Type: text/plain; charset=us-ascii\r\n", "a", "200", "a")]
    [InlineData("Content-Type: text/plain; charset=us-ascii\r\n", "\u00fc", "400", NotText)]
    [InlineData("Content-Type: text/plain\r\n", "\u00fc", "400", NotText)]
    [InlineData("Content-Type: text/plain; charset=utf-8\r\n", "\u00ed\u00a0\u0080", "400", NotText)]
    [InlineData("Content-Type: text/plain; charset=utf-16\r\n", "a", "415", Known)]
    [InlineData("Content-Type: text/plain; charset=\r\n", "a", "415", Known)]
    [InlineData("Content-Type: text/plain; charset=utf-8; charset=utf-16\r\n", "a", "415", Known)]
    public async Task Text_is_decoded_strictly_and_the_connection_goes_on(
        string field, string body, string status, string expected)
    {
        Handler handler = static async exchange =>
            exchange.Response.Write(await exchange.Request.Body.ReadStringAsync());
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"POST / HTTP/1.1\r\nHost: x\r\n{field}Content-Length: {body.Length}\r\n\r\n{body}"
            + "GET / HTTP/1.1\r\nHost: x\r\n\r\n", handler: handler);
        Assert.Equal($"{status} 200", answer.Statuses);
        Assert.Contains(expected, Encoding.UTF8.GetString(Engine.Bytes(answer.Text)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "200")]
    [InlineData(5, "200")]
    [InlineData(6, "413")]
    public async Task Text_has_a_limit(int length, string status)
    {
        Handler handler = static async exchange => await exchange.Request.Body.ReadStringAsync(5);
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{new string('a', length)}",
            handler: handler);
        Assert.Equal(status, answer.Statuses);
    }

    [Theory]
    [InlineData("text/plain", "415", "x-www-form-urlencoded.")]
    [InlineData("application/x-www-form-urlencoded", "200", "a=1")]
    public async Task A_handler_reads_a_form_by_itself(string type, string status, string expected)
    {
        Handler handler = static async exchange =>
        {
            var form = await exchange.Request.Body.ReadFormAsync();
            Assert.Same(form, await exchange.Request.Body.ReadFormAsync());
            exchange.Response.Write($"a={form["a"]}");
        };
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(FormAnswer.Post(type, "a=1"), handler: handler);
        Assert.Equal(status, answer.Statuses);
        Assert.Contains(expected, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/mixed; boundary=b", "415")]
    [InlineData("multipart/form-data; boundary=\"b!\"", "400")]
    [InlineData("multipart/form-data; boundary=b", "200")]
    public async Task A_handler_reads_parts_by_itself(string type, string status)
    {
        Handler handler = static async exchange =>
        {
            MultipartReader reader = exchange.Request.Body.OpenMultipart();
            Assert.Same(reader, exchange.Request.Body.OpenMultipart());
            while (await reader.ReadNextAsync() is { } part)
                exchange.Response.Write(part.Name);
        };
        string body = "--b\r\nContent-Disposition: form-data; name=part\r\n\r\nx\r\n--b--";
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(FormAnswer.Post(type, body), handler: handler);
        Assert.Equal(status, answer.Statuses);
        Assert.Equal(status == "200", answer.Text.EndsWith("\r\n\r\npart", StringComparison.Ordinal));
    }
}

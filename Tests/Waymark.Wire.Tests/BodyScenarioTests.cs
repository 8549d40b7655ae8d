using Waymark.Routing;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>The scenarios A07, A08 and H17: JSON bodies, their lengths and their mistakes.</summary>
public sealed class BodyScenarioTests
{
    private const string Start = "POST /bodies/json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    private const string Next = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

    private static readonly Handler Handler = new Router(ScenarioRoutes.Table).HandleAsync;

    [Fact]
    public async Task A07_A_POST_without_length_gets_411_and_the_connection_stays_usable()
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync($"{Start}\r\n{Next}", handler: Handler);
        Assert.Equal("411 200", answer.Statuses);
        Assert.False(answer.SaysClose);
        Assert.Contains("\"urn:waymark:problem:length-required\"", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\na", answer.Text, StringComparison.Ordinal);
    }

    // One octet less would cut the closing brace, one more would take the G of the next request.
    [Fact]
    public async Task A08_A_handler_sees_exactly_the_declared_octets_and_the_next_request_stands_behind()
    {
        const string Body = "{\"name\":\"n\",\"lines\":[{\"count\":7}]}";
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"{Start}Content-Length: {Body.Length}\r\n\r\n{Body}{Next}", handler: Handler);
        Assert.Equal("200 200", answer.Statuses);
        Assert.Contains("\r\n\r\nn:7HTTP/1.1 200", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\na", answer.Text, StringComparison.Ordinal);

        WireAnswer text = await Engine.PlayAtEverySplitAsync(
            $"POST /bodies/text HTTP/1.1\r\nHost: x\r\nContent-Length: {Body.Length}\r\n\r\n{Body}{Next}",
            handler: Handler);
        Assert.Contains($"\r\n\r\n[{Body}]HTTP/1.1 200", text.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("{")]
    [InlineData(" ")]
    [InlineData("\0")]
    [InlineData("{'name':1}")]
    [InlineData("{\"name\":\"n\",}")]
    [InlineData("{\"name\":[]}")]
    [InlineData("{\"name\":\"\u00ff\"}")]
    [InlineData("{\"name\":\"\\ud800\"}")]
    [InlineData("{\"lines\":[{\"count\":99999999999}]}")]
    [InlineData("{\"lines\":{}}")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("\"\u00ed\u00a0\u0080\"")]
    public async Task H17_Bad_JSON_gets_400_and_the_connection_goes_on(string body)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"{Start}Content-Length: {body.Length}\r\n\r\n{body}{Next}", handler: Handler);
        Assert.Equal("400 200", answer.Statuses);
        Assert.Contains("\"urn:waymark:problem:malformed-json\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains(" in line 1, byte ", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task H17_JSON_that_is_nested_too_deep_gets_400()
    {
        string body = new('[', 10_000);
        WireAnswer answer = await Engine.PlayAsync(
            $"{Start}Content-Length: {body.Length}\r\n\r\n{body}{Next}", handler: Handler);
        Assert.Equal("400 200", answer.Statuses);
    }
}

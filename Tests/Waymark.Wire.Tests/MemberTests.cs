using Waymark.Routing;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>What <c>[property: …]</c> says of a gathered record, and JSON without its discriminator.</summary>
public sealed class MemberTests
{
    private static readonly Handler Handler = new Router(ScenarioRoutes.Table).HandleAsync;

    [Theory]
    [InlineData("/members?page=2&tag=a&tag=b", " 200 ", "\r\n\r\n2 t a,b")]
    [InlineData("/members?page=0", " 400 ", "The query parameter 'page' must be from 1 to 9.")]
    public async Task An_attribute_of_the_property_counts(string path, string status, string part)
    {
        WireAnswer answer = await Engine.PlayAsync(
            $"GET {path} HTTP/1.1\r\nX-Token: t\r\nHost: x\r\n\r\n", handler: Handler);
        Assert.Contains(status, answer.Text, StringComparison.Ordinal);
        Assert.Contains(part, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"Pets\":[{\"kind\":\"dog\",\"Name\":\"a\"}]}", " 200 ")]
    [InlineData("{\"Pets\":[{}]}", " 400 ")]
    [InlineData("{\"Pets\":[{\"Name\":\"a\",\"kind\":\"dog\"}]}", " 400 ")]
    public async Task A_missing_discriminator_is_the_clients_mistake(string body, string status)
    {
        WireAnswer answer = await Engine.PlayAsync(
            $"POST /pets HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"
                + body,
            handler: Handler);
        Assert.Contains(status, answer.Text, StringComparison.Ordinal);
    }
}

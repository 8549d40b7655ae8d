using System.Text.Json.Nodes;
using Waymark.Generator.Tests.Emit;

namespace Waymark.Generator.Tests.OpenApi;

/// <summary>What handlers return as responses.</summary>
public sealed class ResultTests
{
    private const string User = """{"$ref":"#/components/schemas/User"}""";
    private const string Text = """{"type":"string"}""";
    private const string Binary = """{"type":"string","contentMediaType":"application/octet-stream"}""";

    [Theory]
    [InlineData("void", "204")]
    [InlineData("Task", "204")]
    [InlineData("string", "200 text/plain " + Text)]
    [InlineData("string?", "200 text/plain " + Text, "404 problem")]
    [InlineData("byte[]", "200 application/octet-stream " + Binary)]
    [InlineData("ReadOnlyMemory<byte>", "200 application/octet-stream " + Binary)]
    [InlineData("System.IO.Stream", "200 application/octet-stream " + Binary)]
    [InlineData("Shop.User", "200 application/json " + User)]
    [InlineData("ValueTask<Shop.User?>", "200 application/json " + User, "404 problem")]
    [InlineData("IAsyncEnumerable<Shop.User>", "200 application/json {\"type\":\"array\",\"items\":" + User + "}")]
    [InlineData("IAsyncEnumerable<SseItem<Shop.User>>", "200 text/event-stream " + User)]
    [InlineData("IAsyncEnumerable<SseItem<string>>", "200 text/event-stream " + Text)]
    [InlineData("Created<Shop.User>", "201 application/json " + User)]
    [InlineData("Results<Ok<Shop.User>, NotFound, Conflict<Shop.User>>",
        "200 application/json " + User, "404 problem", "409 application/json " + User)]
    [InlineData("Task<Results<Shop.User, NoContent, BadRequest>?>",
        "200 application/json " + User, "204", "400 problem", "404 problem")]
    [InlineData("Results<Redirect, TextResult>", "200 text/plain " + Text, "3XX")]
    [InlineData("ProblemResult", "4XX problem", "5XX problem")]
    [InlineData("StatusResult", "default")]
    [InlineData("FileResult", "200 */* ", "206 */* ", "304", "404 problem", "412 problem", "416 problem")]
    public void A_result_has_its_responses(string type, params string[] expected) =>
        Assert.Equal(expected, ResponsesOf($"internal static {type} Get() => throw new Exception();"));

    [Theory]
    [InlineData("[Produces(\"text/html\")]", "string", "200 text/html " + Text)]
    [InlineData("[Produces(\"text/html\", \"text/plain\")]", "string",
        "200 text/html " + Text, "200 text/plain " + Text, "406 problem")]
    [InlineData("[Produces(\"application/json\", \"application/x-ndjson\")]", "IAsyncEnumerable<Shop.User>",
        "200 application/json {\"type\":\"array\",\"items\":" + User + "}", "200 application/x-ndjson " + User,
        "406 problem")]
    [InlineData("[Produces(\"image/png\")]", "FileResult",
        "200 image/png ", "206 image/png ", "304", "404 problem", "412 problem", "416 problem")]
    public void Media_types_are_those_that_are_produced(string produces, string type, params string[] expected) =>
        Assert.Equal(expected, ResponsesOf($"{produces} internal static {type} Get() => throw new Exception();"));

    [Fact]
    public void What_a_comment_says_of_ranges_and_of_the_rest_is_shown()
    {
        JsonObject document = Documents.Of(
            """
            static class Home
            {
                /// <response code="4XX">Refused.</response>
                /// <response code="5xx">No key of OpenAPI.</response>
                /// <response code="default">Failed.</response>
                [Get("/")] internal static string Get() => "";
            }
            """);
        Assert.Equal("", string.Join('\n', DocumentRules.Mistakes(document)));
        JsonObject responses = document["paths"]!["/"]!["get"]!["responses"]!.AsObject();
        Assert.Equal(["200", "4XX", "default"], responses.Select(pair => pair.Key));
        Assert.Equal("Refused.", (string?)responses["4XX"]!["description"]);
        Assert.Equal("Failed.", (string?)responses["default"]!["description"]);
    }

    private static IEnumerable<string> ResponsesOf(string handler)
    {
        JsonObject document = Documents.Of(
            EmittedCodeTests.JsonContext, $"static class Home {{ [Get(\"/\")] {handler} }}");
        Assert.Equal("", string.Join('\n', DocumentRules.Mistakes(document)));
        foreach ((string status, JsonNode? response) in document["paths"]!["/"]!["get"]!["responses"]!.AsObject())
        {
            if (response!["$ref"] is not null)
            {
                Assert.Equal("#/components/responses/Problem", (string?)response["$ref"]);
                yield return status + " problem";
                continue;
            }

            JsonObject contents = response["content"]?.AsObject() ?? [];
            if (contents.Count == 0)
                yield return status;
            foreach ((string mediaType, JsonNode? content) in contents)
                yield return $"{status} {mediaType} {content!["schema"]?.ToJsonString()}";
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Waymark.CompilerServices;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>A JSON body without a <c>required</c> member is told which one, by its pointer.</summary>
public sealed class MissingMemberTests
{
    [Theory]
    [InlineData("{}", "#/Name #/Home")]
    [InlineData("""{"Name":"a"}""", "#/Home")]
    [InlineData("""{"Name":"a","Home":{"City":"x"}}""", "#/Home/Code")]
    [InlineData("""{"Home":{"Code":1},"Extra":{"Name":[1,{}]}}""", "#/Home/City #/Name")]
    [InlineData("""{"Name":"a","Home":{"City":"x","Code":1},"Stops":[{"City":"x","Code":1},{"City":"y"}]}""", "#/Stops/1/Code")]
    [InlineData("""{"Name":"a","Home":{"City":"x","Code":1},"ByKey":{"a/b":{"Code":2}}}""", "#/ByKey/a~1b/City")]
    [InlineData("""{"Name":7,"Home":null}""", null)]
    [InlineData("""{"Name":"a",""", null)]
    [InlineData("""{"name":"a","Home":{"City":"x","Code":1}}""", "#/Name")]
    public async Task What_is_missing_is_named(string body, string? pointers)
    {
        WireAnswer answer = await PlayAsync(body, MissingJson.Default.Parcel);
        Assert.Equal("400", answer.Statuses);
        Assert.False(answer.SaysClose);
        int end = answer.Text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        using JsonDocument problem = JsonDocument.Parse(answer.Text[(end + 4)..]);
        string type = problem.RootElement.GetProperty("type").GetString()!;
        if (pointers is null)
        {
            Assert.Equal("urn:waymark:problem:malformed-json", type);
            return;
        }

        Assert.Equal("urn:waymark:problem:validation", type);
        JsonElement[] errors = [.. problem.RootElement.GetProperty("errors").EnumerateArray()];
        Assert.Equal(pointers, string.Join(' ', errors.Select(error => error.GetProperty("pointer").GetString())));
        Assert.All(errors, error => Assert.Equal("must not be missing", error.GetProperty("detail").GetString()));
        Assert.DoesNotContain(nameof(Parcel), answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_compared_as_the_options_say()
    {
        WireAnswer answer = await PlayAsync(
            """{"NAME":"a","home":{"city":"x"}}""", WebJson.Default.Parcel);
        Assert.Contains("\"pointer\":\"#/home/code\"", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("#/name", answer.Text, StringComparison.Ordinal);
    }

    private static Task<WireAnswer> PlayAsync(string body, JsonTypeInfo<Parcel> type) => Engine.PlayAtEverySplitAsync(
        $"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}",
        handler: async exchange =>
        {
            BodyValue<Parcel> parcel = await Bind.JsonAsync(exchange, type, isRequired: true);
            if (!parcel.HasValue)
                await Bind.Reject(exchange, default, parcel.Refusal);
        });
}

internal sealed class Parcel
{
    public required string Name { get; init; }

    public required Address Home { get; init; }

    public List<Address>? Stops { get; init; }

    public Dictionary<string, Address>? ByKey { get; init; }
}

internal sealed class Address
{
    public required string City { get; init; }

    public required int Code { get; init; }
}

[JsonSerializable(typeof(Parcel))]
internal sealed partial class MissingJson : JsonSerializerContext;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Parcel))]
internal sealed partial class WebJson : JsonSerializerContext;

using System.Text.Json;
using Waymark.Generator.OpenApi;
using Waymark.Generator.Planning.OpenApi;

namespace Waymark.Generator.Tests.OpenApi;

/// <summary>JSON that any text survives, and that can stand in a raw string literal.</summary>
public sealed class JsonTextTests
{
    public static TheoryData<string> OddTexts =>
    [
        "", "\"", "\"\"\"", "\\", "\\\"", "a\nb\r\nc\td", "\0\u0001\u001f\u007f", "\u0085\u2028\u2029", "äöü €",
        "😀", "\u202e\u2066\ufeff\u200b", "</script>", "{{x}}", "%3B;$(x)", "'\"'\"",
    ];

    [Theory]
    [MemberData(nameof(OddTexts))]
    public void A_text_comes_back_as_it_was(string text)
    {
        string quoted = JsonText.Quoted(text);
        Assert.Equal(text, JsonSerializer.Deserialize<string>(quoted));
        Assert.DoesNotContain(quoted, character => char.IsControl(character) || character is '\u2028' or '\u202e');
        Assert.DoesNotContain("\"\"\"", $"[{quoted}, {quoted}]", StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_replaced() =>
        Assert.Equal("\"a\uFFFDb\uFFFD\"", JsonText.Quoted("a\uD83Db\uDE00"));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("-1", "-1")]
    [InlineData("1_000L", "1000")]
    [InlineData("0x10", "16")]
    [InlineData("2.5D", "2.5")]
    [InlineData("-2.5F", "-2.5")]
    [InlineData("1E+20D", "1e20")]
    [InlineData("1.50M", "1.50")]
    [InlineData("\"x\\n\"", "\"x\\n\"")]
    [InlineData("@\"c:\\\"", "\"c:\\\\\"")]
    [InlineData("'c'", "\"c\"")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("(global::Shop.Color)(1)", "\"Green\"")]
    [InlineData("(global::Shop.Color)(7)", null)]
    [InlineData("global::Shop.Color.@Red", "\"Red\"")]
    [InlineData("double.NaN", null)]
    [InlineData("default", null)]
    [InlineData("M()", null)]
    public void A_default_of_the_source_is_JSON(string source, string? expected) =>
        Assert.Equal(expected, JsonLiteral.OfSource(source, number => number == "1" ? "Green" : null));
}

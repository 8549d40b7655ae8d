using Waymark.Answers;

namespace Waymark.Tests.Answers;

/// <summary>How much an Accept field likes a type: RFC 9110 section 12.5.1.</summary>
public sealed class AcceptFieldTests
{
    [Theory]
    [InlineData("", "application/json", 1000)]
    [InlineData("Accept: ", "application/json", 1000)]
    [InlineData("Accept: application/json", "application/json", 1000)]
    [InlineData("Accept: APPLICATION/Json", "application/json", 1000)]
    [InlineData("Accept: */*", "application/json", 1000)]
    [InlineData("Accept: application/*", "application/json", 1000)]
    [InlineData("Accept: text/html", "application/json", 0)]
    [InlineData("Accept: app/*", "application/json", 0)]
    [InlineData("Accept: application/jso", "application/json", 0)]
    [InlineData("Accept: */json", "application/json", 0)]
    // The most specific range decides, wherever it stands and however it is liked.
    [InlineData("Accept: */*;q=0.9, application/*;q=0.8, application/json;q=0.1", "application/json", 100)]
    [InlineData("Accept: application/json;q=0.1, */*", "application/json", 100)]
    [InlineData("Accept: application/*;q=0.3, */*;q=0.9", "application/json", 300)]
    [InlineData("Accept: application/json;q=0, */*", "application/json", 0)]
    [InlineData("Accept: */*;q=0", "application/json", 0)]
    [InlineData("Accept: text/html|Accept: application/json;q=0.5", "application/json", 500)]
    // Parameters of the type: RFC 9110's own table.
    [InlineData("Accept: text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5", "text/plain;format=flowed", 1000)]
    [InlineData("Accept: text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5", "text/plain", 700)]
    [InlineData("Accept: text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5", "text/html", 300)]
    [InlineData("Accept: text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5", "image/jpeg", 500)]
    [InlineData("Accept: text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5", "text/plain; format=fixed", 400)]
    [InlineData("Accept: application/json;charset=utf-8", "application/json", 1000)]
    [InlineData("Accept: application/json; charset=\"UTF-8\" ; q=0.25", "application/json", 250)]
    [InlineData("Accept: application/json;v=2", "application/json", 0)]
    // Weights.
    [InlineData("Accept: a/b;q=1.000", "a/b", 1000)]
    [InlineData("Accept: a/b;Q=0.001", "a/b", 1)]
    [InlineData("Accept: a/b ; q=0.", "a/b", 0)]
    [InlineData("Accept: a/b;q=1;ext=1", "a/b", 1000)]
    // What is no media range or no weight is passed over; where nothing else is there, so is the field.
    [InlineData("Accept: a/b;q=1.001, */*;q=0.2", "a/b", 200)]
    [InlineData("Accept: a/b;q=0.1234, */*;q=0.2", "a/b", 200)]
    [InlineData("Accept: a/b;q=-1, */*;q=0.2", "a/b", 200)]
    [InlineData("Accept: a/b;q=, */*;q=0.2", "a/b", 200)]
    [InlineData("Accept: ,,, a ,/b,a/, a/b;q=0.5,", "a/b", 500)]
    [InlineData("Accept: nonsense", "a/b", 1000)]
    // A comma or a semicolon inside quotes ends nothing.
    [InlineData("Accept: a/b;x=\"1,c/d;q=1\\\"\";q=0.3, c/d;q=0.4", "c/d", 400)]
    [InlineData("Accept: a/b;x=\"unclosed, a/b", "a/b", 0)]
    public void A_type_is_liked(string lines, string mediaType, int weight) =>
        Assert.Equal(weight, AcceptField.WeightOf(HeaderText.Read(lines), mediaType));
}

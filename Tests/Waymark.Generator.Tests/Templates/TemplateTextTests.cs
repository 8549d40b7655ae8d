using Waymark.Generator.Templates;

namespace Waymark.Generator.Tests.Templates;

public sealed class TemplateTextTests
{
    [Theory]
    [InlineData("", "/users", "/users")]
    [InlineData("", "/", "/")]
    [InlineData("/api", "/", "/api")]
    [InlineData("/api", "/users", "/api/users")]
    [InlineData("/api /v1", "/users/:id", "/api/v1/users/:id")]
    [InlineData("/ /v1", "/users", "/v1/users")]
    [InlineData("/", "/", "/")]
    [InlineData("/api", "users", "/apiusers")]
    public void Prefixes_are_joined_from_the_outside_in(string prefixes, string own, string expected) =>
        Assert.Equal(expected, TemplateText.Of(prefixes.Split(' ', StringSplitOptions.RemoveEmptyEntries), own).Joined);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(3, 0, 3)]
    [InlineData(4, 1, 0)]
    [InlineData(6, 1, 2)]
    [InlineData(7, 2, 0)]
    [InlineData(12, 2, 5)]
    [InlineData(13, 2, 6)]
    public void A_place_is_found_in_its_piece(int position, int piece, int offset) =>
        Assert.Equal((piece, offset), TemplateText.Of(["/api", "/v1"], "/users").Locate(position));
}

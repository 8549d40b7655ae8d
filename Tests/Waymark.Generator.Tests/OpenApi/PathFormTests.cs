using Waymark.Generator.Planning.OpenApi;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Tests.OpenApi;

/// <summary>Templates as paths of OpenAPI.</summary>
public sealed class PathFormTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/users", "/users")]
    [InlineData("/users/", "/users/")]
    [InlineData("/users/:id", "/users/{id}")]
    [InlineData("/users/:id/", "/users/{id}/")]
    [InlineData("/users/:id<int,min(1)>", "/users/{id}")]
    [InlineData("/:name.json", "/{name}.json")]
    [InlineData("/v:major.:minor/:file", "/v{major}.{minor}/{file}")]
    [InlineData("/a::b/::c", "/a:b/:c")]
    [InlineData("/ä b", null)]
    [InlineData("/grün/:x", "/gr%C3%BCn/{x}")]
    [InlineData("/users/:id?", "/users/{id}", "/users")]
    [InlineData("/:id?", "/{id}", "/")]
    [InlineData("/v:major.:minor?", "/v{major}.{minor}", "/v{major}.")]
    [InlineData("/files/*path", "/files/{path}")]
    [InlineData("/files/*path?", "/files/{path}")]
    [InlineData("/*path?", "/{path}", "/")]
    public void A_template_has_one_path_or_two(string template, string? first, string? second = null)
    {
        Template parsed = TemplateParser.Parse(template);
        if (first is null)
        {
            Assert.NotEmpty(parsed.Problems);
            return;
        }

        Assert.Empty(parsed.Problems);
        string[] expected = second is null ? [first] : [first, second];
        Assert.Equal(expected, PathForm.Of(parsed).Select(form => form.Path));
    }

    [Fact]
    public void Names_are_no_part_of_the_shape()
    {
        string Shape(string template) => PathForm.Of(TemplateParser.Parse(template)).First().Shape;

        Assert.Equal(Shape("/users/:id"), Shape("/users/:name<alpha>"));
        Assert.NotEqual(Shape("/users/:id"), Shape("/users/:id.json"));
    }
}

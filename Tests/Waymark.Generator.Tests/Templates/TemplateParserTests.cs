using Waymark.Generator.Templates;

namespace Waymark.Generator.Tests.Templates;

public sealed class TemplateParserTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/users", "/ users")]
    [InlineData("/users/", "/ users /")]
    [InlineData("/users/:id", "/ users / :id")]
    [InlineData("/users/:id?", "/ users / :id?")]
    [InlineData("/v:major.:minor", "/ v :major . :minor")]
    [InlineData("/:file.json", "/ :file .json")]
    [InlineData("/files/*rest", "/ files / *rest")]
    [InlineData("/files/*rest?", "/ files / *rest?")]
    [InlineData("/a::b", "/ a:b")]
    [InlineData("/::", "/ :")]
    [InlineData("/:a::", "/ :a :")]
    [InlineData("/:größe-x", "/ :größe -x")]
    [InlineData("/a*b", "/ a*b")]
    [InlineData("/!$&'()+,;=@-._~", "/ !$&'()+,;=@-._~")]
    [InlineData("/%7euser/%c3%bc/%2f/%41", "/ ~user / %C3%BC / %2F / A")]
    [InlineData("/straße/日/😀", "/ stra%C3%9Fe / %E6%97%A5 / %F0%9F%98%80")]
    [InlineData("/:a/:b/:c/:d/:e/:f/:g/:h", "/ :a / :b / :c / :d / :e / :f / :g / :h")]
    public void A_sound_template_is_read_into_parts_with_canonical_literals(string text, string expected)
    {
        Template template = TemplateParser.Parse(text);

        Assert.Empty(template.Problems);
        Assert.Equal(expected, Show(template));
    }

    /// <summary>A template and its problems with their places.</summary>
    public static TheoryData<string, string> Mistakes => new()
    {
        { "", "WM1001@0+0" },
        { "users", "WM1001@0+1" },
        { "//", "WM1002@0+2" },
        { "/a//b", "WM1002@2+2" },
        { "/a///b", "WM1002@2+2 WM1002@3+2" },
        { "/:", "WM1003@1+1" },
        { "/a/*", "WM1003@3+1" },
        { "/:1a", "WM1003@2+2" },
        { "/:-a", "WM1003@1+1" },
        { "/{id}", "WM1003@1+4" },
        { "/a/{*rest}", "WM1003@3+7" },
        { "/{id", "WM1003@1+1" },
        { "/a}", "WM1003@2+1" },
        { "/:id/x/:id", "WM1004@7+3" },
        { "/:id/*id", "WM1004@5+3" },
        { "/*rest/x", "WM1005@1+5" },
        { "/*rest/", "WM1005@1+5" },
        { "/*rest.json", "WM1005@6+5" },
        { "/*rest?/x", "WM1005@1+6" },
        { "/:id?/x", "WM1006@1+4" },
        { "/:id?.json", "WM1006@1+4" },
        { "/:id?/", "WM1006@1+4" },
        { "/:a:b", "WM1007@3+1" },
        { "/:id<int", "WM1008@4+4" },
        { "/:id<>", "WM1008@4+1" },
        { "/:id<int,>/x", "WM1008@8+1" },
        { "/:id<(1)>", "WM1008@4+4" },
        { "/:id<int/x", "WM1008@4+4" },
        { "/:id<int(1)>", "WM1009@5+6" },
        { "/:id<sku(1)>", "WM1009@5+6" },
        { "/:id<len>", "WM1009@5+3" },
        { "/:id<len()>", "WM1009@5+5" },
        { "/:id<len(0)>", "WM1009@5+6" },
        { "/:id<len(256)>", "WM1009@5+8" },
        { "/:id<len(3,2)>", "WM1009@5+8" },
        { "/:id<len(1,2,3)>", "WM1009@5+10" },
        { "/:id<range(1)>", "WM1009@5+8" },
        { "/:id<range(2,1)>", "WM1009@5+10" },
        { "/:id<min(1,2)>", "WM1009@5+8" },
        { "/:id<min(x)>", "WM1009@5+6" },
        { "/:id<max(9223372036854775808)>", "WM1009@5+24" },
        { "/:id<in(a||b)>", "WM1009@5+8" },
        { "/:id<re(a(?=b))>", "WM1009@9+3" },
        { "/:id<re(a>", "WM1009@7+3" },
        { "/:id<int,alpha>", "WM1009@4+11" },
        { "/*rest<int>", "WM1005@6+5" },
        { "/a?b=c", "WM1015@2+4" },
        { "/a#b", "WM1015@2+2" },
        { "/a%C3", "WM1026@1+4" },
        { "/%C3%28", "WM1026@1+6" },
        { "/:a<int>%A9", "WM1026@8+3" },
        { "/a b", "WM1026@2+1" },
        { "/a\\b", "WM1013@2+1" },
        { "/a\u0001", "WM1026@2+1" },
        { "/%", "WM1026@1+1" },
        { "/%4", "WM1026@1+1" },
        { "/%zz", "WM1026@1+1" },
        { "/%00", "WM1026@1+1" },
        { "/a:b c:d", "WM1026@4+1" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_problem_is_reported_with_its_place(string text, string expected) =>
        Assert.Equal(expected, Problems(text));

    [Theory]
    [InlineData(64, "")]
    [InlineData(65, "WM1019@321+4")]
    public void A_template_has_at_most_64_captures(int count, string expected) => Assert.Equal(
        expected, Problems(string.Concat(Enumerable.Range(0, count).Select(index => $"/:a{index:d2}"))));

    [Theory]
    [InlineData("/:id<int>", "int")]
    [InlineData("/:id<long,guid>?", "guid|long")]
    [InlineData("/:id<len(3)>", "len(3)")]
    [InlineData("/:id<len(3,3)>", "len(3)")]
    [InlineData("/:id<len(255)>", "len(255)")]
    [InlineData("/:id<range( -5 , +7 )>", "range(-5,7)")]
    [InlineData("/:id<in(b|a|b)>", "in(a|b)")]
    [InlineData("/:id<in(a,b|c>d|e/f)>/x", "in(a,b|c>d|e/f)")]
    [InlineData("/:id<re([)(]\\)/x>?)>.json", "re([)(]\\)/x>?)")]
    [InlineData("/:id<in(a\\|b|c\\)d|e\\\\)>", "in(a|b|c)d|e\\)")]
    [InlineData("/:id<re((a|b){1,2}),sku>", "re((a|b){1,2})|sku")]
    public void Constraints_are_read_and_sorted(string text, string expected)
    {
        Template template = TemplateParser.Parse(text);
        Assert.Empty(template.Problems);
        Assert.Equal(expected, string.Join("|", template.Captures.First().Constraints.Select(one => one.Text)));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_not_a_character() => Assert.Equal("WM1026@2+1", Problems("/a\uD800"));

    [Fact]
    public void Every_cut_of_a_long_template_is_read_without_an_exception()
    {
        const string Text = "/a/:b<int,len(1,2),re(a[)(]\\)(b|c)*)>.:c?/%7e%/{x}//*d?é😀::e/*";
        for (int length = 0; length <= Text.Length; length++)
        {
            Template template = TemplateParser.Parse(Text[..length]);
            Assert.All(template.Problems, problem => Assert.InRange(problem.Start + problem.Length, 0, length));
        }
    }

    private static string Problems(string text) => string.Join(
        " ", TemplateParser.Parse(text).Problems.Select(problem => $"{problem.Id}@{problem.Start}+{problem.Length}"));

    private static string Show(Template template)
    {
        IEnumerable<string> parts = template.Segments.Select(segment => "/ " + string.Join(" ", segment.Parts.Select(
            part =>
            (part.Kind == PartKind.Parameter ? ":" : part.Kind == PartKind.CatchAll ? "*"
                : "") + part.Text + (part.IsOptional ? "?" : ""))));
        return string.Join(" ", parts) + (template.Segments.Count == 0 ? "/" : template.HasTrailingSlash ? " /" : "");
    }
}

namespace Waymark.Tests.Answers;

/// <summary>What a user's own test sees of results: values, cases, refusals.</summary>
public sealed class TypedResultTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_union_holds_the_case_that_was_returned(int index)
    {
        Results<Ok<string>, NotFound, int> result = index switch
        {
            1 => Results.Ok("one"),
            2 => Results.NotFound("two"),
            _ => 3,
        };

        Assert.Equal(index, result.Index);
        Assert.Equal(index == 1, result.TryGet(out Ok<string> ok));
        Assert.Equal(index == 1 ? "one" : null, ok.Value);
        Assert.Equal(index == 2, result.TryGet(out NotFound missing));
        Assert.Equal(index == 2 ? "two" : null, missing.Detail);
        Assert.Equal(index == 3, result.TryGet(out int number));
        Assert.Equal(index == 3 ? 3 : 0, number);
    }

    [Fact]
    public void Another_case_is_refused_with_the_one_that_is_there()
    {
        Results<NoContent, NotFound> result = Results.NotFound();
        Assert.Contains("holds case 2", Assert.Throws<InvalidOperationException>(() => result.Case1).Message);
        result = default;
        Assert.Equal(0, result.Index);
        Assert.Contains("is empty", Assert.Throws<InvalidOperationException>(() => result.Case2).Message);
    }

    [Fact]
    public void Six_cases_convert_each()
    {
        static Results<Ok, Created, Accepted, NoContent, Conflict, Redirect> Make(int index) => index switch
        {
            1 => Results.Ok(),
            2 => Results.Created("/2"),
            3 => Results.Accepted(),
            4 => Results.NoContent(),
            5 => Results.Conflict(),
            _ => Results.SeeOther("/6"),
        };

        for (int index = 1; index <= 6; index++)
            Assert.Equal(index, Make(index).Index);
        Assert.Equal("/2", Make(2).Case2.Location);
        Assert.Equal(303, Make(6).Case6.StatusCode);
    }

    [Theory]
    [InlineData(false, false, 302)]
    [InlineData(true, false, 301)]
    [InlineData(false, true, 307)]
    [InlineData(true, true, 308)]
    public void A_redirect_has_the_status_that_it_means(bool permanent, bool preserveMethod, int status) =>
        Assert.Equal(status, Results.Redirect("/", permanent, preserveMethod).StatusCode);

    [Theory]
    [InlineData("/a\r\nSet-Cookie: b")]
    [InlineData("/a\0")]
    [InlineData("/a\u0085")]
    public void A_location_with_a_control_character_is_refused_in_the_handler(string location)
    {
        Assert.Throws<ArgumentException>(nameof(location), () => Results.Created(location));
        Assert.Throws<ArgumentException>(nameof(location), () => Results.Created(location, 1));
        Assert.Throws<ArgumentException>(nameof(location), () => Results.Accepted(location));
        Assert.Throws<ArgumentException>(nameof(location), () => Results.Redirect(location));
        Assert.Throws<ArgumentException>(nameof(location), () => Results.SeeOther(location));
    }

    [Theory]
    [InlineData(199)]
    [InlineData(600)]
    public void A_status_out_of_range_is_refused_in_the_handler(int status)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Results.Status(status));
        Assert.Throws<ArgumentOutOfRangeException>(() => Results.Json(1, status));
        Assert.Throws<ArgumentOutOfRangeException>(() => Results.Problem(status));
    }

    [Fact]
    public void A_file_needs_a_path_bytes_or_a_stream_that_can_seek()
    {
        Assert.Throws<ArgumentNullException>("path", () => Results.File((string)null!));
        Assert.Throws<ArgumentException>("path", () => Results.File(""));
        Assert.Throws<ArgumentNullException>("bytes", () => Results.File((byte[])null!));
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream();
        Assert.Throws<ArgumentException>("stream", () => Results.File(pipe));
    }

    [Fact]
    public void A_problem_is_an_error() => Assert.Throws<ArgumentOutOfRangeException>(() => Results.Problem(399));

    [Theory]
    [InlineData("a\nb", null)]
    [InlineData("a\rb", null)]
    [InlineData(null, "a\nb")]
    [InlineData(null, "a\rb")]
    [InlineData(null, "a\0b")]
    public void An_event_with_a_line_break_in_type_or_id_is_refused(string? type, string? id) =>
        Assert.Throws<ArgumentException>(() => new SseItem<string>("x", type, id));
}

using Waymark.Answers;

namespace Waymark.Tests.Answers;

/// <summary>Preconditions in their order: RFC 9110 section 13.2.2.</summary>
public sealed class PreconditionsTests
{
    private const string Same = "Sun, 06 Nov 1994 08:49:37 GMT";
    private const string Earlier = "Sun, 06 Nov 1994 08:49:36 GMT";
    private const string Later = "Sun, 06 Nov 1994 08:49:38 GMT";

    private static readonly DateTimeOffset Modified = new(1994, 11, 6, 8, 49, 37, TimeSpan.Zero);

    [Theory]
    [InlineData("", "Proceed")]
    // 13.1.1, strong comparison
    [InlineData("If-Match: \"a\"", "Proceed")]
    [InlineData("If-Match: *", "Proceed")]
    [InlineData("If-Match: \"x\", \"a\"", "Proceed")]
    [InlineData("If-Match: \"x\"|If-Match: \"a\"", "Proceed")]
    [InlineData("If-Match: \"x,y\",\"a\"", "Proceed")]
    [InlineData("If-Match: W/\"a\"", "Failed")]
    [InlineData("If-Match: \"x\"", "Failed")]
    [InlineData("If-Match: a", "Failed")]
    [InlineData("If-Match: ", "Failed")]
    // 13.1.4
    [InlineData("If-Unmodified-Since: " + Same, "Proceed")]
    [InlineData("If-Unmodified-Since: " + Later, "Proceed")]
    [InlineData("If-Unmodified-Since: " + Earlier, "Failed")]
    [InlineData("If-Unmodified-Since: yesterday", "Proceed")]
    [InlineData("If-Match: \"a\"|If-Unmodified-Since: " + Earlier, "Proceed")]
    // 13.1.2, weak comparison
    [InlineData("If-None-Match: \"a\"", "NotModified")]
    [InlineData("If-None-Match: W/\"a\"", "NotModified")]
    [InlineData("If-None-Match: *", "NotModified")]
    [InlineData("If-None-Match: \"x\" , W/\"a\"", "NotModified")]
    [InlineData("If-None-Match: \"x\"", "Proceed")]
    [InlineData("If-None-Match: \"A\"", "Proceed")]
    [InlineData("If-None-Match: w/\"a\"", "Proceed")]
    [InlineData("If-None-Match: \"a", "Proceed")]
    // 13.1.3
    [InlineData("If-Modified-Since: " + Same, "NotModified")]
    [InlineData("If-Modified-Since: " + Later, "NotModified")]
    [InlineData("If-Modified-Since: " + Earlier, "Proceed")]
    [InlineData("If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT", "NotModified")]
    [InlineData("If-Modified-Since: Sun Nov  6 08:49:37 1994", "NotModified")]
    [InlineData("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 CET", "Proceed")]
    [InlineData("If-Modified-Since: Mon, 06 Nov 1994 08:49:37 GMT", "Proceed")]
    [InlineData("If-None-Match: \"x\"|If-Modified-Since: " + Same, "Proceed")]
    // The order
    [InlineData("If-None-Match: \"a\"|If-Match: \"x\"", "Failed")]
    [InlineData("If-Modified-Since: " + Same + "|If-Unmodified-Since: " + Earlier, "Failed")]
    [InlineData("If-Match: \"a\"|If-None-Match: \"a\"", "NotModified")]
    public void A_condition_has_its_outcome(string lines, string outcome)
    {
        var state = new Preconditions("\"a\"", Modified, Modified.AddDays(1));
        Assert.Equal(outcome, state.Evaluate(HeaderText.Read(lines)).ToString());
    }

    [Theory]
    [InlineData("If-None-Match: \"a\"", "Proceed")]
    [InlineData("If-None-Match: *", "NotModified")]
    [InlineData("If-Match: *", "Proceed")]
    [InlineData("If-Match: \"a\"", "Failed")]
    [InlineData("If-Modified-Since: " + Same, "Proceed")]
    [InlineData("If-Unmodified-Since: " + Same, "Proceed")]
    public void Without_validators_only_an_asterisk_is_met(string lines, string outcome)
    {
        var state = new Preconditions(null, null, Modified);
        Assert.Equal(outcome, state.Evaluate(HeaderText.Read(lines)).ToString());
    }

    [Theory]
    [InlineData("", "\"a\"", 60, true)]
    [InlineData("If-Range: \"a\"", "\"a\"", 60, true)]
    [InlineData("If-Range: \"b\"", "\"a\"", 60, false)]
    [InlineData("If-Range: W/\"a\"", "W/\"a\"", 60, false)]
    [InlineData("If-Range: \"a\"", "W/\"a\"", 60, false)]
    [InlineData("If-Range: \"a\"", null, 60, false)]
    [InlineData("If-Range: " + Same, null, 60, true)]
    [InlineData("If-Range: " + Same, null, 1, true)]
    [InlineData("If-Range: " + Same, null, 0, false)]
    [InlineData("If-Range: " + Later, null, 60, false)]
    [InlineData("If-Range: " + Earlier, null, 60, false)]
    [InlineData("If-Range: *", "\"a\"", 60, false)]
    public void A_range_is_wanted_where_the_strong_validator_is_the_same(
        string lines, string? tag, int ageSeconds, bool isWanted)
    {
        var state = new Preconditions(tag, Modified, Modified.AddSeconds(ageSeconds));
        Assert.Equal(isWanted, state.IsRangeWanted(HeaderText.Read(lines)));
    }

    [Theory]
    [InlineData("\"\"", true)]
    [InlineData("\"a!~\"", true)]
    [InlineData("W/\"a\"", true)]
    [InlineData("a", false)]
    [InlineData("\"", false)]
    [InlineData("W/\"", false)]
    [InlineData("\"a\"b\"", false)]
    [InlineData("\"a b\"", false)]
    [InlineData("\"a\r\"", false)]
    [InlineData("\"é\"", false)]
    [InlineData("w/\"a\"", false)]
    public void A_tag_is_checked_where_it_is_given(string tag, bool isValid)
    {
        if (isValid)
            Assert.Equal(tag, (Results.File("x") with { ETag = tag }).ETag);
        else
            Assert.Throws<ArgumentException>(() => Results.File("x") with { ETag = tag });
    }
}

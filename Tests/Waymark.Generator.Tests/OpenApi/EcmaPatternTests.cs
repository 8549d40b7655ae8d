using System.Text.RegularExpressions;
using Waymark.Generator.Planning.OpenApi;

namespace Waymark.Generator.Tests.OpenApi;

/// <summary>Patterns as ECMA-262 with its flag <c>u</c> reads them.</summary>
public sealed class EcmaPatternTests
{
    [Theory]
    [InlineData("abc", "^abc$")]
    [InlineData("^abc$", "^abc$")]
    [InlineData("^abc\\$", "^^abc\\$$")]
    [InlineData("a|b", "^(?:a|b)$")]
    [InlineData("^a|b$", "^(?:^a|b$)$")]
    [InlineData("\\d{2}\\-\\w+", "^\\d{2}-\\w+$")]
    [InlineData("[a\\-z\\_]", "^[a\\-z_]$")]
    [InlineData("a{2}b{,3}c}d]", "^a{2}b\\{,3\\}c\\}d\\]$")]
    [InlineData("a{1,}", "^a{1,}$")]
    [InlineData("[[a]", "^[\\[a]$")]
    [InlineData("\\p{Lu}x", "^\\p{Lu}x$")]
    [InlineData("(?<year>\\d+)(?=x)(?!y)", "^(?<year>\\d+)(?=x)(?!y)$")]
    [InlineData("\\u00e9\\x2F", "^\\u00e9\\x2F$")]
    [InlineData("(?i)a", null)]
    [InlineData("(?>a)", null)]
    [InlineData("\\Aa\\z", null)]
    [InlineData("\\p{IsGreek}", null)]
    [InlineData("[a-z-[aeiou]]", null)]
    [InlineData("[]a]", null)]
    [InlineData("[a", null)]
    [InlineData("a\\", null)]
    public void A_pattern_is_taken_over_or_refused(string pattern, string? expected) =>
        Assert.Equal(expected, EcmaPattern.Whole(pattern));

    [Theory]
    [InlineData("[a-z]{2}\\-\\d+|x", "ab-1", "x", "ab-", "xx")]
    [InlineData("^\\/[^\\/]+$", "/a", "/b", "a", "/a/")]
    public void What_matched_before_matches_still(
        string pattern, string first, string second, string wrong, string other)
    {
        var converted = new Regex(EcmaPattern.Whole(pattern)!, RegexOptions.ECMAScript);
        Assert.Matches(converted, first);
        Assert.Matches(converted, second);
        Assert.DoesNotMatch(converted, wrong);
        Assert.DoesNotMatch(converted, other);
    }
}

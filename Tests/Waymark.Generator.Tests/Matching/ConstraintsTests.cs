namespace Waymark.Generator.Tests.Matching;

/// <summary>The twin's own judgement against tables by hand: a sample decides, so the sample is tested.</summary>
public sealed class ConstraintsTests
{
    /// <summary>Narrower, then wider. What is not here is not ordered.</summary>
    private static readonly string[] Inclusions =
    [
        "int long", "int re(-?[0-9]+)", "int re(.+)", "long re(-?[0-9]+)", "long re(.+)", "bool alpha", "bool alnum",
        "bool re(.+)", "bool len(1,9)", "bool alnum,len(1,9)", "alpha alnum", "alpha re(.+)", "alnum re(.+)",
        "hex alnum", "hex re(.+)", "min(5) long", "min(5) re(-?[0-9]+)", "min(5) re(.+)", "max(9) long",
        "max(9) re(-?[0-9]+)", "max(9) re(.+)", "range(1,100) int", "range(1,100) long",
        "range(1,100) re(-?[0-9]+)", "range(1,100) re(.+)", "in(a|b|ab) alpha", "in(a|b|ab) alnum",
        "in(a|b|ab) hex", "in(a|b|ab) slug", "in(a|b|ab) len(1,9)", "in(a|b|ab) alnum,len(1,9)",
        "in(a|b|ab) re([a-z]+)", "in(a|b|ab) re(.+)", "in(a|b|ab) re((a|b)*c?)", "int,min(5) int", "int,min(5) long",
        "int,min(5) min(5)", "int,min(5) re(-?[0-9]+)", "int,min(5) re(.+)", "re([a-z]+) alpha", "re([a-z]+) alnum",
        "re([a-z]+) slug", "re([a-z]+) re(.+)", "guid re(.+)", "slug re(.+)", "len(3) len(1,9)", "len(3) re(.+)",
        "len(1,9) re(.+)", "in(a-b|users|caf\u00e9) len(1,9)", "in(a-b|users|caf\u00e9) re(.+)", "re(-?[0-9]+) re(.+)",
        "re([0-9]{1,3}) int", "re([0-9]{1,3}) long", "re([0-9]{1,3}) alnum", "re([0-9]{1,3}) hex",
        "re([0-9]{1,3}) slug", "re([0-9]{1,3}) len(1,9)", "re([0-9]{1,3}) re(-?[0-9]+)", "re([0-9]{1,3}) re(.+)",
        "re([0-9]{1,3}) alnum,len(1,9)", "alnum,len(1,9) alnum", "alnum,len(1,9) len(1,9)", "alnum,len(1,9) re(.+)",
        "re((a|b)*c?) alpha", "re((a|b)*c?) alnum", "re((a|b)*c?) hex", "re((a|b)*c?) slug", "re((a|b)*c?) re([a-z]+)",
        "re((a|b)*c?) re(.+)", "min(5) alnum", "min(5) hex", "min(5) slug", "int,min(5) alnum", "int,min(5) hex",
        "int,min(5) slug", "range(1,100) alnum", "range(1,100) hex", "range(1,100) slug",
    ];

    [Fact]
    public void The_sample_orders_the_rules_of_the_sets_as_they_are()
    {
        // "int,range(1,100)" and "range(1,100)" are the same set of values, so what holds for one holds for both.
        string[] rules = [.. RouteSets.AllRules.Where(rule => rule != "int,range(1,100)")];
        IEnumerable<string> found =
            from left in rules
            from right in rules
            where Constraints.IsSubset(left, right) && !Constraints.IsSubset(right, left)
            select $"{left} {right}";
        Assert.Equal(Inclusions.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.True(Constraints.IsSubset("int,range(1,100)", "range(1,100)"));
        Assert.True(Constraints.IsSubset("range(1,100)", "int,range(1,100)"));
    }

    [Theory]
    [InlineData("int", "-0 007 2147483647 -2147483648", "+1 2147483648 -2147483649 - 1.0")]
    [InlineData("long", "9223372036854775807 000000000000000000000000000001", "9223372036854775808 1a")]
    [InlineData("guid", "01234567-89ab-cdef-0123-456789ABCDEF 0123456789abcdef0123456789ABCDEF", "0123 {0}")]
    [InlineData("bool", "true FALSE tRuE", "1 yes")]
    [InlineData("slug", "a a-b 1-2-c", "A a--b -a a-")]
    [InlineData("len(1,2)", "\u00e9\u00e9 \U0001f600\U0001f600", "abc")]
    [InlineData("range(-1,1)", "-1 0 01", "2 -2 a")]
    [InlineData("in(a|b)", "a b", "A ab a|b")]
    [InlineData("re(a|b)", "a b", "ab xa")]
    [InlineData("re([0-9]{2,3}),min(50)", "50 999", "49 9999 051x")]
    public void A_rule_takes_what_it_says(string rule, string taken, string refused)
    {
        Assert.All(taken.Split(' '), value => Assert.True(Constraints.Hold(rule, value), value));
        Assert.All(refused.Split(' '), value => Assert.False(Constraints.Hold(rule, value), value));
    }
}

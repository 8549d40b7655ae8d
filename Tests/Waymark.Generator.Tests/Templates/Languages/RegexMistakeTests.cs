using Waymark.Generator.Templates.Languages;

namespace Waymark.Generator.Tests.Templates.Languages;

public sealed class RegexMistakeTests
{
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "(a)\\1", "\\1", "'\\1' is a backreference" },
        { "(a)\\k<n>", "\\k", "'\\k' is a backreference" },
        { "a\\bc", "\\b", "'\\b' tests a word boundary" },
        { "\\Aa", "\\A", "The anchor '\\A' is not needed" },
        { "a\\p{L}", "\\p", "'\\p' is a Unicode category" },
        { "a\\q", "\\q", "'\\q' is not a known escape" },
        { "a\\", "\\", "The pattern ends in '\\'" },
        { "a\\x4", "\\x", "'\\x' takes exactly 2 hexadecimal digits" },
        { "\\u12G4", "\\u", "'\\u' takes exactly 4 hexadecimal digits" },
        { "a\\uD83D", "\\uD83D", "'\\uD83D' is half of a surrogate pair" },
        { "a\\uDE00\\uD83D", "\\uDE00", "'\\uDE00' is half of a surrogate pair" },
        { "x(?=a)", "(?=", "'(?=' looks around" },
        { "x(?!a)", "(?!", "'(?!' looks around" },
        { "x(?<=a)", "(?<=", "'(?<=' looks around" },
        { "x(?<!a)", "(?<!", "'(?<!' looks around" },
        { "x(?<n>a)", "(?<", "'(?<' names a group" },
        { "x(?P<n>a)", "(?P<", "'(?P<' names a group" },
        { "x(?'n'a)", "(?'", "'(?'' names a group" },
        { "x(?>a)", "(?>", "'(?>' is an atomic group" },
        { "(?i)a", "(?i", "'(?i' begins an option" },
        { "a*?", "*?", "'*?' is a lazy quantifier, which says how to search; the whole value matches or does not: write '*'." },
        { "a{1,2}?", "{1,2}?", "'{1,2}?' is a lazy quantifier" },
        { "a++", "++", "'++' is a possessive quantifier" },
        { "a**", "**", "Two quantifiers follow each other in '**'" },
        { "a+{2}", "+{", "Two quantifiers follow each other in '+{'" },
        { "a|*b", "*", "The quantifier '*' has nothing to repeat" },
        { "({2})", "{", "The quantifier '{' has nothing to repeat" },
        { "a{", "{", "This '{' begins no quantifier" },
        { "a{,2}", "{", "This '{' begins no quantifier" },
        { "a{1,x}", "{", "This '{' begins no quantifier" },
        { "a{3,2}", "{3,2}", "The quantifier '{3,2}' ends before it begins: write '{2,3}'." },
        { "a{1001}", "{1001}", "The quantifier '{1001}' repeats more than 1000 times" },
        { "a{99999999999}", "{99999999999}", "The quantifier '{99999999999}' repeats more than 1000 times" },
        { "a(b", "(", "The group is not closed" },
        { "ab)", ")", "This ')' closes no group" },
        { "a[b", "[", "The class is not closed" },
        { "a[]b", "[]", "The class '[]' is empty" },
        { "a[^]", "[^]", "The class '[^]' is empty" },
        { "x[^\\d\\D]", "[^\\d\\D]", "The class '[^\\d\\D]' leaves no character" },
        { "a[b-a]", "b-a", "The range 'b-a' ends before it begins" },
        { "[\\d-z]", "\\d-z", "The range '\\d-z' begins or ends with a set" },
        { "[[:alpha:]]", "[:", "'[:' begins a POSIX class" },
        { "[a-z-[b]]", "-[", "'-[' subtracts a class" },
        { "a]", "]", "This ']' closes nothing" },
        { "a}", "}", "This '}' closes nothing" },
        { "a^b", "^", "The anchor '^' stands inside the pattern" },
        { "(a$)", "$", "The anchor '$' stands inside the pattern" },
        { "", "", "The pattern matches the empty text only" },
        { "(a{0})*", "(a{0})*", "The pattern matches the empty text only" },
        { "((((((){999}){999}){999}){999}){999}){999}", "((((((){999}){999}){999}){999}){999}){999}",
        "The pattern matches the empty text only" },
        { "(a|b)*a(a|b){11}", "(a|b)*a(a|b){11}", "The pattern needs more than 2048 states" },
        { "(a|b)*a(a|b){25}", "(a|b)*a(a|b){25}", "The pattern needs more than 2048 states" },
        { "((a{99}){99}){99}", "((a{99}){99}){99}", "The pattern needs more than 2048 states" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_with_its_place(string pattern, string marked, string message)
    {
        bool isRead = RegexReader.TryRead(
            pattern, out ByteAutomaton? automaton, out string mistake, out int start, out int length);

        Assert.False(isRead);
        Assert.Null(automaton);
        Assert.StartsWith(message, mistake, StringComparison.Ordinal);
        Assert.EndsWith(".", mistake, StringComparison.Ordinal);
        Assert.Equal(marked, pattern.Substring(start, length));
        Assert.Equal(marked.Length == 0 ? 0 : pattern.LastIndexOf(marked, StringComparison.Ordinal), start);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_a_mistake()
    {
        Assert.False(RegexReader.TryRead("a\uD83D", out _, out string mistake, out int start, out int length));
        Assert.StartsWith("U+D83D is half of a surrogate pair", mistake, StringComparison.Ordinal);
        Assert.Equal((1, 1), (start, length));
    }

    [Theory]
    [InlineData("a{999}", true)]
    [InlineData("a{1000}", true)]
    [InlineData("a{1001}", false)]
    [InlineData("a{1000}a{1000}a{45}", true)]
    [InlineData("a{1000}a{1000}a{46}", true)]
    [InlineData("a{1000}a{1000}a{47}", false)]
    public void Repetitions_and_states_have_limits(string pattern, bool isExpected) =>
        Assert.Equal(isExpected, RegexReader.TryRead(pattern, out _, out _, out _, out _));
}

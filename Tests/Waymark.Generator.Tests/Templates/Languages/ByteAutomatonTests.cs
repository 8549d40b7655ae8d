using Waymark.Generator.Templates.Languages;

namespace Waymark.Generator.Tests.Templates.Languages;

public sealed class ByteAutomatonTests
{
    private static readonly string[] ShortWords = Words.UpTo(6, "abc").ToArray();

    [Theory]
    [InlineData("a|b", "b|a")]
    [InlineData("a|b", "[ab]")]
    [InlineData("aa*", "a+")]
    [InlineData("(a|b)*", "(a*b*)*")]
    [InlineData("(a*)*", "a*")]
    [InlineData("ab|ac", "a[bc]")]
    [InlineData("a{2,4}", "aa(a|aa)?")]
    [InlineData("(ab)*a", "a(ba)*")]
    [InlineData("\\D|\\d", ".")]
    [InlineData("[^é]|é", ".")]
    [InlineData("[\\x00-\\xFF]", "[\\x80-\\xFF]|[\\x00-\\x7F]")]
    public void One_language_is_one_automaton(string left, string right)
    {
        Assert.Equal(Words.Of(left), Words.Of(right));
        Assert.Equal(Words.Of(left).GetHashCode(), Words.Of(right).GetHashCode());
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("a*", "a+")]
    [InlineData("a{3}", "a{4}")]
    [InlineData("[a-y]", "[a-z]")]
    [InlineData("ab", "ba")]
    public void Two_languages_are_two_automata(string left, string right) =>
        Assert.NotEqual(Words.Of(left), Words.Of(right));

    [Theory]
    [InlineData("a", 3)]
    [InlineData("a{5}", 7)]
    [InlineData("(a|b|c)(a|b|c)", 4)]
    [InlineData("(ac|bc)", 4)]
    [InlineData("(a|b)*a(a|b){3}", 17)]
    [InlineData(".", 10)]
    [InlineData("\\x00{5}", 7)]
    [InlineData("(\\x00|b)*\\x00(\\x00|b){3}", 17)]
    public void An_automaton_is_minimal(string pattern, int stateCount) =>
        Assert.Equal(stateCount, Words.Of(pattern).StateCount);

    /// <summary>The slow twin: numbers are refined by those of all targets until nothing changes.</summary>
    [Fact]
    public void Random_automata_have_no_two_states_alike()
    {
        const int Seed = 20250105;
        var random = new Random(Seed);
        for (int round = 0; round < 1_000; round++)
        {
            // The first class is one that is read, and not only the way to the dead state.
            string pattern = Pattern(random, 4).Replace("a", "\\x00", StringComparison.Ordinal)
                .Replace("c", "\\x7F", StringComparison.Ordinal);
            ByteAutomaton automaton = Words.Of(pattern);
            int[] states = Enumerable.Range(0, automaton.StateCount).ToArray();
            string[] marks = states.Select(state => automaton.IsAccepting(state) ? "1" : "0").ToArray();
            for (int before = 0; before != marks.Distinct().Count();)
            {
                before = marks.Distinct().Count();
                string[] longer = states.Select(state => marks[state] + ":" + string.Join(
                    ',',
                    Enumerable.Range(0, automaton.ClassCount).Select(number => marks[automaton.Target(state, number)])))
                    .ToArray();
                List<string> names = longer.Distinct().ToList();
                marks = longer.Select(mark => $"{names.IndexOf(mark)}").ToArray();
            }

            Assert.True(marks.Distinct().Count() == states.Length, $"seed {Seed}: {pattern}");
        }
    }

    [Fact]
    public void States_are_numbered_breadth_first_over_ascending_bytes_and_classes_by_first_byte()
    {
        ByteAutomaton automaton = Words.Of("bx|ayy|a{9}|[^a]{4}");
        int stateNext = 1;
        for (int state = 0; state < automaton.StateCount; state++)
        {
            for (int octet = 0; octet < 256; octet++)
            {
                int target = automaton.Next(state, (byte)octet);
                Assert.True(target <= stateNext);
                stateNext = Math.Max(stateNext, target + 1);
                Assert.Equal(target, automaton.Target(state, automaton.Classes[octet]));
            }
        }

        Assert.Equal(automaton.StateCount, stateNext);
        Assert.Equal(
            Enumerable.Range(0, automaton.ClassCount), automaton.Classes.Distinct().Select(number => (int)number));
        Assert.Equal(256, automaton.Classes.Count);
    }

    [Fact]
    public void Bytes_share_a_class_exactly_where_they_lead_alike()
    {
        ByteAutomaton automaton = Words.Of("[a-f]x|[d-m]y");
        for (int left = 0; left < 256; left++)
        {
            for (int right = 0; right < 256; right++)
            {
                bool isAlike = Enumerable.Range(0, automaton.StateCount)
                    .All(state => automaton.Next(state, (byte)left) == automaton.Next(state, (byte)right));
                Assert.Equal(isAlike, automaton.Classes[left] == automaton.Classes[right]);
            }
        }
    }

    /// <summary>The slow twin: sets of words, compared on every word of up to six letters.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Operations_agree_with_sets_of_words(int seed)
    {
        var random = new Random(seed);
        int includedCount = 0;
        for (int round = 0; round < 300; round++)
        {
            string leftPattern = Pattern(random, 2);
            string rightPattern = Pattern(random, 2);
            string context = $"seed {seed}: {leftPattern} and {rightPattern}";
            ByteAutomaton left = Words.Of(leftPattern);
            ByteAutomaton right = Words.Of(rightPattern);
            string[] leftWords = ShortWords.Where(word => left.Accepts(word)).ToArray();
            string[] rightWords = ShortWords.Where(word => right.Accepts(word)).ToArray();

            AssertWords(leftWords.Intersect(rightWords), left.And(right)!, context);
            AssertWords(leftWords.Except(rightWords), left.Without(right)!, context);
            Assert.Equal(left.And(right), right.And(left));
            // The patterns are small enough for six letters to tell any two of them apart.
            bool isIncluded = !leftWords.Except(rightWords).Any();
            includedCount += isIncluded ? 1 : 0;
            Assert.True(isIncluded == right.Includes(left), context);
            Assert.True(leftWords.Intersect(rightWords).Any() == left.Overlaps(right), context);
        }

        Assert.True(includedCount > 5, $"Only {includedCount} inclusions: the comparison has become idle.");
    }

    [Theory]
    [InlineData("[\\x00-\\uFFFF]", "a")]
    [InlineData("[^a-z]", "0")]
    [InlineData("\\W", "-")]
    [InlineData("aaa|b7", "b7")]
    [InlineData("[!-,]", "!")]
    [InlineData("[\\x01 ]", " ")]
    [InlineData("é|\\n\\n", "é")]
    [InlineData("a*", "")]
    [InlineData("[A-Z]{3}-\\d+", "AAA-0")]
    public void The_shortest_word_is_readable(string pattern, string expected) =>
        Assert.Equal(expected, Words.Of(pattern).Shortest());

    [Fact]
    public void What_is_empty_says_so_and_has_no_word()
    {
        ByteAutomaton empty = Words.Of("a+").And(Words.Of("b+"))!;

        Assert.True(empty.IsEmpty);
        Assert.True(empty.IsDead(0));
        Assert.Equal(1, empty.StateCount);
        Assert.Equal(1, empty.ClassCount);
        Assert.Null(empty.ShortestWord());
        Assert.Equal(empty, Words.Of("x").Without(Words.Of("x|y")));
        Assert.True(Words.Of("x").Includes(empty));
        Assert.False(empty.Overlaps(empty));
        Assert.False(Words.Of("a").IsEmpty);
    }

    [Fact]
    public void A_product_beyond_the_limit_is_not_built_but_its_questions_are_answered()
    {
        // The lengths repeat after 83 * 89 letters, and both patterns take that many states together.
        ByteAutomaton left = Words.Of("(a{83})+");
        ByteAutomaton right = Words.Of("(a{89})+");

        Assert.Null(left.And(right));
        Assert.Null(left.Without(right));
        Assert.True(left.Overlaps(right));
        Assert.False(left.Includes(right));
        Assert.True(left.Includes(Words.Of("(a{166})+")));
    }

    private static void AssertWords(IEnumerable<string> expected, ByteAutomaton actual, string context)
    {
        string[] words = ShortWords.Where(word => actual.Accepts(word)).ToArray();
        Assert.True(expected.SequenceEqual(words), context);
        string? shortest = words.FirstOrDefault();
        Assert.True(shortest is null ? actual.IsEmpty : shortest == actual.Shortest(), context);
    }

    private static string Pattern(Random random, int depth) => (depth == 0 ? 0 : random.Next(6)) switch
    {
        0 => "abc"[random.Next(3)].ToString(),
        1 => "[" + new string(random.GetItems<char>("abc", 2)) + "]",
        2 => Pattern(random, depth - 1) + Pattern(random, depth - 1),
        3 => $"({Pattern(random, depth - 1)}|{Pattern(random, depth - 1)})",
        4 => $"({Pattern(random, depth - 1)}){"*+?"[random.Next(3)]}",
        _ => $"({Pattern(random, depth - 1)}){Pattern(random, depth - 1)}",
    };
}

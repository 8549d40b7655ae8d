using System.Text;
using System.Text.RegularExpressions;
using Waymark.Generator.Templates.Languages;

namespace Waymark.Generator.Tests.Templates.Languages;

public sealed class RegexReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_patterns_match_as_the_framework_says(int seed)
    {
        var pairs = new RegexPairs(new Random(seed));
        int acceptedCount = 0;
        for (int round = 0; round < 250; round++)
        {
            (string ours, string theirs) = pairs.Pattern(depth: 3);
            bool isRead = RegexReader.TryRead(ours, out ByteAutomaton? automaton, out string mistake, out _, out _);
            // Repetitions such as (x{0}) leave nothing to match, which is a mistake of its own.
            Assert.True(isRead || mistake.Contains("empty text only", StringComparison.Ordinal), $"{ours}: {mistake}");
            if (!isRead)
                continue;
            var twin = new Regex($@"\A(?:{theirs})\z", RegexOptions.NonBacktracking);
            foreach (string text in Enumerable.Range(0, 60).Select(_ => pairs.Text()).Append(automaton!.Shortest()!))
            {
                bool isExpected = twin.IsMatch(text);
                acceptedCount += isExpected ? 1 : 0;
                Assert.True(
                    automaton!.Accepts(text) == isExpected,
                    $"seed {seed}: /{ours}/ on \"{text}\": expected {isExpected}");
            }
        }

        Assert.True(acceptedCount > 1_000, $"Only {acceptedCount} texts matched: the comparison has become idle.");
    }

    [Theory]
    [InlineData("^a+$", "aaa", "")]
    [InlineData("^a|b$", "b", "ab")]
    [InlineData("a\\$", "a$", "a")]
    [InlineData("[a-]", "-", "b")]
    [InlineData("[-a]", "-", "b")]
    [InlineData("[a-c-]", "-", "d")]
    [InlineData("[^-a]", "b", "-")]
    [InlineData("[a^]", "^", "b")]
    [InlineData("[\\]\\[]", "]", "\\")]
    [InlineData("[\\d-]", "-", "x")]
    [InlineData("[\\n-\\x20]", "\r", "!")]
    [InlineData("[\\d\\D]", "😀", "ab")]
    [InlineData(".", "\n", "ab")]
    [InlineData("[😀-😂]", "😁", "😃")]
    [InlineData("[^a]", "\U0010FFFF", "a")]
    [InlineData("[\\x00-\\uD7FF\\uE000-\\uFFFF]", "\uFFFF", "\U00010000")]
    [InlineData("\\x7F", "\u007F", "\u0080")]
    [InlineData("\\xFF", "ÿ", "þ")]
    [InlineData("\\uD83D\\uDE00", "😀", "😁")]
    [InlineData("a{2}", "aa", "a")]
    [InlineData("a{2,}", "aaaaa", "a")]
    [InlineData("a{0,2}", "aa", "aaa")]
    [InlineData("(?:ab)?c", "abc", "abbc")]
    [InlineData("(a|b|)c", "c", "abc")]
    [InlineData("[A-Z]{2}\\d{4}", "AB1234", "AB123")]
    public void A_pattern_accepts_the_first_text_and_not_the_second(string pattern, string accepted, string refused)
    {
        ByteAutomaton automaton = Words.Of(pattern);

        Assert.True(automaton.Accepts(accepted));
        Assert.False(automaton.Accepts(refused));
    }

    [Theory]
    [InlineData("80")]
    [InlineData("C0AF")]
    [InlineData("C1BF")]
    [InlineData("E09FBF")]
    [InlineData("EDA080")]
    [InlineData("F08FBFBF")]
    [InlineData("F4908080")]
    [InlineData("F5808080")]
    [InlineData("E4B8")]
    [InlineData("FF")]
    public void No_pattern_accepts_ill_formed_bytes(string hexadecimal)
    {
        byte[] bytes = Convert.FromHexString(hexadecimal);

        Assert.False(Words.Of(".*").Accepts(bytes));
        Assert.False(Words.Of("[^a]*").Accepts(bytes));
    }

    /// <summary>Bounds that fall into the middle of each length of UTF-8, so that every kind of cut is made.</summary>
    [Theory]
    [InlineData(0, 0x10FFFF)]
    [InlineData(0x41, 0x7FE)]
    [InlineData(0x81, 0xFFE)]
    [InlineData(0xABC, 0x1D7FF)]
    [InlineData(0x1F600, 0x1F64F)]
    [InlineData(0xD000, 0xE001)]
    [InlineData(0xFFFF, 0x10000)]
    [InlineData(0x10FFF1, 0x10FFFE)]
    public void A_range_accepts_its_scalar_values_and_no_other(int first, int last)
    {
        string pattern = $"[{char.ConvertFromUtf32(first)}-{char.ConvertFromUtf32(last)}]";
        ByteAutomaton range = Words.Of(pattern);
        var bytes = new byte[4];
        for (int scalar = 0; scalar <= 0x10FFFF; scalar++)
        {
            if (!Rune.TryCreate(scalar, out Rune rune))
                continue;
            bool isAccepted = range.Accepts(bytes.AsSpan(0, rune.EncodeToUtf8(bytes)));
            Assert.True(isAccepted == (scalar >= first && scalar <= last), $"U+{scalar:X4}");
        }
    }

    [Fact]
    public void A_million_of_nested_groups_is_a_mistake_and_no_overflow()
    {
        string open = new('(', 1_000_000);
        Assert.False(RegexReader.TryRead(open + "a", out _, out _, out int start, out _));
        Assert.Equal(RegexReader.DepthMax, start);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Groups_nest_up_to_the_limit(int beyond)
    {
        int depth = RegexReader.DepthMax + beyond;
        string pattern = new string('(', depth) + "a" + new string(')', depth);
        Assert.Equal(beyond == 0, RegexReader.TryRead(pattern, out _, out _, out _, out _));
    }

    /// <summary>Reading never throws, whatever the editor holds halfway.</summary>
    [Fact]
    public void Any_text_is_read_or_has_a_mistake_inside_it()
    {
        const string Alphabet = "ab-,^$.|?*+()[]{}\\19:=!<>Pdxu\uD83D\uDE00é";
        var random = new Random(20250102);
        for (int round = 0; round < 20_000; round++)
        {
            string pattern = new(random.GetItems<char>(Alphabet, random.Next(12)));
            bool isRead = RegexReader.TryRead(pattern, out _, out string mistake, out int start, out int length);
            Assert.True(isRead == (mistake.Length == 0), pattern);
            Assert.True(start >= 0 && length >= 0 && start + length <= pattern.Length, $"{pattern}: {start}+{length}");
            Assert.True(isRead || length > 0 || pattern.Length == 0, pattern);
        }
    }
}

using System.Globalization;
using System.Numerics;
using System.Text;
using Waymark.Generator.Templates.Languages;

namespace Waymark.Generator.Tests.Templates.Languages;

public sealed class KnownLanguagesTests
{
    public static TheoryData<long, long> Bounds => new()
    {
        { int.MinValue, int.MaxValue },
        { long.MinValue, long.MaxValue },
        { long.MinValue, long.MinValue },
        { long.MaxValue, long.MaxValue },
        { 0, 0 },
        { 1, 1 },
        { -1, -1 },
        { 0, long.MaxValue },
        { long.MinValue, -1 },
        { -7, 12 },
        { 95, 1005 },
        { -1005, -95 },
        { 1, 12 },
        { 100, 199 },
        { -100, 0 },
        { 5, 4 },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Integers_agree_with_big_integers_at_every_edge(long min, long max)
    {
        ByteAutomaton automaton = KnownLanguages.Integers(min, max);
        foreach (string text in Edges(min).Concat(Edges(max)).Concat(Edges(0)).Concat(NearZero()).Distinct())
        {
            BigInteger value = BigInteger.Parse(text, CultureInfo.InvariantCulture);
            Assert.True(automaton.Accepts(text) == (value >= min && value <= max), text);
        }

        foreach (string text in new[] { "", "-", "--1", "+1", " 1", "1 ", "1-", "1.0", "0x1", "١", "-0-", "00a" })
            Assert.False(automaton.Accepts(text), text);
        Assert.Equal(min > max, automaton.IsEmpty);
    }

    [Fact]
    public void Random_integers_agree_with_the_framework()
    {
        const int Seed = 20250103;
        var random = new Random(Seed);
        for (int round = 0; round < 20_000; round++)
        {
            string alphabet = random.Next(3) == 0 ? "0123456789-" : "0123456789";
            string text = new(random.GetItems<char>(alphabet, random.Next(22)));
            const NumberStyles Style = NumberStyles.AllowLeadingSign;
            bool isInt32 = int.TryParse(text, Style, CultureInfo.InvariantCulture, out _);
            bool isInt64 = long.TryParse(text, Style, CultureInfo.InvariantCulture, out _);
            Assert.True(isInt32 == KnownLanguages.Int32.Accepts(text), $"seed {Seed}: {text}");
            Assert.True(isInt64 == KnownLanguages.Int64.Accepts(text), $"seed {Seed}: {text}");
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(0, 3)]
    [InlineData(-5, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 255)]
    public void Length_counts_scalar_values(int min, int max)
    {
        const int Seed = 20250104;
        var random = new Random(Seed);
        ByteAutomaton automaton = KnownLanguages.Length(min, max)!;
        string[] characters = ["a", "é", "中", "😀", "\u007F", "\u0080", "\uFFFF", "\U0010FFFF", "\u0301"];
        IEnumerable<int> counts = Enumerable.Range(0, 8)
            .Concat(new[] { max - 1, max, max + 1 }.Where(count => count >= 0));
        foreach (int count in counts.SelectMany(count => Enumerable.Repeat(count, 30)))
        {
            string text = string.Concat(random.GetItems(characters, count));
            int scalarCount = text.EnumerateRunes().Count();
            Assert.True(automaton.Accepts(text) == (scalarCount >= min && scalarCount <= max), $"seed {Seed}: {text}");
        }

        // What is cut within a character is no text of any length.
        Assert.False(automaton.Accepts(Encoding.UTF8.GetBytes("ab中").AsSpan(0, 4)));
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    [InlineData(257, false)]
    [InlineData(int.MaxValue, false)]
    public void Length_has_a_limit(int count, bool isBuilt)
    {
        Assert.Equal(isBuilt, KnownLanguages.Length(count, count) is not null);
        Assert.Equal(isBuilt, KnownLanguages.Length(0, count) is not null);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("a", "a,")]
    [InlineData("a,b,ab,ba", "c,aba")]
    [InlineData("new,next,newest,é,中文,😀", "ne,New,e,中,😁")]
    [InlineData("a.b,[x]", "axb,x")]
    public void One_of_accepts_exactly_its_texts(string texts, string? refused)
    {
        ByteAutomaton automaton = KnownLanguages.OneOf(texts.Split(','))!;

        Assert.All(texts.Split(','), text => Assert.True(automaton.Accepts(text)));
        Assert.All(
            refused?.Split(',') ?? ["x"],
            text => Assert.Equal(texts.Split(',').Contains(text), automaton.Accepts(text)));
    }

    [Fact]
    public void One_of_nothing_is_empty_and_half_a_surrogate_pair_is_nothing()
    {
        Assert.True(KnownLanguages.OneOf([])!.IsEmpty);
        Assert.True(KnownLanguages.OneOf(["a\uD83D", "\uDE00\uD83D", "\uD83Da"])!.IsEmpty);
        Assert.Equal(KnownLanguages.OneOf(["a", "b"]), KnownLanguages.OneOf(["b", "\uD83D", "a", "b"]));
    }

    [Theory]
    [InlineData(2_046, true)]
    [InlineData(2_047, false)]
    [InlineData(100_000, false)]
    public void One_of_has_a_limit(int length, bool isBuilt) =>
        Assert.Equal(isBuilt, KnownLanguages.OneOf([new string('a', length)]) is not null);

    [Fact]
    public void Names_mean_what_the_decisions_say()
    {
        AssertPattern("([0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12})|([0-9A-Fa-f]{32})",
            KnownLanguages.Guid);
        AssertPattern("[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]", KnownLanguages.Bool);
        AssertPattern("[A-Za-z]+", KnownLanguages.Alpha);
        AssertPattern("[A-Za-z0-9]+", KnownLanguages.AlphaNumeric);
        AssertPattern("[0-9a-fA-F]+", KnownLanguages.Hexadecimal);
        AssertPattern("[a-z0-9]+(-[a-z0-9]+)*", KnownLanguages.Slug);
        Assert.True(KnownLanguages.Guid.Accepts(Guid.NewGuid().ToString("D")));
        Assert.True(KnownLanguages.Guid.Accepts(Guid.NewGuid().ToString("N").ToUpperInvariant()));
        Assert.False(KnownLanguages.Guid.Accepts(Guid.NewGuid().ToString("B")));
        Assert.False(KnownLanguages.Slug.Accepts("a--b"));
    }

    [Fact]
    public void Not_empty_takes_any_bytes()
    {
        Assert.False(KnownLanguages.NotEmpty.Accepts(""));
        Assert.True(KnownLanguages.NotEmpty.Accepts([0xFF]));
        Assert.True(KnownLanguages.NotEmpty.Accepts([0, 0x80, 0]));
    }

    [Fact]
    public void Constraints_include_each_other_as_their_names_say()
    {
        Assert.True(KnownLanguages.Int64.Includes(KnownLanguages.Int32));
        Assert.False(KnownLanguages.Int32.Includes(KnownLanguages.Int64));
        Assert.True(KnownLanguages.AlphaNumeric.Includes(KnownLanguages.Hexadecimal));
        Assert.True(KnownLanguages.Alpha.Includes(KnownLanguages.Bool));
        Assert.False(KnownLanguages.Alpha.Overlaps(KnownLanguages.Int64));
        Assert.Equal("a0", KnownLanguages.AlphaNumeric.Without(KnownLanguages.Alpha)!
            .Without(Words.Of("[0-9].*"))!.Shortest());
    }

    private static void AssertPattern(string pattern, ByteAutomaton language) =>
        Assert.Equal(Words.Of(pattern), language);

    /// <summary>A bound, its neighbours, the same digits longer and shorter, the other sign, leading zeros.</summary>
    private static IEnumerable<string> Edges(long bound)
    {
        foreach (int step in new[] { -11, -10, -2, -1, 0, 1, 2, 10, 11 })
        {
            BigInteger value = new BigInteger(bound) + step;
            foreach (BigInteger variant in new[] { value, -value, value * 10, value / 10 })
            {
                string digits = BigInteger.Abs(variant).ToString(CultureInfo.InvariantCulture);
                string sign = variant.Sign < 0 ? "-" : "";
                yield return sign + digits;
                yield return sign + "0" + digits;
                yield return sign + new string('0', 30) + digits;
            }
        }
    }

    private static IEnumerable<string> NearZero() =>
        Enumerable.Range(-1200, 2401).Select(value => value.ToString(CultureInfo.InvariantCulture))
            .Concat(["-0", "00", "-00", "-000000000000000000000000000"]);
}

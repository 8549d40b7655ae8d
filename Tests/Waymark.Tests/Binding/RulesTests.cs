using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using Waymark.CompilerServices;

namespace Waymark.Tests.Binding;

/// <summary>The checks answer as the real attributes do.</summary>
public sealed class RulesTests
{
    private static readonly string[] Known =
    [
        "", " ", "a@b", "@b", "a@", "a@b@c", "a@b\r", "\na@b", "http://a", "HTTPS://a", "ftp://", "ftps://a",
        "mailto:a", "http:/a", "+1 (555) 123-4567", "555.1234 ext. 12", "555 EXT12", "555 x 7", "555x", "x7", "ext.",
        "1 ext. 2 x 3", "555 x7a", "٣٤", "+", "5\t5", "1;2", "4111 1111 1111 1111", "4111-1111-1111-1112", "0", "18", "18 ", "-",
        "4111a",
        "YQ==", "YQ=", "YQ", " YQ== ", "*", "YWJj", "Y W J j",
    ];

    private static readonly (ValidationAttribute Attribute, Func<string, bool> Rule)[] Pairs =
    [
        (new RequiredAttribute(), Rules.IsGiven),
        (new EmailAddressAttribute(), Rules.IsEmail),
        (new UrlAttribute(), Rules.IsUrl),
        (new PhoneAttribute(), Rules.IsPhone),
        (new CreditCardAttribute(), Rules.IsCreditCard),
        (new Base64StringAttribute(), Rules.IsBase64),
    ];

    [Fact]
    public void Texts_are_judged_as_the_attributes_judge_them()
    {
        var random = new Random(4);
        const string alphabet = "@.:/xXteTEhps+-() 0123459\tY=\r";
        IEnumerable<string> made = Enumerable.Range(0, 30_000).Select(_ => string.Concat(
            Enumerable.Range(0, random.Next(12)).Select(_ => alphabet[random.Next(alphabet.Length)])));
        var answers = new HashSet<(Type, bool)>();
        foreach (string text in Known.Concat(made))
        {
            foreach ((ValidationAttribute attribute, Func<string, bool> rule) in Pairs)
            {
                bool expected = attribute.IsValid(text);
                Assert.True(expected == rule(text), $"{attribute.GetType().Name}: '{text}' is {expected}");
                answers.Add((attribute.GetType(), expected));
            }
        }

        Assert.Equal(Pairs.Length * 2, answers.Count);
    }

    [Theory]
    [InlineData("a|ab", "ab")]
    [InlineData("ab|a", "ab")]
    [InlineData("[a-z]+", "abc1")]
    [InlineData("[a-z]+", "abc")]
    [InlineData("[a-z]+", "1abc")]
    [InlineData("a", "")]
    [InlineData("b", "a")]
    public void An_expression_has_to_match_the_whole_text_first(string pattern, string text)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));
        Assert.Equal(new RegularExpressionAttribute(pattern).IsValid(text), Rules.IsMatch(regex, text));
    }

    [Fact]
    public void A_match_that_takes_too_long_is_none()
    {
        var regex = new Regex("(a+)+$", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(1));
        Assert.False(Rules.IsMatch(regex, new string('a', 40) + "b"));
    }

    [Fact]
    public void A_range_is_judged_as_the_attribute_judges_it()
    {
        double[] values =
        [
            double.NaN, double.NegativeInfinity, double.PositiveInfinity, -1, 0, double.Epsilon, 0.5, 1, 1.0000000001,
            2,
        ];
        foreach (double value in values)
        {
            foreach (bool isLowExclusive in new[] { false, true })
            {
                foreach (bool isHighExclusive in new[] { false, true })
                {
                    var attribute = new RangeAttribute(0.0, 1.0)
                    {
                        MinimumIsExclusive = isLowExclusive,
                        MaximumIsExclusive = isHighExclusive,
                    };
                    Assert.Equal(
                        attribute.IsValid(value),
                        Rules.IsInRange(value, 0.0, 1.0, isLowExclusive, isHighExclusive));
                }
            }
        }
    }

    [Fact]
    public void Items_are_counted_and_seen_in_every_collection()
    {
        int[] array = [1, 2, 3];
        IEnumerable<int>[] collections =
            [array, new List<int>(array), new HashSet<int>(array), new Queue<int>(array), array.Select(item => item)];
        foreach (IEnumerable<int> collection in collections)
        {
            Assert.Equal(3, Rules.CountOf(collection));
            Assert.Equal(3, Rules.CountOf((System.Collections.IEnumerable)collection));
            Assert.Equal(array, Rules.ItemsOf(collection).ToArray());
        }
    }

    [Fact]
    public void Keys_are_written_without_culture()
    {
        Assert.Equal("a/b", Rules.KeyOf("a/b"));
        Assert.Equal((-1.5).ToString(CultureInfo.InvariantCulture), Rules.KeyOf(-1.5));
    }
}

using System.Globalization;
using System.Text;
using Waymark.CompilerServices;

namespace Waymark.Tests.Binding;

public sealed class ValueParserTests
{
    [Theory]
    [InlineData("5", 5)]
    [InlineData("-5", -5)]
    [InlineData("007", 7)]
    [InlineData("%35", 5)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("-2147483648", int.MinValue)]
    [InlineData("2147483648", null)]
    [InlineData("-2147483649", null)]
    [InlineData("", null)]
    [InlineData("-", null)]
    [InlineData("+5", null)]
    [InlineData(" 5", null)]
    [InlineData("5 ", null)]
    [InlineData("5a", null)]
    [InlineData("5.0", null)]
    [InlineData("--5", null)]
    [InlineData("%2535", null)]
    [InlineData("%205", null)]
    [InlineData("5%", null)]
    public void An_int_is_the_whole_text(string text, int? expected)
    {
        Assert.Equal(expected, Parse<int, Int32Parser>(text, ValueEncoding.Percent, out int value) ? value : null);
        Assert.Equal(expected, Parse<int, Int32Parser>(text, ValueEncoding.Form, out value) ? value : null);
        Assert.Equal(expected, Parse<int, IntegerParser<int>>(text, ValueEncoding.Form, out value) ? value : null);
    }

    [Theory]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("%2D1", -1L)]
    [InlineData("9223372036854775808", null)]
    [InlineData("-9223372036854775809", null)]
    [InlineData("+1", null)]
    [InlineData("", null)]
    public void A_long_is_the_whole_text(string text, long? expected)
    {
        Assert.Equal(expected, Parse<long, Int64Parser>(text, ValueEncoding.Percent, out long value) ? value : null);
        Assert.Equal(expected, Parse<long, IntegerParser<long>>(text, ValueEncoding.Form, out value) ? value : null);
    }

    [Theory]
    [InlineData("00112233-4455-6677-8899-aabbccddeeFF", true)]
    [InlineData("00112233445566778899aabbccddeeff", true)]
    [InlineData("%30%30112233445566778899aabbccddeeff", true)]
    [InlineData("{00112233-4455-6677-8899-aabbccddeeff}", false)]
    [InlineData("00112233-4455-6677-8899-aabbccddeef", false)]
    [InlineData("0011223344556677-8899-aabbccddeeff--", false)]
    [InlineData("", false)]
    public void A_guid_has_hyphens_in_their_places_or_none(string text, bool isGuid)
    {
        Assert.Equal(isGuid, Parse<Guid, GuidParser>(text, ValueEncoding.Percent, out Guid value));
        if (isGuid)
            Assert.Equal(new Guid("00112233-4455-6677-8899-aabbccddeeff"), value);
    }

    [Theory]
    [InlineData("255", true)]
    [InlineData("0", true)]
    [InlineData("256", false)]
    [InlineData("-1", false)]
    [InlineData("1,000", false)]
    [InlineData(" 1", false)]
    public void A_byte_has_its_range(string text, bool isByte) =>
        Assert.Equal(isByte, Parse<byte, IntegerParser<byte>>(text, ValueEncoding.Percent, out _));

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("-0.25", -0.25)]
    [InlineData("1e3", 1000.0)]
    [InlineData("1,5", null)]
    [InlineData("1,000", null)]
    [InlineData("+1", null)]
    [InlineData(".5", null)]
    [InlineData("NaN", null)]
    [InlineData("Infinity", null)]
    [InlineData("1e999", null)]
    [InlineData("1 ", null)]
    public void A_double_is_finite_and_invariant(string text, double? expected)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            comma.NumberFormat.NumberGroupSeparator = ".";
            CultureInfo.CurrentCulture = comma;
            bool isParsed = Parse<double, FractionParser<double>>(text, ValueEncoding.Percent, out double value);
            Assert.Equal(expected, isParsed ? value : null);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("on", true)]
    [InlineData("False", false)]
    [InlineData("1", null)]
    [InlineData("", null)]
    [InlineData("yes", null)]
    public void A_bool_is_spelled_out(string text, bool? expected) =>
        Assert.Equal(
            expected, Parse<bool, BooleanParser>(text, ValueEncoding.Percent, out bool value) ? value : null);

    [Theory]
    [InlineData("a", 'a')]
    [InlineData("%C3%A9", 'é')]
    [InlineData("ab", null)]
    [InlineData("", null)]
    [InlineData("%F0%9F%98%80", null)]
    public void A_char_is_one_code_unit(string text, char? expected) =>
        Assert.Equal(
            expected, Parse<char, CharacterParser>(text, ValueEncoding.Percent, out char value) ? value : null);

    [Theory]
    [InlineData("2026-01-31T23:59:59Z", "2026-01-31T23:59:59.0000000Z")]
    [InlineData("2026-01-31T23:59:59.5Z", "2026-01-31T23:59:59.5000000Z")]
    [InlineData("2026-01-31T23:59:59+02:00", "2026-01-31T21:59:59.0000000Z")]
    [InlineData("2026-01-31T23:59:59-02:00", "2026-02-01T01:59:59.0000000Z")]
    [InlineData("2026-01-31T23:59:59", "2026-01-31T23:59:59.0000000")]
    [InlineData("2026-01-31T23:59", "2026-01-31T23:59:00.0000000")]
    [InlineData("2026-01-31", "2026-01-31T00:00:00.0000000")]
    [InlineData("01/31/2026", null)]
    [InlineData("2026-02-30", null)]
    [InlineData("2026-01-31 23:59:59", null)]
    [InlineData("", null)]
    public void A_DateTime_is_that_of_RFC_3339_wherever_the_server_stands(string text, string? expected)
    {
        bool isParsed = Parse<DateTime, DateTimeParser>(text, ValueEncoding.None, out DateTime value);
        Assert.Equal(expected, isParsed ? value.ToString("O", CultureInfo.InvariantCulture) : null);
    }

    [Theory]
    [InlineData("2026-01-31T23:59:59+02:00", "2026-01-31T23:59:59.0000000+02:00")]
    [InlineData("2026-01-31T23:59:59", "2026-01-31T23:59:59.0000000+00:00")]
    [InlineData("2026-01-31", "2026-01-31T00:00:00.0000000+00:00")]
    [InlineData("31.01.2026", null)]
    public void A_DateTimeOffset_without_an_offset_is_UTC(string text, string? expected)
    {
        bool isParsed = Parse<DateTimeOffset, DateTimeOffsetParser>(text, ValueEncoding.None, out var value);
        Assert.Equal(expected, isParsed ? value.ToString("O", CultureInfo.InvariantCulture) : null);
    }

    [Fact]
    public void Dates_times_and_spans_have_one_form()
    {
        Assert.True(Parse<DateOnly, DateOnlyParser>("2026-01-31", ValueEncoding.None, out DateOnly date));
        Assert.Equal(new DateOnly(2026, 1, 31), date);
        Assert.False(Parse<DateOnly, DateOnlyParser>("31/01/2026", ValueEncoding.None, out _));
        Assert.True(Parse<TimeOnly, TimeOnlyParser>("23:59", ValueEncoding.None, out TimeOnly time));
        Assert.Equal(new TimeOnly(23, 59), time);
        Assert.True(Parse<TimeOnly, TimeOnlyParser>("23%3A59:58.5", ValueEncoding.Percent, out time));
        Assert.Equal(new TimeOnly(23, 59, 58, 500), time);
        Assert.False(Parse<TimeOnly, TimeOnlyParser>("11:59 PM", ValueEncoding.None, out _));
        Assert.True(Parse<TimeSpan, TimeSpanParser>("1.02:30:00", ValueEncoding.None, out TimeSpan span));
        Assert.Equal(new TimeSpan(1, 2, 30, 0), span);
        Assert.False(Parse<TimeSpan, TimeSpanParser>("90m", ValueEncoding.None, out _));
    }

    [Fact]
    public void Types_parse_themselves_with_the_best_they_have()
    {
        Assert.True(Parse<Sku, Utf8ParsableParser<Sku>>("a-1", ValueEncoding.None, out Sku sku));
        Assert.Equal("utf8 a-1", sku.Text);
        Assert.True(Parse<Sku, SpanParsableParser<Sku>>("a%2D1", ValueEncoding.Percent, out sku));
        Assert.Equal("span a-1", sku.Text);
        string large = new('x', 300);
        Assert.True(Parse<Sku, SpanParsableParser<Sku>>(large, ValueEncoding.None, out sku));
        Assert.Equal("span " + large, sku.Text);
        Assert.True(Parse<Sku, ParsableParser<Sku>>("a+1", ValueEncoding.Form, out sku));
        Assert.Equal("text a 1", sku.Text);
    }

    [Fact]
    public void Long_text_is_decoded_beyond_the_stack()
    {
        string expected = string.Concat(Enumerable.Repeat("é ", 400));
        string encoded = string.Concat(Enumerable.Repeat("%C3%A9+", 400));
        Assert.True(Parse<string, TextParser>(encoded, ValueEncoding.Form, out string value));
        Assert.Equal(expected, value);
    }

    private static bool Parse<T, TParser>(string text, ValueEncoding encoding, out T value)
        where TParser : struct, IValueParser<T> =>
        new RequestValue(Encoding.UTF8.GetBytes(text), true, encoding, "query", "x").TryParse<T, TParser>(out value);

    /// <summary>Says by which way it came.</summary>
    private readonly record struct Sku(string Text) : IUtf8SpanParsable<Sku>, ISpanParsable<Sku>
    {
        public static Sku Parse(string s, IFormatProvider? provider) => throw new NotSupportedException();

        public static Sku Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => throw new NotSupportedException();

        public static Sku Parse(ReadOnlySpan<byte> s, IFormatProvider? provider) => throw new NotSupportedException();

        public static bool TryParse(string? s, IFormatProvider? provider, out Sku result)
        {
            result = new Sku("text " + s);
            return true;
        }

        public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Sku result)
        {
            result = new Sku("span " + s.ToString());
            return true;
        }

        public static bool TryParse(ReadOnlySpan<byte> s, IFormatProvider? provider, out Sku result)
        {
            result = new Sku("utf8 " + Encoding.UTF8.GetString(s));
            return true;
        }
    }
}

using System.Text;
using Waymark.Buffers;

namespace Waymark.Tests.Buffers;

public sealed class PercentDecoderTests
{
    [Theory]
    [InlineData("/%41%2f%25%c3%a9%7e", "/A%2F%25%C3%A9~")]
    [InlineData("/a+b", "/a+b")]
    [InlineData("", "")]
    public void Normalising_decodes_only_unreserved_characters(string raw, string expected)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(raw);
        int length = PercentDecoder.Normalise(bytes, bytes);
        Assert.Equal(expected, Encoding.ASCII.GetString(bytes, 0, length));
    }

    [Theory]
    [InlineData("/caf\u00e9", "/caf%C3%A9")]
    [InlineData("/\u00e9%c3%a9%7e\U0001F600", "/%C3%A9%C3%A9~%F0%9F%98%80")]
    public void Normalising_escapes_raw_octets(string raw, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(raw);
        byte[] destination = new byte[PercentDecoder.NormalisedLengthMax(bytes)];
        int length = PercentDecoder.Normalise(bytes, destination);
        Assert.Equal(expected, Encoding.ASCII.GetString(destination, 0, length));
    }

    [Theory]
    [InlineData("/abc%41", 7)]
    [InlineData("/\u00e9", 9)]
    [InlineData("", 0)]
    public void The_longest_normal_form_is_known_before(string raw, int expected) =>
        Assert.Equal(expected, PercentDecoder.NormalisedLengthMax(Encoding.UTF8.GetBytes(raw)));

    [Theory]
    [InlineData("%2541", false, "%41")]
    [InlineData("a+b%20c", false, "a+b c")]
    [InlineData("a+b%2Bc", true, "a b+c")]
    [InlineData("%zz%4", true, "%zz%4")]
    [InlineData("%C3%A9", false, "\u00e9")]
    public void Decoding_is_done_once(string raw, bool isPlusSpace, string expected) =>
        Assert.Equal(expected, PercentDecoder.DecodeToString(Encoding.ASCII.GetBytes(raw), isPlusSpace));

    [Theory]
    [InlineData("%00")]
    [InlineData("%C0%AF")]
    [InlineData("%E0%80%AF")]
    [InlineData("%ED%A0%80")]
    [InlineData("%F4%90%80%80")]
    [InlineData("%80")]
    [InlineData("%C3")]
    [InlineData("%C3a%A9")]
    [InlineData("%")]
    [InlineData("%4")]
    [InlineData("%4x")]
    public void What_is_no_escape_or_no_text_is_not_valid(string raw) =>
        Assert.False(PercentDecoder.IsValid(Encoding.ASCII.GetBytes(raw)));
}

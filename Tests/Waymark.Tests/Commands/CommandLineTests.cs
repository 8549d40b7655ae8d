using System.Buffers;
using System.Text;

namespace Waymark.Tests.Commands;

/// <summary>Lines of words: how they are cut, how they fall into words, how they are shown.</summary>
public sealed class CommandLineTests
{
    private static readonly CommandLineProtocol Protocol = new();

    [Theory]
    [InlineData(LineEnding.LineFeed, "a b\nc\r\n\n€ \nrest", "a b|c||€ |")]
    [InlineData(LineEnding.CarriageReturnLineFeed, "a b\r\nc\nd\r\n\r\nrest", "a b|c\nd||")]
    [InlineData(LineEnding.CarriageReturn, "a\rb c\r\rrest", "a|b c||")]
    public void Lines_are_cut_at_their_ends_wherever_the_network_cut_them(LineEnding ending, string text, string lines)
    {
        var protocol = new CommandLineProtocol(ending);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            var found = new StringBuilder();
            int taken = 0;
            int examined = 0;
            foreach (int end in new[] { cut, bytes.Length })
            {
                while (true)
                {
                    var input = new StreamInput(bytes.AsMemory(taken, end - taken)) { Examined = examined };
                    bool isRead = protocol.TryRead(ref input, out CommandLine line);
                    examined = input.Examined;
                    if (!isRead)
                        break;
                    taken += input.Taken;
                    found.Append(Encoding.UTF8.GetString(line.Packet.Span)).Append('|');
                }
            }

            Assert.Equal((cut, lines), (cut, found.ToString()));
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" \t ", "")]
    [InlineData("a", "a|")]
    [InlineData("  a\tb  \t c ", "a|b|c|")]
    [InlineData("a\u000Bb\u00A0c", "a\u000Bb\u00A0c|")]
    public void Words_stand_between_blanks(string text, string words)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var line = new CommandLine(bytes, Protocol);
        int count = words.Count(character => character == '|');
        for (int room = 0; room <= count + 1; room++)
        {
            var places = new Range[room];
            Assert.Equal(count, line.Split(places));
            Assert.Equal(
                words.Split('|')[..Math.Min(room, count)],
                places[..Math.Min(room, count)].Select(place => Encoding.UTF8.GetString(bytes[place])));
        }
    }

    [Fact]
    public void A_line_of_nothing_has_no_words()
    {
        Assert.Equal(0, default(CommandLine).Split(new Range[1]));
        Assert.Equal("", default(CommandLine).ToString());
        Assert.Throws<ArgumentNullException>(() => new CommandLine(default, null!));
    }

    [Theory]
    [InlineData("a b", "a b")]
    [InlineData("a\r\u0000\u001B\u007F\u0085b", "a\\x0D\\x00\\x1B\\x7F\\x85b")]
    [InlineData("é€\U0001F600", "é€\U0001F600")]
    [InlineData("\u202Ea\u2028\u200B", "\\u{202E}a\\u{2028}\\u{200B}")]
    public void A_line_is_shown_in_a_log_without_control_characters(string text, string shown) =>
        Assert.Equal(shown, new CommandLine(Encoding.UTF8.GetBytes(text), Protocol).ToString());

    [Theory]
    [InlineData(199, 199)]
    [InlineData(200, 200)]
    [InlineData(201, 201)]
    [InlineData(5000, 201)]
    public void A_long_line_is_shown_in_part(int length, int shown)
    {
        string text = new CommandLine(Encoding.UTF8.GetBytes(new string('x', length)), Protocol).ToString();
        Assert.Equal(shown, text.Length);
        Assert.Equal(length > 200, text.EndsWith('…'));
    }

    [Fact]
    public void Octets_that_are_not_text_are_shown_as_numbers() =>
        Assert.Equal("a\\xFF\\xC3b", new CommandLine(new byte[] { 97, 0xFF, 0xC3, 98 }, Protocol).ToString());

    [Theory]
    [InlineData(LineEnding.LineFeed, "é", "é\n")]
    [InlineData(LineEnding.CarriageReturnLineFeed, "", "\r\n")]
    [InlineData(LineEnding.CarriageReturn, "a\nb", "a\nb\r")]
    public void An_answer_is_written_as_a_line(LineEnding ending, string answer, string written) =>
        Assert.Equal(written, Written(ending, answer));

    [Theory]
    [InlineData(LineEnding.LineFeed, "a\nb")]
    [InlineData(LineEnding.CarriageReturnLineFeed, "a\r\nb")]
    [InlineData(LineEnding.CarriageReturn, "\r")]
    public void An_answer_that_would_be_read_as_something_else_is_refused(LineEnding ending, string answer) =>
        Assert.ThrowsAny<ArgumentException>(() => Written(ending, answer));

    [Fact]
    public void Half_a_character_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => Written(LineEnding.LineFeed, "a\uD83D"));

    [Fact]
    public void An_ending_is_one_of_three() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CommandLineProtocol((LineEnding)3));

    private static string Written(LineEnding ending, string answer)
    {
        var output = new ArrayBufferWriter<byte>();
        new CommandLineProtocol(ending).Write(answer, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}

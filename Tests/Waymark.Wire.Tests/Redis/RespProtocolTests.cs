using System.Buffers;
using System.Text;

namespace Waymark.Wire.Tests.Redis;

/// <summary>Samples/Redis: requests cut out of what comes, at every place where the network may cut.</summary>
public sealed class RespProtocolTests
{
    private const int WordsMax = 4;

    private readonly RespProtocol _protocol = new(WordsMax);

    [Theory]
    [InlineData("*1\r\n$4\r\nPING\r\n", "PING")]
    [InlineData("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$0\r\n\r\n", "SET|k|")]
    [InlineData("*2\r\n$3\r\nGET\r\n$6\r\na\r\n\0*1\r\n", "GET|a\r\n\0*1")]
    [InlineData("*01\r\n$04\r\nPING\r\n", "PING")]
    [InlineData("PING\r\n", "PING")]
    [InlineData("PING\n", "PING")]
    [InlineData(" SET  k\t v \r\n", "SET|k|v")]
    [InlineData("SET \"a b\" 'c d'\r\n", "SET|a b|c d")]
    [InlineData("SET \"\\x41\\n\\\"\\q\" 'it\\'s\\n'\r\n", "SET|A\n\"q|it's\\n")]
    [InlineData("SET \"\" k\"v\"\n", "SET||kv")]
    public void A_request_is_read_once_it_is_whole(string text, string words)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        for (int cut = 0; cut < bytes.Length; cut++)
            Assert.Equal((false, "", 0), Read(bytes.AsMemory(0, cut)));
        Assert.Equal((true, words, bytes.Length), Read(bytes));

        // What follows is left alone.
        Assert.Equal((true, words, bytes.Length), Read(Encoding.Latin1.GetBytes(text + "*1\r\n$4\r\nQUIT\r\n")));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("  \n")]
    [InlineData("*0\r\n")]
    [InlineData("*0\r\n\r\n*0\r\n")]
    public void What_asks_for_nothing_is_passed_over(string nothing)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(nothing);
        Assert.Equal((false, "", bytes.Length), Read(bytes));
        byte[] both = Encoding.Latin1.GetBytes(nothing + "*1\r\n$4\r\nPING\r\n");
        Assert.Equal((true, "PING", both.Length), Read(both));
        for (int cut = 0; cut < both.Length; cut++)
        {
            // Whatever is taken out before the cut, the request is found by what follows.
            int taken = Read(both.AsMemory(0, cut)).Taken;
            Assert.InRange(taken, 0, bytes.Length);
            Assert.Equal((true, "PING", both.Length - taken), Read(both.AsMemory(taken)));
        }
    }

    [Theory]
    [InlineData("*x\r\n", "invalid multibulk length")]
    [InlineData("*\r\n", "invalid multibulk length")]
    [InlineData("*-1\r\n", "invalid multibulk length")]
    [InlineData("*+1\r\n", "invalid multibulk length")]
    [InlineData("*1 \r\n", "invalid multibulk length")]
    [InlineData("*1\rx", "invalid multibulk length")]
    [InlineData("*5\r\n", "invalid multibulk length")]
    [InlineData("*99999999999999999999\r\n", "invalid multibulk length")]
    [InlineData("*000000000000000000000001\r\n", "invalid multibulk length")]
    [InlineData("*1\r\n+PING\r\n", "expected '$', got '+'")]
    [InlineData("*1\r\n\0", "expected '$', got '\\x00'")]
    [InlineData("*1\r\n$x\r\n", "invalid bulk length")]
    [InlineData("*1\r\n$-1\r\n", "invalid bulk length")]
    [InlineData("*1\r\n$2147483648\r\n", "invalid bulk length")]
    [InlineData("*1\r\n$4\r\nPINGxx", "expected CRLF behind a bulk string")]
    [InlineData("*1\r\n$4\r\nPING\rx", "expected CRLF behind a bulk string")]
    [InlineData("*1\r\n$3\r\nPING\r\n", "expected CRLF behind a bulk string")]
    [InlineData("SET k \"v\r\n", "unbalanced quotes in request")]
    [InlineData("SET k 'v\r\n", "unbalanced quotes in request")]
    [InlineData("SET \"k\"v\r\n", "unbalanced quotes in request")]
    [InlineData("a b c d e\r\n", "too many words in request")]
    public void What_breaks_the_format_is_refused_and_nothing_is_read_behind_it(string text, string message)
    {
        // Also behind something that was passed over, and however it is cut: the first that says so says it for good.
        foreach (string before in new[] { "", "\r\n", "*0\r\n" })
        {
            byte[] bytes = Encoding.Latin1.GetBytes(before + text);
            Assert.Equal(message, RefusalOf(bytes));
            bool isRefused = false;
            for (int cut = before.Length; cut <= bytes.Length; cut++)
            {
                string? refusal = RefusalOf(bytes.AsMemory(0, cut));
                Assert.True(refusal == message || (refusal is null && !isRefused), $"At {cut}: {refusal}");
                isRefused |= refusal is not null;
            }
        }
    }

    [Theory]
    [InlineData(WordsMax - 1, true)]
    [InlineData(WordsMax, true)]
    [InlineData(WordsMax + 1, false)]
    public void A_request_has_at_most_so_many_words(int count, bool isTaken)
    {
        string words = string.Concat(Enumerable.Repeat("$1\r\nw\r\n", count));
        byte[] array = Encoding.ASCII.GetBytes($"*{count}\r\n{words}");
        byte[] line = Encoding.ASCII.GetBytes(string.Join(' ', Enumerable.Repeat("w", count)) + "\r\n");
        foreach (byte[] request in new[] { array, line })
        {
            if (isTaken)
                Assert.Equal(string.Join('|', Enumerable.Repeat("w", count)), Read(request).Words);
            else
                Assert.NotNull(RefusalOf(request));
        }
    }

    [Fact]
    public void Values_are_written_as_RESP2()
    {
        (RespValue Value, string Written)[] values =
        [
            (RespValue.Ok, "+OK\r\n"),
            (RespValue.Error("ERR two\r\nlines"), "-ERR two lines\r\n"),
            (RespValue.Integer(long.MinValue), ":-9223372036854775808\r\n"),
            (RespValue.Integer(true), ":1\r\n"),
            (RespValue.Bulk("é\r\n"), "$4\r\n\u00c3\u00a9\r\n\r\n"),
            (RespValue.Bulk(Array.Empty<byte>()), "$0\r\n\r\n"),
            (RespValue.Null, "$-1\r\n"),
            (RespValue.NullArray, "*-1\r\n"),
            (RespValue.Empty, "*0\r\n"),
            (RespValue.Array([RespValue.Integer(1), RespValue.Array([RespValue.Null])]), "*2\r\n:1\r\n*1\r\n$-1\r\n"),
        ];
        foreach ((RespValue value, string written) in values)
        {
            var output = new ArrayBufferWriter<byte>();
            _protocol.Write(value, output);
            Assert.Equal(written, Encoding.Latin1.GetString(output.WrittenSpan));
        }
    }

    private (bool IsRead, string Words, int Taken) Read(ReadOnlyMemory<byte> bytes)
    {
        var input = new StreamInput(bytes);
        if (!_protocol.TryRead(ref input, out CommandLine line))
            return (false, "", input.Taken);
        var words = new Range[16];
        int count = line.Split(words);
        Assert.Equal(count, line.Split([]));
        return (true, string.Join('|', words[..count].Select(word => Show(line.Packet[word].Span))), input.Taken);
    }

    private static string Show(ReadOnlySpan<byte> word) => Encoding.Latin1.GetString(word);

    private string? RefusalOf(ReadOnlyMemory<byte> bytes)
    {
        var input = new StreamInput(bytes);
        try
        {
            Assert.False(_protocol.TryRead(ref input, out _));
            return null;
        }
        catch (StreamProtocolException e)
        {
            // What has been advanced over would say that the connection can go on.
            Assert.Equal(0, input.Taken);
            return e.Message;
        }
    }
}

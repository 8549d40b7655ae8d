using System.Text;
using Waymark.Http.Parsing;

namespace Waymark.Tests.Http.Parsing;

/// <summary>The parser and its twin agree on random heads and on heads with a few random faults.</summary>
public sealed class RequestParserTwinTests
{
    private const int RoundCount = 20_000;

    private static readonly string[] Methods = ["GET", "POST", "OPTIONS", "get", "G-T", "CONNECT", "G T", ""];

    private static readonly string[] Targets =
    [
        "/", "/a/b?c=d", "*", "http://a/b", "HTTPS://A:443?x", "http://a:81/", "/%41%C3%A9", "/%C3", "/a/../b", "/%2e",
        "a",
        "http://u@a/", "/a#b", "/a?b%zz",
    ];

    private static readonly string[] Lines =
    [
        "Host: a", "host:a:80", "Host: [::1]", "Host: a b", "Host:", "Content-Length: 10", "content-length: 1001",
        "Content-Length: 1x", "Transfer-Encoding: chunked", "transfer-encoding: gzip, chunked", "A: b\tc \x80", "A:",
        "A : b", " A: b", ": b", "A", "Connection: close", "Expect: 100-continue", "X-Y_Z:  1 2  ",
    ];

    // What a fault puts in: delimiters, controls, and letters that may also do no harm.
    private const string FaultChars = "\r\n\t\0 :/%?#.,;@[]*aA01\x7f\x80\xff\"";

    [Fact]
    public void The_twin_agrees_with_every_row()
    {
        foreach (string input in HeadRows.Accepted)
            Assert.True(Compare(HeadRows.Bytes(input)), Escaped(input));
        foreach ((_, string input) in HeadRows.Refused)
            Assert.False(Compare(HeadRows.Bytes(input)), Escaped(input));
    }

    [Fact]
    public void Parser_and_twin_agree_on_random_and_mutated_heads()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        int acceptedCount = 0;
        for (int round = 0; round < RoundCount; round++)
        {
            string text = random.Next(3) > 0
                ? Mutated(HeadRows.Accepted[random.Next(HeadRows.Accepted.Length)], random)
                : random.Next(2) > 0 ? Assembled(random) : Mutated(Assembled(random), random);
            try
            {
                // Ended twice, so that there is always enough to decide.
                acceptedCount += Compare(HeadRows.Bytes(text + "\r\n\r\n\r\n")) ? 1 : 0;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, round {round}, input {Escaped(text)}: {e.Message}");
            }
        }

        // Else the comparison would say little about one of the two.
        Assert.InRange(acceptedCount, RoundCount / 20, RoundCount * 19 / 20);
    }

    /// <summary>True where both accept; fails where they differ.</summary>
    private static bool Compare(byte[] input)
    {
        var head = new RequestHead(8);
        head.Reset();
        ParseResult result = RequestParser.Parse(input, HeadRows.Limits, ref head);
        TwinHead? twin = RequestParserTwin.Parse(input, HeadRows.Limits);
        Assert.NotEqual(ParseResult.NeedMore, result);
        Assert.Equal(twin is not null, result == ParseResult.Done);
        if (twin is null)
            return false;
        Assert.Equal(twin.Method, Text(input, head.Method));
        Assert.Equal(twin.Target, Text(input, head.Target));
        Assert.Equal(twin.HeadBytes, head.HeadBytes);
        var fields = new List<(string, string)>();
        foreach (HeaderField field in head.Fields.AsSpan(0, head.FieldCount))
        {
            fields.Add((Text(input, new Slice(field.NameOffset, field.NameLength)),
                Text(input, new Slice(field.ValueOffset, field.ValueLength))));
        }

        Assert.Equal(twin.Fields, fields);
        return true;
    }

    private static string Assembled(Random random)
    {
        var text = new StringBuilder(random.Next(8) == 0 ? "\r\n" : "");
        string version = random.Next(6) == 0 ? $"HTTP/{random.Next(3)}.{random.Next(4)}" : "HTTP/1.1";
        // The first entries of each table are the good ones; they are taken more often.
        text.Append(Skewed(Methods, random)).Append(' ').Append(Skewed(Targets, random)).Append($" {version}\r\n");
        if (random.Next(4) > 0)
            text.Append("Host: a\r\n");
        for (int count = random.Next(5); count > 0; count--)
            text.Append(Lines[random.Next(Lines.Length)]).Append("\r\n");
        return text.Append("\r\n").ToString();
    }

    private static string Skewed(string[] table, Random random) =>
        table[Math.Min(random.Next(table.Length), random.Next(table.Length))];

    private static string Mutated(string text, Random random)
    {
        var mutated = new StringBuilder(text);
        for (int count = random.Next(4); count > 0 && mutated.Length > 1; count--)
        {
            int at = random.Next(mutated.Length);
            char fault = random.Next(4) > 0 ? FaultChars[random.Next(FaultChars.Length)] : (char)random.Next(256);
            switch (random.Next(5))
            {
                case 0:
                    mutated[at] = fault;
                    break;
                case 1:
                    mutated.Insert(at, fault);
                    break;
                case 2:
                    mutated.Remove(at, 1);
                    break;
                case 3:
                    mutated.Insert(at, text[random.Next(text.Length)..][..1]);
                    break;
                default:
                    int from = random.Next(text.Length);
                    mutated.Insert(at, text[from..Math.Min(text.Length, from + random.Next(1, 12))]);
                    break;
            }
        }

        return mutated.ToString();
    }

    private static string Text(byte[] input, Slice slice) => Encoding.Latin1.GetString(slice.Of(input));

    private static string Escaped(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}

using System.Text;
using Waymark.Fuzz.Engine;
using Waymark.Http.Parsing;
using Waymark.Tests.Http.Parsing;
using Waymark.TestSupport;

namespace Waymark.Fuzz.Targets;

/// <summary>The head of a request: RFC 9112 sections 2 to 6.</summary>
internal sealed class HeadTarget : FuzzTarget
{
    private const int DripLengthMax = 400;

    private static readonly ServerLimits Limits = new()
    {
        RequestLineBytesMax = 256, HeaderBytesMax = 1024, HeaderCountMax = 8,
    };

    // For as long as the process lives.
    private static readonly GuardedPage Page = new();

    private RequestHead _head = new(16);
    private RequestHead _cut = new(16);

    public override string Name => "head";

    public override IReadOnlyList<byte[]> Seeds { get; } = All(
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\r\nPOST /a/b?c=d&e HTTP/1.1\r\nHost: a:80\r\nContent-Length: 5\r\n\r\nhello",
        "OPTIONS * HTTP/1.1\r\nhost:[::1]:8080\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET http://a/b HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, close\r\nExpect: 100-continue\r\n\r\n",
        "GET /%C3%A9/../x HTTP/1.0\r\nX-A: \t b\xff \r\n\r\n",
        "PROPFIND https://A:443?x HTTP/1.9\r\nHost: a:443\r\nTE: gzip\r\nTransfer-Encoding: gzip, chunked\r\n\r\n");

    public override IReadOnlyList<byte[]> Words { get; } = All(
        "\r\n", "\r", "\n", "\r\n\r\n", " ", "\t", ": ", ":", ",", ";", "/", "*", "?", "%", "%2e", "%C3%A9", "%00",
        "..", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "GET ", "HEAD ", "POST ", "CONNECT ", "OPTIONS ", "Host: a\r\n",
        "Host:", "Content-Length: ", "0", "10", "9223372036854775807", "9223372036854775808",
        "Transfer-Encoding: chunked\r\n", "transfer-encoding:", "chunked", "gzip", "identity", "Connection: ",
        "close", "keep-alive", "Expect: ", "100-continue", "http://", "https://", "[::1]", "127.0.0.1", "@", "#",
        "\x7f", "\x80", "\0");

    public override void Run(byte[] input, Random random)
    {
        TargetRules rules = random.Next(4) == 0 ? TargetRules.RawOctets : TargetRules.Strict;
        ReadOnlySpan<byte> whole = Page.Place(input);
        _head.Reset();
        ParseResult result = RequestParser.Parse(whole, Limits, ref _head, rules);
        CheckAllocation(whole, rules);
        CheckSplit(whole, random.Next(input.Length + 1), random.Next(input.Length + 1), rules, result);
        if (input.Length <= DripLengthMax && random.Next(8) == 0)
            CheckDrip(whole, rules, result);
        if (result == ParseResult.Done)
            CheckAccepted(input, rules);
        if (rules == TargetRules.Strict && (result == ParseResult.Done || random.Next(8) == 0))
            CheckTwin(input, result);
    }

    private void CheckAllocation(ReadOnlySpan<byte> whole, TargetRules rules)
    {
        _cut.Reset();
        long before = GC.GetAllocatedBytesForCurrentThread();
        RequestParser.Parse(whole, Limits, ref _cut, rules);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Check(allocated == 0, $"a parse allocated: {allocated} bytes");
    }

    private void CheckSplit(ReadOnlySpan<byte> whole, int one, int other, TargetRules rules, ParseResult wanted)
    {
        _cut.Reset();
        ParseResult result = RequestParser.Parse(whole[..Math.Min(one, other)], Limits, ref _cut, rules);
        if (result == ParseResult.NeedMore)
            result = RequestParser.Parse(whole[..Math.Max(one, other)], Limits, ref _cut, rules);
        if (result == ParseResult.NeedMore)
            result = RequestParser.Parse(whole, Limits, ref _cut, rules);
        CheckSame(wanted, result, $"cut at {one} and {other}");
    }

    private void CheckDrip(ReadOnlySpan<byte> whole, TargetRules rules, ParseResult wanted)
    {
        _cut.Reset();
        ParseResult result = ParseResult.NeedMore;
        for (int length = 0; length <= whole.Length && result == ParseResult.NeedMore; length++)
            result = RequestParser.Parse(whole[..length], Limits, ref _cut, rules);
        CheckSame(wanted, result, "octet by octet");
    }

    private void CheckSame(ParseResult wanted, ParseResult result, string how)
    {
        Check(wanted == result && _head.Rejection == _cut.Rejection,
            $"the outcome depends on the split: {how}: {wanted} {_head.Rejection}, {result} {_cut.Rejection}");
        if (wanted != ParseResult.Done)
            return;
        bool isSame = _head.HeadBytes == _cut.HeadBytes && _head.Target == _cut.Target && _head.Path == _cut.Path
            && _head.Facts == _cut.Facts && _head.ContentLength == _cut.ContentLength
            && _head.Fields.AsSpan(0, _head.FieldCount).SequenceEqual(_cut.Fields.AsSpan(0, _cut.FieldCount));
        Check(isSame, $"the head read depends on the split: {how}");
    }

    /// <summary>What was accepted, written anew, is accepted again and means the same.</summary>
    private void CheckAccepted(byte[] input, TargetRules rules)
    {
        Check(_head.HeadBytes <= input.Length, "more was used than was given");
        string first = Written(input, in _head);
        byte[] again = Encoding.Latin1.GetBytes(first);
        _cut.Reset();
        ParseResult result = RequestParser.Parse(again, Limits, ref _cut, rules);
        Check(result == ParseResult.Done && _cut.HeadBytes == again.Length && Written(again, in _cut) == first,
            $"what was accepted is not accepted again: {_cut.Rejection}");
    }

    private void CheckTwin(byte[] input, ParseResult result)
    {
        TwinHead? twin = RequestParserTwin.Parse(input, Limits);
        Check(twin is not null == (result == ParseResult.Done), $"the twin says otherwise: {result} {_head.Rejection}");
        if (twin is null)
            return;
        var fields = new List<(string, string)>();
        foreach (HeaderField field in _head.Fields.AsSpan(0, _head.FieldCount))
        {
            fields.Add((Text(input, field.NameOffset, field.NameLength),
                Text(input, field.ValueOffset, field.ValueLength)));
        }

        bool isSame = twin.HeadBytes == _head.HeadBytes && twin.Fields.SequenceEqual(fields)
            && twin.Target == Text(input, _head.Target.Offset, _head.Target.Length)
            && twin.Method == Text(input, _head.Method.Offset, _head.Method.Length);
        Check(isSame, "the twin reads another head");
    }

    private static string Written(byte[] input, in RequestHead head)
    {
        var text = new StringBuilder();
        text.Append(Text(input, head.Method.Offset, head.Method.Length)).Append(' ')
            .Append(Text(input, head.Target.Offset, head.Target.Length))
            .Append(head.MinorVersion == 0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
        foreach (HeaderField field in head.Fields.AsSpan(0, head.FieldCount))
        {
            text.Append(Text(input, field.NameOffset, field.NameLength)).Append(':')
                .Append(Text(input, field.ValueOffset, field.ValueLength)).Append("\r\n");
        }

        return text.Append("\r\n").ToString();
    }

    private static string Text(byte[] input, int offset, int length) =>
        Encoding.Latin1.GetString(input, offset, length);
}

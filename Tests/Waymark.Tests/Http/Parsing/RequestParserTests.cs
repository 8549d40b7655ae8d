using Waymark.Http.Parsing;

namespace Waymark.Tests.Http.Parsing;

public sealed class RequestParserTests
{
    /// <summary>Given by the readers of bodies and by the timers, never by the head's parser.</summary>
    private static readonly RequestRejection[] NotOfTheHead =
    [
        RequestRejection.None,
        RequestRejection.BodyTooLarge,
        RequestRejection.InvalidChunkSize,
        RequestRejection.InvalidChunkExtension,
        RequestRejection.ChunkExtensionTooLong,
        RequestRejection.InvalidChunkEnd,
        RequestRejection.TrailersTooLarge,
        RequestRejection.TooManyTrailers,
        RequestRejection.TooManyQueryKeys,
        RequestRejection.TooManyCookies,
        RequestRejection.HeadTimedOut,
        RequestRejection.BodyTimedOut,
        RequestRejection.BodyIncomplete,
        .. Enum.GetValues<RequestRejection>().Where(one => one >= RequestRejection.UnsupportedCharset),
    ];

    public static TheoryData<string> Accepted => new(HeadRows.Accepted);

    public static TheoryData<string, string> Refused
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach ((RequestRejection rejection, string input) in HeadRows.Refused)
                data.Add(rejection.ToString(), input);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_good_head_is_parsed_at_every_split_point(string input)
    {
        byte[] bytes = HeadRows.Bytes(input);
        RequestHead whole = NewHead();
        Assert.Equal(ParseResult.Done, RequestParser.Parse(bytes, HeadRows.Limits, ref whole));
        for (int split = 0; split <= bytes.Length; split++)
        {
            RequestHead head = NewHead();
            ParseResult result = RequestParser.Parse(bytes.AsSpan(0, split), HeadRows.Limits, ref head);
            Assert.Equal(split < whole.HeadBytes ? ParseResult.NeedMore : ParseResult.Done, result);
            if (result == ParseResult.NeedMore)
                Assert.Equal(ParseResult.Done, RequestParser.Parse(bytes, HeadRows.Limits, ref head));
            AssertSame(in whole, in head);
        }

        RequestHead grown = NewHead();
        Assert.Equal(ParseResult.Done, ParseOctetByOctet(bytes, ref grown));
        AssertSame(in whole, in grown);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_bad_head_is_refused_with_its_reason_at_every_split_point(string rejection, string input)
    {
        byte[] bytes = HeadRows.Bytes(input);
        for (int split = 0; split <= bytes.Length; split++)
        {
            RequestHead head = NewHead();
            ParseResult result = RequestParser.Parse(bytes.AsSpan(0, split), HeadRows.Limits, ref head);
            Assert.NotEqual(ParseResult.Done, result);
            if (result == ParseResult.NeedMore)
                result = RequestParser.Parse(bytes, HeadRows.Limits, ref head);
            Assert.Equal((ParseResult.Rejected, rejection), (result, head.Rejection.ToString()));
        }

        RequestHead grown = NewHead();
        Assert.Equal(ParseResult.Rejected, ParseOctetByOctet(bytes, ref grown));
        Assert.Equal(rejection, grown.Rejection.ToString());
    }

    [Fact]
    public void Every_rejection_of_the_parser_has_a_row()
    {
        var seen = HeadRows.Refused.Select(row => row.Rejection).Concat(NotOfTheHead).ToHashSet();
        Assert.Equal([], Enum.GetValues<RequestRejection>().Except(seen));
    }

    [Fact]
    public void Every_rejection_has_a_prepared_answer_of_its_own()
    {
        RequestRejection[] all = [.. Enum.GetValues<RequestRejection>().Where(one => one != RequestRejection.None)];
        Assert.Equal(all.Length, all.Select(Refusals.DetailOf).Distinct().Count());
        foreach (RequestRejection rejection in all)
        {
            string start = $"HTTP/1.1 {Refusals.StatusOf(rejection)} ";
            Assert.StartsWith(start, System.Text.Encoding.ASCII.GetString(Refusals.StatusLine(rejection)));
            string rest = System.Text.Encoding.ASCII.GetString(Refusals.Rest(rejection));
            int body = rest.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
            Assert.StartsWith("Connection: close\r\n", rest);
            Assert.Contains($"Content-Length: {rest.Length - body}\r\n", rest);
            Assert.DoesNotContain(Refusals.DetailOf(RequestRejection.None), rest);
        }
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void The_request_line_has_a_limit(int length, bool isAccepted)
    {
        string target = "/" + new string('a', length - "GET / HTTP/1.1\r\n".Length);
        AssertOutcome(HeadRows.Get(target), isAccepted, RequestRejection.RequestLineTooLong);
        AssertOutcome("\r\n" + HeadRows.Get(target), isAccepted, RequestRejection.RequestLineTooLong);
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void The_header_section_has_a_limit(int length, bool isAccepted)
    {
        string value = new('b', length - "Host: a\r\nA: \r\n\r\n".Length);
        AssertOutcome(HeadRows.Hosted($"A: {value}"), isAccepted, RequestRejection.HeadersTooLarge);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void The_number_of_fields_has_a_limit(int count, bool isAccepted)
    {
        string more = string.Join("\r\n", Enumerable.Repeat("A: b", count - 1));
        AssertOutcome(HeadRows.Hosted(more), isAccepted, RequestRejection.TooManyHeaders);
    }

    [Theory]
    [InlineData("1000")]
    [InlineData("1001")]
    [InlineData("9223372036854775807")]
    public void A_declared_length_is_left_to_the_limit_of_its_route(string length) =>
        AssertOutcome(HeadRows.Hosted($"Content-Length: {length}"), isAccepted: true, RequestRejection.None);

    [Fact]
    public void The_parts_of_a_head_lie_where_they_should()
    {
        byte[] bytes = HeadRows.Bytes(
            "\r\nPUT http://h:1/p%41?q=%42 HTTP/1.1\r\nhost:\th:1 \r\nConnection: Close\r\nExpect: x\r\n\r\nGET");
        RequestHead head = NewHead();
        Assert.Equal(ParseResult.Done, RequestParser.Parse(bytes, HeadRows.Limits, ref head));
        Assert.Equal("PUT", Text(bytes, head.Method));
        Assert.Equal("http://h:1/p%41?q=%42", Text(bytes, head.Target));
        Assert.Equal("/p%41", Text(bytes, head.Path));
        Assert.Equal("q=%42", Text(bytes, head.QueryPart));
        Assert.Equal("h:1", Text(bytes, head.Authority));
        Assert.Equal("h:1", Text(bytes, head.Host));
        Assert.Equal((true, false, 1), (head.IsPathEncoded, head.IsHttps, head.MinorVersion));
        Assert.Equal((-1L, 3, bytes.Length - 3), (head.ContentLength, head.FieldCount, head.HeadBytes));
        Assert.True(head.Has(HeadFacts.Close) && head.Has(HeadFacts.ExpectOther));
        Assert.False(head.Has(HeadFacts.KeepAlive) || head.Has(HeadFacts.Expect100));
    }

    private static RequestHead NewHead()
    {
        // Two fields, so that rows with more make the array grow.
        var head = new RequestHead(2);
        head.Reset();
        return head;
    }

    private static ParseResult ParseOctetByOctet(byte[] bytes, ref RequestHead head)
    {
        var result = ParseResult.NeedMore;
        for (int length = 0; length <= bytes.Length && result == ParseResult.NeedMore; length++)
            result = RequestParser.Parse(bytes.AsSpan(0, length), HeadRows.Limits, ref head);
        return result;
    }

    private static void AssertOutcome(string input, bool isAccepted, RequestRejection rejection)
    {
        RequestHead head = NewHead();
        ParseResult result = RequestParser.Parse(HeadRows.Bytes(input), HeadRows.Limits, ref head);
        Assert.Equal(isAccepted ? ParseResult.Done : ParseResult.Rejected, result);
        Assert.Equal(isAccepted ? RequestRejection.None : rejection, head.Rejection);
        RequestHead grown = NewHead();
        Assert.Equal(result, ParseOctetByOctet(HeadRows.Bytes(input), ref grown));
        Assert.Equal(head.Rejection, grown.Rejection);
    }

    private static void AssertSame(in RequestHead expected, in RequestHead actual)
    {
        Assert.Equal(
            (expected.Verb, expected.Method, expected.Target, expected.Path, expected.QueryPart, expected.Authority),
            (actual.Verb, actual.Method, actual.Target, actual.Path, actual.QueryPart, actual.Authority));
        Assert.Equal(
            (expected.Host, expected.IsPathEncoded, expected.IsHttps, expected.MinorVersion, expected.Facts),
            (actual.Host, actual.IsPathEncoded, actual.IsHttps, actual.MinorVersion, actual.Facts));
        Assert.Equal(
            (expected.ContentLength, expected.HeadBytes, expected.Rejection),
            (actual.ContentLength, actual.HeadBytes, actual.Rejection));
        Assert.Equal(expected.Fields[..expected.FieldCount], actual.Fields[..actual.FieldCount]);
    }

    private static string Text(byte[] bytes, Slice slice) => System.Text.Encoding.Latin1.GetString(slice.Of(bytes));
}

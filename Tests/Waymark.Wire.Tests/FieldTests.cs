using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>RFC 9112 sections 3.2 and 5: Host and field syntax.</summary>
public sealed class FieldTests
{
    private const string Next = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    [Theory]
    [InlineData("Host: x\r\nA: b")]
    [InlineData("host:x\r\nA:b")]
    [InlineData("HOST: \t x \t \r\nA:   ")]
    [InlineData("Host: x:80")]
    [InlineData("Host: x:")]
    [InlineData("Host: [::1]:8080")]
    [InlineData("Host: 127.0.0.1")]
    [InlineData("Host: x\r\nA: \u00e9\u00ff")]
    [InlineData("Host: x\r\nA: b\tc")]
    [InlineData("Host: x\r\nA: b\r\nA: c")]
    [InlineData("Host: x\r\n!#$%&'*+-.^_`|~1a: b")]
    public async Task A_well_formed_header_section_is_accepted(string fields)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync($"GET / HTTP/1.1\r\n{fields}\r\n\r\n{Next}");
        Assert.Equal("200 200", answer.Statuses);
        Assert.False(answer.SaysClose);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A: b")]
    [InlineData("Host: x\r\nHost: x")]
    [InlineData("Host: x\r\nHost: y")]
    [InlineData("Host: ")]
    [InlineData("Host: a@x")]
    [InlineData("Host: x/y")]
    [InlineData("Host: x,y")]
    [InlineData("Host: x y")]
    [InlineData("Host: x:port")]
    [InlineData("Host: x:65536")]
    [InlineData("Host: x:-1")]
    [InlineData("Host: x:80:80")]
    [InlineData("Host: :80")]
    [InlineData("Host: [::1")]
    [InlineData("Host: []")]
    [InlineData("Host: [x]")]
    [InlineData("Host: [::1]x")]
    [InlineData("Host: x?y")]
    [InlineData("Host: x#y")]
    [InlineData("Host: x\\y")]
    [InlineData("Host: x%zz")]
    [InlineData("host: x\r\nHOST: x")]
    [InlineData("Host: http://x/")]
    [InlineData("Host: ::1]")]
    [InlineData("Host: \u00e9")]
    [InlineData(" Host: x")]
    [InlineData("\tA: b\r\nHost: x")]
    [InlineData("Host : x")]
    [InlineData("Host\t: x")]
    [InlineData("Host: x\r\nfoo")]
    [InlineData("Host: x\r\n: b")]
    [InlineData("Host: x\r\nA(b: c")]
    [InlineData("Host: x\r\nA b: c")]
    [InlineData("Host: x\r\n\u00e9: c")]
    [InlineData("Host: x\r\nA: b\r\n c")]
    [InlineData("Host: x\r\nA: b\r\n\tc")]
    [InlineData("Host: x\r\nA: b\nC: d")]
    [InlineData("Host: x\r\nA: b\rC: d")]
    [InlineData("Host: x\r\nA: b\r\r")]
    [InlineData("Host: x\r\nA: \u0000")]
    [InlineData("Host: x\r\nA: b\u0001c")]
    [InlineData("Host: x\r\nA: b\u007fc")]
    public async Task A_bad_header_section_is_answered_with_400_and_closes(string fields)
    {
        string lines = fields.Length == 0 ? "" : fields + "\r\n";
        WireAnswer answer = await Engine.PlayAtEverySplitAsync($"GET / HTTP/1.1\r\n{lines}\r\n{Next}");
        Assert.Equal("400", answer.Statuses);
        Assert.True(answer.SaysClose);
    }

    [Fact]
    public async Task A_head_with_bare_line_feeds_is_refused()
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync("GET / HTTP/1.1\nHost: x\n\n" + Next);
        Assert.Equal("400", answer.Statuses);
        Assert.True(answer.SaysClose);
    }

    [Theory]
    [InlineData("", "200")]
    [InlineData("Host: x\r\n", "200")]
    [InlineData("Host: \r\n", "400")]
    [InlineData("Host: x\r\nHost: x\r\n", "400")]
    [InlineData("Host: a@x\r\n", "400")]
    public async Task In_HTTP_1_0_a_Host_may_be_missing_but_not_be_wrong(string fields, string status)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync($"GET / HTTP/1.0\r\n{fields}\r\n");
        Assert.Equal(status, answer.Statuses);
    }

    [Theory]
    [InlineData(-1, "200")]
    [InlineData(0, "200")]
    [InlineData(1, "431")]
    public async Task The_header_section_has_its_limit(int beyond, string status)
    {
        var limits = new ServerLimits { HeaderBytesMax = 120 };
        string value = new('v', 120 - "Host: x\r\nA: \r\n\r\n".Length + beyond);
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"GET / HTTP/1.1\r\nHost: x\r\nA: {value}\r\n\r\n{Next}", limits);
        Assert.Equal(status == "200" ? "200 200" : status, answer.Statuses);
        Assert.Equal(status == "431", answer.SaysClose);
    }

    [Theory]
    [InlineData(-1, "200")]
    [InlineData(0, "200")]
    [InlineData(1, "431")]
    public async Task The_number_of_fields_has_its_limit(int beyond, string status)
    {
        var limits = new ServerLimits { HeaderCountMax = 20 };
        string fields = string.Concat(Enumerable.Range(1, 19 + beyond).Select(number => $"F{number}: x\r\n"));
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"GET / HTTP/1.1\r\nHost: x\r\n{fields}\r\n{Next}", limits);
        Assert.Equal(status == "200" ? "200 200" : status, answer.Statuses);
        Assert.Equal(status == "431", answer.SaysClose);
    }

    [Fact]
    public async Task Every_refusal_is_one_complete_problem_document()
    {
        WireAnswer answer = await Engine.PlayAsync("GET / HTTP/1.1\r\n\r\n");
        Assert.Equal(
            "HTTP/1.1 400 Bad Request\r\nDate: *\r\nConnection: close\r\nContent-Type: application/problem+json\r\n"
            + "Content-Length: 117\r\n\r\n"
            + """{"type":"urn:waymark:problem:malformed-request","title":"Malformed Request","status":400,"detail":"Host is missing."}""",
            answer.Text);
    }
}

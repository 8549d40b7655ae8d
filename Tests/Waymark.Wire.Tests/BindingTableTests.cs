using System.Text;
using Waymark.Routing;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>
/// Each source and each type: a value that is there, missing, malformed or there twice, with the status and the text
/// of the answer. The routes are in <c>Tests/Waymark.Wire.Routes</c>.
/// </summary>
public sealed class BindingTableTests
{
    private static readonly Handler Handler = new Router(ScenarioRoutes.Table).HandleAsync;

    /// <summary>The start of the paths, a good text and how the answer shows it, what is expected, bad texts.</summary>
    internal static readonly (string Type, string Good, string Shown, string Expected, string[] Bad)[] Types =
    [
        ("int", "-2147483648", "-2147483648", "a whole number from -2147483648 to 2147483647",
            ["x", "", "2147483648", "+1", "1 ", "1.0", "0x1"]),
        ("long", "-9223372036854775808", "-9223372036854775808", "a whole number of 64 bits",
            ["x", "9223372036854775808", "1e3"]),
        ("short", "-32768", "-32768", "a whole number from -32768 to 32767", ["32768", "+1", "١"]),
        ("ushort", "65535", "65535", "a whole number from 0 to 65535", ["65536", "-1", ""]),
        ("uint", "4294967295", "4294967295", "a whole number from 0 to 4294967295", ["4294967296", "-1"]),
        ("ulong", "18446744073709551615", "18446744073709551615", "a whole number from 0 to 18446744073709551615",
            ["18446744073709551616", "1,000"]),
        ("byte", "255", "255", "a whole number from 0 to 255", ["256", "-1", "1a"]),
        ("sbyte", "-128", "-128", "a whole number from -128 to 127", ["128", "--1", "-"]),
        ("nint", "-7", "-7", "a whole number from -9223372036854775808 to 9223372036854775807", ["x"]),
        ("nuint", "7", "7", "a whole number from 0 to 18446744073709551615", ["-1"]),
        ("int128", "-170141183460469231731687303715884105728", "-170141183460469231731687303715884105728",
            "a whole number from -170141183460469231731687303715884105728 to 170141183460469231731687303715884105727",
            ["170141183460469231731687303715884105728"]),
        ("uint128", "7", "7", "a whole number from 0 to 340282366920938463463374607431768211455", ["-7"]),
        ("half", "-1.5", "-1.5", "a number, such as -1.5", ["x", "1,5", "NaN", "1e9"]),
        ("float", "1.5e3", "1500", "a number, such as -1.5", ["Infinity", "1e99", " 1"]),
        ("double", "-0.25", "-0.25", "a number, such as -1.5", ["-Infinity", "1e999", "+1", ".5"]),
        ("decimal", "79228162514264337593543950335", "79228162514264337593543950335", "a number, such as -1.5",
            ["79228162514264337593543950336", "1 000", "(1)"]),
        ("bigint", "123456789012345678901234567890", "123456789012345678901234567890", "a BigInteger", ["x", "1.5"]),
        ("bool", "TRUE", "True", "true or false", ["1", "yes", ""]),
        ("bool", "false", "False", "true or false", ["off"]),
        ("char", "é", "é", "one character", ["ab", "", "éé"]),
        ("string", "a b/ü", "a b/ü", "a text", []),
        ("guid", "00112233-4455-6677-8899-aabbccddeeff", "00112233-4455-6677-8899-aabbccddeeff", "a Guid",
            ["x", "{00112233-4455-6677-8899-aabbccddeeff}", "00112233-4455-6677-8899-aabbccddeefg"]),
        ("datetime", "2026-01-31T23:59:59.5+01:00", "2026-01-31T22:59:59.5000000Z",
            "a date and time, such as 2026-01-31T23:59:59Z", ["31.01.2026", "2026-02-30", "2026-01-31 23:59"]),
        ("datetime", "2026-01-31T23:59", "2026-01-31T23:59:00.0000000",
            "a date and time, such as 2026-01-31T23:59:59Z", ["x"]),
        ("offset", "2026-01-31T23:59:59+01:00", "2026-01-31T23:59:59.0000000+01:00",
            "a date and time, such as 2026-01-31T23:59:59Z", ["2026-01-31T25:00:00Z", ""]),
        ("date", "2026-01-31", "2026-01-31", "a date, such as 2026-01-31", ["2026-1-31", "2026-02-29", "01/31/2026"]),
        ("time", "23:59:59.25", "23:59:59.2500000", "a time of day, such as 23:59:59", ["24:00", "11 PM"]),
        ("span", "-1.02:30:00", "-1.02:30:00", "a time span, such as 1.02:30:00",
            ["25:00:00", "1h", " 01:00:00", "- 01:00:00", "01:60:00", "+01:00:00", "01:00:00 "]),
        ("span", "01:30:00.5", "01:30:00.5000000", "a time span, such as 1.02:30:00", ["9999999999.00:00:00"]),
        ("uri", "https://example.org/a?b=c", "https://example.org/a?b=c", "a URI", ["http://[", "http://a:99999/"]),
        ("version", "1.2.3.4", "1.2.3.4", "a Version", ["1", "1.2.x"]),
        ("ip", "2001:db8::1", "2001:db8::1", "an IPAddress", ["x", "1.2.3.4.5"]),
        ("day", "friday", "Friday", "one of Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday",
            ["5", "fri", "", "Friday,Monday"]),
        ("color", "Class", "class", "one of Red, Green, class", ["-5", "@class", "Blue"]),
        ("access", "ALL", "All", "one of None, Read, Write, All", ["3", "Read, Write"]),
        ("tiny", "Max", "Max", "one of Zero, Max", ["255"]),
        ("huge", "max", "Max", "one of Zero, Max", ["18446744073709551615"]),
        ("case", "A", "A", "one of a, A, Ab", ["B"]),
        ("case", "a", "a", "one of a, A, Ab", ["ä"]),
        ("case", "aB", "Ab", "one of a, A, Ab", ["abc"]),
        ("utf8", "7", "Utf8Id { Number = 7 }", "a Utf8Id", ["x", ""]),
        ("chars", "7", "CharsId { Number = 7 }", "a CharsId", ["x", "ü"]),
        ("text", "7", "TextId { Number = 7 }", "a TextId", ["x", ""]),
        ("tryutf8", "7", "TryUtf8 { Number = 7 }", "a TryUtf8", ["7x"]),
        ("tryinvariant", "1.5", "TryInvariant { Number = 1.5 }", "a TryInvariant", ["1.5.5"]),
        ("trytext", "7", "TryText { Number = 7 }", "a TryText", ["x"]),
        ("generic", "7", "Tagged { Number = 7 }", "a Tagged", ["-7"]),
    ];

    private static readonly (string Source, string Kind)[] Sources =
        [("path", "path parameter"), ("query", "query parameter"), ("header", "header field"), ("cookie", "cookie")];

    /// <summary>What is done, the request, the status, the text of the answer or a sentence in it.</summary>
    public static TheoryData<string, string, string, string> Table
    {
        get
        {
            var rows = new TheoryData<string, string, string, string>();
            foreach ((string type, string good, string shown, string expected, string[] bad) in Types)
            {
                foreach ((string source, string kind) in Sources)
                {
                    rows.Add("present", RequestOf(type, source, [good]), "200", shown);
                    string other = bad.Length > 0 ? bad[0] : "other";
                    if (source != "path")
                    {
                        rows.Add("repeated", RequestOf(type, source, [good, other]), "200", shown);
                        rows.Add("missing", RequestOf(type, source, []), "400",
                            $"The {kind} 'v' is missing; it is {expected}.");
                    }

                    // A path without the segment is another path; a field has no space at its ends that counts.
                    foreach (string text in bad.Where(text => source switch
                    {
                        "path" => text.Length > 0,
                        "query" => true,
                        _ => text == text.Trim(' '),
                    }))
                    {
                        rows.Add("malformed", RequestOf(type, source, [text]), "400",
                            $"The {kind} 'v' is not {expected}: '{text}'.");
                    }
                }

                rows.Add("encoded", $"GET /{type}/path/{Escaped(good)} HTTP/1.1\r\n", "200", shown);
                rows.Add("encoded", $"GET /{type}/query?%76={Escaped(good)} HTTP/1.1\r\n", "200", shown);
                rows.Add("nullable", $"GET /{type}/maybe HTTP/1.1\r\n", "200", "nullnull");
                rows.Add("empty", $"GET /{type}/maybe?q= HTTP/1.1\r\n", "200", type == "string" ? "null" : "nullnull");
                rows.Add("nullable", $"GET /{type}/maybe/{Escaped(good)}?q={Escaped(good)} HTTP/1.1\r\n", "200",
                    shown + shown);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Each_source_gives_each_type(string what, string request, string status, string text)
    {
        Assert.NotEmpty(what);
        await AssertAnswerAsync(request, status, text);
    }

    [Theory]
    [InlineData("GET /list/array", "", "200", "[]")]
    [InlineData("GET /list/array?v=1&w=x&v=-2&%76=%33", "", "200", "[1, -2, 3]")]
    [InlineData("GET /list/array?v=1&v=x&v=", "", "400",
        "'v' is not a whole number from -2147483648 to 2147483647: 'x'.")]
    [InlineData("GET /list/array?v=1&v=x&v=", "", "400",
        "'v' is not a whole number from -2147483648 to 2147483647: ''.")]
    [InlineData("GET /list/array?v=1,2", "", "400", ": '1,2'.")]
    [InlineData("GET /list/list?v=a+b&v=&v", "", "200", "[a b, , ]")]
    [InlineData("GET /list/set?v=00112233445566778899aabbccddeeff&v=00112233-4455-6677-8899-aabbccddeeff", "", "200",
        "[00112233-4455-6677-8899-aabbccddeeff]")]
    [InlineData("GET /list/immutable?v=2026-01-31&v=2026-02-01", "", "200", "[2026-01-31, 2026-02-01]")]
    [InlineData("GET /list/immutable", "", "200", "[]")]
    [InlineData("GET /list/readonly?v=friday&v=Monday", "", "200", "[Friday, Monday]")]
    [InlineData("GET /list/own?v=7&v=8", "", "200", "[TextId { Number = 7 }, TextId { Number = 8 }]")]
    [InlineData("GET /list/own?v=7&v=x", "", "400", "The query parameter 'v' is not a TextId: 'x'.")]
    [InlineData("GET /list/maybe", "", "200", "nullnull")]
    [InlineData("GET /list/maybe?v=1&w=a", "", "200", "[1][a]")]
    [InlineData("GET /list/header", "", "200", "[]")]
    [InlineData("GET /list/header", "X-List: 1, 2,,\t3 \r\nx-list: 4\r\n", "200", "[1, 2, 3, 4]")]
    [InlineData("GET /list/header", "X-List: 1, b\r\n", "400", "The header field 'X-List' is not a whole number")]
    [InlineData("GET /list/names", "Accept: a;q=\"1,\\\"2\", b\r\n", "200", "[a;q=\"1,\\\"2\", b]")]
    public Task A_list_takes_every_value(string request, string fields, string status, string text) =>
        AssertAnswerAsync($"{request} HTTP/1.1\r\n{fields}", status, text);

    [Theory]
    [InlineData("GET /octets/path/a%C3%BCb", "", "200", "aüb")]
    [InlineData("GET /octets/path/plain", "", "200", "plain")]
    [InlineData("GET /octets/query?v=a+%2B&w=%20", "", "200", "a +| ")]
    [InlineData("GET /octets/query?v=", "", "200", "|")]
    [InlineData("GET /octets/query?w=1", "", "400", "The query parameter 'v' is missing; it is a text.")]
    [InlineData("GET /characters/path/a%F0%9F%98%80b", "", "200", "a😀b")]
    [InlineData("GET /characters/query?v=%C3%BC&w=%C3%A4", "", "200", "ü|ä")]
    [InlineData("GET /characters/query", "", "400", "The query parameter 'v' is missing; it is a text.")]
    [InlineData("GET /characters/header", "V: a\r\nCookie: c=b\r\n", "200", "a|b")]
    [InlineData("GET /characters/header", "V: a\r\n", "400", "The cookie 'c' is missing; it is a text.")]
    [InlineData("GET /characters/task/x", "", "200", "x")]
    public Task A_span_shows_the_text(string request, string fields, string status, string text) =>
        AssertAnswerAsync($"{request} HTTP/1.1\r\n{fields}", status, text);

    [Theory]
    [InlineData("GET /defaults", "", "200",
        "-1;-9223372036854775808;18446744073709551615;255;';True;NaN;1.5E+300;-0.10;a\"\\b\n\u2028;Green;All;"
        + "00000000-0000-0000-0000-000000000000;0001-01-01T00:00:00.0000000;0;null;-Infinity")]
    [InlineData("GET /defaults?i=2&c=%27&e=red&a=read&n=&h=1", "", "200",
        "2;-9223372036854775808;18446744073709551615;255;';True;NaN;1.5E+300;-0.10;a\"\\b\n\u2028;Red;Read;"
        + "00000000-0000-0000-0000-000000000000;0001-01-01T00:00:00.0000000;1;;-Infinity")]
    [InlineData("GET /defaults?i=x&e=x", "", "400", "The query parameter 'e' is not one of Red, Green, class: 'x'.")]
    [InlineData("GET /gather/7?first=monday", "", "200",
        "Filter { Id = 7, Page = Monday 20 0, UserAgent = , Sort = name False, Session =  } 3")]
    [InlineData("GET /gather/7?first=1&rest=x&sort=&descending=2", "", "400",
        "The query parameter 'descending' is not true or false: '2'.")]
    [InlineData("GET /gather/7?first=monday&size=5&rest=friday&rest=sunday&sort=age&descending=true&depth=1",
        "User-Agent: u\r\nCookie: a=b; __Host-id=\"00112233445566778899aabbccddeeff\"\r\n", "200",
        "Filter { Id = 7, Page = Monday 5 2, UserAgent = u, Sort = age True, "
        + "Session = 00112233-4455-6677-8899-aabbccddeeff } 1")]
    [InlineData("GET /gather?first=red&rest=class", "", "200", "Red 20 1")]
    [InlineData("GET /gather", "", "400", "The query parameter 'first' is missing; it is one of Red, Green, class.")]
    [InlineData("GET /spelled?needed=n", "", "200",
        "-7;1;\\;two \"quoted\"\nlines;class;Green;;n;[];null;-9223372036854775808")]
    [InlineData("GET /spelled?needed=n&number=1&maybe=red&ids=1&ids=2&names=a", "", "200",
        "1;1;\\;two \"quoted\"\nlines;class;Red;;n;[1, 2];[a];-9223372036854775808")]
    [InlineData("GET /spelled", "", "400", "The query parameter 'needed' is missing; it is a text.")]
    [InlineData("GET /service", "", "200", "True True")]
    [InlineData("GET /keyword/1?event=e&errors=2&exchange=3", "x-new: CLASS\r\n", "200", "1 e class 2 3")]
    public Task Defaults_and_gathered_values_are_those_of_the_source(
        string request, string fields, string status, string text) =>
        AssertAnswerAsync($"{request} HTTP/1.1\r\n{fields}", status, text);

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        string answer = await PlayAsync("GET /several?d=1&d=x HTTP/1.1\r\nB: 1\r\n", "400");
        foreach (string detail in new[]
        {
            "The query parameter 'a' is missing; it is a whole number from -2147483648 to 2147483647.",
            "The header field 'b' is not a date, such as 2026-01-31: '1'.",
            "The cookie 'c' is missing; it is one of Red, Green, class.",
            "The query parameter 'd' is not true or false: '1'.",
            "The query parameter 'd' is not true or false: 'x'.",
        })
        {
            Assert.Contains(detail, answer, StringComparison.Ordinal);
        }
    }

    private static string RequestOf(string type, string source, string[] texts) => $"GET /{type}/{source}"
        + source switch
        {
            "path" => $"/{Uri.EscapeDataString(texts[0])} HTTP/1.1\r\n",
            "query" => $"?{string.Join('&', texts.Select(text => "v=" + Uri.EscapeDataString(text)))} HTTP/1.1\r\n",
            "header" => " HTTP/1.1\r\n" + string.Concat(texts.Select(text => $"V: {text}\r\n")),
            _ => " HTTP/1.1\r\nCookie: a=b" + string.Concat(texts.Select(text => $"; v={text}")) + "\r\n",
        };

    private static string Escaped(string text) =>
        string.Concat(Encoding.UTF8.GetBytes(text).Select(octet => $"%{octet:x2}"));

    private static async Task AssertAnswerAsync(string request, string status, string text)
    {
        string answer = await PlayAsync(request, status);
        if (status == "200")
            Assert.Equal(text, answer.Split("\r\n\r\n", 2)[1]);
        else
            Assert.Contains(text, answer, StringComparison.Ordinal);
    }

    /// <summary>The whole answer; texts are UTF-8 on the wire.</summary>
    private static async Task<string> PlayAsync(string request, string status)
    {
        string octets = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes($"{request}Host: x\r\n\r\n"));
        WireAnswer answer = await Engine.PlayAsync(octets, handler: Handler);
        string text = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(answer.Text));
        Assert.True(answer.Statuses == status, text);
        return text;
    }
}

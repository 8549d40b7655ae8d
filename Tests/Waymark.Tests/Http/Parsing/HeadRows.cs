using System.Text;
using Waymark.Http.Parsing;

namespace Waymark.Tests.Http.Parsing;

/// <summary>The heads that must be refused, each with its reason, and those that must not be.</summary>
internal static class HeadRows
{
    /// <summary>
    /// Small, so that a row can reach them; the line limit is 64 octets, the section limit 256, 4 fields.
    /// </summary>
    public static readonly ServerLimits Limits = new()
    {
        RequestLineBytesMax = 64, HeaderBytesMax = 256, HeaderCountMax = 4,
    };

    public static readonly string[] Accepted =
    [
        Get("/"),
        "\r\n" + Get("/"),
        Get("/a/b?c=d&e"),
        Get("/?"),
        Get("/a?/?:@"),
        Get("/-._~!$&'()*+,;=:@"),
        Get("/%41%2f%C3%A9%F0%9F%98%80"),
        Get("/...") + "GET / next",
        Get("/a..b/.a/a./..."),
        Get("//"),
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "get / HTTP/1.1\r\nHost: a\r\n\r\n",
        "!#$%&'*+-.^_`|~09azAZ / HTTP/1.1\r\nHost: a\r\n\r\n",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.9\r\nHost: a\r\n\r\n",
        "GET http://a/b?c HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET HTTP://A:80?c HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET https://a:443 HTTP/1.1\r\nHost: a:\r\n\r\n",
        "GET http://a/ HTTP/1.0\r\n\r\n",
        With("Host: a:"),
        With("Host: a:65535"),
        With("HOST:\t a \t"),
        With("Host: [::1]:80"),
        With("Host: [1:2:3:4:5:6:7:8]"),
        With("Host: [1:2:3:4:5:6:1.2.3.4]"),
        With("Host: [::ffff:1.2.3.4]"),
        With("Host: [::0.0.10.100]"),
        With("Host: a%C3%A9"),
        Hosted("A:"),
        Hosted("A: \x80\xff\tb c"),
        Hosted("!#$%&'*+-.^_`|~09az: 1"),
        Hosted("Content-Length: 0"),
        Hosted("Content-Length: 0000000000000000010"),
        Hosted("content-length:\t1000 "),
        Hosted("Transfer-Encoding: chunked"),
        Hosted("Transfer-Encoding:\tCHUNKED "),
        Hosted("Connection: close, , keep-alive"),
        Hosted("Expect: 100-Continue"),
    ];

    public static readonly (RequestRejection Rejection, string Input)[] Refused =
    [
        .. RequestLine(), .. Targets(), .. Hosts(), .. Fields(), .. Framing(),
    ];

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public static string Get(string target) => $"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n";

    public static string With(string line) => $"GET / HTTP/1.1\r\n{line}\r\n\r\n";

    public static string Hosted(string line) => $"POST / HTTP/1.1\r\nHost: a\r\n{line}\r\n\r\n";

    private static (RequestRejection, string)[] RequestLine() =>
    [
        (RequestRejection.EmptyLinesBeforeRequest, "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        (RequestRejection.BareCarriageReturn, "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        (RequestRejection.InvalidMethod, "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        (RequestRejection.InvalidMethod, " GET / HTTP/1.1\r\n"),
        (RequestRejection.InvalidMethod, "G(T / HTTP/1.1\r\n"),
        (RequestRejection.InvalidMethod, "GET\t/ HTTP/1.1\r\n"),
        (RequestRejection.InvalidMethod, "GET\r\n\r\n"),
        (RequestRejection.InvalidMethod, "G\0T / HTTP/1.1\r\n"),
        (RequestRejection.InvalidMethod, "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03"),
        (RequestRejection.InvalidMethod, "\x80\xff\xfe"),
        (RequestRejection.MethodTooLong, "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG / HTTP/1.1\r\n"),
        (RequestRejection.MethodTooLong, "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMN"),
        (RequestRejection.ConnectUnsupported, "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"),
        (RequestRejection.RequestLineTooLong, $"GET /{new string('a', 64)} HTTP/1.1\r\n"),
        (RequestRejection.RequestLineTooLong, $"GET http://{new string('a', 64)}/ HTTP/1.1\r\n"),
        (RequestRejection.RequestLineTooLong, $"GET /?{new string('a', 64)} HTTP/1.1\r\n"),
        (RequestRejection.InvalidVersion, "GET / \r\n"),
        (RequestRejection.InvalidVersion, "GET /  HTTP/1.1\r\n"),
        (RequestRejection.InvalidVersion, "GET / HTTP/1\r\n"),
        (RequestRejection.InvalidVersion, "GET / http/1.1\r\n"),
        (RequestRejection.InvalidVersion, "GET / HTTP/01.1\r\n"),
        (RequestRejection.InvalidVersion, "GET / HTTP/1.1x\r\n"),
        (RequestRejection.InvalidVersion, "GET / HTTP/1.1 \r\n"),
        (RequestRejection.InvalidVersion, "GET / HTTP/1.x\r\n"),
        (RequestRejection.InvalidVersion, "GET / HTTP 1.1\r\n"),
        (RequestRejection.BareLineFeed, "GET / HTTP/1.1\nHost: a\n\n"),
        (RequestRejection.BareCarriageReturn, "GET / HTTP/1.1\rHost: a\r\n"),
        (RequestRejection.BareCarriageReturn, "GET / HTTP/1.1\r\r\n"),
        (RequestRejection.UnsupportedVersion, "GET / HTTP/2.0\r\n"),
        (RequestRejection.UnsupportedVersion, "GET / HTTP/0.9\r\n"),
        (RequestRejection.UnsupportedVersion, "GET / HTTP/9.9\r\n"),
        (RequestRejection.AsteriskWithoutOptions, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        (RequestRejection.AsteriskWithoutOptions, "GET * HTTP/1.1\r\nHost: a\r\n\r\n"),
    ];

    private static IEnumerable<(RequestRejection, string)> Targets()
    {
        // A target ends at a space only, so each of these is refused where it stands.
        foreach (char bad in "\0\t\n\r\x1f\x7f\x80\xff\"<>\\^`{|}#[]")
        {
            yield return (RequestRejection.InvalidTarget, Get($"/a{bad}b"));
            yield return (RequestRejection.InvalidTarget, Get($"/a?{bad}b"));
        }

        foreach (string bad in (string[])["a", "?a", "a:80", "ftp://a/", "htt", "http:/a", "http//a/", "httpx://a/"])
            yield return (RequestRejection.InvalidTarget, Get(bad));
        foreach (string bad in (string[])["http://a#b", "http://a\\b", "http://a\"/", "http://\xff/"])
            yield return (RequestRejection.InvalidTarget, Get(bad));
        yield return (RequestRejection.InvalidTarget, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n");
        yield return (RequestRejection.InvalidTarget, "GET /\r\n\r\n");
        yield return (RequestRejection.InvalidTarget, "OPTIONS *a HTTP/1.1\r\nHost: a\r\n\r\n");
        foreach (string bad in (string[])["%", "%4", "%4g", "%g4", "%%41", "%00", "%u0041", "% 41"])
        {
            if (!bad.Contains(' ', StringComparison.Ordinal))
                yield return (RequestRejection.InvalidEscape, Get($"/a?{bad}"));
            yield return (RequestRejection.InvalidEscape, Get($"/{bad}"));
        }

        foreach (string bad in (string[])["%80", "%C3", "%C3a", "%C0%80", "%C1%BF", "%E0%80%80", "%ED%A0%80", "%F4%90%80%80"])
            yield return (RequestRejection.InvalidEscape, Get($"/{bad}"));
        foreach (string bad in (string[])["%F0%80%80%80", "%F5%80%80%80", "%FF", "%E2%82", "%E2%82/", "%C3%41"])
            yield return (RequestRejection.InvalidEscape, Get($"/a?{bad}"));
        foreach (string bad in (string[])["/.", "/..", "/./a", "/a/../b", "/%2e", "/%2E.", "/a/%2e%2e/b", "/a/.?b", "/.%2e/"])
            yield return (RequestRejection.DotSegment, Get(bad));
        yield return (RequestRejection.DotSegment, Get("http://a/.."));
        foreach (string bad in (string[])["http:///", "http://", "http://u@a/", "http://u:p@a/", "http://a:b/", "http://a:65536/"])
            yield return (RequestRejection.InvalidAbsoluteTarget, Get(bad));
        foreach (
            string bad in (string[])["http://:80/", "http://[::1/", "http://a,b/", "http://[1]/", "https://a:1:2/"])
            yield return (RequestRejection.InvalidAbsoluteTarget, Get(bad));
        foreach (string other in (string[])["http://b/", "http://a:81/", "https://a:80/", "http://a.b/"])
            yield return (RequestRejection.HostDiffersFromTarget, Get(other));
    }

    private static IEnumerable<(RequestRejection, string)> Hosts()
    {
        yield return (RequestRejection.HostMissing, "GET / HTTP/1.1\r\n\r\n");
        yield return (RequestRejection.HostMissing, With("Hosts: a"));
        yield return (RequestRejection.HostRepeated, With("Host: a\r\nHost: a"));
        yield return (RequestRejection.HostRepeated, With("Host: a\r\nX: y\r\nhOST: b"));
        string[] invalid =
        [
            "", " ", "u@a", "a/b", "/", "a,b", "a b", "a:b", "a:-1", "a:65536", "a:000001", "a:1:2", ":80", "[::1", "::1",
            "[]", "[:]", "[1]", "[::1]x", "[1:2:3:4:5:6:7:8:9]", "[::12345]", "[1::2::3]", "[::g]", "[1:2:3:4:5:6:7::8:9]",
            "[::1.2.3]", "[::1.2.3.256]", "[::01.2.3.4]", "[::1.2.3.00]",
            "[::1.2.3.4.5]", "[v1.a]", "[fe80::1%25e]", "a\x80", "a\"b", "a?b", "a#b", "a\\b",
            "%", "%4", "%00", "%ff", "http://a",
        ];
        foreach (string host in invalid)
            yield return (RequestRejection.InvalidHost, With($"Host: {host}"));
        yield return (RequestRejection.InvalidHost, "GET / HTTP/1.0\r\nHost: a b\r\n\r\n");
    }

    private static IEnumerable<(RequestRejection, string)> Fields()
    {
        yield return (RequestRejection.HeadersTooLarge, Hosted($"A: {new string('b', 256)}"));
        yield return (RequestRejection.HeadersTooLarge, $"GET / HTTP/1.1\r\n{new string('b', 300)}");
        yield return (RequestRejection.TooManyHeaders, Hosted("A: 1\r\nA: 2\r\nA: 3\r\nA: 4"));
        yield return (RequestRejection.WhitespaceBeforeField, With(" Host: a"));
        yield return (RequestRejection.WhitespaceBeforeField, With("\tHost: a"));
        yield return (RequestRejection.FieldFolded, Hosted(" b"));
        yield return (RequestRejection.FieldFolded, Hosted("A: b\r\n\tc"));
        yield return (RequestRejection.WhitespaceBeforeColon, With("Host : a"));
        yield return (RequestRejection.WhitespaceBeforeColon, Hosted("A\t: b"));
        yield return (RequestRejection.FieldWithoutColon, Hosted("A"));
        yield return (RequestRejection.FieldWithoutColon, Hosted("A\n: b"));
        yield return (RequestRejection.EmptyFieldName, Hosted(": b"));
        foreach (char bad in "\0\x01\x7f\x80\xff\"(),/;<=>?@[\\]{}")
            yield return (RequestRejection.InvalidFieldName, Hosted($"A{bad}: b"));
        foreach (char bad in "\0\x01\b\v\f\x1b\x1f\x7f")
            yield return (RequestRejection.InvalidFieldValue, Hosted($"A: b{bad}c"));
        yield return (RequestRejection.BareLineFeed, Hosted("A: b\nC: d"));
        yield return (RequestRejection.BareLineFeed, Hosted("\nA: b"));
        yield return (RequestRejection.BareCarriageReturn, Hosted("A: b\rc"));
        yield return (RequestRejection.BareCarriageReturn, Hosted("A: b\r"));
        yield return (RequestRejection.BareCarriageReturn, Hosted("\rA: b"));
    }

    private static IEnumerable<(RequestRejection, string)> Framing()
    {
        string[] lengths =
        [
            "", "a", "+1", "-1", "1 1", "1,1", "1, 1", "0x1", "1.0", "1e1", "\"1\"", "9223372036854775808",
            "9999999999999999999", "00000000000000000001", "\xb2",
        ];
        foreach (string length in lengths)
            yield return (RequestRejection.InvalidContentLength, Hosted($"Content-Length: {length}"));
        yield return (RequestRejection.ContentLengthRepeated, Hosted("Content-Length: 1\r\nContent-Length: 1"));
        yield return (RequestRejection.ContentLengthRepeated, Hosted("Content-Length: 1\r\ncontent-LENGTH: 2"));
        string[] codings =
        [
            "", ",", "chunked,", ",chunked", "chunked, gzip", "chunked, chunked", "gzip, br", "chunked;a=b", "\"chunked\"",
            "chunked chunked", "gzip,,chunked", "chunked\xa0", "gzip;q=1, chunked",
        ];
        foreach (string coding in codings)
            yield return (RequestRejection.InvalidTransferEncoding, Hosted($"Transfer-Encoding: {coding}"));
        foreach (string coding in (string[])["gzip, chunked", "gzip", "identity", "xchunked", "chunke", "gzip ,\tbr,chunked"])
            yield return (RequestRejection.UnknownTransferCoding, Hosted($"Transfer-Encoding: {coding}"));
        string repeated = "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked";
        yield return (RequestRejection.TransferEncodingRepeated, Hosted(repeated));
        yield return (RequestRejection.TransferEncodingRepeated, Hosted("Transfer-Encoding: a\r\nTransfer-Encoding: chunked"));
        string both = "Transfer-Encoding: chunked\r\nContent-Length: 1";
        yield return (RequestRejection.TransferEncodingWithLength, Hosted(both));
        yield return (RequestRejection.TransferEncodingWithLength, Hosted("Content-Length: 0\r\nTransfer-Encoding: chunked"));
        yield return (
            RequestRejection.TransferEncodingInHttp10, "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n");
        yield return (RequestRejection.TransferEncodingInHttp10, "GET / HTTP/1.0\r\nTransfer-Encoding: gzip\r\n\r\n");
    }
}

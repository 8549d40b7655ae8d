using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>Who is believed, and how far, when a proxy tells whose request it passes on.</summary>
public sealed class ForwardedHeadersTests
{
    private const string Proxy = "10.0.0.1";

    private static readonly ForwardedHeadersOptions Default = new()
    {
        TrustedPeers = ["10.0.0.0/8", "fd00::/8"],
        TakesHost = true,
    };

    private static readonly ForwardedHeadersOptions Standard = Default with { Fields = ForwardedFields.Forwarded };

    [Theory]
    [InlineData("", "10.0.0.1:7 http host")]
    [InlineData("X-Forwarded-For: 198.51.100.9", "198.51.100.9:0 http host")]
    [InlineData("x-forwarded-for: 198.51.100.9:4711", "198.51.100.9:4711 http host")]
    [InlineData("X-Forwarded-For: 2001:db8::9", "[2001:db8::9]:0 http host")]
    [InlineData("X-Forwarded-For: [2001:db8::9]:80", "[2001:db8::9]:80 http host")]
    [InlineData("X-Forwarded-For: ::ffff:198.51.100.9", "198.51.100.9:0 http host")]
    [InlineData("X-Forwarded-For: 6.6.6.6, 198.51.100.9", "198.51.100.9:0 http host")]
    [InlineData("X-Forwarded-For: 6.6.6.6, 198.51.100.9,10.0.0.2 , fd00::3", "198.51.100.9:0 http host")]
    [InlineData("X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 198.51.100.9", "198.51.100.9:0 http host")]
    [InlineData("X-Forwarded-For: 10.0.0.3, 10.0.0.2", "10.0.0.3:0 http host")]
    [InlineData("X-Forwarded-For: nonsense", "10.0.0.1:7 http host")]
    [InlineData("X-Forwarded-For: 198.51.100.9,", "10.0.0.1:7 http host")]
    [InlineData("X-Forwarded-For: 198.51.100.9, nonsense", "10.0.0.1:7 http host")]
    [InlineData("X-Forwarded-For: nonsense, 10.0.0.2", "10.0.0.2:0 http host")]
    [InlineData("X-Forwarded-For: 198.51.100.009", "10.0.0.1:7 http host")]
    [InlineData("X-Forwarded-For: 198.51.100.9:99999", "10.0.0.1:7 http host")]
    [InlineData("X-Forwarded-For: unknown", "10.0.0.1:7 http host")]
    [InlineData("X-Forwarded-Proto: https", "10.0.0.1:7 https host")]
    [InlineData("X-Forwarded-Proto: HTTPS\r\nX-Forwarded-Host: a.example:8443", "10.0.0.1:7 https a.example:8443")]
    [InlineData("X-Forwarded-Proto: javascript\r\nX-Forwarded-Host: a/b", "10.0.0.1:7 http host")]
    [InlineData("X-Forwarded-Proto: http, https", "10.0.0.1:7 http host")]
    [InlineData(
        "X-Forwarded-For: 6.6.6.6, 198.51.100.9\r\nX-Forwarded-Proto: http, https", "198.51.100.9:0 https host")]
    [InlineData(
        "X-Forwarded-For: 6.6.6.6, 198.51.100.9, 10.0.0.2\r\nX-Forwarded-Proto: ftp, https, http",
        "198.51.100.9:0 https host")]
    [InlineData(
        "X-Forwarded-For: 198.51.100.9, 10.0.0.2\r\nX-Forwarded-Proto: http, https, http", "198.51.100.9:0 http host")]
    [InlineData("Forwarded: for=198.51.100.9;proto=https", "10.0.0.1:7 http host")]
    public async Task X_Forwarded_fields_are_walked_from_the_right_over_trusted_hops(string fields, string expected) =>
        Assert.Equal(expected, await AskAsync(Default, Proxy, fields));

    [Theory]
    [InlineData("", "10.0.0.1:7 http host")]
    [InlineData("Forwarded: for=198.51.100.9", "198.51.100.9:0 http host")]
    [InlineData("Forwarded: For=\"198.51.100.9:4711\";PROTO=https;host=a.example", "198.51.100.9:4711 https a.example")]
    [InlineData("Forwarded: for=\"[2001:db8::9]:80\";by=10.0.0.1", "[2001:db8::9]:80 http host")]
    [InlineData("Forwarded: for=\"198.51.100.9:_hidden\"", "198.51.100.9:0 http host")]
    [InlineData("Forwarded: for=6.6.6.6;proto=http, for=198.51.100.9;proto=https", "198.51.100.9:0 https host")]
    [InlineData("Forwarded: for=6.6.6.6\r\nForwarded: for=198.51.100.9 , for=10.0.0.2", "198.51.100.9:0 http host")]
    [InlineData("Forwarded: for=198.51.100.9;proto=https, for=10.0.0.2;proto=http", "198.51.100.9:0 https host")]
    [InlineData("Forwarded: for=unknown;proto=https", "10.0.0.1:7 https host")]
    [InlineData("Forwarded: for=_secret", "10.0.0.1:7 http host")]
    [InlineData("Forwarded: for=_secret, for=10.0.0.2", "10.0.0.2:0 http host")]
    [InlineData("Forwarded: ext=\"a,b;c=\\\"d\";for=198.51.100.9", "198.51.100.9:0 http host")]
    [InlineData("Forwarded: ;;for=198.51.100.9;, ,", "198.51.100.9:0 http host")]
    [InlineData("Forwarded: for=198.51.100.9;for=6.6.6.6", "10.0.0.1:7 http host")]
    [InlineData("Forwarded: for=\"198.51.100.9", "10.0.0.1:7 http host")]
    [InlineData("Forwarded: for=\"198.51.100.9\"x", "10.0.0.1:7 http host")]
    [InlineData("Forwarded: for", "10.0.0.1:7 http host")]
    [InlineData("Forwarded: for=", "10.0.0.1:7 http host")]
    [InlineData("Forwarded: for=2001:db8::9", "10.0.0.1:7 http host")]
    [InlineData("Forwarded: =1, for=198.51.100.9", "10.0.0.1:7 http host")]
    [InlineData("Forwarded: for=198.51.100.9 proto=https", "10.0.0.1:7 http host")]
    [InlineData("X-Forwarded-For: 198.51.100.9\r\nX-Forwarded-Proto: https", "10.0.0.1:7 http host")]
    public async Task The_Forwarded_field_is_walked_from_the_right_over_trusted_hops(string fields, string expected) =>
        Assert.Equal(expected, await AskAsync(Standard, Proxy, fields));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_peer_that_is_not_trusted_is_never_believed(bool isStandard)
    {
        const string lie = "X-Forwarded-For: 10.0.0.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: bank.example\r\n"
            + "Forwarded: for=10.0.0.9;proto=https;host=bank.example";
        ForwardedHeadersOptions options = isStandard ? Standard : Default;
        Assert.Equal("198.51.100.9:7 http host", await AskAsync(options, "198.51.100.9", lie));
        Assert.Equal("[fe80::1%3]:7 http host", await AskAsync(options, "fe80::1%3", lie));
    }

    [Fact]
    public async Task Scheme_and_host_are_taken_only_when_they_are_asked_for()
    {
        const string fields =
            "X-Forwarded-For: 198.51.100.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: a.example";
        ForwardedHeadersOptions options = Default with { TakesHost = false };
        Assert.Equal("198.51.100.9:0 https host", await AskAsync(options, Proxy, fields));
        Assert.Equal("198.51.100.9:0 http host", await AskAsync(options with { TakesScheme = false }, Proxy, fields));
    }

    [Theory]
    [InlineData(1, "10.0.0.4:0 http host")]
    [InlineData(2, "10.0.0.3:0 http host")]
    [InlineData(3, "10.0.0.2:0 http host")]
    [InlineData(4, "198.51.100.9:0 http host")]
    [InlineData(64, "198.51.100.9:0 http host")]
    public async Task No_more_hops_are_walked_than_the_limit(int hopsMax, string expected)
    {
        Assert.Equal(expected, await AskAsync(
            Default with { HopsMax = hopsMax },
            Proxy,
            "X-Forwarded-For: 6.6.6.6, 198.51.100.9, 10.0.0.2, 10.0.0.3, 10.0.0.4"));
        Assert.Equal(expected, await AskAsync(
            Standard with { HopsMax = hopsMax },
            Proxy,
            "Forwarded: for=6.6.6.6, for=198.51.100.9, for=10.0.0.2, for=10.0.0.3, for=10.0.0.4"));
    }

    [Fact]
    public async Task What_one_request_says_does_not_hold_for_the_next_of_the_connection()
    {
        var told = new List<string>();
        await PlayAsync(
            Default,
            new IPEndPoint(IPAddress.Parse(Proxy), 7),
            "GET / HTTP/1.1\r\nHost: host\r\nX-Forwarded-For: 198.51.100.9\r\nX-Forwarded-Proto: https\r\n\r\n"
            + "GET / HTTP/1.1\r\nHost: host\r\n\r\n",
            told);
        Assert.Equal(["198.51.100.9:0 https host", "10.0.0.1:7 http host"], told);
    }

    [Fact]
    public async Task Unix_peers_are_believed_by_the_word()
    {
        var told = new List<string>();
        await PlayAsync(
            new ForwardedHeadersOptions { TrustedPeers = ["unix"] },
            new UnixDomainSocketEndPoint("/x"),
            "GET / HTTP/1.1\r\nHost: host\r\nX-Forwarded-For: 198.51.100.9\r\n\r\n",
            told);
        Assert.Equal(["198.51.100.9:0 http host"], told);
    }

    [Fact]
    public async Task Without_the_middleware_nobody_is_believed()
    {
        string told = "";
        await Engine.Serve(
            new ScriptedConnection(
                [Engine.Bytes("GET / HTTP/1.0\r\nX-Forwarded-For: 6.6.6.6\r\nForwarded: proto=https\r\n\r\n")])
            {
                PeerEndPoint = new IPEndPoint(IPAddress.Parse(Proxy), 7),
            },
            null,
            exchange =>
            {
                told = Tell(exchange);
                return ValueTask.CompletedTask;
            },
            NullLogger.Instance);
        Assert.Equal("10.0.0.1:7 http ", told);
    }

    [Fact]
    public void Options_are_checked_all_at_once()
    {
        var e = Assert.Throws<OptionsException>(() => ForwardedHeaders.From(new ForwardedHeadersOptions
        {
            TrustedPeers = ["proxy.example"],
            Fields = (ForwardedFields)9,
            HopsMax = 65,
        }));
        Assert.Equal(3, e.Problems.Count);
        Assert.Throws<OptionsException>(() => ForwardedHeaders.From(Default with { HopsMax = 0 }));
        Assert.Throws<OptionsException>(() => ForwardedHeaders.From());
        Assert.Throws<ArgumentNullException>(() => ForwardedHeaders.From((string[])null!));
        Assert.Throws<ArgumentNullException>(() => ForwardedHeaders.From((ForwardedHeadersOptions)null!));
    }

    private static async Task<string> AskAsync(ForwardedHeadersOptions options, string peer, string fields)
    {
        var told = new List<string>();
        string lines = fields.Length == 0 ? "" : fields + "\r\n";
        await PlayAsync(
            options,
            new IPEndPoint(IPAddress.Parse(peer), 7),
            $"GET / HTTP/1.1\r\nHost: host\r\n{lines}Connection: close\r\n\r\n",
            told);
        return Assert.Single(told);
    }

    private static Task PlayAsync(ForwardedHeadersOptions options, EndPoint peer, string input, List<string> told)
    {
        Handler handler = ForwardedHeaders.From(options)(exchange =>
        {
            told.Add(Tell(exchange));
            return ValueTask.CompletedTask;
        });
        var connection = new ScriptedConnection([Engine.Bytes(input)]) { PeerEndPoint = peer };
        return Engine.Serve(connection, null, handler, NullLogger.Instance);
    }

    private static string Tell(Exchange exchange)
    {
        Request request = exchange.Request;
        return $"{request.RemoteEndPoint} {request.Scheme} {request.Host}";
    }
}

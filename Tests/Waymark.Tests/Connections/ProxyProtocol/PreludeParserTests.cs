using System.Globalization;
using System.Text;
using Waymark.Connections.ProxyProtocol;
using Waymark.TestSupport;

namespace Waymark.Tests.Connections.ProxyProtocol;

/// <summary>The parser against doc/proxy-protocol.txt of HAProxy, sections 2.1 and 2.2.</summary>
public sealed class PreludeParserTests
{
    private const string Signature = "0D0A0D0A000D0A515549540A";
    private const string IPv4Block = "C0000207CB0071010FA001BB"; // 192.0.2.7:4000 -> 203.0.113.1:443
    private const string IPv6Block =
        "20010DB8000000000000000000000001" + "20010DB8000000000000000000000002" + "0FA001BB";

    private const string IPv6Max = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";

    public static TheoryData<string, string, string> Valid => new()
    {
        { "PROXY TCP4 192.0.2.7 203.0.113.1 4000 443\r\n", "192.0.2.7:4000", "203.0.113.1:443" },
        { "PROXY TCP4 0.0.0.0 255.255.255.255 0 65535\r\n", "0.0.0.0:0", "255.255.255.255:65535" },
        { "PROXY TCP6 2001:DB8::1 ::ffff:192.0.2.1 1 2\r\n", "[2001:db8::1]:1", "[::ffff:192.0.2.1]:2" },
        {
            $"PROXY TCP6 {IPv6Max} {IPv6Max} 65535 65535\r\n", $"[{IPv6Max}]:65535", $"[{IPv6Max}]:65535"
        },
        { "PROXY UNKNOWN\r\n", "", "" },
        { "PROXY UNKNOWN anything at all\r\n", "", "" },
        { "PROXY UNKNOWN " + new string('f', 91) + "\r\n", "", "" },
        { "x" + Signature + "2111000C" + IPv4Block, "192.0.2.7:4000", "203.0.113.1:443" },
        { "x" + Signature + "21210024" + IPv6Block, "[2001:db8::1]:4000", "[2001:db8::2]:443" },
        { "x" + Signature + "2111000F" + IPv4Block + "040000", "192.0.2.7:4000", "203.0.113.1:443" },
        { "x" + Signature + "20000000", "", "" },
        { "x" + Signature + "2011000C" + IPv4Block, "", "" },
        { "x" + Signature + "20FF0002ABCD", "", "" },
        { "x" + Signature + "21000000", "", "" },
        { "x" + Signature + "21000003040000", "", "" },
        { "x" + Signature + "2112000C" + IPv4Block, "", "" },
        { "x" + Signature + "21310004AABBCCDD", "", "" },
    };

    public static TheoryData<string> Invalid => new()
    {
        "GET / HTTP/1.1\r\n",
        "\r\n\r\nGET",
        "proxy TCP4 192.0.2.7 203.0.113.1 4000 443\r\n",
        "PROXY  TCP4 192.0.2.7 203.0.113.1 4000 443\r\n",
        "PROXY TCP4  192.0.2.7 203.0.113.1 4000 443\r\n",
        "PROXY TCP4 192.0.2.7 203.0.113.1 4000 443 \r\n",
        "PROXY TCP4 192.0.2.7 203.0.113.1 4000 443\n",
        "PROXY TCP4 192.0.2.7 203.0.113.1 4000 443\rX",
        "PROXY TCP4 192.0.2.7 203.0.113.1 4000\r\n",
        "PROXY TCP4 192.0.2.7 203.0.113.1 04000 443\r\n",
        "PROXY TCP4 192.0.2.7 203.0.113.1 65536 443\r\n",
        "PROXY TCP4 192.0.2.7 203.0.113.1 -1 443\r\n",
        "PROXY TCP4 192.0.2.07 203.0.113.1 4000 443\r\n",
        "PROXY TCP4 192.0.2.256 203.0.113.1 4000 443\r\n",
        "PROXY TCP4 2001:db8::1 2001:db8::2 4000 443\r\n",
        "PROXY TCP6 192.0.2.7 203.0.113.1 4000 443\r\n",
        "PROXY TCP6 fe80::1%1 ::1 4000 443\r\n",
        "PROXY TCP6 [::1] ::1 4000 443\r\n",
        "PROXY TCP6 1:2:3:4:5:6:7:8:9 ::1 4000 443\r\n",
        "PROXY TCP5 192.0.2.7 203.0.113.1 4000 443\r\n",
        "PROXY UDP4 192.0.2.7 203.0.113.1 4000 443\r\n",
        "PROXY UNKNOWNX\r\n",
        "PROXY \r\n",
        "PROXY UNKNOWN " + new string('f', 92) + "\r\n",
        "x" + Signature.Replace("51", "52", StringComparison.Ordinal) + "2111000C" + IPv4Block,
        "x" + Signature + "1111000C" + IPv4Block,
        "x" + Signature + "3111000C" + IPv4Block,
        "x" + Signature + "2211000C" + IPv4Block,
        "x" + Signature + "2111000B" + IPv4Block,
        "x" + Signature + "21210023" + IPv6Block,
        "x" + Signature + "2141000C" + IPv4Block,
        "x" + Signature + "2113000C" + IPv4Block,
        "x" + Signature + "20000FF1",
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_valid_prelude_is_read_whole_and_not_before(string text, string source, string destination)
    {
        byte[] bytes = Bytes(text);
        for (int length = 0; length < bytes.Length; length++)
            Assert.Equal(PreludeResult.NeedMore, PreludeParser.Parse(bytes.AsSpan(0, length), out _));

        foreach (byte[] behind in new[] { [], "\r\n"u8.ToArray(), "GET / HTTP/1.1\r\n\r\n"u8.ToArray() })
        {
            Assert.Equal(PreludeResult.Done, PreludeParser.Parse([.. bytes, .. behind], out ProxyPrelude prelude));
            Assert.Equal(bytes.Length, prelude.Length);
            Assert.Equal(source, $"{prelude.Source}");
            Assert.Equal(destination, $"{prelude.Destination}");
        }
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_invalid_prelude_is_rejected_however_much_follows_and_never_taken_before(string text)
    {
        byte[] bytes = Bytes(text);
        bool isRejected = false;
        for (int length = 0; length <= bytes.Length; length++)
        {
            PreludeResult result = PreludeParser.Parse(bytes.AsSpan(0, length), out _);
            Assert.NotEqual(PreludeResult.Done, result);
            Assert.False(isRejected && result != PreludeResult.Rejected, $"taken back at {length}");
            isRejected = result == PreludeResult.Rejected;
        }

        Assert.True(isRejected);
        Assert.Equal(PreludeResult.Rejected, PreludeParser.Parse([.. bytes, .. new byte[200]], out _));
    }

    [Theory]
    [InlineData(4080, true)]
    [InlineData(4081, false)]
    public void A_prelude_is_as_long_as_the_limit_and_no_longer(int length, bool isTaken)
    {
        byte[] head = Bytes("x" + Signature + "2111" + length.ToString("X4", CultureInfo.InvariantCulture) + IPv4Block);
        byte[] bytes = new byte[16 + length];
        head.CopyTo(bytes, 0);
        PreludeResult expected = isTaken ? PreludeResult.Done : PreludeResult.Rejected;
        Assert.Equal(expected, PreludeParser.Parse(bytes, out _));

        // What is too long is known from its head alone.
        Assert.Equal(
            isTaken ? PreludeResult.NeedMore : PreludeResult.Rejected, PreludeParser.Parse(bytes.AsSpan(0, 16), out _));
    }

    [Fact]
    public void Nothing_is_read_beyond_the_end_and_no_input_throws()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The guarded page is Linux's.");
        using var page = new GuardedPage();
        byte[][] seeds = Valid.Select(row => Bytes(row.Data.Item1)).ToArray();
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = (byte[])seeds[random.Next(seeds.Length)].Clone();
            for (int flips = random.Next(3); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            int length = random.Next(bytes.Length + 1);
            PreludeResult result = PreludeParser.Parse(page.Place(bytes.AsSpan(0, length)), out ProxyPrelude prelude);
            Assert.True(result != PreludeResult.Done || prelude.Length <= length, $"seed {seed}, round {round}");
        }
    }

    // Text as it is; behind an x, hexadecimal.
    private static byte[] Bytes(string text) =>
        text[0] == 'x' ? Convert.FromHexString(text.AsSpan(1)) : Encoding.ASCII.GetBytes(text);
}

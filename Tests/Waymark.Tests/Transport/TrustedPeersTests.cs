using System.Net;
using System.Net.Sockets;
using Waymark.Transport;

namespace Waymark.Tests.Transport;

public sealed class TrustedPeersTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("192.0.2.7/32", "192.0.2.7", true)]
    [InlineData("0.0.0.0/0", "8.8.8.8", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::1", "::1", true)]
    [InlineData("::1", "127.0.0.1", false)]
    [InlineData("fd00::/8", "fdff::1", true)]
    [InlineData("fe80::/10", "fe80::1%3", true)]
    [InlineData("unix", "127.0.0.1", false)]
    public void A_peer_is_on_the_list_or_not(string entry, string peer, bool expected)
    {
        TrustedPeers peers = Parse(entry);
        Assert.Equal(expected, peers.Contains(new IPEndPoint(IPAddress.Parse(peer), 1)));
        Assert.Equal(expected, Parse("198.51.100.1", entry, "2001:db8::1").Contains(IPAddress.Parse(peer)));
    }

    [Fact]
    public void Unix_peers_are_trusted_by_the_word_only_and_peers_without_an_address_never()
    {
        var unix = new UnixDomainSocketEndPoint("/x");
        Assert.True(Parse("10.0.0.0/8", "Unix").Contains(unix));
        Assert.False(Parse("0.0.0.0/0", "::/0").Contains(unix));
        Assert.False(Parse("0.0.0.0/0", "::/0", "unix").Contains((EndPoint?)null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("proxy.local")]
    [InlineData("10.1")]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("010.0.0.0/8")]
    [InlineData("[::1]")]
    [InlineData("::1/129")]
    [InlineData("fe80::1%1")]
    [InlineData("::ffff:10.0.0.0/104")]
    [InlineData("*")]
    [InlineData("@name")]
    public void What_is_no_entry_is_told_with_the_option_and_examples(string entry)
    {
        var problems = new List<string>();
        TrustedPeers.Parse(["10.0.0.0/8", entry], "X.Trusted", problems);
        Assert.StartsWith($"X.Trusted holds '{entry}'; an entry is", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_empty_list_is_a_problem(bool isNull)
    {
        var problems = new List<string>();
        TrustedPeers.Parse(isNull ? null : [], "X.Trusted", problems);
        Assert.StartsWith("X.Trusted is empty; name the proxies", Assert.Single(problems), StringComparison.Ordinal);
    }

    private static TrustedPeers Parse(params string[] entries)
    {
        var problems = new List<string>();
        TrustedPeers peers = TrustedPeers.Parse(entries, "X.Trusted", problems);
        Assert.Empty(problems);
        return peers;
    }
}

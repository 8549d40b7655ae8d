using System.Net.Security;
using Waymark.TestSupport;
using Waymark.Transport.Tls;

namespace Waymark.Tests.Transport.Tls;

/// <summary>Which names may be given, and which certificate a client's name finds.</summary>
public sealed class ServerNameTests
{
    [Theory]
    [InlineData("example.org", "example.org")]
    [InlineData("*.example.org", "*.example.org")]
    [InlineData("localhost", "localhost")]
    [InlineData("xn--mnchen-3ya.example", "m\u00fcnchen.example")]
    [InlineData("m\u00fcnchen.example", "m\u00fcnchen.example")]
    public void A_name_is_read_as_clients_names_arrive(string text, string name)
    {
        Assert.True(ServerName.TryRead(text, out string read));
        Assert.Equal(name, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("*.")]
    [InlineData("a.*.org")]
    [InlineData("*a.org")]
    [InlineData("**.org")]
    [InlineData("example.org:443")]
    [InlineData("https://example.org")]
    [InlineData("example..org")]
    [InlineData(".example.org")]
    [InlineData("-a.org")]
    [InlineData("a-.org")]
    [InlineData("127.0.0.1")]
    [InlineData("a b.org")]
    public void What_is_no_name_is_refused(string text) => Assert.False(ServerName.TryRead(text, out _));

    [Fact]
    public void A_label_has_63_octets_at_most()
    {
        Assert.True(ServerName.TryRead(new string('a', 63) + ".org", out _));
        Assert.False(ServerName.TryRead(new string('a', 64) + ".org", out _));
    }

    [Theory]
    [InlineData("example.org", "exact")]
    [InlineData("EXAMPLE.org", "exact")]
    [InlineData("a.example.org", "wildcard")]
    [InlineData("A.Example.Org", "wildcard")]
    [InlineData("b.example.org", "below")]
    [InlineData("a.b.example.org", "default")]
    [InlineData("org", "default")]
    [InlineData("other.test", "default")]
    [InlineData("", "default")]
    public void The_nearest_certificate_serves_a_name(string asked, string expected)
    {
        using var pki = new TempPki();
        SslStreamCertificateContext Context() =>
            SslStreamCertificateContext.Create(pki.IssueServer(["x"]), null, offline: true);
        var contexts = new Dictionary<string, SslStreamCertificateContext>
        {
            ["default"] = Context(), ["exact"] = Context(), ["wildcard"] = Context(), ["below"] = Context(),
        };
        var identities = new TlsIdentities(contexts["default"]);
        identities.Add("example.org", contexts["exact"]);
        identities.Add("*.example.org", contexts["wildcard"]);
        identities.Add("b.example.org", contexts["below"]);
        Assert.Same(contexts[expected], identities.Find(asked));
    }

    [Fact]
    public void Without_a_default_an_unknown_name_finds_none()
    {
        var identities = new TlsIdentities(null);
        Assert.Null(identities.Find("example.org"));
        Assert.Null(identities.Find(""));
    }
}
